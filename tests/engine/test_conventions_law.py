"""Convention 18: which law applies, another day's law, and what goes on beyond its end."""

from datetime import date
from typing import Any

import pytest
from assessing import POLICY, assessed, paid

from engine.assessment import assess
from engine.document import validate
from engine.policy import NoLaw

FULL: dict[str, Any] = {
    "birth_date": "1995-03-07",
    "education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2017-07-01"}],
    "insurance": [paid("2020-01", None, 12000)],
    "offence": [{"kind": "detention", "date": "2026-01-01"}],
}


@pytest.mark.parametrize(
    ("first", "last", "version"),
    [
        ("2013-07-01", "2015-06-30", "2013"),
        ("2015-07-01", "2017-12-31", "2015"),
        ("2018-01-01", "2022-12-31", "2018"),
        ("2023-01-01", "2027-12-31", "2023"),
    ],
)
def test_the_law_in_force_on_the_day(first: str, last: str, version: str) -> None:
    assert assessed(FULL, first).version == version
    assert assessed(FULL, last).version == version


def test_before_the_first_version_there_is_none() -> None:
    with pytest.raises(NoLaw) as refused:
        assess(validate(FULL), POLICY, date(2013, 6, 30))
    assert (refused.value.on, refused.value.first) == (date(2013, 6, 30), date(2013, 7, 1))


def test_another_days_law_on_the_same_facts() -> None:
    """Talent is worth 120 today, and nothing under the law of 30 June 2015; the day's facts stay."""
    document = FULL | {"talent": [{"kind": "entrepreneur", "from": "2026-01-01"}]}
    today, then = assessed(document, "2026-11-22"), assessed(document, "2026-11-22", "2015-06-30")
    assert (today.version, then.version) == ("2023", "2013")
    assert today.total - then.total == 120
    assert then.on == date(2026, 11, 22)
    assert [line.points for line in then.lines if line.indicator == "age"] == [30]


def test_a_day_without_a_law_is_no_law_to_apply() -> None:
    with pytest.raises(NoLaw):
        assessed(FULL, "2026-11-22", "2013-06-30")


def test_the_2023_version_goes_on_and_every_line_is_provisional() -> None:
    """To 31 December 2027 only the base is (its months are unpublished); from 1 January 2028 every line."""
    within, beyond = assessed(FULL, "2027-12-31"), assessed(FULL, "2028-01-01")
    assert beyond.version == "2023"
    assert {line.indicator for line in within.lines if line.provisional} == {"contribution_base"}
    assert [line.indicator for line in beyond.lines if not line.provisional] == []
    assert {line.indicator for line in beyond.lines} == {
        "age",
        "education",
        "insurance_years",
        "contribution_base",
        "detention",
    }


def test_earlier_versions_end_and_are_not_provisional() -> None:
    """FULL in 2022 under its own law, with months that are all published."""
    assert [line.indicator for line in assessed(FULL, "2022-12-31").lines if line.provisional] == []


def test_the_answer_names_policy_and_day() -> None:
    found = assessed(FULL, "2026-11-22")
    assert (found.policy, found.on) == (POLICY.id, date(2026, 11, 22))


@pytest.mark.parametrize("on", ["2099-12-31", "2199-01-01", "9999-12-31"])
def test_far_ahead_it_still_answers(on: str) -> None:
    """A slip of the keys in a date is answered, not a crash."""
    assert assessed(FULL, on).version == "2023"
