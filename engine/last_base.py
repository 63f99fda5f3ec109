"""缴费基数 of the last month paid, as lists show it and filter by it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from engine.facts import Insurance
from engine.insured import OPEN, counts_from, last_month
from engine.months import Month
from engine.policy import Law

SHANGHAI = "上海"


class LastBase(NamedTuple):
    """The base of a month in yuan, and its multiple of the 1x reference in whole hundredths, rounded down."""

    month: Month
    yuan: int
    hundredths: int


def last_base(rows: list[Insurance], law: Law, on: date) -> LastBase | None:
    """The base of the last month paid in Shanghai that is counted on a day; of two rows the higher one."""
    end = last_month(law, Month.of(on))
    paid = [(min(OPEN if row.to is None else row.to, end), base) for row, base in _based(rows) if _from(row) <= end]
    if not paid:
        return None
    month, base = max(paid)
    reference = law.wages.reference(month if law.parameters["band.compare_with"] == "own_month" else end)[0]
    return LastBase(Month(month), base, 100 * base // reference)


def base_days(rows: list[Insurance], law: Law, on: date, until: date) -> Iterator[date]:
    """The days after `on`, up to and with `until`, on which it may be another: a row begins or ends, or the 1x
    reference of the months paid is another."""
    first, last = last_month(law, Month.of(on)) + 1, Month.of(until)
    based = [row for row, _ in _based(rows)]
    months = {_from(row) for row in based} | {row.to + 1 for row in based if row.to is not None}
    wages = law.wages
    months |= {m for m in range(first, last + 1) if based and wages.reference(m)[0] != wages.reference(m - 1)[0]}
    yield from (day for m in months if first <= m <= last and on < (day := counts_from(law, m)) <= until)


def _based(rows: list[Insurance]) -> Iterator[tuple[Insurance, int]]:
    for row in rows:
        here = row.province in (None, SHANGHAI)
        if here and row.evidence != "rejected" and row.from_ is not None and row.base is not None:
            yield row, row.base


def _from(row: Insurance) -> int:
    return OPEN if row.from_ is None else row.from_
