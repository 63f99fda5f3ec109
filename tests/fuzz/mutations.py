"""Texts spoilt: pieces left out, doubled, turned round, and signs put in that mean something to somebody."""

from collections.abc import Iterable
from random import Random
from typing import NamedTuple

PIECES = (
    *("\x00", "\x1b", "\x1b[2J", "\x1b]52;c;eA==\x07", "\x9b", "\x07", "\x7f"),
    *("\ud800", "\ufeff", "\u202e", "\u200b", "\u0301", "\u2028", "\u3000"),
    *('"', "'", '"""', "'''", "\\", "\\u", "\\ud800", "{", "}", "[", "]", "[[", "(", ")", "<", ">"),
    *(",", ":", ";", "=", "+=", "-", "\n", "\r\n", "\t", " ", "#", "//", "..", "/", "~", "%", "*", "?", "|", "&"),
    *("%s", "{0}", "{name}", "$(id)", "[bold]", "[/]", "[@click=x]"),
    *("0", "-1", "+0", "1e5", "1e999", "1e-999999999", "NaN", "Infinity", "0x" + "f" * 50, "9" * 50, "9" * 5000),
    *("²", "١", "½", "一", "亿万", "零零零", "99年", "0岁", "+999999999999", "十" * 30, "千万" * 30),
    *("2026-02-30", "0000-00-00", "9999-99"),
    *("a" * 3000, "王" * 3000, "." * 3000, " " * 3000, '"' * 3000, "[" * 3000, "-" * 3000),
    *("1," * 1500, "a." * 1500, "x=" * 1500),
    *("true", "false", "null", "none", "至今", "：", "，", "；", "＝", "－", "１２", "ｆｏｒｍ"),
)


class Edit(NamedTuple):
    """One spoiling: what is done, from where (0 to 1), how much, and with which piece."""

    how: int
    place: float
    length: int
    piece: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """A text after some edits; never longer than a few hundred thousand characters."""
    for how, place, length, piece in edits:
        at = int(place * len(text))
        part = text[at : at + length]
        match how % 6:
            case 0:
                text = text[:at] + piece + text[at:]
            case 1:
                text = text[:at] + text[at + length :]
            case 2:
                text = text[:at] + piece + text[at + length :]
            case 3:
                text = text[:at] + part * 3 + text[at + length :]
            case 4:
                text = text[:at] + part[::-1] + text[at + length :]
            case _:
                text = text[:at]
        text = text[:300_000]
    return text


def some(random: Random) -> list[Edit]:
    """Edits by chance."""
    return [
        Edit(random.randrange(6), random.random(), random.choice((1, 1, 2, 5, 20, 200)), random.choice(PIECES))
        for _ in range(random.choice((1, 1, 2, 3, 5, 8)))
    ]
