"""Months and full years: the arithmetic under every rule."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.months import Month, add_months, add_years, full_years

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def test_a_month_reads_as_it_is_written() -> None:
    assert str(Month.parse("2015-07")) == "2015-07"
    assert Month.parse("2015-07") == 2015 * 12 + 6


@pytest.mark.parametrize(
    "text", ["2015-00", "2015-13", "2015-7", "15-07", "2015-07-01", "2015/07", "２０１５-07", "", " 2015-07"]
)
def test_what_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        Month.parse(text)


def test_december_is_followed_by_january() -> None:
    assert str(Month(Month.parse("2025-12") + 1)) == "2026-01"


@pytest.mark.parametrize(("month", "last"), [("2024-02", 29), ("2023-02", 28), ("2026-12", 31), ("2026-04", 30)])
def test_the_days_of_a_month(month: str, last: int) -> None:
    m = Month.parse(month)
    assert (m.first_day().day, m.last_day().day) == (1, last)
    assert Month.of(m.first_day()) == Month.of(m.last_day()) == m


def test_years_after_a_leap_day_are_the_first_of_march_but_in_leap_years() -> None:
    leap_day = date(2020, 2, 29)
    assert add_years(leap_day, 1) == date(2021, 3, 1)
    assert add_years(leap_day, 4) == date(2024, 2, 29)
    assert add_years(leap_day, 80) == date(2100, 3, 1)  # 2100 is a common year


def test_other_days_keep_their_date() -> None:
    assert add_years(date(2021, 3, 1), 3) == date(2024, 3, 1)
    assert add_years(date(2021, 2, 28), 3) == date(2024, 2, 28)


def test_a_year_is_full_on_the_anniversary_and_not_the_day_before() -> None:
    start = date(1982, 6, 30)
    assert full_years(start, date(2026, 6, 29)) == 43
    assert full_years(start, date(2026, 6, 30)) == 44


def test_a_year_from_a_leap_day_is_full_on_the_first_of_march() -> None:
    start = date(2000, 2, 29)
    assert full_years(start, date(2026, 2, 28)) == 25
    assert full_years(start, date(2026, 3, 1)) == 26
    assert full_years(start, date(2024, 2, 29)) == 24


def test_before_the_start_no_year_is_full() -> None:
    assert full_years(date(2026, 5, 1), date(2026, 4, 30)) < 0
    assert full_years(date(2026, 5, 1), date(2026, 5, 1)) == 0


@given(days, st.integers(0, 100))
def test_the_two_agree(day: date, years: int) -> None:
    """On the day reached after n years n years are full, and one day earlier they are not."""
    reached = add_years(day, years) if day.year + years < 2200 else day
    years = years if day.year + years < 2200 else 0
    assert full_years(day, reached) == years
    assert full_years(day, reached - timedelta(days=1)) == years - 1


@given(st.integers(1900 * 12, 2199 * 12))
def test_every_month_reads_back(number: int) -> None:
    assert Month.parse(str(Month(number))) == number


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2025-12-02", 1, "2026-01-02"),
        ("2026-01-31", 1, "2026-02-28"),  # a shorter month: its last day
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-05-07", 12, "2027-05-07"),
        ("2026-05-07", 0, "2026-05-07"),
    ],
)
def test_the_same_day_some_months_later(day: str, months: int, later: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(later)
