"""Convention 5: the best record of schooling, graduated by the day; the same under every law."""

from typing import Any

import pytest
from assessing import LAWS, assessed, line, points, proven

DAY = "2026-11-22"

# level, degree (None: left out), points
TABLE = [
    ("high_school", None, 0),
    ("high_school", "bachelor", 0),
    ("secondary_vocational", None, 0),
    ("associate", None, 50),
    ("associate", "none", 50),
    ("associate", "bachelor", 50),
    ("bachelor", None, 60),
    ("bachelor", "none", 60),
    ("bachelor", "bachelor", 90),
    ("bachelor", "master", 90),
    ("bachelor", "doctor", 90),
    ("master", None, 0),
    ("master", "none", 0),
    ("master", "bachelor", 0),
    ("master", "master", 100),
    ("master", "doctor", 100),
    ("doctor", None, 0),
    ("doctor", "master", 0),
    ("doctor", "doctor", 110),
]


def record(level: str, degree: str | None = None, graduated: str | None = "2012-07-01", **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"level": level} | more
    if degree is not None:
        row["degree"] = degree
    if graduated is not None:
        row["graduated"] = graduated
    return row


def schooled(*rows: dict[str, Any], on: str = DAY, law: str | None = None) -> int:
    return points({"education": list(rows)}, "education", on, law)


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
@pytest.mark.parametrize(("level", "degree", "worth"), TABLE)
def test_level_and_degree_under_every_law(level: str, degree: str | None, worth: int, law: str) -> None:
    assert schooled(record(level, degree), law=law) == worth


def test_it_counts_from_the_day_of_graduation() -> None:
    row = record("bachelor", "bachelor", "2026-11-22")
    assert schooled(row, on="2026-11-21") == 0
    assert schooled(row, on="2026-11-22") == 90


def test_the_best_record_alone_is_taken() -> None:
    """An associate's 50 and a bachelor's 90 are 90, in whichever order they stand."""
    rows = [record("associate", graduated="2008-07-01"), record("bachelor", "bachelor")]
    assert schooled(*rows) == schooled(*reversed(rows)) == 90


def test_a_master_without_the_degree_leaves_the_bachelor() -> None:
    assert schooled(record("master", "none"), record("bachelor", "bachelor")) == 90


def test_the_form_of_study_is_of_no_matter_here() -> None:
    for form in ("full_time", "adult", "self_study", "online", "open", "overseas", "unknown"):
        assert schooled(record("associate", form=form)) == 50


def test_a_rejected_record_counts_for_nothing() -> None:
    assert schooled(record("doctor", "doctor", evidence="rejected"), record("associate")) == 50
    assert schooled(record("doctor", "doctor", evidence="received"), record("associate")) == 110


@pytest.mark.parametrize("left_out", ["graduated", "level"])
def test_a_record_without_its_date_or_level_earns_nothing_and_is_missed(left_out: str) -> None:
    row = {key: value for key, value in record("bachelor", "bachelor").items() if key != left_out}
    document = {"birth_date": "1990-01-01", "education": [row]}
    assert points(document, "education", DAY) == 0
    assert assessed(document, DAY).missing == [f"education.0.{left_out}"]


def test_a_record_that_lacks_the_degree_says_so() -> None:
    """A line of 0 points is there, and its reason is about the degree of the level named."""
    found = line({"education": [record("master", "bachelor")]}, "education", DAY)
    assert (found.points, found.reason.code) == (0, "lacks.degree")


def test_it_is_proven_by_the_verified_records() -> None:
    """A doctor's 110 spoken of, a bachelor's 90 verified."""
    rows = [record("doctor", "doctor"), record("bachelor", "bachelor", evidence="verified")]
    found = line({"education": rows}, "education", DAY)
    assert (found.points, found.proven) == (110, 90)
    assert proven({"education": [record("doctor", "doctor", evidence="received")]}, "education", DAY) == 0
