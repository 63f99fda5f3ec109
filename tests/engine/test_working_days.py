"""Working days as the State Council arranges them, weekend days worked included; what is not arranged is a forecast."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.working_days import add_working_days, forecast_years, is_working_day, subtract_working_days

# From the State Council's notices on the arrangement of each year's days off (放假安排)
WORKED_WEEKENDS = {
    2013: "01-05 01-06 02-16 02-17 04-07 04-27 04-28 06-08 06-09 09-22 09-29 10-12",
    2014: "01-26 02-08 05-04 09-28 10-11",
    2015: "01-04 02-15 02-28 09-06 10-10",
    2016: "02-06 02-14 06-12 09-18 10-08 10-09",
    2017: "01-22 02-04 04-01 05-27 09-30",
    2018: "02-11 02-24 04-08 04-28 09-29 09-30 12-29",
    2019: "02-02 02-03 04-28 05-05 09-29 10-12",
    2020: "01-19 04-26 05-09 06-28 09-27 10-10",
    2021: "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    2022: "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    2023: "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}
NOT_ARRANGED = 2060

days = st.dates(date(2013, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize("year", WORKED_WEEKENDS)
def test_the_weekend_days_that_are_worked_are_those_of_the_notice(year: int) -> None:
    weekend = [day for n in range(366) if (day := date(year, 1, 1) + timedelta(days=n)).weekday() >= 5]
    worked = [f"{day:%m-%d}" for day in weekend if day.year == year and is_working_day(day)]
    assert worked == WORKED_WEEKENDS[year].split()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-02-13", True),  # the last Friday before the Spring Festival
        ("2026-02-14", True),  # Saturday, worked for the 20th
        ("2026-02-15", False),
        ("2026-02-16", False),  # New Year's Eve
        ("2026-02-20", False),
        ("2026-02-23", False),  # Monday, the last day off
        ("2026-02-24", True),
        ("2026-02-28", True),  # Saturday, worked for the 23rd
        ("2026-03-01", False),  # a plain Sunday
        ("2025-10-08", False),  # Mid-Autumn within the National Day week
        ("2025-10-09", True),
        ("2025-10-11", True),
        ("2020-01-31", False),  # the Spring Festival of that year was made longer
    ],
)
def test_a_day_of_the_calendar(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("day", "n", "before"),
    [
        # 24 February 2026 is the first day after the festival; before it 14 (Sat), 13, 12, 11, 10, 9 February
        ("2026-02-24", 1, "2026-02-14"),
        ("2026-02-24", 2, "2026-02-13"),
        ("2026-02-24", 6, "2026-02-09"),
        ("2026-02-18", 1, "2026-02-14"),
        # 0: the day itself, or the last working day before it
        ("2026-02-24", 0, "2026-02-24"),
        ("2026-02-23", 0, "2026-02-14"),
    ],
)
def test_counting_back_over_the_spring_festival(day: str, n: int, before: str) -> None:
    assert subtract_working_days(date.fromisoformat(day), n) == date.fromisoformat(before)


@pytest.mark.parametrize(
    ("day", "n", "after"),
    [
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-02-13", 6, "2026-02-28"),
        ("2026-02-15", 1, "2026-02-24"),
        ("2026-02-15", 0, "2026-02-24"),
        ("2025-12-30", 2, "2026-01-04"),  # over the new year, to a Sunday that is worked
    ],
)
def test_counting_on_over_the_spring_festival(day: str, n: int, after: str) -> None:
    assert add_working_days(date.fromisoformat(day), n) == date.fromisoformat(after)


@settings(deadline=None)  # the first to ask loads the calendar
@given(days, st.integers(0, 90))
def test_between_a_day_and_the_nth_before_it_lie_n_working_days(day: date, n: int) -> None:
    before = subtract_working_days(day, n)
    between = [before + timedelta(days=k) for k in range((day - before).days)]
    assert is_working_day(before)
    assert sum(map(is_working_day, between)) == (n if n or before == day else 1)


@settings(deadline=None)  # the first to ask loads the calendar
@given(days.filter(is_working_day), st.integers(0, 90))
def test_there_and_back_again_is_the_same_working_day(day: date, n: int) -> None:
    assert add_working_days(subtract_working_days(day, n), n) == day
    assert subtract_working_days(add_working_days(day, n), n) == day


def test_a_count_below_none_is_no_count() -> None:
    for count in (add_working_days, subtract_working_days):
        with pytest.raises(ValueError, match="-1"):
            count(date(2026, 3, 2), -1)


def test_years_that_are_arranged_are_no_forecast() -> None:
    assert forecast_years(date(2013, 1, 1), date(2026, 12, 31)) == []


def test_a_year_that_is_not_arranged_is_a_forecast_whichever_end_touches_it() -> None:
    first, last = date(NOT_ARRANGED, 1, 1), date(NOT_ARRANGED, 12, 31)
    assert forecast_years(first, last) == [NOT_ARRANGED]
    assert forecast_years(date(2026, 12, 31), date(2026, 12, 31)) == []
    assert forecast_years(last, last + timedelta(days=1)) == [NOT_ARRANGED, NOT_ARRANGED + 1]


def test_a_year_that_is_not_arranged_still_has_its_festivals() -> None:
    assert not is_working_day(date(NOT_ARRANGED, 10, 1))
    assert not is_working_day(date(NOT_ARRANGED, 5, 1))
    weekend = [day for n in range(366) if (day := date(NOT_ARRANGED, 1, 1) + timedelta(days=n)).weekday() >= 5]
    assert not any(map(is_working_day, weekend))


def test_the_calendar_is_loaded_only_when_a_day_is_asked_about() -> None:
    script = """
import sys
from datetime import date
import engine.backward_report, engine.working_days, engine.exams
engine.exams.load()
assert "holidays" not in sys.modules
assert engine.working_days.is_working_day(date(2026, 2, 14))
assert "holidays" in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
