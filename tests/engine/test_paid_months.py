"""Insurance month by month: what each month counts for, and the same counts as the rules."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from strategies import applicants

from engine.document import validate
from engine.indicators.insurance import bands
from engine.insured import insured
from engine.months import Month
from engine.paid_months import band_counts, paid_months, span_of
from engine.policy import load

ON = date(2026, 11, 22)
LAW = load().law(ON)
LAST = Month.parse("2026-10")


def month(text: str, *rows: dict[str, Any]) -> Any:
    at = Month.parse(text)
    [found] = paid_months(validate({"insurance": list(rows)}), LAW, at, at)
    return found


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"province": "江苏", "base": 20000}, "elsewhere"),
        ({"pay_kind": "back_paid", "base": 20000}, "back_paid"),
        ({"payer_matches_contract": False, "base": 20000}, "payer"),
        ({"tax_matches": False, "base": 20000}, "tax"),
        ({}, "no_base"),
    ],
)
def test_a_month_that_does_not_count_says_why(row: dict[str, Any], why: str) -> None:
    found = month("2024-03", {"from": "2024-01", "to": "2024-12", **row})
    assert (found.why, found.for_base, found.for_years) == (why, False, why in ("tax", "no_base"))


def test_a_month_nobody_paid_is_a_gap_and_so_is_one_of_a_rejected_row() -> None:
    assert (
        month("2024-03").why == month("2024-03", {"from": "2024-01", "base": 9000, "evidence": "rejected"}).why == "gap"
    )


def test_the_multiple_is_rounded_down_in_tenths_of_its_own_months_reference() -> None:
    reference = LAW.wages.reference(Month.parse("2024-03"))[0]
    assert month("2024-03", {"from": "2024-01", "base": 2 * reference}).tenths == 20
    assert month("2024-03", {"from": "2024-01", "base": 2 * reference - 1}).tenths == 19


@pytest.mark.parametrize(
    ("tenths", "band"), [(7, None), (8, 8), (9, 8), (10, 10), (19, 10), (20, 20), (30, 30), (35, 30)]
)
def test_a_month_reaches_the_best_band_its_base_is_enough_for_and_below_the_lowest_none(
    tenths: int, band: int | None
) -> None:
    reference = LAW.wages.reference(Month.parse("2024-03"))[0]
    found = month("2024-03", {"from": "2024-01", "base": -(-tenths * reference // 10)})
    assert (found.band, found.for_years) == (band, True)


def test_a_month_whose_base_does_not_count_reaches_no_band() -> None:
    assert month("2024-03", {"from": "2024-01", "base": 30000, "tax_matches": False}).band is None


def test_of_two_rows_the_good_one_with_the_higher_base_counts() -> None:
    rows = [
        {"from": "2024-01", "base": base, **more}
        for base, more in ((9000, {}), (12000, {}), (30000, {"tax_matches": False}))
    ]
    found = month("2024-03", *rows)
    assert (found.base, found.twice, found.for_base) == (12000, True, True)


@given(applicant=applicants())
def test_the_months_come_to_what_the_rules_count(applicant: Any) -> None:
    claimed, _, _ = insured(applicant.insurance)
    first, last = span_of(applicant, LAW, Month.of(ON))
    months = [each for each in paid_months(applicant, LAW, first, last) if each.month <= LAST]
    assert sum(each.for_years for each in months) == claimed.months(0, LAST)
    for band, count in zip(bands(LAW), band_counts(months, LAW), strict=True):
        window = claimed.window(LAW, LAST, 48)
        assert count.months == window.reaching(band.tenths, band.window, band.below).months
