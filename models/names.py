"""Search keys: the short texts under which a case is found as one types.

A search looks up the beginnings of keys, so whatever may be typed from its middle on - a given name without the
surname, the last digits of a number - is a key of its own. `keys` makes them when a case is written; `search_text`
brings what is typed to the same form.
"""

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby, product
from typing import Any, NamedTuple, Self

LONGEST_KEY = 40
_MOST_STARTS = 12  # a name is looked for from each of its first characters on, not from the middle of a paragraph
_EMPLOYER_STARTS = 5  # past a place (上海浦东...) to the name proper
_PHONE_TAILS = (8, 6, 4)
_ID_TAILS = (6, 4)
_ID_BIRTH = 6  # the birthday begins at the seventh figure

_PHONE = re.compile(r"[0-9 ()-]+")

# Full-width signs, letters and figures are the ASCII ones, 0xFEE0 higher; the blank stands apart.
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

# Surnames that are read otherwise than their characters elsewhere.
_SURNAMES = {
    "单于": "chan yu",
    "单": "shan",
    "曾": "zeng",
    "解": "xie",
    "查": "zha",
    "朴": "piao",
    "仇": "qiu",
    "区": "ou",
    "员": "yun",
    "覃": "qin",
    "翟": "zhai",
    "盖": "ge",
    "乐": "yue",
    "种": "chong",
    "繁": "po",
    "秘": "bi",
    "折": "she",
    "召": "shao",
    "祭": "zhai",
    "隗": "wei",
    "宓": "fu",
    "洗": "xian",
    "缪": "miao",
    "谌": "chen",
}
# 吕 is lv on a keyboard, lyu in a passport, and lu for who knows neither.
_UMLAUT = {"lv": ("lv", "lyu", "lu"), "nv": ("nv", "nyu", "nu")}


def fold(text: str) -> str:
    """Text for comparing: composed (NFC), lower case, full-width letters and figures as plain ones."""
    if text.isascii():  # nothing to compose
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).translate(FULL_WIDTH).lower())


def search_text(text: str) -> str:
    """What was typed as the beginning of a key: folded, only letters and figures, cut to a key's length.

    Empty where it holds nothing to look for.
    """
    typed = fold(text).strip().removeprefix("+86")
    if _PHONE.fullmatch(typed):
        typed = phone_digits(typed)
    return "".join(_units(typed))[:LONGEST_KEY]


class Named(NamedTuple):
    """What an applicant is found by; empty where it is not known."""

    name: str
    called: str
    phone: str
    id_number: str
    employer: str
    spouse_id_number: str

    @classmethod
    def of(cls, applicant: Mapping[str, Any]) -> Self:
        """The names and numbers in an applicant document."""
        contact = applicant.get("contact") or {}
        return cls(
            name=applicant.get("name") or "",
            called=contact.get("called") or "",
            phone=contact.get("phone") or "",
            id_number=applicant.get("id_number") or "",
            employer=(applicant.get("employment") or {}).get("employer") or "",
            spouse_id_number=(applicant.get("spouse") or {}).get("id_number") or "",
        )


def keys(applicant: Mapping[str, Any]) -> frozenset[str]:
    """All search keys of an applicant document: name, pinyin, initials, nickname, phone, ID number, employer.

    They follow from `Named` alone. A Chinese name loads the pinyin tables, once.
    """
    named = Named.of(applicant)
    found = set(keys_of_numbers(named.phone, named.id_number, named.spouse_id_number))
    found.update(_name_keys(named.name, _MOST_STARTS))
    # the tail of a nickname is 先生 or 女士 as a rule
    found.update(_name_keys(named.called, 1))
    found.update(_suffixes(_units(named.employer)[:LONGEST_KEY], _EMPLOYER_STARTS))
    return _cut(found)


def keys_of_numbers(phone: str, id_number: str, spouse_id_number: str) -> frozenset[str]:
    """The search keys of the numbers alone, each empty where it is not known."""
    found = set(_number_keys(phone_digits(phone), _PHONE_TAILS))
    digits = search_text(id_number)
    found.update(_number_keys(digits, _ID_TAILS))
    found.add(digits[_ID_BIRTH:])
    found.add(search_text(spouse_id_number))  # whole: by it one spouse's case leads to the other's
    return _cut(found)


def _cut(found: Iterable[str]) -> frozenset[str]:
    return frozenset(key[:LONGEST_KEY] for key in found if key)


def phone_digits(text: str) -> str:
    """The figures of a phone number, without the country's 86 before a mobile number."""
    digits = re.sub(r"[^0-9]", "", fold(text))
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def readings(name: str) -> frozenset[str]:
    """A name in pinyin, written as one word, in each way its surname may be read."""
    return frozenset("".join(syllables) for syllables in _readings(_units(name)[:LONGEST_KEY]))


def _name_keys(name: str, starts: int) -> Iterator[str]:
    units = _units(name)[:LONGEST_KEY]
    yield from _suffixes(units, starts)
    for syllables in _readings(units):
        yield from _suffixes(syllables, starts)
        # one initial alone is also the beginning of its syllable
        yield from (key for key in _suffixes([s[0] for s in syllables], starts) if len(key) > 1)


def _number_keys(digits: str, tails: tuple[int, ...]) -> Iterator[str]:
    yield digits
    yield from (digits[-length:] for length in tails if len(digits) > length)


def _suffixes(units: Sequence[str], most: int) -> Iterator[str]:
    for start in range(min(len(units), most)):
        yield "".join(units[start:])


def _units(text: str) -> list[str]:
    """The folded text in pieces a search may begin with: a run of Latin letters or figures, any other letter by itself.

    Latin letters stand without their accents: González is typed gonzalez.
    """
    if text.isascii() and text.isalnum():  # a number, as a rule
        return [text.lower()]
    units: list[str] = []
    before = ""
    for kind, run in groupby(fold(text), key=_kind):
        if kind == "latin":
            letters = unicodedata.normalize("NFD", "".join(run))
            units.append("".join(letter for letter in letters if not unicodedata.combining(letter)))
        elif kind == "letter":
            units.extend(run)
        elif kind == "mark" and before in ("latin", "letter"):  # after a sign that is left out it belongs to nothing
            units[-1] += "".join(run)
        before = kind
    return units


def _kind(character: str) -> str:
    if character.isalnum():
        return "latin" if character < "\u0250" else "letter"
    return "mark" if unicodedata.category(character).startswith("M") else "gap"


def _readings(units: list[str]) -> Iterator[tuple[str, ...]]:
    """Each way to read the units in pinyin; none for a name that has no Chinese character."""
    if not any(_is_chinese(unit) for unit in units):
        return
    spoken: list[str] = []
    for chinese, run in groupby(units, key=_is_chinese):
        together = list(run)
        spoken.extend(_pinyin("".join(together)) if chinese else together)
    versions = {tuple(spoken)}
    text = "".join(units[:2])
    for length in (2, 1):
        if surname := _SURNAMES.get(text[:length]):
            versions.add((*surname.split(), *spoken[length:]))
            break
    for version in versions:
        yield from product(*(_UMLAUT.get(syllable, (syllable,)) for syllable in version))


def _is_chinese(unit: str) -> bool:
    return len(unit) == 1 and unicodedata.name(unit, "").startswith("CJK UNIFIED IDEOGRAPH")


def _pinyin(text: str) -> list[str]:
    return [str(syllable) for syllable in _reader()(text, errors=str)]


@cache
def _reader() -> Callable[..., list[str]]:
    """pypinyin, loaded when a name is written. Its 47,000 phrases would take 45 MiB of every session: it is given those
    that change how a name is read (`tests/name_readings.py` says which)."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin, load_phrases_dict

    lines = files("models").joinpath("name_readings.txt").read_text(encoding="utf-8").splitlines()
    phrases = (line.split() for line in lines)
    load_phrases_dict({phrase: [[syllable] for syllable in syllables] for phrase, *syllables in phrases})
    return lazy_pinyin
