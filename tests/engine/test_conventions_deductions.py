"""Convention 14: what is deducted, for how long, and the veto; the same under every law."""

from typing import Any

import pytest
from assessing import LAWS, assessed, points

KINDS = [("false_materials", -150, 3), ("detention", -50, 5), ("sentence", -150, 5)]


def offence(kind: str, on: str) -> dict[str, Any]:
    return {"kind": kind, "date": on}


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
@pytest.mark.parametrize(("kind", "worth", "years"), KINDS)
def test_from_its_date_to_the_day_before_the_anniversary(kind: str, worth: int, years: int, law: str) -> None:
    document = {"offence": [offence(kind, "2021-11-22")]}
    assert points(document, kind, "2021-11-21", law) == 0
    assert points(document, kind, "2021-11-22", law) == worth
    assert points(document, kind, f"{2021 + years}-11-21", law) == worth
    assert points(document, kind, f"{2021 + years}-11-22", law) == 0


@pytest.mark.parametrize(("kind", "worth", "years"), KINDS)
def test_each_one_counts(kind: str, worth: int, years: int) -> None:
    """Two on different days, and two on one day: each is deducted; one that has ended is not."""
    two = [offence(kind, "2025-05-01"), offence(kind, "2026-05-01")]
    assert points({"offence": two}, kind, "2026-11-22") == 2 * worth
    assert points({"offence": [two[0], two[0]]}, kind, "2026-11-22") == 2 * worth
    assert points({"offence": two}, kind, f"{2025 + years}-05-01") == worth


def test_the_kinds_add_up() -> None:
    """30 of age, 110 of a doctor, 240 of both talents; less 150, 50 and 150: 30."""
    document = {
        "birth_date": "1990-01-01",
        "education": [{"level": "doctor", "degree": "doctor", "graduated": "2018-07-01"}],
        "talent": [{"kind": kind, "from": "2026-01-01"} for kind in ("entrepreneur", "intermediary")],
        "offence": [offence(kind, "2026-01-01") for kind, _, _ in KINDS],
    }
    assert assessed(document, "2026-11-22").total == 30


def test_an_offence_on_a_leap_day_ends_on_the_first_of_march() -> None:
    """False materials on 29 February 2024: three years on 1 March 2027. A detention that day: on 1 March 2029."""
    document = {"offence": [offence("false_materials", "2024-02-29"), offence("detention", "2024-02-29")]}
    assert points(document, "false_materials", "2027-02-28") == -150
    assert points(document, "false_materials", "2027-03-01") == 0
    assert points(document, "detention", "2029-02-28") == -50
    assert points(document, "detention", "2029-03-01") == 0


@pytest.mark.parametrize("evidence", ["claimed", "received", "verified", "rejected"])
def test_offences_count_whatever_their_evidence(evidence: str) -> None:
    document = {"birth_date": "1990-01-01", "offence": [offence("detention", "2026-05-01") | {"evidence": evidence}]}
    assert points(document, "detention", "2026-11-22") == -50
    vetoed = {"offence": [offence("serious_crime", "2026-05-01") | {"evidence": evidence}]}
    assert assessed(vetoed, "2026-11-22").vetoes == ["serious_crime"]


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_a_serious_crime_vetoes_from_its_date_on_for_ever(law: str) -> None:
    document = {"offence": [offence("serious_crime", "2020-05-05")]}
    assert assessed(document, "2020-05-04", law).vetoes == []
    assert assessed(document, "2020-05-05", law).vetoes == ["serious_crime"]
    assert assessed(document, "2090-05-05", law).vetoes == ["serious_crime"]


def test_a_veto_is_not_a_number() -> None:
    """Age 30 and a doctor's 110 stay 140; the verdict is no, twice over."""
    document = {
        "birth_date": "1990-01-01",
        "education": [{"level": "doctor", "degree": "doctor", "graduated": "2018-07-01"}],
    }
    vetoed = document | {"offence": [offence("serious_crime", "2012-01-01")]}
    free, barred = assessed(document, "2026-11-22"), assessed(vetoed, "2026-11-22")
    assert (free.total, free.reached, "veto" in free.ineligible_because) == (140, True, False)
    assert (barred.total, barred.reached, "veto" in barred.ineligible_because) == (140, False, True)
