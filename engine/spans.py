"""Stretches of days in lanes on one time axis: cut where a mark begins or ends, overlaps and gaps found."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from engine.reason import Reason

Mark = Literal["", "gap", "overlap", "elsewhere", "back_paid", "other_payer", "tax_differs", "zero_filed"]
MARKS: tuple[Mark, ...] = ("overlap", "elsewhere", "back_paid", "other_payer", "tax_differs", "zero_filed", "gap")
"""What a stretch may be marked as; where several hold on a day, the first one counts."""

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The days `first`..`last`, both included, and what they are.

    `paths` are the facts it comes from, of a gap the rows around it. Where `begins` or `ends` is False that end is not
    known or still open, and the day only the one up to which something is known.
    """

    first: date
    last: date
    label: Reason | None = None
    mark: Mark = ""
    paths: tuple[str, ...] = ()
    begins: bool = True
    ends: bool = True

    def meets(self, first: date, last: date) -> bool:
        """Whether it has a day in common with another stretch."""
        return self.first <= last and first <= self.last


class Lane(NamedTuple):
    """What runs side by side on the axis: its id (`insurance`, `child.0`), its name, its spans by their first days."""

    id: str
    name: Reason
    spans: tuple[Span, ...]


class Marked(NamedTuple):
    """Days that are to be marked."""

    first: date
    last: date
    mark: Mark


class Party(NamedTuple):
    """A span and whose it is: the place and the unit, None where that is not known."""

    span: Span
    place: str | None = None
    unit: str | None = None

    def differs(self, other: "Party") -> bool:
        """Whether two are known to be of different places or units."""
        return _unlike(self.place, other.place) or _unlike(self.unit, other.unit)


def _unlike(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def lasting(first: date | None, last: date | None, on: date, label: Reason | None, *paths: str) -> Span | None:
    """A span of which an end may not be known: drawn up to the day, or from it on; None where neither is."""
    if first is None and last is None:
        return None
    begin = min(on, last) if first is None and last is not None else first
    end = max(on, first) if last is None and first is not None else last
    assert begin is not None and end is not None
    if end < begin:
        return None
    return Span(begin, end, label, "", paths, begins=first is not None, ends=last is not None)


def cut(span: Span, marked: Sequence[Marked]) -> Iterator[Span]:
    """A span in pieces, each with the one mark that counts in it."""
    inside = list(_as_one(one for one in marked if span.meets(one.first, one.last)))
    starts = {span.first}
    starts |= {one.first for one in inside if one.first > span.first}
    starts |= {one.last + DAY for one in inside if one.last < span.last}
    bounds = [*sorted(starts), span.last + DAY]
    pieces: list[Span] = []
    for first, after in pairwise(bounds):
        here = {one.mark for one in inside if one.first <= first <= one.last}
        mark: Mark = next((mark for mark in MARKS if mark in here), "")
        if pieces and pieces[-1].mark == mark:
            pieces[-1] = replace(pieces[-1], last=after - DAY)
        else:
            pieces.append(replace(span, first=first, last=after - DAY, mark=mark))
    for place, piece in enumerate(pieces):
        begins = span.begins or place > 0
        ends = span.ends or place < len(pieces) - 1
        yield replace(piece, begins=begins, ends=ends)


def _as_one(marked: Iterable[Marked]) -> Iterator[Marked]:
    """The same days marked the same, what touches being one: of hundreds that overlap few are left."""
    last: Marked | None = None
    for one in sorted(marked, key=lambda one: (one.mark, one.first)):
        if last is not None and last.mark == one.mark and one.first <= last.last + DAY:
            last = last._replace(last=max(last.last, one.last))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def overlaps(parties: Sequence[Party]) -> list[list[Marked]]:
    """For each of them the days on which another one of a different place or unit runs as well; that one begins on the
    day on which the other ends is none."""
    order = sorted(range(len(parties)), key=lambda n: parties[n].span.first)
    found: list[list[Marked]] = [[] for _ in parties]
    for place, n in enumerate(order):
        one = parties[n].span
        for m in order[place + 1 :]:
            other = parties[m].span
            if other.first >= one.last:
                break
            if parties[n].differs(parties[m]):
                common = Marked(other.first, min(one.last, other.last), "overlap")
                found[n].append(common)
                found[m].append(common)
    return found


def gaps(spans: Sequence[Span], until: date | None, least: int = 1) -> Iterator[Span]:
    """The days between spans, and from the last one to `until`, that belong to none; of `least` days or more."""
    reached: Span | None = None
    for span in sorted(spans, key=lambda span: span.first):
        if reached is not None and (span.first - reached.last).days > least:
            first, last = reached.last + DAY, span.first - DAY
            yield Span(first, last, None, "gap", tuple(dict.fromkeys((*reached.paths, *span.paths))))
        if reached is None or span.last > reached.last:
            reached = span
    if reached is not None and until is not None and (until - reached.last).days >= least:
        yield Span(reached.last + DAY, until, None, "gap", reached.paths)


class Running(NamedTuple):
    """Days on which the same spans run, and whose they are."""

    first: date
    last: date
    units: frozenset[str | None]


def running(known: Sequence[Party]) -> list[Running]:
    """The days on which any of them runs, cut where one begins or ends."""
    days = sorted({p.span.first for p in known} | {p.span.last + DAY for p in known})
    found = []
    for first, after in pairwise(days):
        units = frozenset(party.unit for party in known if party.span.first <= first <= party.span.last)
        if units:
            found.append(Running(first, after - DAY, units))
    return found


def foreign(span: Span, unit: str | None, known: Sequence[Running]) -> Iterator[Marked]:
    """The days of a unit's span on which others run, the units of all of them are known, and none is that unit."""
    if unit is None:
        return
    for others in known:
        if span.meets(others.first, others.last) and others.units.isdisjoint((unit, None)):
            yield Marked(max(span.first, others.first), min(span.last, others.last), "other_payer")
