"""How a filter line may go on: keys, and the values of each, in the language one types; every hint can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from engine.words import LANGUAGES, catalogue, word
from models import names
from models.in_use import InUse
from models.query_terms import KEYS, NAMED_VALUES, NO_NONE, VALUE_WORDS
from models.query_values import SIGNS

MOST = 6
LONGEST = 80  # characters of a term that may go on
LONGEST_LINE = 2000
FIRST = (
    "status",
    "waiting",
    "deadline",
    "renewal",
    "score",
    "gap",
    "consultant",
    "owed",
    "tag",
    "sort",
)  # offered first
AHEAD = frozenset({"permit", "points", "renewal", "need", "deadline", "drop"})
PAST = frozenset({"chased", "updated"})
YEARS = frozenset({"exam", "primary", "junior", "zhongkao", "gaokao"})
BASES = ("<1.05x", "<1x", ">=2x")
POINTS = {"score": (">={0}", "<{0}"), "proven": ("<{0}", ">={0}"), "gap": ("1..20", "1..10")}

_BLANKS = re.compile(r'"[^"]*"?|\s')
_SPECIAL = re.compile(r"[\s,:\"<>=，：“”、。《》-]")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """`models.names.fold`, of what is compared at every key."""
    return names.fold(text)


class Hint(NamedTuple):
    """A term that may stand in the place of the one at the end of the line, and what it means where that is needed."""

    text: str
    means: str = ""


class Piece(NamedTuple):
    """The term at the end of a line: where it begins, what stands before the value that is typed, and that value."""

    start: int
    before: str
    key: str | None
    value: str


def piece(line: str) -> Piece | None:
    """The term at the end of a line; None inside quotes, or where it is longer than anything that is offered."""
    if len(line) > LONGEST_LINE:
        return None
    plain = line.translate(SIGNS)  # one sign for one
    start = max((blank.end() for blank in _BLANKS.finditer(plain) if blank[0].isspace()), default=0)
    if '"' in plain[start:] or len(plain) - start > LONGEST:
        return None
    at = start + plain.startswith("-", start)
    key, colon, values = plain[at:].partition(":")
    if not colon:
        return Piece(start, plain[start:at], None, key)
    value = values.rpartition(",")[2]
    return Piece(start, plain[start : len(plain) - len(value)], key, value)


def hints(line: str, in_use: InUse, language: str, today: date, threshold: int) -> list[Hint]:
    """The likeliest ways on from the end of a line, the likeliest first."""
    here = piece(line)
    if here is None:
        return []
    if here.key is not None:
        found = _named(here.key)
        if found is None:
            return []
        key, spoken = found
        for said in dict.fromkeys((spoken or language, *LANGUAGES)):  # a value may be said in another one than its key
            offered = _matching(here.value, _values(key, in_use, said, today, threshold))
            if offered is None:
                return []
            if offered:
                return [hint._replace(text=here.before + hint.text) for hint in offered][:MOST]
        return []
    return [hint._replace(text=here.before + hint.text) for hint in _words(here.value, in_use, language)][:MOST]


def taken(line: str, hint: Hint) -> str:
    """The line with the term at its end replaced by a hint."""
    here = piece(line)
    return line if here is None else line[: here.start] + hint.text


def _named(typed: str) -> tuple[str, str] | None:
    """The key that is meant, and the language in which it is typed: none where it is its id."""
    wanted = fold(typed)
    if wanted in KEYS:
        return wanted, "" if wanted.isascii() else "zh"
    for language in LANGUAGES:
        for key, label in _keys(language):
            if fold(label) == wanted:
                return key, language
    return None


@cache
def _keys(language: str) -> tuple[tuple[str, str], ...]:
    ordered = [*FIRST, *(name for name in KEYS if name not in FIRST)]
    return tuple((name, word(f"query.key.{name}", language)) for name in ordered)


def _words(typed: str, in_use: InUse, language: str) -> list[Hint]:
    """Keys that begin so, then values of some keys, each with its key."""
    wanted = fold(typed)
    if not wanted:
        return [Hint(f"{label}:") for _, label in _keys(language)]
    found = [
        Hint(f"{label}:")
        for spoken in dict.fromkeys((language, *LANGUAGES))
        for _, label in _keys(spoken)
        if fold(label).startswith(wanted)
    ]
    if len(wanted) > wanted.isascii():  # one letter begins too much
        for name in ("status", "waiting", "deadline", "kind", "consultant", "tag"):
            label = word(f"query.key.{name}", language)
            values = (*_said(name, language), *_used(getattr(in_use, f"{name}s", ())))
            found += [
                hint._replace(text=f"{label}:{hint.text}")
                for hint in values
                if fold(hint.text).startswith(wanted) or fold(hint.means).startswith(wanted)
            ]
    return list(dict.fromkeys(found))


def _matching(typed: str, values: Iterable[Hint]) -> list[Hint] | None:
    """Values that begin so, before those in which it stands somewhere; None where one is written out already."""
    down = "-" if typed.startswith("-") else ""
    wanted, begins, within = fold(typed.removeprefix("-")), list[Hint](), list[Hint]()
    for hint in dict.fromkeys(values):
        said = (fold(hint.text).lstrip('"'), fold(hint.means))
        if wanted and wanted == said[0]:
            return None
        if any(each.startswith(wanted) for each in said):
            begins.append(hint)
        elif any(wanted in each for each in said):
            within.append(hint)
    return [hint._replace(text=down + hint.text) for hint in [*begins, *within]]


def _values(key: str, in_use: InUse, language: str, today: date, threshold: int) -> Iterator[Hint]:
    """What may stand behind a key."""
    if key == "sort":
        yield from (Hint(label) for name, label in _keys(language) if KEYS[name].order)
        return
    yield from (Hint(said.format(threshold)) for said in POINTS.get(key, ()))
    yield from _said(key, language)
    yield from _used(getattr(in_use, f"{key}s", ()))
    if key in AHEAD:
        yield from (Hint(f"<{days}d") for days in (30, 60, 90))
    if key in PAST:
        yield from (Hint(said) for said in ("<7d", ">7d", ">30d"))
    if key in YEARS:
        yield from (Hint(str(today.year + ahead)) for ahead in range(1, 4))
    if key == "owed":
        yield from sorted(_of_table("paper", language), key=lambda hint: len(hint.text))  # else one fills the line
    if key == "base":
        yield from map(Hint, BASES)
    if key == "risk":
        yield from (*_of_table("severity", language), *_of_table("risk", language))
    if key not in NO_NONE:
        yield Hint(word("query.value.none", language))


@cache
def _said(key: str, language: str) -> tuple[Hint, ...]:
    """The values of a key that are words: in English by their ids, which are short, with what they mean."""
    found = [Hint(word(f"query.value.{name}", language)) for name in VALUE_WORDS.get(key, ())]
    table, ids = NAMED_VALUES.get(key, ("", ()))
    for name in ids:
        said = word(f"{table}.{name}", language)
        short = said if language == "zh" else name
        found.append(Hint(short, "" if fold(short) == fold(said) else said))
    return tuple(found)


@cache
def _of_table(table: str, language: str) -> tuple[Hint, ...]:
    """All names of a catalogue's table."""
    said = (name for key, name in catalogue(language).items() if key.startswith(f"{table}."))
    return tuple(Hint(_quoted(name)) for name in said if '"' not in name)


@lru_cache(maxsize=8)
def _used(values: tuple[str, ...]) -> tuple[Hint, ...]:
    return tuple(Hint(_quoted(value)) for value in values)


def _quoted(value: str) -> str:
    return f'"{value}"' if _SPECIAL.search(value) else value
