"""The plan: which ways there are, in which order, and why there are no others."""

from datetime import date
from typing import Any

import pytest
from planning import ASSOCIATE, TODAY, Document, pack, person, planned, ways

from engine.plan import Plan
from engine.plan_report import plan_report
from engine.planner import plan
from engine.policy import NoLaw, load
from engine.words import LANGUAGES, say, word

SCHOOL = {"level": "high_school", "graduated": "2008-06-30"}
TITLE = {"kind": "title", "level": "intermediate", "obtained": "2020-05-10"}
PERMIT = {"issued": "2026-05-10", "valid_until": "2027-05-09"}


def because(found: Plan) -> tuple[str, dict[str, Any]]:
    assert found.because is not None
    return found.because.code.removeprefix("plan."), found.because.values


def refused(found: Plan) -> dict[str, str]:
    return {refusal.lever.id: refusal.reason.code.removeprefix("plan.") for refusal in found.not_offered}


# Ways


def test_time_alone_is_the_way_without_a_step() -> None:
    """92 points; 4 of marriage each April and 3 of insurance each June: 92, +4 +3 four times."""
    (option,) = planned(policy=pack("pay"), spouse={"married": "2026-04-03", "shanghai_hukou": True}).options
    assert (option.reached_on, option.total, option.steps) == (date(2030, 6, 1), 120, ())
    assert (option.cost, option.sure) == ((0, 0), "certain")
    assert option.applicant == person(spouse={"married": "2026-04-03", "shanghai_hukou": True})


def test_a_deduction_ends_by_itself() -> None:
    """30 + 90 + 12 - 50; the detention of May 2023 costs nothing from May 2028 on."""
    degree = ASSOCIATE | {"level": "bachelor", "degree": "bachelor"}
    detained = {"kind": "detention", "date": "2023-05-04"}
    (option,) = planned(policy=pack("pay"), education=[degree], offence=[detained]).options
    assert (option.reached_on, option.total) == (date(2028, 5, 4), 135)


def test_the_base_of_a_title_begins_six_months_before_the_title_and_no_sooner() -> None:
    (option,) = planned(policy=pack("title.intermediate", "base.title")).options
    assert [(step.lever.id, str(step.start)) for step in option.steps] == [
        ("title.intermediate", "2026-12"),
        ("base.title", "2027-06"),
    ]
    assert (option.reached_on, option.total) == (date(2027, 12, 1), 145)


def test_a_way_costs_what_its_steps_cost_and_is_as_sure_as_the_least_sure() -> None:
    """The title 1500 to 8000; six months at 3396 more: 2139.48 to 7437.24."""
    (option,) = planned(policy=pack("title.intermediate", "base.title")).options
    assert option.cost == (1500 + 2139, 8000 + 7438)
    assert [step.lever.sure for step in option.steps] == ["medium", "high"]
    assert option.sure == "medium"


def test_a_course_may_open_the_way_to_the_next() -> None:
    """A bachelor course for those who went to college only: its lever alone cannot be pulled."""
    found = planned(policy=pack("associate", "degree", degree={"months": {"associate": 30}}), education=[SCHOOL])
    assert ways(found) == [("associate", "degree")]
    assert refused(found) == {}


def test_steps_are_told_in_the_order_in_which_they_begin() -> None:
    for option in planned(education=[], insurance=[{"from": "2022-11", "base": 8000}]).options:
        starts = [step.start for step in option.steps]
        assert starts == sorted(starts)


def test_a_step_that_brings_nothing_is_in_no_way() -> None:
    """Nine points are lacking and come with three years; a grade 5 skill beside an associate's 50 brings none."""
    degree = ASSOCIATE | {"level": "bachelor"}
    found = planned(
        policy=pack("skill.5", "base.0.8x"), education=[degree], insurance=[{"from": "2019-11", "base": 8000}]
    )
    assert ways(found) == [()]


@pytest.mark.parametrize(("lever", "yuan"), [("base.2x", "22,792"), ("base.3x", "34,188")])
def test_a_step_names_the_amount(lever: str, yuan: str) -> None:
    (option,) = planned(policy=pack(lever)).options
    assert all(yuan in say(option.steps[0].detail, language) for language in LANGUAGES)


def test_the_earliest_comes_first_and_by_a_day_the_surest() -> None:
    at_once, in_time = planned(), planned(by=date(2032, 1, 1))
    days = [option.reached_on for option in at_once.options]
    assert days == sorted(days)
    assert len(days) > 1
    order = ["certain", "high", "medium", "low"]
    sureness = [order.index(option.sure) for option in in_time.options]
    assert sureness == sorted(sureness)
    assert len(set(sureness)) > 1


def test_it_says_when_the_threshold_is_lost_again() -> None:
    """30 + 60 + 24, +3 twice more in a year; the age costs a point at 44, on 5 May 2030."""
    degree = ASSOCIATE | {"level": "bachelor"}
    facts: Document = {
        "birth_date": "1986-05-05",
        "education": [degree],
        "insurance": [{"from": "2018-04", "base": 8000}],
    }
    (option,) = planned(policy=pack("pay"), **facts).options
    assert (option.reached_on, option.lost_on) == (date(2028, 4, 1), None)
    facts["birth_date"] = "1984-05-05"
    (option,) = planned(policy=pack("pay"), **facts).options
    assert (option.reached_on, option.lost_on) == (date(2028, 4, 1), date(2028, 5, 5))


def test_a_permit_that_is_valid_today_is_taken_as_extended_and_one_that_is_not_must_be_settled() -> None:
    assert {option.to_settle for option in planned(permit=PERMIT).options} == {()}
    assert {option.to_settle for option in planned().options} == {("permit",)}


# Why there is none, and what is not pulled


def test_what_is_reached_needs_no_plan() -> None:
    found = planned(award=[{"level": "provincial", "granted": "2020-01-01"}])
    assert (found.reached, found.options, because(found)) == (True, (), ("reached", {"total": 202}))


def test_what_is_reached_and_lost_before_the_day_is_told() -> None:
    founder = {"kind": "entrepreneur", "from": "2025-01-01", "to": "2027-02-28"}
    found = planned(by=date(2027, 5, 1), talent=[founder])
    assert because(found) == ("reached_until", {"total": 212, "lost": "2027-03-01", "by": "2027-05-01"})
    assert because(planned(by=date(2027, 2, 28), talent=[founder]))[0] == "reached"


def test_a_veto_has_no_way() -> None:
    found = planned(offence=[{"kind": "serious_crime", "date": "2019-05-04"}])
    assert because(found) == ("veto", {"kind_word": "veto.serious_crime"})


def test_nothing_is_planned_beyond_a_veto_or_the_age() -> None:
    found = planned(birth_date="1968-03-07")
    assert found.until == date(2029, 3, 6)
    assert all(option.reached_on <= found.until for option in found.options)
    assert because(planned(birth_date="1960-03-07")) == ("too_old", {"oldest": 60})


def test_where_it_comes_too_late_the_day_and_the_lines_are_told() -> None:
    found = planned(by=date(2029, 6, 1), policy=pack("degree", "base.2x"))
    told = {"by": "2029-06-01", "day": "2029-12-01"}
    assert because(found) == ("late", {**told, "lines_word": ["indicator.education", "indicator.contribution_base"]})
    assert [(late.lever.id, late.indicator, late.reason.values["day"]) for late in found.too_late] == [
        ("degree", "education", "2030-03-01"),
        ("base.2x", "contribution_base", "2029-12-01"),
    ]


def test_a_title_that_waits_for_its_base_is_late_and_not_useless() -> None:
    (late,) = planned(by=date(2027, 6, 1), policy=pack("title.intermediate", "base.title")).too_late
    assert (late.lever.id, late.reason.code, late.reason.values["day"]) == (
        "title.intermediate",
        "plan.too_late",
        "2027-12-01",
    )


def test_what_is_in_time_is_not_among_what_is_too_late() -> None:
    found = planned(by=date(2028, 5, 6))
    pulled = {lever for way in ways(found) for lever in way}
    assert pulled == {"title.intermediate", "base.title"}
    assert not pulled & {late.lever.id for late in found.too_late}
    assert all(str(late.reason.values["day"]) > "2028-05-06" for late in found.too_late)


def test_what_is_reached_and_lost_again_before_the_day_does_not_count() -> None:
    """110 points, 120 as a fresh graduate from July 2027 to June 2028."""
    student = {"level": "associate", "form": "full_time", "enrolled": "2025-09-01", "graduated": "2027-07-01"}
    facts: Document = {
        "education": [student],
        "insurance": [{"from": "2022-06", "base": 8000}],
        "award": [{"level": "municipal_special", "granted": "2024-01-01"}],
        "birth_date": "1990-03-07",
    }
    nothing = pack("pay")
    (option,) = planned(policy=nothing, by=date(2027, 12, 1), **facts).options
    assert (option.reached_on, option.total) == (date(2027, 7, 1), 135)
    assert option.lost_on is None


def test_what_is_held_not_long_enough_names_the_line_that_falls() -> None:
    """30 + 60 + 24: 120 from April 2028, until 44 is reached in May."""
    degree = ASSOCIATE | {"level": "bachelor"}
    found = planned(
        policy=pack("pay"),
        by=date(2028, 7, 1),
        birth_date="1984-05-05",
        education=[degree],
        insurance=[{"from": "2018-04", "base": 8000}],
    )
    told = {"by": "2028-07-01", "day": "2028-04-01", "lost": "2028-05-05", "lines_word": ["indicator.age"]}
    assert because(found) == ("not_held", told)


def test_where_nothing_reaches_it_the_gap_and_the_lines_are_told() -> None:
    """92 points and 30 more in ten years would do; five years bring 15."""
    code, told = because(planned(policy=pack("pay", years=5)))
    assert (code, told["most"], told["gap"], told["day"]) == ("short", 107, 13, "2031-06-01")
    assert told["lines_word"] == ["indicator.insurance_years"]


def test_of_whom_hardly_anything_is_known_it_is_said_which_lines_lack_what() -> None:
    facts = dict.fromkeys(("birth_date", "employment"))
    code, told = because(planned(education=[], insurance=[], **facts))
    assert code == "short_of_needs"
    assert {"indicator.education", "indicator.title", "indicator.contribution_base"} <= set(told["lines_word"])


def test_needs_that_are_not_met_are_told_line_by_line() -> None:
    found = planned(employment=None)
    assert refused(found)["base.2x"] == "employment"
    assert "bachelor" not in refused(found)
    for refusal in found.not_offered:
        assert refusal.reason.values["line_word"] == f"indicator.{refusal.indicator}"


def test_what_is_there_already_is_idle_and_no_need() -> None:
    idle = {refusal.lever.id for refusal in planned(qualification=[TITLE]).not_offered if refusal.idle}
    assert idle >= {"pay", "associate", "title.intermediate"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_bought_seats_and_nominal_employment_are_not_offered_and_their_risk_is_told(language: str) -> None:
    told = plan_report(planned(), language)["not_offered"]
    risks = {way["lever"]: way["because"] for way in told if way["why"] == "risk"}
    assert set(risks) == {"incubator", "nominal", "nested", "back_pay"}
    assert all("-150" in risks[way] and "3" in risks[way] for way in ("incubator", "nominal"))
    assert not {"incubator", "nominal"} & {lever.id for lever in load().planning.levers}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_a_sentence_that_names_the_line(language: str) -> None:
    for facts in ({}, {"employment": None}, {"education": [], "insurance": []}, {"qualification": [TITLE]}):
        for by in (None, date(2027, 5, 1)):
            found = planned(by=by, **facts)  # type: ignore[arg-type]
            for refusal in (*found.not_offered, *found.too_late):
                said = say(refusal.reason, language)
                assert "{" not in said
                assert said.startswith(word(f"indicator.{refusal.indicator}", language))


# What cannot be asked


def test_a_day_before_the_day_itself_is_no_day_to_reach_it_by() -> None:
    with pytest.raises(ValueError, match="2026-11-21"):
        planned(by=date(2026, 11, 21))


def test_there_is_no_plan_before_the_first_law() -> None:
    with pytest.raises(NoLaw):
        planned(on=date(2013, 6, 30))


def test_nor_beyond_the_days_that_facts_can_have() -> None:
    for on in (date(2190, 1, 1), date(9999, 12, 31)):
        found = plan(person(birth_date="2180-03-07", insurance=[]), load(), on)
        assert because(found) == ("too_far", {"year": 2190})


def test_the_law_of_its_day_is_the_one_that_is_planned_by() -> None:
    """Until June 2015 a band needed each of 36 months, and there was none at 3x."""
    then = planned(on=date(2014, 5, 5), birth_date="1985-03-07", insurance=[{"from": "2012-01", "base": 5000}])
    assert refused(then)["base.3x"] == "not_in_law"


def test_the_day_is_today_or_later() -> None:
    assert all(option.reached_on > TODAY for option in planned().options)
