"""Convention 12: 10 points for a full-time graduate, to 30 June of the next year; the same under every law."""

from typing import Any

import pytest
from assessing import LAWS, points, proven


def record(graduated: str, level: str = "bachelor", form: str | None = "full_time", **more: Any) -> dict[str, Any]:
    return {"level": level, "graduated": graduated} | ({"form": form} if form else {}) | more


def fresh(*rows: dict[str, Any], on: str, law: str | None = None) -> int:
    return points({"education": list(rows)}, "fresh_graduate", on, law)


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_from_graduation_to_the_end_of_june_of_the_next_year_under_every_law(law: str) -> None:
    row = record("2025-06-20")
    assert fresh(row, on="2025-06-19", law=law) == 0
    assert fresh(row, on="2025-06-20", law=law) == 10
    assert fresh(row, on="2026-06-30", law=law) == 10
    assert fresh(row, on="2026-07-01", law=law) == 0


def test_the_next_year_is_the_calendar_year_after_graduation() -> None:
    """Graduated on 1 January 2025 or on 31 December 2025: to 30 June 2026 either way."""
    for graduated in ("2025-01-01", "2025-12-31"):
        assert fresh(record(graduated), on="2026-06-30") == 10
        assert fresh(record(graduated), on="2026-07-01") == 0


@pytest.mark.parametrize(
    ("level", "worth"),
    [
        ("high_school", 0),
        ("secondary_vocational", 0),
        ("associate", 10),
        ("bachelor", 10),
        ("master", 10),
        ("doctor", 10),
    ],
)
def test_an_associates_record_or_higher(level: str, worth: int) -> None:
    assert fresh(record("2026-06-20", level), on="2026-11-22") == worth


@pytest.mark.parametrize("form", ["adult", "self_study", "online", "open", "overseas", "unknown", None])
def test_full_time_alone(form: str | None) -> None:
    """A form that is not known is not full-time."""
    assert fresh(record("2026-06-20", form=form), on="2026-11-22") == 0


def test_any_record_will_do_not_only_the_best() -> None:
    rows = [record("2026-06-20", "associate"), record("2010-07-01", "bachelor")]
    assert fresh(*rows, on="2026-11-22") == fresh(*reversed(rows), on="2026-11-22") == 10


def test_two_fresh_records_are_ten_points() -> None:
    assert fresh(record("2026-06-20"), record("2026-06-20", "associate"), on="2026-11-22") == 10


def test_the_degree_is_of_no_matter_here() -> None:
    """A master without the degree earns nothing as education, but is a graduate."""
    assert fresh(record("2026-06-20", "master", degree="none"), on="2026-11-22") == 10


def test_a_rejected_or_undated_record_is_none() -> None:
    assert fresh(record("2026-06-20", evidence="rejected"), on="2026-11-22") == 0
    assert fresh({"level": "bachelor", "form": "full_time"}, on="2026-11-22") == 0


def test_it_is_proven_with_the_record() -> None:
    document = {"education": [record("2026-06-20", evidence="verified")]}
    assert proven(document, "fresh_graduate", "2026-11-22") == 10
    assert proven({"education": [record("2026-06-20")]}, "fresh_graduate", "2026-11-22") == 0
