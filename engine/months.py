"""Calendar arithmetic of the rules: months, windows of months, full years. No clock: every day is an argument."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Self

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


class Month(int):
    """A calendar month as one whole number (year x 12 + month - 1), so that spans and windows are plain arithmetic.

    Arithmetic gives plain `int`; wrap in `Month` to show it. `str()` gives `2015-07`.
    """

    @classmethod
    def parse(cls, text: str) -> Self:
        """The month written `2015-07`; `ValueError` for anything else."""
        found = _MONTH.fullmatch(text)
        if not found or not 1 <= int(found[2]) <= 12:
            raise ValueError(text)
        return cls(int(found[1]) * 12 + int(found[2]) - 1)

    @classmethod
    def of(cls, day: date) -> Self:
        """The month in which a day lies."""
        return cls(day.year * 12 + day.month - 1)

    def first_day(self) -> date:
        """The first day of the month."""
        return date(self // 12, self % 12 + 1, 1)

    def last_day(self) -> date:
        """The last day of the month."""
        return Month(self + 1).first_day() - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self // 12:04d}-{self % 12 + 1:02d}"

    def __repr__(self) -> str:
        return f"Month({str(self)!r})"


def add_years(day: date, years: int) -> date:
    """The same day `years` later; after 29 February that is 1 March in a common year."""
    year = day.year + years
    if day.month == 2 and day.day == 29 and not (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)):
        return date(year, 3, 1)
    return date(year, day.month, day.day)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last of that month where it is shorter."""
    month = Month(Month.of(day) + months)
    return date(month // 12, month % 12 + 1, min(day.day, month.last_day().day))


def full_years(start: date, on: date) -> int:
    """Full calendar years from `start` to `on`; a year is reached on its anniversary. Negative before `start`."""
    years = on.year - start.year
    # 29 February is reached on 1 March in a common year: plain comparison of (month, day) gives just that.
    return years - ((on.month, on.day) < (start.month, start.day))


def anniversaries(start: date, after: date, until: date) -> Iterator[date]:
    """The days after `after`, up to and with `until`, on which a further full year since `start` is reached."""
    for years in range(max(full_years(start, after), 0) + 1, until.year - start.year + 1):
        day = add_years(start, years)
        if day <= until:
            yield day
