"""缴费基数 of the last month paid, as lists show it and filter by it."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from engine.facts import Insurance
from engine.insured import OPEN, counts_from, last_month, reference
from engine.months import Month
from engine.paid_months import SHANGHAI
from engine.policy import Law


class LastBase(NamedTuple):
    """The base of a month in yuan, and its multiple of the 1x reference in whole hundredths, rounded down."""

    month: Month
    yuan: int
    hundredths: int


def last_base(rows: list[Insurance], law: Law, on: date) -> LastBase | None:
    """The base of the last month paid in Shanghai that is counted on a day; of two rows the higher one."""
    end = last_month(law, Month.of(on))
    paid = [(min(last, end), base) for first, last, base in _spells(rows) if first <= end]
    if not paid:
        return None
    month, base = max(paid)
    return LastBase(Month(month), base, 100 * base // reference(law, month, end))


def base_days(rows: list[Insurance], law: Law, on: date, until: date) -> Iterator[date]:
    """The days after `on`, up to and with `until`, on which it may be another: a row begins or ends, or the 1x
    reference of the months paid is another."""
    begin, end = last_month(law, Month.of(on)) + 1, Month.of(until)
    spells = list(_spells(rows))
    months = {month for first, last, _ in spells for month in (first, last + 1)}
    if spells:
        yuan, _ = law.wages.references(begin - 1, end)
        months |= {begin + n for n, (before, after) in enumerate(pairwise(yuan)) if after != before}
    yield from (day for m in months if begin <= m <= end and on < (day := counts_from(law, m)) <= until)


def _spells(rows: list[Insurance]) -> Iterator[tuple[int, int, int]]:
    """First month, last month and base of each row that is paid in Shanghai at a known base."""
    for row in rows:
        here = row.province in (None, SHANGHAI)
        if here and row.evidence != "rejected" and row.from_ is not None and row.base is not None:
            yield row.from_, OPEN if row.to is None else row.to, row.base
