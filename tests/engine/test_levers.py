"""Levers: when each can first be pulled, what it needs, what is true once it is carried out, what it costs."""

from datetime import date
from typing import Any

import pytest
from planning import ASSOCIATE, ENGINEER, TODAY, lever, pack, person

from engine.assessment import assess
from engine.document import dump, problems
from engine.facts import Applicant
from engine.levers import Cost, apply, cost, detail, done, earliest
from engine.months import Month
from engine.policy import load
from engine.reason import Reason
from engine.words import LANGUAGES, say

POLICY = load()
SCHOOL = {"level": "high_school", "graduated": "2007-06-30"}
BACHELOR = {"level": "bachelor", "enrolled": "2010-09-01", "graduated": "2012-07-01"}
PAYING = {"from": "2022-06", "base": 8000}
ENGINEER_SINCE = {"kind": "title", "level": "intermediate", "obtained": "2020-05-10"}


def first(lever_id: str, /, **facts: Any) -> str:
    """The month in which the engineer with other facts can begin, or the code of the reason why not."""
    found = earliest(person(**facts), lever(lever_id), POLICY, TODAY)
    return found.code.removeprefix("plan.") if isinstance(found, Reason) else str(found)


def pulled(lever_id: str, start: str, /, **facts: Any) -> Applicant:
    applicant = apply(person(**facts), lever(lever_id), Month.parse(start), POLICY)
    assert problems(dump(applicant)) == []
    return applicant


def rows(applicant: Applicant, section: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = dump(applicant)[section]
    return found


# All of them


@pytest.mark.parametrize("lever_id", [lever.id for lever in POLICY.planning.levers])
def test_each_gives_facts_that_are_valid_and_changes_no_score_before_it_begins(lever_id: str) -> None:
    applicant = person()
    then = apply(applicant, lever(lever_id), Month.parse("2027-09"), POLICY)
    assert problems(dump(then)) == []
    assert dump(then) != dump(applicant)
    for day in (TODAY, date(2027, 9, 1)):
        assert assess(then, POLICY, day).total == assess(applicant, POLICY, day).total


@pytest.mark.parametrize("lever_id", [lever.id for lever in POLICY.planning.levers])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_says_what_is_to_be_done(lever_id: str, language: str) -> None:
    said = say(detail(person(), lever(lever_id), Month.parse("2027-09"), POLICY), language)
    assert said.isascii() == (language == "en")
    assert "{" not in said


def test_the_applicant_is_left_as_it_was() -> None:
    applicant = person()
    apply(applicant, lever("base.2x"), Month.parse("2027-01"), POLICY)
    assert dump(applicant) == ENGINEER


# The base


@pytest.mark.parametrize(
    ("lever_id", "base"), [("base.0.8x", 9117), ("base.1x", 11396), ("base.2x", 22792), ("base.3x", 34188)]
)
def test_the_base_wanted_is_the_smallest_whole_yuan_that_reaches_the_multiple(lever_id: str, base: int) -> None:
    assert rows(pulled(lever_id, "2027-01"), "insurance")[-1]["base"] == base
    for yuan, reaches in ((base, True), (base - 1, False)):
        paid = person(insurance=[{"from": "2023-01", "base": yuan}])
        (line,) = [ln for ln in assess(paid, POLICY, TODAY).lines if ln.indicator == "contribution_base"]
        wanted = {"base.0.8x": 25, "base.1x": 50, "base.2x": 100, "base.3x": 120}[lever_id]
        assert (line.points == wanted) == reaches


def test_the_row_being_paid_ends_the_month_before_and_another_begins() -> None:
    assert rows(pulled("base.2x", "2027-01"), "insurance") == [
        PAYING | {"to": "2026-12"},
        {
            "from": "2027-01",
            "base": 22792,
            "employer": "上海甲科技有限公司",
            "payer_matches_contract": True,
            "tax_matches": True,
        },
    ]


def test_a_row_that_begins_with_the_start_is_taken_over() -> None:
    found = rows(pulled("base.2x", "2027-01", insurance=[PAYING | {"to": "2026-12"}, {"from": "2027-01"}]), "insurance")
    assert [(row["from"], row.get("base")) for row in found] == [("2022-06", 8000), ("2027-01", 22792)]


def test_months_elsewhere_are_left_alone() -> None:
    elsewhere = PAYING | {"province": "江苏"}
    assert rows(pulled("base.2x", "2027-01", insurance=[PAYING, elsewhere]), "insurance")[1] == elsewhere


def test_an_open_row_of_which_nothing_was_seen_proves_nothing_once_it_is_ended() -> None:
    verified = PAYING | {"evidence": "verified"}
    assert rows(pulled("base.2x", "2027-01", insurance=[verified]), "insurance")[0]["evidence"] == "received"
    seen = verified | {"seen_until": "2026-10"}
    assert rows(pulled("base.2x", "2027-01", insurance=[seen]), "insurance")[0] == seen | {"to": "2026-12"}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        pytest.param({}, "2026-12", id="next month"),
        pytest.param({"employment": None}, "employment", id="nobody to pay it"),
        pytest.param({"insurance": []}, "not_paying", id="no insurance"),
        pytest.param({"insurance": [PAYING | {"to": "2026-10"}]}, "not_paying", id="it has stopped"),
        pytest.param({"insurance": [PAYING | {"province": "江苏"}]}, "not_paying", id="it is paid elsewhere"),
        pytest.param({"insurance": [PAYING | {"base": 22792}]}, "base_there", id="it is there"),
        pytest.param({"insurance": [PAYING | {"base": 22791}]}, "2026-12", id="a yuan less is not"),
        pytest.param(
            {"insurance": [PAYING | {"base": 30000, "tax_matches": False}]}, "2026-12", id="tax does not match"
        ),
        pytest.param({"insurance": [{"from": "2027-05", "base": 8000}]}, "2027-05", id="when it begins"),
        pytest.param({"insurance": [{"from": "2022-06"}]}, "2026-12", id="whatever it is now"),
    ],
)
def test_raising_the_base_needs_insurance_that_is_being_paid_at_less(facts: dict[str, Any], code: str) -> None:
    assert first("base.2x", **facts) == code


def test_a_base_above_the_legal_limit_is_not_offered() -> None:
    dear = pack("base.3x")
    dear.law(TODAY).figures["band_3.tenths"] = 33  # type: ignore[index]
    found = earliest(person(), lever("base.3x", dear), dear, TODAY)
    assert found == Reason(
        "plan.base_limits",
        {"line_word": "indicator.contribution_base", "base": 37607, "lower": 7460, "upper": 37302},
    )


def test_a_band_that_the_law_does_not_have_is_not_offered() -> None:
    then = person(insurance=[{"from": "2012-01", "base": 5000}])
    found = earliest(then, lever("base.3x"), POLICY, date(2014, 5, 5))
    assert isinstance(found, Reason)
    assert found.code == "plan.not_in_law"


@pytest.mark.parametrize(
    ("held", "code"),
    [
        pytest.param([ENGINEER_SINCE], "2026-12", id="a title"),
        pytest.param([{"kind": "skill", "level": "2", "obtained": "2020-05-10"}], "2026-12", id="a skill"),
        pytest.param([], "no_title", id="none"),
        pytest.param([{"kind": "skill", "level": "3", "obtained": "2020-05-10"}], "no_title", id="needs no base"),
        pytest.param([ENGINEER_SINCE | {"matches_post": False}], "no_title", id="of another post"),
        pytest.param([ENGINEER_SINCE | {"while_in_shanghai": False}], "no_title", id="from elsewhere"),
        pytest.param([ENGINEER_SINCE | {"evidence": "rejected"}], "no_title", id="rejected"),
    ],
)
def test_the_base_of_a_title_is_for_one_that_waits_for_it(held: list[Any], code: str) -> None:
    assert first("base.title", qualification=held) == code


def test_a_raised_base_costs_by_the_month_what_it_is_raised_by() -> None:
    """From 8000 to 22792, 14792 a month; 12 months at 10.5 to 36.5 %: 18637.92 to 64788.96."""
    until = date(2028, 1, 20)
    assert cost(person(), lever("base.2x"), Month.parse("2027-01"), until, POLICY) == Cost(18637, 64789)


def test_where_the_base_is_not_known_it_is_raised_from_the_lower_limit() -> None:
    """From 7460 to 9117, one month: 173.985 to 604.805."""
    unknown = person(insurance=[{"from": "2022-06"}])
    assert cost(unknown, lever("base.0.8x"), Month.parse("2027-01"), date(2027, 2, 1), POLICY) == Cost(173, 605)


# Going on paying


@pytest.mark.parametrize(
    ("insurance", "code"),
    [
        pytest.param([PAYING], "paying", id="it is being paid"),
        pytest.param([PAYING | {"to": "2026-10"}], "2026-11", id="paid up to last month: from this month on"),
        pytest.param([PAYING | {"to": "2026-09"}], "2026-12", id="a month is missing already: from next month on"),
        pytest.param([PAYING | {"to": "2026-11"}], "2026-12", id="this month is paid"),
        pytest.param([PAYING | {"to": "2027-03"}], "2027-04", id="when it ends"),
        pytest.param([], "no_insurance", id="never paid"),
        pytest.param(
            [PAYING | {"pay_kind": "back_paid"}], "no_insurance", id="back-paid months are no row to go on with"
        ),
        pytest.param([PAYING | {"payer_matches_contract": False}], "2026-12", id="paid by another: by the employer"),
    ],
)
def test_going_on_paying_begins_where_the_last_month_ended(insurance: list[Any], code: str) -> None:
    assert first("pay", insurance=insurance) == code


def test_going_on_paying_goes_on_at_the_last_base() -> None:
    closed = PAYING | {"to": "2026-10", "evidence": "verified"}
    found = rows(pulled("pay", "2026-11", insurance=[PAYING | {"to": "2025-01", "base": 20000}, closed]), "insurance")
    assert found[1:] == [closed, {"from": "2026-11", "base": 8000, "employer": "上海甲科技有限公司"}]


def test_months_paid_by_another_end_when_the_employer_pays() -> None:
    found = rows(pulled("pay", "2026-12", insurance=[PAYING | {"payer_matches_contract": False}]), "insurance")
    assert [(row["from"], row.get("to"), row["payer_matches_contract"]) for row in found] == [
        ("2022-06", "2026-11", False),
        ("2026-12", None, True),
    ]


# Schooling


@pytest.mark.parametrize(
    ("lever_id", "education", "code"),
    [
        pytest.param("associate", [SCHOOL], "2027-03", id="after school, in the next term"),
        pytest.param("associate", [{"level": "high_school"}], "2027-03", id="school, whenever it ended"),
        pytest.param("associate", [], "study_before", id="nothing known before it"),
        pytest.param("associate", [ASSOCIATE], "studied", id="it is there"),
        pytest.param("associate", [SCHOOL, BACHELOR], "studied", id="more is there"),
        pytest.param("bachelor", [ASSOCIATE], "2027-03", id="after college"),
        pytest.param("bachelor", [SCHOOL], "2027-03", id="after school, five years"),
        pytest.param(
            "bachelor", [SCHOOL, {"level": "associate"}], "study_unclear", id="college, nobody knows until when"
        ),
        pytest.param("bachelor", [ASSOCIATE | {"evidence": "rejected"}], "study_before", id="a college not recognised"),
        pytest.param("bachelor", [ASSOCIATE | {"graduated": "2027-06-30"}], "2027-09", id="once college is over"),
        pytest.param("bachelor", [ASSOCIATE, BACHELOR | {"graduated": "2028-07-01"}], "studied", id="coming anyway"),
        pytest.param(
            "bachelor", [ASSOCIATE, {"level": "bachelor", "enrolled": "2025-09-01"}], "2026-12", id="under way"
        ),
        pytest.param(
            "bachelor",
            [ASSOCIATE | {"graduated": "2026-06-30"}, {"level": "bachelor", "enrolled": "2025-09-01"}],
            "study_nested",
            id="under way, begun too early",
        ),
        pytest.param("bachelor", [ASSOCIATE, {"level": "bachelor"}], "study_unclear", id="under way or over?"),
        pytest.param("degree", [BACHELOR], "2027-03", id="another course, for its degree"),
        pytest.param("degree", [BACHELOR | {"degree": "bachelor"}], "studied", id="the degree is there"),
        pytest.param("degree", [BACHELOR | {"graduated": "2028-07-01"}], "2026-12", id="with the course under way"),
    ],
)
def test_a_course_begins_after_a_stage_it_may_follow(lever_id: str, education: list[Any], code: str) -> None:
    assert first(lever_id, education=education) == code


def test_a_course_beside_work_is_not_full_time_and_in_shanghai() -> None:
    assert rows(pulled("bachelor", "2027-03"), "education")[-1] == {
        "level": "bachelor",
        "degree": "none",
        "form": "adult",
        "place": "上海",
        "enrolled": "2027-03-01",
        "graduated": "2029-09-01",
    }


@pytest.mark.parametrize(
    ("lever_id", "education", "day"),
    [
        pytest.param("bachelor", [SCHOOL], date(2032, 3, 1), id="60 months after school"),
        pytest.param("bachelor", [SCHOOL, ASSOCIATE], date(2029, 9, 1), id="30 months after college"),
        pytest.param(
            "bachelor", [ASSOCIATE, {"level": "bachelor", "enrolled": "2025-09-01"}], date(2028, 3, 1), id="on"
        ),
        pytest.param(
            "bachelor", [ASSOCIATE, {"level": "bachelor", "enrolled": "2020-09-01"}], date(2027, 4, 1), id="late"
        ),
        pytest.param(
            "degree", [ASSOCIATE, BACHELOR | {"graduated": "2028-07-01"}], date(2028, 7, 1), id="with the course"
        ),
    ],
)
def test_how_long_it_takes_hangs_on_what_it_follows(lever_id: str, education: list[Any], day: date) -> None:
    assert done(person(education=education), lever(lever_id), Month.parse("2027-03")) == day


def test_college_and_bachelor_do_not_overlap_when_one_follows_the_other() -> None:
    college = pulled("associate", "2027-03", education=[SCHOOL])
    start = earliest(college, lever("bachelor"), POLICY, TODAY)
    assert isinstance(start, Month)
    after = apply(college, lever("bachelor"), start, POLICY).education
    assert after[1].graduated is not None and after[2].enrolled is not None
    assert after[1].graduated < after[2].enrolled == date(2030, 3, 1)


def test_a_course_under_way_is_finished_and_not_begun_again() -> None:
    at_it = {"level": "bachelor", "enrolled": "2025-09-01", "school": "上海开放大学"}
    found = rows(pulled("degree", "2026-12", education=[ASSOCIATE, at_it]), "education")
    assert found == [ASSOCIATE, at_it | {"degree": "bachelor", "graduated": "2028-03-01"}]


# Titles and skills


@pytest.mark.parametrize(
    ("lever_id", "facts", "code"),
    [
        pytest.param("title.intermediate", {}, "2026-12", id="college long ago"),
        pytest.param("title.intermediate", {"employment": None}, "employment", id="no post to match"),
        pytest.param("title.intermediate", {"education": [SCHOOL]}, "not_yet", id="no college"),
        pytest.param(
            "title.intermediate",
            {"education": [ASSOCIATE | {"graduated": "2023-07-01"}]},
            "2028-07",
            id="six years after college, passed in July 2029",
        ),
        pytest.param("title.intermediate", {"qualification": [ENGINEER_SINCE]}, "qualified", id="it is there"),
        pytest.param(
            "title.intermediate",
            {"qualification": [ENGINEER_SINCE | {"while_in_shanghai": False}]},
            "2026-12",
            id="there is one from elsewhere",
        ),
        pytest.param("title.senior", {"qualification": [ENGINEER_SINCE]}, "schooling", id="no bachelor"),
        pytest.param(
            "title.senior",
            {"education": [BACHELOR], "qualification": [ENGINEER_SINCE]},
            "2026-12",
            id="five years after",
        ),
        pytest.param("title.senior", {"education": [BACHELOR]}, "not_yet", id="no title to go on from"),
        pytest.param("skill.5", {}, "2026-12", id="a year of work"),
        pytest.param("skill.5", {"insurance": [{"from": "2026-10"}]}, "2027-06", id="when there is a year of it"),
        pytest.param("skill.3", {}, "2031-10", id="when there are ten, in June 2032"),
        pytest.param("skill.2", {}, "not_yet", id="no grade to go on from"),
        pytest.param("skill.4", {"qualification": [{"kind": "skill", "level": "3"}]}, "qualified", id="more is there"),
    ],
)
def test_titles_and_skills_ask_for_schooling_work_and_what_comes_before(
    lever_id: str, facts: dict[str, Any], code: str
) -> None:
    assert first(lever_id, **facts) == code


def test_work_told_of_counts_as_work_and_unemployment_does_not() -> None:
    work = {"unit": "某厂", "from": "2012-07-01", "to": "2022-05-31"}
    assert first("skill.3", work=[work]) == "2026-12"
    assert first("skill.3", work=[work | {"unemployed": True}]) == "2031-10"


def test_what_is_passed_matches_the_post_and_was_passed_in_shanghai() -> None:
    assert rows(pulled("title.intermediate", "2027-01"), "qualification") == [
        {
            "kind": "title",
            "level": "intermediate",
            "obtained": "2028-01-01",
            "while_in_shanghai": True,
            "matches_post": True,
        }
    ]


# Moving


@pytest.mark.parametrize(
    ("service", "code"),
    [
        pytest.param([], "2026-12", id="next month"),
        pytest.param([{"kind": "lingang", "from": "2025-01-01"}], "lives_there", id="there already"),
        pytest.param(
            [{"kind": "lingang", "from": "2025-01-01", "lives_there": False}], "2026-12", id="works there only"
        ),
        pytest.param([{"kind": "lingang", "from": "2025-01-01", "to": "2026-01-01"}], "2026-12", id="has left"),
    ],
)
def test_one_moves_where_one_does_not_live_yet(service: list[Any], code: str) -> None:
    assert first("move.lingang", service=service) == code


def test_who_moves_leaves_the_other_area() -> None:
    there = {"kind": "suburb", "from": "2024-01-01"}
    cleaner = {"kind": "public", "from": "2020-01-01"}
    assert rows(pulled("move.lingang", "2026-12", service=[there, cleaner]), "service") == [
        there | {"to": "2027-02-28"},
        cleaner,
        {"kind": "lingang", "from": "2027-03-01", "lives_there": True},
    ]
