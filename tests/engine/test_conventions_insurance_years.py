"""Convention 3: 3 points for each 12 good months, cumulative, no cap; the same under every law."""

from typing import Any

import pytest
from assessing import LAWS, assessed, line, paid, points, proven

DAY = "2026-11-22"


def years(rows: list[dict[str, Any]], law: str | None = None) -> int:
    return points({"insurance": rows}, "insurance_years", DAY, law)


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_three_points_for_each_twelve_months_under_every_law(law: str) -> None:
    """To October 2026: from December 2025 11 months, from November 2025 12, from December 2024 23, from November 24."""
    assert years([paid("2025-12", None)], law) == 0
    assert years([paid("2025-11", None)], law) == 3
    assert years([paid("2024-12", None)], law) == 3
    assert years([paid("2024-11", None)], law) == 6


def test_there_is_no_cap() -> None:
    """January 1990 to October 2026: 36 years and 10 months, 36 x 3 = 108."""
    assert years([paid("1990-01", None)]) == 108


@pytest.mark.parametrize("kind", ["normal", "topped_up", "exempt", "deferred"])
def test_kinds_of_payment_that_count(kind: str) -> None:
    assert years([paid("2025-01", "2025-12", pay_kind=kind)]) == 3


def test_back_paid_months_do_not_count() -> None:
    """11 months and one back-paid are 11."""
    assert years([paid("2025-01", "2025-11"), paid("2025-12", "2025-12", pay_kind="back_paid")]) == 0
    assert years([paid("2025-01", "2025-11"), paid("2025-12", "2025-12", pay_kind="normal")]) == 3


def test_months_elsewhere_do_not_count() -> None:
    assert years([paid("2025-01", "2025-12", province="江苏")]) == 0
    assert years([paid("2025-01", "2025-12", province="上海")]) == 3
    assert years([paid("2025-01", "2025-12", province="上海市")]) == 3


def test_months_paid_by_another_than_the_contracts_employer_do_not_count() -> None:
    assert years([paid("2025-01", "2025-12", payer_matches_contract=False)]) == 0
    assert years([paid("2025-01", "2025-12", payer_matches_contract=True)]) == 3


def test_tax_and_base_are_of_no_matter_here() -> None:
    assert years([paid("2025-01", "2025-12", 9000, tax_matches=False)]) == 3
    assert years([paid("2025-01", "2025-12", 0)]) == 3
    assert years([paid("2025-01", "2025-12")]) == 3


def test_a_rejected_row_counts_for_nothing() -> None:
    assert years([paid("2025-01", "2025-12", evidence="rejected")]) == 0
    assert years([paid("2025-01", "2025-12", evidence="received")]) == 3


def test_a_row_without_its_beginning_counts_for_nothing_and_is_missed() -> None:
    document = {"birth_date": "1990-01-01", "insurance": [{"to": "2025-12", "base": 9000}]}
    assert points(document, "insurance_years", DAY) == 0
    assert assessed(document, DAY).missing == ["insurance.0.from"]


def test_an_assumed_payer_is_named() -> None:
    rows = [
        paid("2024-01", "2024-12", payer_matches_contract=True),
        paid("2025-01", "2025-12"),
        paid("2023-01", "2023-12", payer_matches_contract=False),
    ]
    assert line({"insurance": rows}, "insurance_years", DAY).assumed == ["insurance.1.payer_matches_contract"]


# Convention 16: what of it is proven


def proven_years(**row: Any) -> int:
    return proven({"insurance": [row]}, "insurance_years", DAY)


def test_only_verified_rows_prove_months() -> None:
    row = paid("2025-01", "2025-12")
    assert proven_years(**row) == 0
    assert proven_years(**row, evidence="received") == 0
    assert proven_years(**row, evidence="verified") == 3


def test_an_open_row_proves_months_to_the_last_one_seen() -> None:
    """From January 2025; seen to November 11 months, to December 12, to January 2027 (ahead) 22, none seen: none."""
    row = paid("2025-01", None, evidence="verified")
    assert proven_years(**row) == 0
    assert proven_years(**row, seen_until="2025-11") == 0
    assert proven_years(**row, seen_until="2025-12") == 3
    assert proven_years(**row, seen_until="2027-01") == 3


def test_a_closed_row_proves_its_months_or_those_seen() -> None:
    row = paid("2025-01", "2025-12", evidence="verified")
    assert proven_years(**row) == 3
    assert proven_years(**row, seen_until="2025-11") == 0
    assert proven_years(**row, seen_until="2026-06") == 3


def test_what_was_seen_before_the_row_began_proves_nothing() -> None:
    assert proven_years(**paid("2025-01", "2025-12", evidence="verified"), seen_until="2024-06") == 0


def test_points_that_are_claimed_stand_beside_those_that_are_proven() -> None:
    """24 months of which the 12 of 2025 are verified: 6 points, 3 proven."""
    rows = [paid("2024-01", "2024-12"), paid("2025-01", "2025-12", evidence="verified")]
    found = line({"insurance": rows}, "insurance_years", DAY)
    assert (found.points, found.proven) == (6, 3)
