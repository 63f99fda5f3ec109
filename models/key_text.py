"""A key as text that can be written down by hand and typed in again: four lines, each with a checksum of its own.

The letters are Crockford's: none that is taken for another one. A letter mistyped, or two that changed places, are
always found, and the line they are in.
"""

import binascii

from engine.reason import Reason
from models.keys import SECRET, Key

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LINES = 4
_PYTHONS = str.maketrans(LETTERS, "0123456789abcdefghijklmnopqrstuv")
_TAKEN_FOR = str.maketrans({"O": "0", "I": "1", "L": "1"})
_IGNORED = str.maketrans(dict.fromkeys(" \t\r\n-－—·_　"))
_PART = SECRET // LINES  # bytes of the key in a line
_SUM = 2  # bytes
_LINE = (_PART + _SUM) * 8 // 5  # letters
_GROUP = 4
_TITLE = "dabiao-key"


class WrongText(ValueError):
    """The text is not a key: `reason` (of `reason.key`) says why, and where."""

    def __init__(self, code: str, **values: object) -> None:
        self.reason = Reason(f"key.{code}", values)
        super().__init__(code)


def lines(key: Key) -> list[str]:
    """The key in groups of four letters."""
    return [_line(number, key.secret[number * _PART :][:_PART]) for number in range(LINES)]


def as_file(key: Key, remarks: list[str]) -> str:
    """The key as a file keeps it, with what is to be said to whoever finds it."""
    return "\n".join([f"{_TITLE} {key.name}", *(f"# {remark}" for remark in remarks), *lines(key), ""])


def read(text: str) -> Key:
    """The key that somebody typed, or that a file holds. `WrongText` where it is none."""
    return Key.of(_secret(text))


def read_file(text: str) -> Key:
    """The key in a file, by the name the file gives it. `WrongText` as `read`."""
    title, _, name = text.partition("\n")[0].strip().partition(" ")
    if title != _TITLE:
        raise WrongText("not_a_key")
    return Key(name, _secret(text))


def _secret(text: str) -> bytes:
    told = [line for line in text.splitlines() if not line.lstrip().startswith(("#", _TITLE))]
    letters = "".join(told).translate(_IGNORED).upper().translate(_TAKEN_FOR)
    for letter in letters:
        if letter not in LETTERS:
            raise WrongText("letter", letter=letter)
    if len(letters) != LINES * _LINE:
        raise WrongText("length", count=len(letters), wanted=LINES * _LINE)
    return b"".join(_part(number, letters[number * _LINE :][:_LINE]) for number in range(LINES))


def _line(number: int, part: bytes) -> str:
    value = int.from_bytes(part + _sum(number, part), "big")
    letters = "".join(LETTERS[value >> shift & 31] for shift in range((_LINE - 1) * 5, -1, -5))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LINE, _GROUP))


def _part(number: int, letters: str) -> bytes:
    data = int(letters.translate(_PYTHONS), 32).to_bytes(_PART + _SUM, "big")
    part = data[:_PART]
    if data[_PART:] != _sum(number, part):
        raise WrongText("line", line=number + 1, text=letters)
    return part


def _sum(number: int, part: bytes) -> bytes:
    return binascii.crc_hqx(bytes([number]) + part, 0xFFFF).to_bytes(_SUM, "big")
