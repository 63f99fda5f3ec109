"""What lists sort and filter by follows from the facts, the policy and the day."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from strategies import documents, law_days

from engine.assessment import assess
from engine.document import Invalid, validate
from engine.policy import NoLaw, load
from models.deriving import Derived, derive, stamp
from models.rows import Row

POLICY = load()
DAY = date(2026, 11, 22)

# 30 for the age of 38 and 90 for a bachelor with degree: 120, of which the papers of neither were seen
REACHED: dict[str, Any] = {
    "name": "张三",
    "birth_date": "1988-03-07",
    "education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01"}],
}
PERMIT = {"permit": {"valid_until": "2027-05-09"}}
NOTICE = {"notice": {"valid_until": "2027-03-01"}}


def derived(document: dict[str, Any], day: date = DAY) -> Derived:
    """What is derived from a document on a day."""
    return derive(document, "lead", POLICY, day)


class TestColumns:
    def test_of_nothing_known_are_empty(self) -> None:
        found = derived({})
        assert (found.name, found.called, found.employer, found.district, found.renewal) == (None,) * 5
        assert (found.score, found.proven, found.reached, found.eligible, found.points) == (0, 0, False, False, "none")

    def test_hold_the_score_and_what_is_proven_of_it(self) -> None:
        seen = REACHED | {"education": [REACHED["education"][0] | {"evidence": "verified"}]}
        assert (derived(REACHED).score, derived(REACHED).proven, derived(REACHED).reached) == (120, 0, True)
        assert derived(seen).proven == 90

    def test_hold_who_it_is_and_where_they_work(self) -> None:
        found = derived(
            {
                "name": "张三",
                "contact": {"called": "老张"},
                "employment": {"employer": "上海某某科技有限公司", "district": "浦东新区"},
            }
        )
        assert (found.name, found.called, found.employer, found.district) == (
            "张三",
            "老张",
            "上海某某科技有限公司",
            "浦东新区",
        )

    def test_have_the_names_that_lists_read(self) -> None:
        assert derived({}).columns().keys() <= set(Row._fields)

    def test_say_when_a_line_rests_on_a_wage_that_is_not_published(self) -> None:
        paid = {"insurance": [{"from": "2012-01", "base": 40000}]}
        assert derived(paid, date(2020, 1, 1)).provisional is False
        assert derived(paid, date(2027, 12, 31)).provisional is True

    def test_say_when_the_law_itself_has_run_out(self) -> None:
        assert derived(REACHED, date(2027, 12, 31)).provisional is False
        assert derived(REACHED, date(2028, 1, 1)).provisional is True

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
    @given(documents(), law_days)
    def test_are_those_of_the_assessment_for_every_applicant_on_every_day(
        self, document: dict[str, Any], day: date
    ) -> None:
        found, assessment = derived(document, day), assess(validate(document), POLICY, day)
        assert (found.score, found.proven, found.reached, found.eligible) == (
            assessment.total,
            assessment.proven,
            assessment.reached,
            assessment.eligible,
        )

    def test_of_what_is_no_applicant_there_are_none(self) -> None:
        with pytest.raises(Invalid):
            derived({"nmae": "张三"})

    def test_before_the_first_law_there_are_none(self) -> None:
        with pytest.raises(NoLaw):
            derived({}, date(2013, 6, 30))


class TestPointsInForce:
    @pytest.mark.parametrize(
        ("valid_until", "points"),
        [
            ("2026-11-21", "lapsed"),
            ("2026-11-22", "renew_due"),  # the last day itself counts
            ("2027-01-06", "renew_due"),  # 45 days on
            ("2027-01-07", "valid"),
        ],
    )
    def test_go_by_the_last_day_of_the_notice(self, valid_until: str, points: str) -> None:
        assert derived(REACHED | {"notice": {"valid_until": valid_until}}).points == points

    def test_without_a_notice_are_none_whatever_the_score(self) -> None:
        assert derived(REACHED).points == "none"

    @pytest.mark.parametrize(("valid_until", "points"), [("2026-11-21", "lapsed"), ("2027-01-06", "below")])
    def test_are_below_when_the_score_carries_them_no_longer(self, valid_until: str, points: str) -> None:
        ninety = {**REACHED, "birth_date": "1960-01-01", "notice": {"valid_until": valid_until}}
        assert derived(ninety).score == 90
        assert derived(ninety).points == points

    def test_of_a_notice_whose_end_is_not_known_are_in_force(self) -> None:
        assert derived(REACHED | {"notice": {"number": "1"}}).points == "valid"


class TestRenewal:
    def test_is_the_day_of_the_points(self) -> None:
        found = derived(PERMIT | NOTICE)
        assert (found.permit_until, found.points_until, found.renewal) == ("2027-05-09", "2027-03-01", "2027-03-01")

    def test_is_the_day_of_the_permit_where_there_are_no_points(self) -> None:
        found = derived(PERMIT)
        assert (found.permit_until, found.points_until, found.renewal) == ("2027-05-09", None, "2027-05-09")


class TestStamp:
    def test_changes_with_the_day(self) -> None:
        assert stamp(POLICY, DAY) != stamp(POLICY, date(2026, 11, 23))

    def test_names_the_pack_its_version_and_the_day(self) -> None:
        assert stamp(POLICY, DAY).endswith(f"/shanghai@{POLICY.edition}/2023/2026-11-22")
        assert stamp(POLICY, date(2017, 12, 31)).endswith("/2015/2017-12-31")

    def test_is_written_with_what_is_derived(self) -> None:
        assert derived({}).stamp == stamp(POLICY, DAY)
