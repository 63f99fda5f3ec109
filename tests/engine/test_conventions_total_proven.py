"""Conventions 15 and 16: the total, whether the standard is reached, and what of it is proven."""

from typing import Any

import pytest
from assessing import assessed, paid

DAY = "2026-11-22"
DEGREE = {"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01"}
THIRTY_SIX = "1990-03-07"  # 30 points
FORTY_FOUR = "1982-03-07"  # 29 points
ANHUI_MAN = "340104199003074516"  # born 1990-03-07: 30 points


def test_the_total_is_the_sum_of_the_counted_lines() -> None:
    """Age 30, degree 90 against a skill's 60 that is not counted, two years insured 6, award 30: 156."""
    document = {
        "birth_date": THIRTY_SIX,
        "education": [DEGREE],
        "qualification": [{"kind": "skill", "level": "3", "obtained": "2020-01-01"}],
        "insurance": [paid("2024-11", None)],
        "award": [{"level": "municipal_special", "granted": "2020-01-01"}],
    }
    assert assessed(document, DAY).total == 156


def test_nobody_is_nothing() -> None:
    found = assessed({}, DAY)
    assert (found.total, found.proven, found.reached, found.lines) == (0, 0, False, [])


def test_at_120_the_standard_is_reached_and_at_119_not() -> None:
    """30 + 90 = 120; at 44 years 29 + 90 = 119."""
    reached = assessed({"birth_date": THIRTY_SIX, "education": [DEGREE]}, DAY)
    short = assessed({"birth_date": FORTY_FOUR, "education": [DEGREE]}, DAY)
    assert (reached.total, reached.reached, reached.threshold) == (120, True, 120)
    assert (short.total, short.reached) == (119, False)


def test_the_total_does_not_fall_below_zero() -> None:
    """30 + 90 - 150 = -30."""
    document = {
        "id_number": ANHUI_MAN,
        "education": [DEGREE | {"evidence": "verified"}],
        "offence": [{"kind": "sentence", "date": "2026-01-01"}],
    }
    found = assessed(document, DAY)
    assert (found.total, found.proven) == (0, 0)
    assert {line.indicator: line.points for line in found.lines} == {"age": 30, "education": 90, "sentence": -150}


def test_a_deduction_is_proven_as_it_is() -> None:
    """120 - 50 = 70, of which the degree's 90 and the deduction are proven: 40."""
    document = {
        "birth_date": THIRTY_SIX,
        "education": [DEGREE | {"evidence": "verified"}],
        "offence": [{"kind": "detention", "date": "2026-01-01"}],
    }
    found = assessed(document, DAY)
    assert (found.total, found.proven) == (70, 40)
    assert {line.indicator: line.proven for line in found.lines} == {"age": 0, "education": 90, "detention": -50}


def test_what_is_claimed_and_deducted_is_not_negative_when_proven() -> None:
    """120 - 50 = 70, and nothing proven but the deduction: 0."""
    document = {
        "birth_date": THIRTY_SIX,
        "education": [DEGREE],
        "offence": [{"kind": "detention", "date": "2026-01-01"}],
    }
    found = assessed(document, DAY)
    assert (found.total, found.proven) == (70, 0)


@pytest.mark.parametrize(("evidence", "proven"), [("claimed", 0), ("received", 0), ("verified", 90), (None, 0)])
def test_only_what_is_verified_is_proven(evidence: str | None, proven: int) -> None:
    row = DEGREE | ({"evidence": evidence} if evidence else {})
    assert assessed({"education": [row]}, DAY).proven == proven
    assert assessed({"education": [row]}, DAY).total == 90


EVERYTHING: dict[str, Any] = {
    "id_number": ANHUI_MAN,
    "employment": {},
    "education": [DEGREE | {"form": "full_time", "graduated": "2026-07-01", "shortage_major": True}],
    "qualification": [{"kind": "skill", "level": "4", "obtained": "2020-01-01"}],
    "insurance": [paid("2023-11", "2026-10", 11396)],
    "investment": [{"company": "甲", "year": year, "tax_paid": 100_000} for year in (2023, 2024, 2025)],
    "service": [
        {"kind": "public", "from": "2015-01-01"},
        {"kind": "suburb", "from": "2015-01-01"},
    ],
    "talent": [{"kind": "entrepreneur", "from": "2026-01-01"}],
    "award": [{"level": "municipal_special", "granted": "2020-01-01"}],
    "spouse": {"married": "2016-10-01", "shanghai_hukou": True},
}
# by hand: 11 full years of public service since 2015, 44; the suburb at its cap; ten years of marriage at its cap
WORTH = {
    "age": 30,
    "education": 90,
    "insurance_years": 9,
    "contribution_base": 50,
    "shortage_specialty": 30,
    "investment": 10,
    "talent": 120,
    "public_service": 44,
    "suburb": 20,
    "fresh_graduate": 10,
    "award": 30,
    "spouse": 40,
}


def with_evidence(evidence: str) -> dict[str, Any]:
    return {
        section: [row | {"evidence": evidence} for row in facts]
        if isinstance(facts, list)
        else facts | {"evidence": evidence}
        if section == "spouse"
        else facts
        for section, facts in EVERYTHING.items()
    }


def test_spoken_of_everything_counts_and_the_age_alone_is_proven() -> None:
    found = assessed(with_evidence("claimed"), DAY)
    assert {line.indicator: line.points for line in found.lines if line.counted} == WORTH
    assert {line.indicator: line.proven for line in found.lines if line.proven} == {"age": 30}
    assert (found.total, found.proven) == (483, 30)


def test_verified_everything_is_proven() -> None:
    found = assessed(with_evidence("verified"), DAY)
    assert {line.indicator: line.proven for line in found.lines if line.proven} == WORTH
    assert (found.total, found.proven) == (483, 483)


def test_rejected_nothing_counts_but_the_age() -> None:
    found = assessed(with_evidence("rejected"), DAY)
    assert {line.indicator: line.points for line in found.lines if line.points} == {"age": 30}
    assert (found.total, found.proven) == (30, 30)
