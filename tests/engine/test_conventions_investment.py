"""Convention 9: tax paid or jobs given by the applicant's companies over the three calendar years before the year."""

from typing import Any

import pytest
from assessing import LAWS, assessed, line, points, proven

DAY = "2026-11-22"  # the years are 2023, 2024 and 2025
FROM_2015 = [LAWS["2015"], LAWS["2018"], LAWS["2023"]]


def years(tax: list[int] | None = None, jobs: list[int] | None = None, **more: Any) -> list[dict[str, Any]]:
    """A row for each of 2023, 2024 and 2025."""
    rows = [{"company": "甲", "year": 2023 + n} | more for n in range(3)]
    for row, figure in zip(rows, tax or [], strict=False):
        row["tax_paid"] = figure
    for row, figure in zip(rows, jobs or [], strict=False):
        row["local_staff"] = figure
    return rows


def invested(rows: list[dict[str, Any]], on: str = DAY, law: str | None = None) -> int:
    return points({"investment": rows}, "investment", on, law)


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_ten_points_for_each_hundred_thousand_a_year(law: str) -> None:
    """300,000 in three years are 100,000 a year: 10. One yuan less is nothing; 599,999 are one unit, 600,000 two."""
    assert invested(years(tax=[100_000, 100_000, 100_000]), law=law) == 10
    assert invested(years(tax=[99_999, 100_000, 100_000]), law=law) == 0
    assert invested(years(tax=[199_999, 200_000, 200_000]), law=law) == 10
    assert invested(years(tax=[200_000, 200_000, 200_000]), law=law) == 20


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_ten_points_for_each_ten_local_employees(law: str) -> None:
    assert invested(years(jobs=[10, 10, 10]), law=law) == 10
    assert invested(years(jobs=[9, 10, 10]), law=law) == 0
    assert invested(years(jobs=[20, 20, 20]), law=law) == 20


def test_it_is_the_average_that_counts_not_each_year() -> None:
    """300,000 in one year and nothing in two (rows are there): 100,000 a year."""
    assert invested(years(tax=[0, 300_000, 0])) == 10


def test_a_figure_left_out_of_a_row_is_zero() -> None:
    rows = years(tax=[300_000])
    assert invested(rows) == 10
    assert invested(years()) == 0


@pytest.mark.parametrize("unit", ["tax", "jobs"])
def test_the_cap_was_100_and_is_120(unit: str) -> None:
    """Twelve units a year: 120, under the 2013 version 100. Thirteen units are no more."""
    one = 100_000 if unit == "tax" else 10
    ten, eleven, twelve, thirteen = (years(**{unit: [n * one] * 3}) for n in (10, 11, 12, 13))
    assert [invested(rows, law=LAWS["2013"]) for rows in (ten, eleven, twelve, thirteen)] == [100, 100, 100, 100]
    for law in FROM_2015:
        assert [invested(rows, law=law) for rows in (ten, eleven, twelve, thirteen)] == [100, 110, 120, 120]


def test_the_applicants_share_alone_counts() -> None:
    """1,400,000 in three years at 80 %: 373,333.3 a year, 30. Without a share the whole: 466,666.7, 40."""
    assert invested(years(tax=[400_000, 500_000, 500_000], share=0.8)) == 30
    assert invested(years(tax=[400_000, 500_000, 500_000])) == 40
    assert invested(years(tax=[400_000, 500_000, 500_000], share=0)) == 0


def test_shares_are_reckoned_exactly() -> None:
    """0.12 x (10 + 120 + 120) / 3 = 30 / 3 = 10 employees: 10. In binary fractions it comes to 9.999999999999998."""
    assert invested(years(jobs=[10, 120, 120], share=0.12)) == 10


def test_the_share_may_change_from_year_to_year() -> None:
    """0.5 x 200,000 + 1 x 100,000 + 0.25 x 400,000 = 300,000: 100,000 a year."""
    rows = years(tax=[200_000, 100_000, 400_000])
    for row, share in zip(rows, (0.5, 1, 0.25), strict=True):
        row["share"] = share
    assert invested(rows) == 10
    rows[2]["share"] = 0.24
    assert invested(rows) == 0


def test_a_company_counts_when_each_of_the_three_years_is_there() -> None:
    rows = years(tax=[600_000, 600_000, 600_000])
    assert invested(rows) == 60
    for n in range(3):
        assert invested(rows[:n] + rows[n + 1 :]) == 0


def test_other_years_are_of_no_matter() -> None:
    """2022 and 2026 do not stand in for 2024, nor do they add to the three."""
    rows = years(tax=[100_000, 100_000, 100_000])
    outside = [{"company": "甲", "year": year, "tax_paid": 900_000} for year in (2022, 2026)]
    assert invested(rows + outside) == 10
    assert invested([rows[0], rows[2], *outside]) == 0


def test_the_years_are_those_before_the_days_year() -> None:
    """2023 to 2025: counted on every day of 2026, on no day of 2027."""
    rows = years(tax=[100_000] * 3)
    assert invested(rows, on="2025-12-31") == 0
    assert invested(rows, on="2026-01-01") == 10
    assert invested(rows, on="2026-12-31") == 10
    assert invested(rows, on="2027-01-01") == 0


def test_companies_are_added_up_before_the_units_are_cut() -> None:
    """60,000 a year in one, 40,000 in another: 100,000."""
    other = [row | {"company": "乙"} for row in years(tax=[40_000] * 3)]
    assert invested(years(tax=[60_000] * 3) + other) == 10
    assert invested(years(tax=[60_000] * 3)) == 0


def test_a_company_without_all_years_does_not_add() -> None:
    other = [row | {"company": "乙"} for row in years(tax=[900_000] * 3)]
    assert invested(years(tax=[100_000] * 3) + other[:2]) == 10


def test_tax_or_jobs_whichever_is_better_never_both() -> None:
    both = years(tax=[200_000] * 3, jobs=[30] * 3)
    assert invested(both) == 30
    assert line({"investment": both}, "investment", DAY).reason.code == "line.investment_jobs"
    both = years(tax=[300_000] * 3, jobs=[20] * 3)
    assert invested(both) == 30
    assert line({"investment": both}, "investment", DAY).reason.code == "line.investment_tax"


def test_when_equal_it_is_the_tax() -> None:
    equal = years(tax=[200_000] * 3, jobs=[20] * 3)
    assert line({"investment": equal}, "investment", DAY).reason.code == "line.investment_tax"


def test_a_rejected_row_is_not_there() -> None:
    rows = years(tax=[100_000] * 3)
    rows[1]["evidence"] = "rejected"
    assert invested(rows) == 0
    again = {"company": "甲", "year": 2024, "tax_paid": 100_000}
    assert invested([*rows, again]) == 10


def test_rows_without_company_or_year_earn_nothing_and_are_missed() -> None:
    nameless = [{key: row[key] for key in row if key != "company"} for row in years(tax=[100_000] * 3)]
    document = {"birth_date": "1990-01-01", "investment": nameless}
    assert points(document, "investment", DAY) == 0
    assert assessed(document, DAY).missing == [f"investment.{n}.company" for n in range(3)]
    yearless = {"birth_date": "1990-01-01", "investment": [{"company": "甲", "tax_paid": 100_000}]}
    assert assessed(yearless, DAY).missing == ["investment.0.year"]


def test_all_three_years_are_proven_or_none() -> None:
    rows = years(tax=[100_000] * 3, evidence="verified")
    assert proven({"investment": rows}, "investment", DAY) == 10
    rows[0]["evidence"] = "received"
    assert proven({"investment": rows}, "investment", DAY) == 0
    assert invested(rows) == 10
