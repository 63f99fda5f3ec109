"""Convention 13: the best award, and full years of marriage to a spouse with Shanghai hukou; under every law alike."""

from typing import Any

import pytest
from assessing import LAWS, assessed, line, points, proven

DAY = "2026-11-22"


def award(*rows: dict[str, Any], on: str = DAY, law: str | None = None) -> int:
    return points({"award": list(rows)}, "award", on, law)


def granted(level: str, on: str = "2023-05-01", **more: Any) -> dict[str, Any]:
    return {"level": level, "granted": on} | more


def spouse(on: str, law: str | None = None, **facts: Any) -> int:
    return points({"spouse": {"shanghai_hukou": True, "married": "2016-10-01"} | facts}, "spouse", on, law)


# Awards


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
@pytest.mark.parametrize(
    ("level", "worth"), [("municipal_special", 30), ("municipal_general", 60), ("provincial", 110)]
)
def test_every_level_under_every_law(level: str, worth: int, law: str) -> None:
    assert award(granted(level), law=law) == worth


def test_an_award_counts_from_the_day_it_was_granted_and_for_ever() -> None:
    row = granted("municipal_special", "2026-11-22")
    assert award(row, on="2026-11-21") == 0
    assert award(row, on="2026-11-22") == 30
    assert award(row, on="2060-01-01") == 30


def test_the_best_award_alone() -> None:
    rows = [granted("municipal_special"), granted("municipal_general"), granted("municipal_general")]
    assert award(*rows) == award(*reversed(rows)) == 60


def test_an_award_is_granted_while_in_shanghai() -> None:
    elsewhere = granted("provincial", while_in_shanghai=False)
    assert award(elsewhere) == 0
    assert award(elsewhere, granted("municipal_special", while_in_shanghai=True)) == 30


def test_a_rejected_award_is_none() -> None:
    assert award(granted("provincial", evidence="rejected"), granted("municipal_special")) == 30


@pytest.mark.parametrize("left_out", ["granted", "level"])
def test_an_award_without_date_or_level_earns_nothing_and_is_missed(left_out: str) -> None:
    row = {key: value for key, value in granted("provincial").items() if key != left_out}
    assert award(row) == 0
    assert assessed({"birth_date": "1990-01-01", "award": [row]}, DAY).missing == [f"award.0.{left_out}"]


def test_being_in_shanghai_then_that_was_assumed_is_named() -> None:
    rows = [granted("municipal_special"), granted("provincial")]
    assert line({"award": rows}, "award", DAY).assumed == ["award.1.while_in_shanghai"]
    assert line({"award": [granted("provincial", while_in_shanghai=True)]}, "award", DAY).assumed == []


def test_the_best_verified_award_is_proven() -> None:
    rows = [granted("provincial"), granted("municipal_special", evidence="verified")]
    found = line({"award": rows}, "award", DAY)
    assert (found.points, found.proven) == (110, 30)


# The spouse


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_four_points_a_full_year_under_every_law(law: str) -> None:
    """Married on 1 October 2016: nine years on 1 October 2025."""
    assert spouse("2025-09-30", law) == 32
    assert spouse("2025-10-01", law) == 36


def test_forty_at_most() -> None:
    """Ten years, 40, on 1 October 2026; eleven are no more."""
    assert spouse("2026-09-30") == 36
    assert spouse("2026-10-01") == 40
    assert spouse("2027-10-01") == 40


def test_in_the_first_year_nothing() -> None:
    assert spouse("2017-09-30") == 0
    assert spouse("2017-10-01") == 4


def test_before_the_wedding_nothing() -> None:
    assert spouse("2016-09-30") == 0
    assert spouse("2014-11-22") == 0


def test_married_on_a_leap_day() -> None:
    """29 February 2020: six years on 1 March 2026."""
    assert spouse("2026-02-28", married="2020-02-29") == 20
    assert spouse("2026-03-01", married="2020-02-29") == 24


def test_the_spouse_holds_shanghai_hukou() -> None:
    assert spouse(DAY, shanghai_hukou=False) == 0
    assert points({"spouse": {"married": "2016-10-01"}}, "spouse", DAY) == 0


def test_without_a_wedding_day_nothing_and_it_is_missed() -> None:
    document = {"birth_date": "1990-01-01", "spouse": {"shanghai_hukou": True}}
    assert points(document, "spouse", DAY) == 0
    assert assessed(document, DAY).missing == ["spouse.married"]


def test_a_rejected_spouse_counts_for_nothing() -> None:
    assert spouse(DAY, evidence="rejected") == 0
    assert spouse(DAY, evidence="received") == 40


def test_a_verified_spouse_is_proven() -> None:
    facts = {"shanghai_hukou": True, "married": "2016-10-01"}
    assert proven({"spouse": facts}, "spouse", DAY) == 0
    assert proven({"spouse": facts | {"evidence": "verified"}}, "spouse", DAY) == 40
