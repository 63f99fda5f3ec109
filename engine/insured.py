"""Months of social insurance as the rules see them: which are good, and at what base (yuan a month)."""

from typing import NamedTuple

from engine.facts import Insurance
from engine.months import Month
from engine.policy import Law

OPEN = 10**6  # after every month: a row still being paid


class Spell(NamedTuple):
    """The months `first`..`last` of one insurance row in Shanghai that are good for insurance years.

    `base` is 0 where the months are not good for the contribution base (no base known, tax does not match).
    """

    first: int
    last: int
    base: int
    row: int
    assumes_payer: bool
    assumes_tax: bool


class Insured(NamedTuple):
    """The months one applicant has paid in Shanghai: good spells, and every span paid and not back-paid.

    `named` tells whether the facts speak of insurance at all, be it of months that count nowhere.
    """

    spells: list[Spell]
    paid: list[tuple[int, int]]
    named: bool

    def months(self, first: int, last: int) -> int:
        """Good months from `first` to `last`; a month named by several rows counts once."""
        count, upto = 0, first - 1
        for start, end, *_ in sorted(self.spells):
            begin = start if start > upto else upto + 1
            stop = end if end < last else last
            if stop >= begin:
                count += stop - begin + 1
                upto = stop
        return count

    def bases(self, first: int, last: int) -> list[int]:
        """The base of each month from `first` to `last`: the highest among its good rows, 0 where none is good."""
        best = [0] * (last - first + 1)
        for start, end, base, *_ in self.spells:
            if base and start <= last and end >= first:
                for n in range(max(start - first, 0), min(end, last) - first + 1):
                    if base > best[n]:
                        best[n] = base
        return best

    def pays(self, month: int) -> bool:
        """Whether the month is paid at all (convention 17: whoever the payer is)."""
        return any(first <= month <= last for first, last in self.paid)


def insured(rows: list[Insurance]) -> tuple[Insured, Insured]:
    """The months as claimed and as proven, from one look at the rows.

    A row proves no month after its `seen_until`; without one an open row proves none (convention 16).
    """
    spells: list[Spell] = []
    paid: list[tuple[int, int]] = []
    proven_spells: list[Spell] = []
    proven_paid: list[tuple[int, int]] = []
    named = False
    for n, row in enumerate(rows):
        first, evidence = row.from_, row.evidence
        if evidence == "rejected":
            continue
        named = True
        if first is None or row.pay_kind == "back_paid" or (row.province is not None and row.province != "上海"):
            continue
        last: int = OPEN if row.to is None else row.to
        seen = row.seen_until
        proves = evidence == "verified" and not (seen is None and last == OPEN)
        payer, tax = row.payer_matches_contract, row.tax_matches
        base = 0 if tax is False or row.base is None else row.base
        paid.append((first, last))
        if payer is not False:
            spells.append(Spell(first, last, base, n, payer is None, tax is None))
        if proves:
            last = last if seen is None or seen > last else seen
            proven_paid.append((first, last))
            if payer is not False:
                proven_spells.append(Spell(first, last, base, n, payer is None, tax is None))
    return Insured(spells, paid, named), Insured(proven_spells, proven_paid, bool(proven_paid))


class AtBase(NamedTuple):
    """How many months of a window reach a multiple of the 1x reference, and whether any rests on an unpublished one."""

    months: int
    provisional: bool


class Window(NamedTuple):
    """The months `first`..`last`: each one's base and 1x reference (yuan a month), and whether that is published."""

    first: int
    last: int
    bases: list[int]
    references: list[int]
    published: list[bool]

    def reaching(self, tenths: int, below: int | None = None) -> AtBase:
        """Months whose base is at least `tenths` / 10 of the reference (and below `below` / 10, where given). Exact."""
        count, provisional = 0, False
        for base, reference, published in zip(self.bases, self.references, self.published, strict=True):
            ten = 10 * base
            if ten >= tenths * reference and base and (below is None or ten < below * reference):
                count += 1
                provisional = provisional or not published
        return AtBase(count, provisional)

    def last_months(self, months: int) -> "Window":
        """The same window's last months."""
        cut = max(len(self.bases) - months, 0)
        return Window(self.first + cut, self.last, self.bases[cut:], self.references[cut:], self.published[cut:])


def window(months: Insured, law: Law, last: int, length: int) -> Window:
    """The `length` months that end with `last`, each with the reference it is compared with."""
    first = last - length + 1
    own = law.parameters["band.compare_with"] == "own_month"
    known = [law.wages.reference(Month(m if own else last)) for m in range(first, last + 1)]
    return Window(first, last, months.bases(first, last), [k[0] for k in known], [k[1] for k in known])


def last_month(law: Law, month: int) -> int:
    """The month with which counting ends on a day of `month` (open question: the month before, or the month itself)."""
    return month - 1 if law.parameters["window.ends"] == "month_before" else month
