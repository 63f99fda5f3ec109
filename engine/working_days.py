"""Working days of the offices in China: public holidays and the weekend days worked instead of them (放假调休).

The dates come from the package `holidays`. The State Council arranges a year in the November before it; until the
package has the arrangement, its days off follow from the festivals alone, no weekend is worked, and every answer that
touches such a year is a forecast (`forecast_years`).
"""

from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

_DAY = timedelta(days=1)


class _Year(NamedTuple):
    off: frozenset[date]
    worked: frozenset[date]  # Saturdays and Sundays


@cache
def _year(year: int) -> _Year:
    # a tenth of a second to import, and only plans need it
    import holidays

    calendar = holidays.country_holidays("CN", years=year, expand=False)
    return _Year(frozenset(calendar), frozenset(day for day in calendar.weekend_workdays if day.year == year))


def is_working_day(day: date) -> bool:
    """Whether offices are open on a day."""
    year = _year(day.year)
    return day in year.worked or (day.weekday() < 5 and day not in year.off)


def add_working_days(day: date, n: int) -> date:
    """The `n`-th working day after a day, the day itself not counted; for 0 the day or the next working day."""
    return _walk(day, n, _DAY)


def subtract_working_days(day: date, n: int) -> date:
    """The `n`-th working day before a day, the day itself not counted; for 0 the day or the last working day."""
    return _walk(day, n, -_DAY)


def forecast_years(first: date, last: date) -> list[int]:
    """The years from `first` to `last` whose days off are not arranged yet: each arranged year works some weekend."""
    return [year for year in range(first.year, last.year + 1) if not _year(year).worked]


@lru_cache(maxsize=4096)  # every case of a year counts back from the same days of examinations
def _walk(day: date, n: int, step: timedelta) -> date:
    if n < 0:
        raise ValueError(n)
    for _ in range(n):
        day = _to_working_day(day + step, step)
    return _to_working_day(day, step)


def _to_working_day(day: date, step: timedelta) -> date:
    while not is_working_day(day):
        day += step
    return day
