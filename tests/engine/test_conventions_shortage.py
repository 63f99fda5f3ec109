"""Convention 8: 30 points for a shortage major that the post matches; the same under every law."""

from typing import Any

import pytest
from assessing import LAWS, line, paid, points, proven

DAY = "2026-06-15"


def record(level: str = "associate", **more: Any) -> dict[str, Any]:
    return {"level": level, "graduated": "2012-07-01", "shortage_major": True} | more


def shortage(
    *rows: dict[str, Any], employment: dict[str, Any] | None = None, law: str | None = None, on: str = DAY, **more: Any
) -> int:
    document = {"education": list(rows), "employment": {} if employment is None else employment} | more
    return points(document, "shortage_specialty", on, law)


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_a_shortage_major_under_every_law(law: str) -> None:
    assert shortage(record(), law=law) == 30
    assert shortage(record(shortage_major=False), law=law) == 0


def test_a_major_that_is_not_said_to_be_one_is_none() -> None:
    assert shortage({"level": "associate", "graduated": "2012-07-01"}) == 0


@pytest.mark.parametrize(
    ("level", "degree", "worth"),
    [
        ("secondary_vocational", "none", 0),
        ("associate", "none", 30),
        ("bachelor", "none", 30),
        ("master", "bachelor", 0),
        ("master", "master", 30),
        ("doctor", "master", 0),
        ("doctor", "doctor", 30),
    ],
)
def test_the_record_earns_points_by_itself(level: str, degree: str, worth: int) -> None:
    assert shortage(record(level, degree=degree)) == worth


def test_it_need_not_be_the_best_record() -> None:
    better = {"level": "bachelor", "degree": "bachelor", "graduated": "2014-07-01", "shortage_major": False}
    assert shortage(record(), better) == 30


def test_the_major_of_another_record_does_not_help_one_that_earns() -> None:
    """A master without the degree in a shortage major, a bachelor in another."""
    assert shortage(record("master"), record("bachelor", shortage_major=False)) == 0


def test_it_need_not_be_counted() -> None:
    """A skill of grade 3, 60, is taken in place of the associate's 50; the major earns all the same."""
    skill = {"kind": "skill", "level": "3", "obtained": "2020-01-01"}
    assert shortage(record(), qualification=[skill]) == 30


def test_it_counts_from_the_day_of_graduation() -> None:
    assert shortage(record(graduated="2026-06-15"), on="2026-06-14") == 0
    assert shortage(record(graduated="2026-06-15"), on="2026-06-15") == 30


def test_there_is_an_employer() -> None:
    assert points({"education": [record()]}, "shortage_specialty", DAY) == 0
    assert points({"education": [record()], "employment": {}}, "shortage_specialty", DAY) == 30


def test_the_post_matches() -> None:
    assert shortage(record(), employment={"post_matches_major": False}) == 0
    assert shortage(record(), employment={"post_matches_major": True}) == 30


def test_a_match_that_was_assumed_is_named() -> None:
    said = {"education": [record()], "employment": {"post_matches_major": True}}
    assert line(said, "shortage_specialty", DAY).assumed == []
    unsaid = {"education": [record()], "employment": {}}
    assert line(unsaid, "shortage_specialty", DAY).assumed == ["employment.post_matches_major"]


def test_a_rejected_record_does_not_earn() -> None:
    assert shortage(record(evidence="rejected")) == 0


def test_it_is_proven_with_the_record() -> None:
    """The employment stays as it is: it carries no evidence."""
    seen = {"education": [record(evidence="verified")], "employment": {}, "insurance": [paid("2026-01", None)]}
    assert proven(seen, "shortage_specialty", DAY) == 30
    assert proven({"education": [record()], "employment": {}}, "shortage_specialty", DAY) == 0
