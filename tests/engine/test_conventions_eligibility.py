"""Convention 17: who may apply. One who may, then every condition on both sides of its edge."""

from typing import Any

import pytest
from assessing import LAWS, assessed, paid

DAY = "2026-11-22"
MAY: dict[str, Any] = {
    "birth_date": "1990-03-07",
    "permit": {"issued": "2026-05-10", "valid_until": "2027-05-09"},
    "employment": {"registered_in_shanghai": True},
    "insurance": [paid("2026-05", None)],  # six months, to October, and November itself
}


def because(on: str = DAY, law: str | None = None, **changed: Any) -> list[str]:
    """What stands against one who may apply but for what is changed (None: the section is not there)."""
    document = {key: value for key, value in (MAY | changed).items() if value is not None}
    found = assessed(document, on, law)
    assert found.eligible is (found.ineligible_because == [])
    return sorted(found.ineligible_because)


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_one_who_may_apply_under_every_law(law: str) -> None:
    assert because(law=law) == []


def test_points_are_another_thing() -> None:
    """30 points of age, and 0 proven: eligible all the same."""
    found = assessed(MAY, DAY)
    assert (found.total, found.reached, found.eligible) == (30, False, True)


def test_each_failure_is_named() -> None:
    found = assessed({"offence": [{"kind": "serious_crime", "date": "2020-01-01"}]}, DAY)
    assert sorted(found.ineligible_because) == ["age", "employer", "paying_now", "permit", "six_of_twelve", "veto"]


# The permit


def test_a_permit_is_needed() -> None:
    assert because(permit=None) == ["permit"]
    assert because(permit={}) == ["permit"]
    assert because(permit={"valid_until": "2027-05-09"}) == []


def test_it_is_valid_on_the_day() -> None:
    assert because(permit={"valid_until": "2026-11-22"}) == []
    assert because(permit={"valid_until": "2026-11-21"}) == ["permit"]


def test_it_is_issued_by_the_day() -> None:
    assert because(permit={"issued": "2026-11-22", "valid_until": "2027-11-21"}) == []
    assert because(permit={"issued": "2026-11-23", "valid_until": "2027-11-22"}) == ["permit"]


@pytest.mark.parametrize(
    ("kind", "fails"), [("permit", []), ("temporary", ["permit"]), ("registration_only", ["permit"])]
)
def test_it_is_a_residence_permit(kind: str, fails: list[str]) -> None:
    assert because(permit={"kind": kind, "valid_until": "2027-05-09"}) == fails


# Paying in the month of the day


def test_the_month_of_the_day_is_paid() -> None:
    """May to November covers November; May to October does not, though the six months are full."""
    assert because(insurance=[paid("2026-05", "2026-11")]) == []
    assert because(insurance=[paid("2026-05", "2026-10")]) == ["paying_now"]


def test_a_row_that_begins_with_the_month_pays_it() -> None:
    assert because(insurance=[paid("2026-05", "2026-10"), paid("2026-11", None)]) == []
    assert because(insurance=[paid("2026-05", "2026-10"), paid("2026-12", None)]) == ["paying_now"]


@pytest.mark.parametrize("qualifier", [{"province": "江苏"}, {"pay_kind": "back_paid"}, {"evidence": "rejected"}])
def test_what_does_not_pay_the_month(qualifier: dict[str, str]) -> None:
    now = paid("2026-11", "2026-11", **qualifier)
    assert because(insurance=[paid("2026-05", "2026-10"), now]) == ["paying_now"]


@pytest.mark.parametrize(
    "qualifier", [{"payer_matches_contract": False}, {"tax_matches": False}, {"pay_kind": "deferred"}, {"base": 0}]
)
def test_what_pays_it_all_the_same(qualifier: dict[str, Any]) -> None:
    """Who pays, and at what base, is not asked here."""
    now = paid("2026-11", "2026-11", **qualifier)
    assert because(insurance=[paid("2026-05", "2026-10"), now]) == []


# Six of the twelve months before


def test_six_months_of_the_twelve_before() -> None:
    """From May six, from June five."""
    assert because(insurance=[paid("2026-05", None)]) == []
    assert because(insurance=[paid("2026-06", None)]) == ["six_of_twelve"]


def test_the_twelve_end_before_the_month_of_the_day_and_begin_a_year_before() -> None:
    """November 2025 to October 2026. November 2025 to April 2026 are six of them; October 2025 is none."""
    now = paid("2026-11", None)
    assert because(insurance=[paid("2025-11", "2026-04"), now]) == []
    assert because(insurance=[paid("2025-10", "2026-03"), now]) == ["six_of_twelve"]


@pytest.mark.parametrize(
    "qualifier",
    [{"province": "江苏"}, {"pay_kind": "back_paid"}, {"evidence": "rejected"}, {"payer_matches_contract": False}],
)
def test_they_are_good_for_the_years(qualifier: dict[str, Any]) -> None:
    rest = paid("2026-06", None)
    assert because(insurance=[paid("2026-05", "2026-05"), rest]) == []
    assert because(insurance=[paid("2026-05", "2026-05", **qualifier), rest]) == ["six_of_twelve"]


def test_tax_and_base_are_of_no_matter_to_them() -> None:
    assert because(insurance=[paid("2026-05", None, tax_matches=False)]) == []


# The employer


def test_an_employer_is_needed() -> None:
    assert because(employment=None) == ["employer"]
    assert because(employment={}) == []


def test_it_is_registered_in_shanghai() -> None:
    assert because(employment={"registered_in_shanghai": False}) == ["employer"]


def test_a_registration_that_was_assumed_is_named() -> None:
    assert "employment.registered_in_shanghai" in assessed(MAY | {"employment": {}}, DAY).assumed
    assert "employment.registered_in_shanghai" not in assessed(MAY, DAY).assumed
    without = {key: value for key, value in MAY.items() if key != "employment"}
    assert "employment.registered_in_shanghai" not in assessed(without, DAY).assumed


@pytest.mark.parametrize("kind", ["company", "branch", "public_institution", "ngo", "sole_trader", "agency"])
def test_kinds_of_employer_that_may(kind: str) -> None:
    assert because(employment={"kind": kind}) == []


def test_a_liaison_office_may_not() -> None:
    assert because(employment={"kind": "liaison_office"}) == ["employer"]


@pytest.mark.parametrize(
    ("account", "fails"),
    [("not_eligible", ["employer"])]
    + [(account, []) for account in ["unknown", "unregistered", "registered", "active", "locked"]],
)
def test_its_account(account: str, fails: list[str]) -> None:
    assert because(employment={"points_account": account}) == fails


# Age and veto


def test_from_eighteen_to_sixty() -> None:
    assert because(birth_date="2008-11-22") == []
    assert because(birth_date="2008-11-23") == ["age"]
    assert because(birth_date="1965-11-23") == []
    assert because(birth_date="1965-11-22") == ["age"]


def test_an_age_that_is_not_known_is_not_within() -> None:
    assert because(birth_date=None) == ["age"]


def test_a_veto_from_its_date_on() -> None:
    assert because(offence=[{"kind": "serious_crime", "date": "2026-11-23"}]) == []
    assert because(offence=[{"kind": "serious_crime", "date": "2026-11-22"}]) == ["veto"]


@pytest.mark.parametrize("kind", ["false_materials", "detention", "sentence"])
def test_deductions_are_no_veto(kind: str) -> None:
    assert because(offence=[{"kind": kind, "date": "2026-01-01"}]) == []
