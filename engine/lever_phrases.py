"""Levers as people write them in a what-if: `base=2x from 2027-01`, `title intermediate 2027-06`, `中级职称 2027-06`.

`from` a month is the one it begins in; a month alone the one by which it is done: the diploma, the certificate, the
move. Without a month it begins as early as it can.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from engine.facts import Applicant
from engine.lever_pack import Lever
from engine.levers import done, earliest
from engine.months import Month
from engine.policy import Policy
from engine.reason import Reason
from engine.words import LANGUAGES, word

BACK = 240  # months before it is done in which a beginning is looked for
_NEAR = 3

_MONTH = r"(?P<year>\d{4})\s*[-./年]\s*(?P<month>\d{1,2})\s*月?"
_PHRASE = re.compile(
    rf"(?P<name>.*?)\s*(?:(?P<before>\bfrom|从|自)?\s*{_MONTH}\s*(?P<after>起)?)?", re.DOTALL | re.ASCII
)


class Phrase(NamedTuple):
    """A lever, and the month it begins in (`begins`) or by which it is done; without one, the earliest."""

    lever: Lever
    month: Month | None = None
    begins: bool = False


def read(text: str, levers: Mapping[str, Lever]) -> Phrase | Reason:
    """A phrase in either language; or why it is none: no lever of that name (with the nearest ones), no such month."""
    found = _PHRASE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    assert found is not None  # the name takes whatever is not a month
    spelled = _spellings(levers)
    lever = spelled.get(_bare(found["name"]))
    if lever is None:
        near = nearest(found["name"], levers)
        return Reason("what_if.no_lever_near" if near else "what_if.no_lever", {"text": found["name"], "near": near})
    if found["year"] is None:
        return Phrase(levers[lever])
    if not 1 <= int(found["month"]) <= 12:
        return Reason("what_if.no_month", {"text": f"{found['year']}-{found['month']}"})
    month = Month(int(found["year"]) * 12 + int(found["month"]) - 1)
    return Phrase(levers[lever], month, found["before"] is not None or found["after"] is not None)


def printed(phrase: Phrase, language: str) -> str:
    """A phrase as it is written in a language; `read` takes it for the same."""
    name = names(phrase.lever, language)[0]
    if phrase.month is None:
        return name
    key = "phrase.from" if phrase.begins else "phrase.done"
    return f"{name} {word(key, language, month=phrase.month)}"


def names(lever: Lever, language: str) -> list[str]:
    """What a lever may be called, first the name that is printed."""
    return word(f"phrase.{lever.id}", language).split("|")


def nearest(text: str, levers: Mapping[str, Lever]) -> list[str]:
    """The names, as they are printed, that come nearest to what was written; those that begin so first."""
    bare = _bare(unicodedata.normalize("NFKC", text))
    spelled = _spellings(levers)
    begin = [lever for name, lever in spelled.items() if bare and name.startswith(bare)]
    close = [spelled[name] for name in difflib.get_close_matches(bare, spelled, n=_NEAR, cutoff=0.5)]
    language = "en" if bare.isascii() else "zh"
    return [names(levers[lever], language)[0] for lever in dict.fromkeys([*begin, *close])][:_NEAR]


def start(phrase: Phrase, a: Applicant, policy: Policy, on: date) -> Month | Reason:
    """The month in which the lever begins, for an applicant as seen on a day.

    A reason where none of the months before would have it done by then, or, without a month, where it cannot begin.
    """
    if phrase.month is None:
        return earliest(a, phrase.lever, policy, on)
    if phrase.begins:
        return phrase.month
    for month in range(phrase.month, phrase.month - BACK, -1):
        if Month.of(done(a, phrase.lever, Month(month))) <= phrase.month:
            return Month(month)
    return Reason("what_if.never_done", {"month": str(phrase.month)})


def _spellings(levers: Mapping[str, Lever]) -> dict[str, str]:
    """All names of the levers, bare, with the levers' ids; the ids themselves are names too."""
    return dict(_each_spelling(levers))


def _each_spelling(levers: Mapping[str, Lever]) -> Iterator[tuple[str, str]]:
    for lever in levers.values():
        yield _bare(lever.id), lever.id
        for language in LANGUAGES:
            yield from ((_bare(name), lever.id) for name in names(lever, language))


def _bare(text: str) -> str:
    """A name without what people leave out, or write in either way."""
    return re.sub(r"[\s=_]|(?<!\d)\.|\.(?!\d)", "", text.casefold())
