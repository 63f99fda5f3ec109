"""What each child still lacks for the school or examination it comes to next."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import applicants

from engine.assessment import assess
from engine.backward_report import child_needs_report
from engine.child_needs import ChildNeed, child_needs
from engine.document import validate
from engine.exams import Span
from engine.exams import load as load_exams
from engine.facts import Applicant
from engine.policy import load as load_policy
from engine.words import LANGUAGES

Document = dict[str, Any]

ON = "2025-06-02"
CHILD: Document = {
    "name": "王一",
    "entered_primary": 2017,  # zhongkao 2026: from 2025-12-02 to 2026-05-07
    "lives_together": True,
    "benefits": True,
    "permit_valid_until": "2026-12-01",
}
# 30 points for age and 90 for the degree: 120 and not one more, until 44
ABLE: Document = {
    "name": "王小明",
    "birth_date": "1990-03-07",
    "education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01"}],
    "permit": {"first_issued": "2019-05-10", "valid_until": "2026-12-01"},
    "notice": {"valid_until": "2026-12-01", "members": ["王小明", "王一"]},
    "child": [CHILD],
}


def needs(document: Document, on: str = ON) -> list[ChildNeed]:
    return child_needs(validate(document), load_policy(), load_exams(), date.fromisoformat(on))


def need(document: Document, on: str = ON) -> ChildNeed:
    (only,) = needs(document, on)
    return only


def lacks(document: Document, on: str = ON) -> list[str]:
    return [reason.code.removeprefix("backward.") for reason in need(document, on).lacks]


def child(**facts: Any) -> Document:
    return ABLE | {"child": [{key: value for key, value in (CHILD | facts).items() if value is not None}]}


def test_where_all_is_in_order_nothing_is_lacking() -> None:
    found = need(ABLE)
    assert found.exam is not None
    assert (found.kind, found.year, found.exam.span) == ("zhongkao", 2026, Span(date(2025, 12, 2), date(2026, 5, 7)))
    assert (found.totals, found.lacks, found.unknown, found.over) == ((120, 120), (), (), False)


class TestTheScore:
    def test_must_hold_on_the_last_day_too(self) -> None:
        found = need(ABLE | {"birth_date": "1982-05-07"})
        (lack,) = found.lacks
        assert found.totals == (120, 119)
        assert (lack.code, lack.values) == (
            "backward.score",
            {"day": "2026-05-07", "total": 119, "threshold": 120, "least": 119, "least_on": "2026-05-07"},
        )

    def test_the_day_after_the_span_it_may_fall(self) -> None:
        assert lacks(ABLE | {"birth_date": "1982-05-08"}) == []

    def test_that_falls_and_rises_again_inside_the_span_is_not_enough(self) -> None:
        """44 on 7 March; a year of insurance is full with the month of March."""
        found = need(ABLE | {"birth_date": "1982-03-07", "insurance": [{"from": "2025-04", "base": 8000}]})
        (lack,) = found.lacks
        assert found.totals == (120, 122)
        assert (lack.code, lack.values["day"], lack.values["total"]) == ("backward.score", "2026-03-07", 119)

    def test_that_falls_further_tells_the_lowest(self) -> None:
        offence = {"kind": "detention", "date": "2026-04-01"}
        (lack,) = need(ABLE | {"birth_date": "1982-03-07", "offence": [offence]}).lacks
        assert (lack.values["total"], lack.values["least"], lack.values["least_on"]) == (119, 69, "2026-04-01")

    def test_that_was_short_on_days_already_past_is_past(self) -> None:
        rising = ABLE | {"birth_date": "1982-03-07", "insurance": [{"from": "2025-04", "base": 8000}]}
        assert lacks(rising, "2026-03-31") == ["score"]
        assert lacks(rising, "2026-04-01") == []

    def test_a_veto_is_no_number(self) -> None:
        (lack,) = need(ABLE | {"offence": [{"kind": "serious_crime", "date": "2025-01-01"}]}).lacks
        assert (lack.code, lack.values) == ("backward.veto", {"day": "2025-12-02"})


class TestThePapers:
    @pytest.mark.parametrize(
        ("facts", "lacking"),
        [
            ({"notice": {"valid_until": "2026-05-07", "members": ["王一"]}}, []),
            ({"notice": {"valid_until": "2026-05-06", "members": ["王一"]}}, ["notice_ends"]),
            ({"notice": {"valid_until": "2026-12-01", "members": ["王小明"]}}, ["not_on_notice"]),
            ({"permit": {"valid_until": "2026-05-06"}}, ["permit_ends"]),
            ({"permit": {"valid_until": "2026-05-07"}}, ["permit_little_left"]),
            ({"permit": {"valid_until": "2026-06-06"}}, ["permit_little_left"]),
            ({"permit": {"valid_until": "2026-06-07"}}, []),
            ({"permit": {"kind": "temporary", "valid_until": "2026-12-01"}}, ["no_permit"]),
        ],
    )
    def test_of_the_applicant_last_through_the_span(self, facts: Document, lacking: list[str]) -> None:
        assert lacks(ABLE | facts) == lacking

    @pytest.mark.parametrize(("paper", "lacking"), [("notice", "no_notice"), ("permit", "no_permit")])
    def test_that_are_not_there(self, paper: str, lacking: str) -> None:
        assert lacks({key: value for key, value in ABLE.items() if key != paper}) == [lacking]

    @pytest.mark.parametrize(
        ("facts", "lacking"),
        [
            ({"permit_valid_until": "2026-05-07"}, []),
            ({"permit_valid_until": "2026-05-06"}, ["child_permit_ends"]),
            ({"lives_together": False}, ["not_together"]),
            ({"benefits": False}, ["no_benefits"]),
            ({"name": "王二"}, ["not_on_notice"]),
        ],
    )
    def test_of_the_child(self, facts: Document, lacking: list[str]) -> None:
        assert lacks(child(**facts)) == lacking

    @pytest.mark.parametrize(
        ("document", "unknown"),
        [
            (child(name=None), "child.0.name"),
            (child(permit_valid_until=None), "child.0.permit_valid_until"),
            (ABLE | {"permit": {}}, "permit.valid_until"),
            (ABLE | {"notice": {"members": ["王一"]}}, "notice.valid_until"),
        ],
    )
    def test_what_is_not_known_is_not_lacking(self, document: Document, unknown: str) -> None:
        found = need(document)
        assert (found.lacks, found.unknown) == ((), (unknown,))


class TestGaokao:
    """Registration of 2027 is forecast from 2025: from 14 October 2026."""

    @pytest.mark.parametrize(("issued", "lacking"), [("2023-10-14", []), ("2023-10-15", ["gaokao_years"])])
    def test_three_years_of_permit_stand_for_a_zhongkao_in_shanghai(self, issued: str, lacking: list[str]) -> None:
        permit = {"first_issued": issued, "valid_until": "2028-05-09"}
        document = child(entered_primary=2015, permit_valid_until="2028-05-09") | {
            "permit": permit,
            "notice": {"valid_until": "2028-05-09", "members": ["王一"]},
        }
        found = need(document)
        assert (found.kind, found.year, found.exam and found.exam.forecast_from) == ("gaokao", 2027, 2025)
        assert lacks(document) == lacking

    def test_when_the_first_permit_was_issued_may_not_be_known(self) -> None:
        document = child(entered_primary=2015) | {"permit": {"valid_until": "2028-05-09"}}
        assert need(document).unknown == ("permit.first_issued",)
        assert need(ABLE | {"permit": {"valid_until": "2028-05-09"}}).unknown == ()


class TestTheList:
    def test_stands_by_exam_year_those_of_unknown_year_last(self) -> None:
        children = [
            {"name": "甲", "kindergarten": True},
            {"name": "乙", "entered_primary": 2019},
            {"name": "丙", "entered_primary": 2024},
            {"name": "丁", "birth_date": "2021-03-01"},
            {"name": "戊"},
        ]
        found = [(row.path, row.name, row.kind, row.year) for row in needs(ABLE | {"child": children})]
        assert found == [
            ("child.3", "丁", "primary", 2027),
            ("child.1", "乙", "zhongkao", 2028),
            ("child.2", "丙", "junior", 2029),
            ("child.0", "甲", "primary", None),
            ("child.4", "戊", None, None),
        ]

    def test_says_of_a_child_of_unknown_age_what_must_be_asked(self) -> None:
        found = need(ABLE | {"child": [{"name": "甲", "kindergarten": True}]})
        assert (found.exam, found.totals, found.unknown) == (None, None, ("child.0.birth_date",))

    @pytest.mark.parametrize(
        "facts",
        [{"entered_primary": 2012}, {"evidence": "rejected"}, {"birth_date": "2000-01-01", "entered_primary": None}],
    )
    def test_leaves_out_who_has_left_school_or_was_rejected(self, facts: Document) -> None:
        assert needs(child(**facts)) == []

    def test_until_september_an_examination_whose_days_are_over_stands_there_as_over(self) -> None:
        last, after, september = (need(ABLE, on) for on in ("2026-05-07", "2026-05-08", "2026-09-01"))
        assert (last.year, last.over) == (2026, False)
        assert (after.year, after.over, after.lacks) == (2026, True, ())
        assert (september.kind, september.year, september.over) == ("gaokao", 2029, False)


@settings(max_examples=30, deadline=None)  # every day of every span, twice
@given(applicants(), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_the_score_is_lacking_exactly_where_some_day_of_the_span_does_not_reach_it(
    applicant: Applicant, on: date
) -> None:
    for found in child_needs(applicant, load_policy(), load_exams(), on):
        if found.exam is None or found.over:
            continue
        first, last = max(found.exam.span.first, on), found.exam.span.last
        days = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
        reached = all(assess(applicant, load_policy(), day).reached for day in days)
        codes = {reason.code for reason in found.lacks}
        assert reached is codes.isdisjoint({"backward.score", "backward.veto"})
        for language in LANGUAGES:
            assert all(lack["because"] for row in child_needs_report([found], language) for lack in row["lacks"])
