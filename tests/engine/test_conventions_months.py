"""Conventions 2 and 19: which months count, each once, and intervals with both their ends."""

from typing import Any

from assessing import paid, points


def years(rows: list[dict[str, Any]], on: str) -> int:
    return points({"insurance": rows}, "insurance_years", on)


def test_months_count_to_the_month_before_the_day() -> None:
    """From November 2025 without a break: October 2026 is the 12th month, counted from 1 November 2026 on."""
    rows = [paid("2025-11", None)]
    assert years(rows, "2026-10-31") == 0
    assert years(rows, "2026-11-01") == 3
    assert years(rows, "2026-11-30") == 3


def test_a_row_includes_its_first_and_its_last_month() -> None:
    """November 2024 to October 2025: 12 months; without either end 11."""
    assert years([paid("2024-11", "2025-10")], "2026-11-22") == 3
    assert years([paid("2024-11", "2025-09")], "2026-11-22") == 0
    assert years([paid("2024-12", "2025-10")], "2026-11-22") == 0


def test_a_row_of_one_month() -> None:
    """Eleven months and one more on its own are 12."""
    assert years([paid("2024-01", "2024-11"), paid("2025-06", "2025-06")], "2026-11-22") == 3


def test_months_are_added_up_over_gaps() -> None:
    """Six months in 2020 and six in 2024."""
    assert years([paid("2020-01", "2020-06"), paid("2024-01", "2024-06")], "2026-11-22") == 3


def test_a_month_counts_once_however_many_rows_name_it() -> None:
    """January to August and May to December are 12 months, not 16; the same 11 months three times are 11."""
    assert years([paid("2025-01", "2025-08"), paid("2025-05", "2025-12")], "2026-11-22") == 3
    assert years([paid("2025-01", "2025-11")] * 3, "2026-11-22") == 0
    assert years([paid("2025-01", "2025-12"), paid("2025-03", "2025-05")] * 2, "2026-11-22") == 3


def test_a_month_that_is_good_in_one_row_is_good() -> None:
    """The same year paid by another payer as well: it stays good."""
    good, other = paid("2025-01", "2025-12"), paid("2025-01", "2025-12", payer_matches_contract=False)
    assert years([good, other], "2026-11-22") == 3
    assert years([other, good], "2026-11-22") == 3
    assert years([other], "2026-11-22") == 0


def test_months_to_come_do_not_count() -> None:
    """A row written down ahead, to the end of 2027: on 22 November 2026 ten of its months lie behind."""
    assert years([paid("2026-01", "2027-12")], "2026-11-22") == 0
    assert years([paid("2026-01", "2027-12")], "2027-01-01") == 3
    assert years([paid("2027-01", None)], "2026-11-22") == 0
