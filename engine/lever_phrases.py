"""Levers as people write them in a what-if: `base=2x from 2027-01`, `title intermediate 2027-06`, `中级职称 2027-06`.

`from` a month is the one it begins in; a month alone the one by which it is done: the diploma, the certificate, the
move. The month may stand before the name, too. Without one it begins as early as it can.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from engine.facts import Applicant
from engine.kinds import LATEST
from engine.lever_pack import Lever
from engine.levers import done, earliest, nothing_there, opens
from engine.months import Month
from engine.policy import Policy
from engine.reason import Reason
from engine.words import LANGUAGES, word

BACK = 240  # months before it is done in which a beginning is looked for
_NEAR = 3
LONGEST = 200  # characters of a phrase; what is looked for in it takes the square of them

# `2027-06`, `2027.6`, `2027年6月`, `27年6月`, `202706`
_MONTH = r"(?P<year>\d{4}|\d{2})\s*[-./年]\s*(?P<month>\d{1,2})\s*月?|(?P<run>\d{6})"
_PHRASE = re.compile(
    rf"(?P<name>.*?)\s*(?:(?:(?P<before>\bfrom|从|自)|\bby|到)?\s*(?:{_MONTH})\s*(?P<after>起)?)?",
    re.DOTALL | re.ASCII,
)
# a name and what follows it where a month is meant: `from`, `2027`, `2027-06-30`
_MEANT = re.compile(r"(?P<name>.*?)\s*(?P<month>(?:\bfrom|从|自|\bby|到)\s*(?:\d.*)?|\d{2}.*)", re.DOTALL | re.ASCII)
# `2027-01起 基数=2倍`: the month before the name
_FIRST = re.compile(
    rf"(?P<when>(?:\bfrom|从|自|\bby|到)?\s*(?:{_MONTH})\s*起?)\s*[,，]?\s*(?P<name>[^\d\s].*)", re.DOTALL | re.ASCII
)
_CENTURY = 2000  # of a year of two digits: levers are of the years around now


class Phrase(NamedTuple):
    """A lever, and the month it begins in (`begins`) or by which it is done; without one, the earliest."""

    lever: Lever
    month: Month | None = None
    begins: bool = False


def read(text: str, levers: Mapping[str, Lever]) -> Phrase | Reason:
    """A phrase in either language; or why it is none: no lever of that name (with the nearest ones), or no month."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if len(plain) > LONGEST:
        return Reason("what_if.no_lever", {"text": f"{plain[:LONGEST]}…", "near": []})
    found = _PHRASE.fullmatch(plain)
    assert found is not None  # the name takes whatever is not a month
    spelled = _spellings(levers)
    lever = spelled.get(_bare(found["name"]))
    if lever is None:
        first = _FIRST.fullmatch(plain)
        if first is not None and _bare(first["name"]) in spelled:
            return read(f"{first['name']} {first['when']}", levers)
        meant = _MEANT.fullmatch(plain)
        if meant is not None and _bare(meant["name"]) in spelled:
            return Reason("what_if.month_form", {"text": meant["month"]})
        near = nearest(found["name"], levers)
        return Reason("what_if.no_lever_near" if near else "what_if.no_lever", {"text": found["name"], "near": near})
    month = _month(found)
    if isinstance(month, Reason):
        return month
    return Phrase(levers[lever], month, month is not None and (found["before"] or found["after"]) is not None)


def _month(found: re.Match[str]) -> Month | Reason | None:
    """The month that was written; None where none was."""
    if found["run"] is not None:
        year, number = found["run"][:4], found["run"][4:]
    elif found["year"] is not None:
        year, number = found["year"], found["month"]
    else:
        return None
    if not 1 <= int(number) <= 12:
        return Reason("what_if.no_month", {"text": f"{year}-{number}"})
    return Month((int(year) if len(year) == 4 else _CENTURY + int(year)) * 12 + int(number) - 1)


def printed(phrase: Phrase, language: str) -> str:
    """A phrase as it is written in a language; `read` takes it for the same."""
    name = names(phrase.lever, language)[0]
    if phrase.month is None:
        return name
    if phrase.begins:
        return dated(name, phrase.month, language)
    return f"{name} {word('phrase.done', language, month=phrase.month)}"


def dated(name: str, month: Month, language: str) -> str:
    """A lever's name, as it was written, with the month it begins in."""
    return f"{name} {word('phrase.from', language, month=month)}"


def names(lever: Lever, language: str) -> list[str]:
    """What a lever may be called, first the name that is printed."""
    return word(f"phrase.{lever.id}", language).split("|")


def beginning(text: str, levers: Mapping[str, Lever]) -> list[str]:
    """The names, as they are printed, of the levers whose name begins with what was written; a whole name first."""
    bare = _bare(unicodedata.normalize("NFKC", text))
    begin = [(name != bare, lever) for name, lever in _each_spelling(levers) if bare and name.startswith(bare)]
    return _printed((lever for _, lever in sorted(begin, key=lambda one: one[0])), bare, levers)


def nearest(text: str, levers: Mapping[str, Lever]) -> list[str]:
    """The names, as they are printed, that come nearest to what was written; those that begin so first."""
    bare, spelled = _bare(unicodedata.normalize("NFKC", text)), _spellings(levers)
    close = [spelled[name] for name in difflib.get_close_matches(bare, spelled, n=_NEAR, cutoff=0.5)]
    return list(dict.fromkeys([*beginning(text, levers), *_printed(close, bare, levers)]))[:_NEAR]


def _printed(found: Iterable[str], bare: str, levers: Mapping[str, Lever]) -> list[str]:
    language = "en" if bare.isascii() else "zh"
    return [names(levers[lever], language)[0] for lever in dict.fromkeys(found)]


def start(phrase: Phrase, a: Applicant, policy: Policy, on: date) -> Month | Reason:
    """The month in which the lever begins, for an applicant as seen on a day.

    Without a month that is the earliest, and the next there is where a need is not met. A reason where there is nothing
    it could change, where no beginning would have it done by the month, and for a month before the first law or beyond
    all dates.
    """
    if (reason := nothing_there(a, phrase.lever)) is not None:
        return reason
    first, last = Month.of(policy.laws[0].from_), Month(LATEST * 12 - 1)
    if phrase.month is None:
        found = earliest(a, phrase.lever, policy, on)
        begins = _next(phrase.lever, a, on) if isinstance(found, Reason) else found
    else:
        begins = phrase.month
    if not first <= begins <= last:
        return Reason("what_if.month_range", {"first": str(first), "last": str(last)})
    if phrase.month is not None and not phrase.begins:
        latest = _latest(phrase.lever, a, phrase.month, first)
        if latest is None:
            return Reason("what_if.never_done", {"month": str(phrase.month)})
        begins = latest
    if Month.of(done(a, phrase.lever, begins)) > last:
        return Reason("what_if.month_range", {"first": str(first), "last": str(last)})
    return begins


def _next(lever: Lever, a: Applicant, on: date) -> Month:
    """The first month after that of a day in which a lever may begin, whatever it needs."""
    now = Month.of(on)
    return next(month for n in range(1, 13) if opens(a, lever, month := Month(now + n)))


def _latest(lever: Lever, a: Applicant, month: Month, first: Month) -> Month | None:
    """The latest month in which a lever can begin so that it is done by a month."""
    for number in range(month, max(first, month - BACK) - 1, -1):
        begins = Month(number)
        if opens(a, lever, begins) and Month.of(done(a, lever, begins)) <= month:
            return begins
    return None


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
