"""Months of social insurance as the rules see them: which are good, and at what base (yuan a month).

A case may have fifteen years of months and is counted at every key, so the rows are looked at once, and what the
indicators ask for is kept as plain tuples.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from engine.facts import Insurance
from engine.months import Month
from engine.policy import Law

OPEN = 10**6  # after every month: a row still being paid

# The months of one insurance row in Shanghai: first, last, base (0 where they are not good for the contribution base:
# none known, or tax does not match), the row's place, and whether payer and tax are taken as matching.
Spell = tuple[int, int, int, int, bool, bool]
Span = tuple[int, int]

_FACTS = itemgetter(
    "evidence", "from_", "to", "base", "province", "pay_kind", "seen_until", "payer_matches_contract", "tax_matches"
)


class Insured:
    """The months one applicant has paid in Shanghai.

    `spells` are those good for insurance years, by row, the latest end first; `good` and `paid` the spans of months
    that are good and that are paid at all, each month in one span. `named` tells whether the facts speak of insurance,
    be it of months that count nowhere.
    """

    __slots__ = ("_windows", "good", "named", "paid", "spells")

    def __init__(self, paid: list[Spell], elsewhere: set[int], named: bool) -> None:
        """`paid` are the spells paid at all, `elsewhere` the places of the rows whose payer is not the employer."""
        paid.sort(key=itemgetter(1), reverse=True)
        self.paid = _joined(paid)
        self.spells = [spell for spell in paid if spell[3] not in elsewhere] if elsewhere else paid
        self.good = _joined(self.spells) if elsewhere else self.paid
        self.named = named
        self._windows: dict[tuple[int, int], Window] = {}

    def months(self, first: int, last: int) -> int:
        """Good months from `first` to `last`; a month named by several rows counts once."""
        return sum([max(min(end, last) - max(start, first) + 1, 0) for start, end in self.good])

    def completing(self, step: int, first: int, last: int) -> Iterator[int]:
        """The months from `first` to `last` with which a further `step` good months in all are full."""
        done = 0
        for start, end in reversed(self.good):
            for month in range(start + step - done % step - 1, min(end, last) + 1, step):
                if month >= first:
                    yield month
            done += end - start + 1

    def pays(self, month: int) -> bool:
        """Whether the month is paid at all, whoever the payer is."""
        return any(first <= month <= last for first, last in self.paid)

    def window(self, law: Law, last: int, length: int) -> "Window":
        """The `length` months that end with `last`, each compared with its 1x reference.

        What is kept holds for the laws of one policy, which share wages and parameters.
        """
        if (last, length) not in self._windows:
            self._windows[last, length] = _window(self.spells, law, last, length)
        return self._windows[last, length]


def insured(rows: list[Insurance]) -> tuple[Insured, Insured, list[tuple[int, int, int]]]:
    """The months as claimed, the months as proven, and the spells `(row, first, last)` whose base is not known.

    A row proves no month after its `seen_until`; without one an open row proves none.
    """
    paid: list[Spell] = []
    proven: list[Spell] = []
    elsewhere: set[int] = set()
    baseless: list[tuple[int, int, int]] = []
    named = False
    for n, row in enumerate(rows):
        # an attribute of a pydantic model costs several look-ups in a dictionary, and there are hundreds of rows
        evidence, first, last, base, province, pay_kind, seen, payer, tax = _FACTS(row.__dict__)
        if evidence == "rejected":
            continue
        named = True
        if first is None or pay_kind == "back_paid" or (province is not None and province != "上海"):
            continue
        if last is None:
            last = OPEN
        if payer is False:
            elsewhere.add(n)
        if tax is False:
            base = 0
        elif base is None:
            base = 0
            if payer is not False:
                baseless.append((n, first, last))
        spell = (first, last, base, n, payer is None, tax is None)
        paid.append(spell)
        if evidence == "verified":
            if seen is not None and seen < last:
                proven.append((first, seen, *spell[2:]))
            elif last != OPEN:
                proven.append(spell)
    claimed = Insured(list(paid), elsewhere, named)
    # where all is proven the two are one, and its months are counted once
    return claimed, claimed if proven == paid else Insured(proven, elsewhere, bool(proven)), baseless


def _joined(spells: list[Spell]) -> list[Span]:
    """The spans of months that spells, the latest end first, cover; those that overlap or touch made one."""
    joined: list[Span] = []
    if not spells:
        return joined
    start, end = spells[0][0], spells[0][1]
    for spell in spells:
        first, last = spell[0], spell[1]
        if last < start - 1:
            joined.append((start, end))
            start, end = first, last
        elif first < start:
            start = first
    joined.append((start, end))
    return joined


class AtBase(NamedTuple):
    """How many months of a window reach a multiple of the 1x reference, and whether any rests on an unpublished one."""

    months: int
    provisional: bool


class Window(NamedTuple):
    """The months `first`..`last`: the multiple each one's base reaches, in whole tenths of its 1x reference.

    The multiple is rounded down, so that comparing it with whole tenths is exact: 9116 yuan is 7 tenths of 11396 and
    falls short of 0.8x. `unpublished` are the places of months whose reference is not published; `spells` are those
    with a base that reach into the window; `ranked` has, for so many last months, their multiples in order.
    """

    first: int
    last: int
    tenths: list[int]
    references: list[int]
    unpublished: list[int]
    spells: list[Spell]
    ranked: dict[int, tuple[list[int], list[int]]]

    def reaching(self, tenths: int, months: int, below: int = OPEN) -> AtBase:
        """Of the window's last `months`, those at `tenths` / 10 of the reference or above (and under `below` / 10)."""
        if months not in self.ranked:  # several bands ask about the same months
            before = len(self.tenths) - months
            unpublished = [self.tenths[n] for n in self.unpublished if n >= before]
            self.ranked[months] = (sorted(self.tenths[before:]), sorted(unpublished))
        levels, unpublished = self.ranked[months]
        count = bisect_left(levels, below) - bisect_left(levels, tenths)
        if not unpublished:
            return AtBase(count, False)
        return AtBase(count, bisect_left(unpublished, below) > bisect_left(unpublished, tenths))

    def resting(self, tenths: int, months: int) -> list[Spell]:
        """The spells with a month that reaches the multiple in the window's last `months`."""
        begin = self.last - months + 1
        return [
            spell
            for spell in self.spells
            if any(
                10 * spell[2] >= tenths * self.references[month - self.first]
                for month in range(max(spell[0], begin), min(spell[1], self.last) + 1)
            )
        ]


def _window(spells: list[Spell], law: Law, last: int, length: int) -> Window:
    first = last - length + 1
    # open question: the reference of a month is its own, or that of the month with which counting ends
    own = law.parameters["band.compare_with"] == "own_month"
    references, published = law.wages.references(first if own else last, last)
    if not own:
        references, published = references * length, published * length
    inside: list[Spell] = []
    best = [0] * length
    for spell in spells:
        start, end, base = spell[0], spell[1], spell[2]
        if end < first:
            break  # the latest end comes first
        if start > last or not base:
            continue
        inside.append(spell)
        # where rows overlap, a month's base is the highest among its good rows
        for n in range(start - first if start > first else 0, (end if end < last else last) - first + 1):
            if base > best[n]:
                best[n] = base
    tenths = [10 * base // reference for base, reference in zip(best, references, strict=True)]
    unpublished = [] if all(published) else [n for n, known in enumerate(published) if not known]
    return Window(first, last, tenths, references, unpublished, inside, {})


def last_month(law: Law, month: int) -> int:
    """The month with which counting ends on a day of `month` (open question: the month before, or the month itself)."""
    return month - 1 if law.parameters["window.ends"] == "month_before" else month


def reference(law: Law, month: int, last: int) -> int:
    """The 1x reference a month is compared with, in yuan (open question: its own, or that of the last one counted)."""
    return law.wages.reference(month if law.parameters["band.compare_with"] == "own_month" else last)[0]


def counts_from(law: Law, month: int) -> date:
    """The first day on which a month is among those that are counted."""
    return Month(month + month - last_month(law, month)).first_day()
