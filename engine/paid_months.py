"""Social insurance month by month, as the grid shows it: what was paid, what it counts for, why not (rules 3, 4)."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from engine.facts import Applicant, Insurance
from engine.indicators.insurance import bands
from engine.insured import OPEN, last_month, reference
from engine.months import Month
from engine.policy import Law

SHANGHAI = "上海"
Why = Literal["gap", "elsewhere", "back_paid", "payer", "tax", "no_base"]
"""Why a month does not count: nothing paid, elsewhere, paid afterwards, another payer, another tax, no base known."""


class PaidMonth(NamedTuple):
    """A month.

    `rows` are the places of the rows that name it, `base` the highest base among those that are good (else of any), in
    yuan, `tenths` its multiple of the month's 1x reference in whole tenths, rounded down. `for_years` and `for_base`
    say whether it counts for the years and for the bands of the base; `why` why not, the first reason that stands.
    `band` is the best band its base reaches, in tenths of the reference; None: none, and it counts for the years alone.
    """

    month: Month
    rows: tuple[int, ...]
    base: int | None
    tenths: int | None
    for_years: bool
    for_base: bool
    why: Why | None
    band: int | None

    @property
    def twice(self) -> bool:
        """Whether two rows name it."""
        return len(self.rows) > 1


class BandCount(NamedTuple):
    """How many months of a window reach a band: `months` of the `needed` in the last `window`."""

    name: str
    points: int
    tenths: int
    months: int
    needed: int
    window: int


def paid_months(applicant: Applicant, law: Law, first: int, last: int) -> list[PaidMonth]:
    """The months `first`..`last`; rejected rows are left out."""
    rows = [
        (n, row) for n, row in enumerate(applicant.insurance) if row.evidence != "rejected" and row.from_ is not None
    ]
    return [_month(Month(month), rows, law, last) for month in range(first, last + 1)]


def _month(month: Month, rows: list[tuple[int, Insurance]], law: Law, last: int) -> PaidMonth:
    named = [(n, row) for n, row in rows if _from(row) <= month <= (OPEN if row.to is None else row.to)]
    why = [_why(row) for _, row in named]
    good = [row for (_, row), reason in zip(named, why, strict=True) if reason is None]
    years = [row for (_, row), reason in zip(named, why, strict=True) if reason in (None, "tax", "no_base")]
    bases = [row.base for row in (good or [row for _, row in named]) if row.base is not None]
    base = max(bases, default=None)
    tenths = None if base is None else 10 * base // reference(law, month, last)
    reasons: list[Why] = [reason for reason in why if reason is not None]
    because: Why | None = None if good else reasons[0] if reasons else "gap"
    reached = [band.tenths for band in bands(law) if good and tenths is not None and band.tenths <= tenths]
    band = max(reached, default=None)
    return PaidMonth(month, tuple(n for n, _ in named), base, tenths, bool(years), bool(good), because, band)


def _from(row: Insurance) -> int:
    return OPEN if row.from_ is None else row.from_


def _why(row: Insurance) -> Why | None:
    """Why the months of a row do not count; None where they count for all."""
    if row.province not in (None, SHANGHAI):
        return "elsewhere"
    if row.pay_kind == "back_paid":
        return "back_paid"
    if row.payer_matches_contract is False:
        return "payer"
    if row.tax_matches is False:
        return "tax"
    return "no_base" if row.base is None else None


def band_counts(months: list[PaidMonth], law: Law) -> Iterator[BandCount]:
    """What the last months of a list come to for each band of the law, the best first."""
    for band in bands(law):
        window = months[-band.window :]
        reaching = sum(
            each.for_base and each.tenths is not None and band.tenths <= each.tenths < band.below for each in window
        )
        yield BandCount(band.name, band.points, band.tenths, reaching, band.months, band.window)


def span_of(applicant: Applicant, law: Law, on: Month) -> tuple[int, int]:
    """The months to be shown on a day of `on`: from the first that is named, and at least the longest window, to the
    month before, or the present one where a row names it."""
    last = last_month(law, on)
    rows = [row for row in applicant.insurance if row.evidence != "rejected" and row.from_ is not None]
    first = min((_from(row) for row in rows), default=last)
    ends = [row.to for row in rows if row.to is not None]
    return min(first, last - max((band.window for band in bands(law)), default=48) + 1), max([last, *ends])
