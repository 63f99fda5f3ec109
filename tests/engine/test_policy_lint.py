"""The lint of a policy pack: for each complaint, the real pack with just one thing broken."""

import copy
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.document import validate
from engine.levers import apply, earliest
from engine.months import Month
from engine.policy import Policy
from engine.policy_lint import lint
from engine.policy_pack import FIGURES
from engine.words import LANGUAGES, keys, say

Pack = dict[str, Any]
Break = Callable[[Pack], None]

SHANGHAI = tomllib.loads(files("engine").joinpath("policies", "shanghai.toml").read_text(encoding="utf-8"))
STORIES: list[Any] = []
NEXT = Month.parse("2026-12")
SOMEBODY = validate(
    {
        "employment": {},
        "education": [{"level": "associate", "graduated": "2010-06-30"}],
        "insurance": [{"from": "2022-06", "base": 8000}],
    }
)


def complains(code: str, where: str) -> Callable[[Break], Break]:
    """The story below breaks a pack so that this is complained of, at this place, and nothing else."""

    def keep(story: Break) -> Break:
        STORIES.append(pytest.param(story, code, where, id=story.__name__))
        return story

    return keep


@complains("wrong_type", "basis.education.open")
def what_is_open_is_not_said_by_yes_or_no(pack: Pack) -> None:
    pack["basis"]["education"]["open"] = "yes"


# --- dates


@complains("gap", "figures.investment.cap")
def a_day_lies_between_two_values(pack: Pack) -> None:
    pack["figures"]["investment"][1]["to"] = date(2015, 6, 29)


@complains("overlap", "figures.investment.cap")
def two_values_hold_on_one_day(pack: Pack) -> None:
    pack["figures"]["investment"][1]["to"] = date(2015, 7, 1)


@complains("overlap", "figures.lingang.from_years")
def the_earlier_value_has_no_end(pack: Pack) -> None:
    del pack["figures"]["lingang"][0]["to"]


@complains("wrong_start", "figures.insurance_years.per_year")
def a_figure_starts_a_day_after_the_law(pack: Pack) -> None:
    pack["figures"]["insurance_years"][0]["from"] = date(2013, 7, 2)


@complains("ends", "figures.insurance_years.per_year")
def a_figure_ends_with_the_text_of_the_law(pack: Pack) -> None:
    pack["figures"]["insurance_years"][0]["to"] = date(2027, 12, 31)


@complains("ends_before_start", "figures.lingang.from_years")
def a_value_ends_before_it_starts(pack: Pack) -> None:
    pack["figures"]["lingang"][0]["to"] = date(2013, 6, 30)


@complains("not_in_order", "figures.lingang.from_years")
def the_later_value_stands_first(pack: Pack) -> None:
    pack["figures"]["lingang"].reverse()


# --- figures


@complains("missing_figure", "figures.spouse.cap")
def a_figure_is_left_out(pack: Pack) -> None:
    del pack["figures"]["spouse"][0]["cap"]


@complains("unknown_figure", "figures.spouse.most")
def a_figure_no_rule_reads(pack: Pack) -> None:
    pack["figures"]["spouse"][0]["most"] = 40


@complains("unknown_figure", "figures.spouse")
def a_group_is_given_a_value_of_its_own(pack: Pack) -> None:
    pack["figures"]["spouse"][0]["value"] = 4


@complains("wrong_type", "figures.spouse#1.cap")
def a_figure_with_decimals(pack: Pack) -> None:
    pack["figures"]["spouse"][0]["cap"] = 40.0


@complains("wrong_type", "figures.spouse#1.cap")
def a_figure_that_is_true(pack: Pack) -> None:
    pack["figures"]["spouse"][0]["cap"] = True


@complains("wrong_type", "figures.spouse#1.from")
def a_figure_dated_with_a_time(pack: Pack) -> None:
    pack["figures"]["spouse"][0]["from"] = datetime(2013, 7, 1, 0, 0)


@complains("wrong_type", "figures.spouse")
def a_figure_without_dates(pack: Pack) -> None:
    pack["figures"]["spouse"] = {"per_year": 4, "cap": 40}


@complains("wrong_type", "figures.spouse#1")
def a_row_that_is_a_number(pack: Pack) -> None:
    pack["figures"]["spouse"] = [4]


@complains("missing", "figures.spouse#1.from")
def a_figure_without_a_first_day(pack: Pack) -> None:
    del pack["figures"]["spouse"][0]["from"]


# --- what a figure rests on


@complains("no_basis", "figures.spouse#1.basis")
def a_figure_that_rests_on_nothing(pack: Pack) -> None:
    del pack["figures"]["spouse"][0]["basis"]


@complains("unknown_basis", "figures.spouse#1.basis")
def a_figure_that_rests_on_something_unlisted(pack: Pack) -> None:
    pack["figures"]["spouse"][0]["basis"] = "marriage"


@complains("no_article", "basis.spouse.article")
def a_figure_without_an_article(pack: Pack) -> None:
    del pack["basis"]["spouse"]["article"]


@complains("no_source", "basis.spouse.source")
def a_figure_without_a_source(pack: Pack) -> None:
    del pack["basis"]["spouse"]["source"]


@complains("no_source", "basis.spouse.source")
def a_figure_with_an_empty_list_of_sources(pack: Pack) -> None:
    pack["basis"]["spouse"]["source"] = []


@complains("no_grade", "basis.spouse.grade")
def a_figure_without_a_grade(pack: Pack) -> None:
    del pack["basis"]["spouse"]["grade"]


@complains("no_checked", "basis.spouse.checked")
def a_figure_nobody_checked(pack: Pack) -> None:
    del pack["basis"]["spouse"]["checked"]


@complains("unknown_grade", "basis.spouse.grade")
def a_grade_that_does_not_exist(pack: Pack) -> None:
    pack["basis"]["spouse"]["grade"] = "A"


@complains("unknown_source", "basis.spouse.source")
def a_source_that_is_not_listed(pack: Pack) -> None:
    pack["basis"]["spouse"]["source"] = ["hearsay"]


@complains("unknown_key", "basis.spouse.url")
def a_key_nobody_reads(pack: Pack) -> None:
    pack["basis"]["spouse"]["url"] = "hfnuidl.cn/29550"


@complains("missing", "sources.nowhere")
def a_source_that_is_empty(pack: Pack) -> None:
    pack["sources"]["nowhere"] = ""


# --- versions


@complains("gap", "versions")
def a_day_without_a_law(pack: Pack) -> None:
    pack["versions"][1]["from"] = date(2015, 7, 2)


@complains("overlap", "versions")
def a_day_with_two_laws(pack: Pack) -> None:
    pack["versions"][1]["from"] = date(2015, 6, 30)


@complains("missing", "versions#4.to")
def a_version_whose_end_is_not_given(pack: Pack) -> None:
    del pack["versions"][3]["to"]


@complains("no_source", "versions#4.source")
def a_version_without_a_source(pack: Pack) -> None:
    del pack["versions"][3]["source"]


@complains("version_twice", "versions")
def two_versions_of_one_name(pack: Pack) -> None:
    pack["versions"][3]["id"] = "2018"


# --- parameters


@complains("missing", "parameters.window.ends")
def a_question_without_an_answer(pack: Pack) -> None:
    del pack["parameters"]["window.ends"]


@complains("unknown_parameter", "parameters.window.starts")
def an_answer_nobody_asked_for(pack: Pack) -> None:
    pack["parameters"]["window.starts"] = {"value": "month_before", "note": "...", "note_en": "..."}


@complains("unknown_value", "parameters.window.ends")
def an_answer_the_rules_do_not_know(pack: Pack) -> None:
    pack["parameters"]["window.ends"]["value"] = "next_month"


@complains("missing", "parameters.window.ends.note")
def an_answer_without_its_question(pack: Pack) -> None:
    del pack["parameters"]["window.ends"]["note"]


@complains("missing", "parameters.window.ends.note_en")
def a_question_that_is_asked_in_chinese_alone(pack: Pack) -> None:
    del pack["parameters"]["window.ends"]["note_en"]


@complains("missing", "basis.spouse.note_en")
def a_note_in_chinese_alone(pack: Pack) -> None:
    del pack["basis"]["spouse"]["note_en"]


@complains("missing", "versions#1.note")
def a_note_in_english_alone(pack: Pack) -> None:
    pack["versions"][0]["note"] = ""


# --- wages


@complains("gap", "wages.reference")
def a_month_without_a_reference(pack: Pack) -> None:
    pack["wages"]["reference"][3]["to"] = "2015-02"


@complains("overlap", "wages.contribution")
def a_month_with_two_averages(pack: Pack) -> None:
    pack["wages"]["contribution"][3]["to"] = "2015-04"


@complains("wrong_start", "wages.contribution")
def one_series_starts_later(pack: Pack) -> None:
    del pack["wages"]["contribution"][0]


@complains("not_a_month", "wages.reference#4.to")
def a_thirteenth_month(pack: Pack) -> None:
    pack["wages"]["reference"][3]["to"] = "2015-13"


@complains("not_a_month", "wages.from")
def a_series_that_starts_in_no_month(pack: Pack) -> None:
    pack["wages"]["from"] = "2011"


@complains("wrong_type", "wages.reference#4.value")
def a_wage_in_quotes(pack: Pack) -> None:
    pack["wages"]["reference"][3]["value"] = "5036"


@complains("unknown_basis", "wages.contribution#4.upper_basis")
def a_limit_that_rests_on_something_unlisted(pack: Pack) -> None:
    pack["wages"]["contribution"][3]["upper_basis"] = "limits"


# --- levers


@complains("unknown_value", "levers#1.kind")
def a_lever_of_a_kind_nobody_knows(pack: Pack) -> None:
    pack["levers"][0]["kind"] = "buy"


@complains("missing", "levers#2.months")
def a_course_that_takes_no_time(pack: Pack) -> None:
    del pack["levers"][1]["months"]


@complains("missing", "levers#2.months")
def a_course_that_follows_nothing(pack: Pack) -> None:
    pack["levers"][1]["months"] = {}


@complains("unknown_value", "levers#2.months")
def a_course_after_a_school_nobody_knows(pack: Pack) -> None:
    pack["levers"][1]["months"]["kindergarten"] = 120


@complains("out_of_range", "levers#2.months.high_school")
def a_course_of_no_months(pack: Pack) -> None:
    pack["levers"][1]["months"]["high_school"] = 0


@complains("out_of_range", "levers#2.starts")
def a_course_that_begins_in_a_thirteenth_month(pack: Pack) -> None:
    pack["levers"][1]["starts"] = [3, 13]


@complains("unknown_value", "levers#2.degree")
def a_degree_that_the_level_does_not_lead_to(pack: Pack) -> None:
    pack["levers"][1]["degree"] = "doctor"


@complains("unknown_value", "levers#2.level")
def a_course_below_college(pack: Pack) -> None:
    pack["levers"][1]["level"] = "high_school"


@complains("unknown_key", "levers#1.months")
def a_key_of_another_kind(pack: Pack) -> None:
    pack["levers"][0]["months"] = 3


@complains("unknown_value", "levers#5.after")
def a_skill_after_something_nobody_knows(pack: Pack) -> None:
    pack["levers"][4]["after"]["luck"] = 12


@complains("wrong_type", "levers#5.after.work")
def a_skill_after_half_a_month(pack: Pack) -> None:
    pack["levers"][4]["after"]["work"] = 12.5


@complains("unknown_value", "levers#14.figure")
def a_base_at_a_multiple_that_is_no_figure(pack: Pack) -> None:
    pack["levers"][13]["figure"] = "band_4.tenths"


@complains("unknown_value", "levers#12.area")
def a_move_to_an_area_nobody_knows(pack: Pack) -> None:
    pack["levers"][11]["area"] = "moon"


@complains("unknown_value", "levers#1.sure")
def a_lever_that_is_promised(pack: Pack) -> None:
    pack["levers"][0]["sure"] = "certain"


@complains("not_a_range", "levers#2.cost")
def a_price_from_high_to_low(pack: Pack) -> None:
    pack["levers"][1]["cost"] = [9000, 6000]


@complains("not_a_range", "levers#14.rise")
def a_share_without_its_end(pack: Pack) -> None:
    pack["levers"][13]["rise"] = [105]


@complains("unknown_basis", "levers#2.basis")
def a_lever_that_rests_on_something_unlisted(pack: Pack) -> None:
    pack["levers"][1]["basis"] = "hearsay"


@complains("no_basis", "levers#2.basis")
def a_lever_that_rests_on_nothing(pack: Pack) -> None:
    del pack["levers"][1]["basis"]


@complains("lever_twice", "levers#2.id")
def two_levers_of_one_name(pack: Pack) -> None:
    pack["levers"][1]["id"] = "pay"


@complains("lever_unnamed", "levers#2.id")
def a_lever_that_the_words_do_not_know(pack: Pack) -> None:
    pack["levers"][1]["id"] = "miracle"


@complains("lever_unnamed", "shunned#1.id")
def a_way_whose_risk_nobody_tells(pack: Pack) -> None:
    pack["shunned"][0]["id"] = "pay"
    del pack["levers"][0]


@complains("unknown_value", "shunned#1.indicator")
def a_way_to_a_line_that_is_not_there(pack: Pack) -> None:
    pack["shunned"][0]["indicator"] = "luck"


@complains("out_of_range", "planning.years")
def plans_for_no_years(pack: Pack) -> None:
    pack["planning"]["years"] = 0


# --- whole sections


@complains("missing", "wages")
def a_pack_without_wages(pack: Pack) -> None:
    del pack["wages"]


@complains("unknown_key", "rules")
def a_pack_with_rules_of_its_own(pack: Pack) -> None:
    pack["rules"] = {"age": "min(30, 5 + 2 * (56 - age))"}


# --- the tests


@pytest.fixture
def pack() -> Pack:
    return copy.deepcopy(SHANGHAI)


def test_the_real_pack_is_clean(pack: Pack) -> None:
    assert lint(pack) == []


@pytest.mark.parametrize(("story", "code", "where"), STORIES)
def test_a_broken_pack_is_complained_of_for_just_that(pack: Pack, story: Break, code: str, where: str) -> None:
    story(pack)
    assert [(told.code, told.values["where"]) for told in lint(pack)] == [(f"pack.{code}", where)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("story", "code", "where"), STORIES)
def test_a_complaint_is_a_sentence_that_names_the_place(
    pack: Pack, story: Break, code: str, where: str, language: str
) -> None:
    story(pack)
    [told] = lint(pack)
    sentence = say(told, language)
    assert sentence.startswith(where)
    assert "{" not in sentence


def test_every_complaint_has_its_broken_pack() -> None:
    told_elsewhere = {"no_law", "not_there", "not_toml"}  # by loading, not by the lint
    said = {key.removeprefix("reason.pack.") for key in keys("zh") if key.startswith("reason.pack.")}
    assert {story.values[1] for story in STORIES} == {key for key in said if "." not in key} - told_elsewhere


def test_all_that_is_wrong_is_told_at_once(pack: Pack) -> None:
    for story in (a_day_without_a_law, a_grade_that_does_not_exist, an_answer_the_rules_do_not_know):
        story(pack)
    assert [told.code for told in lint(pack)] == ["pack.unknown_grade", "pack.gap", "pack.unknown_value"]


def _places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to each value of a pack, tables and lists included."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for key, value in inner for place in _places(value, (*path, key)))]


@settings(deadline=None)  # a busy machine is no fault of the pack
@given(
    place=st.sampled_from(_places(SHANGHAI)[1:]),
    value=st.sampled_from([None, True, 0, 7.5, "", "x", "2015-07", date(2015, 7, 1), [], [1], ["x"], {}, {"a": 1}]),
)
def test_whatever_stands_in_a_pack_it_is_complained_of_or_it_works(place: tuple[Any, ...], value: object) -> None:
    """One value of the pack replaced or taken away: never an exception, never a pack that cannot be used."""
    pack = copy.deepcopy(SHANGHAI)
    *way, last = place
    node: Any = pack
    for key in way:
        node = node[key]
    if value is None:
        del node[last]
    else:
        node[last] = value
    if not lint(pack):
        policy = Policy.from_pack(pack)
        law = policy.law(date(2026, 11, 22))
        assert {name: law.citation(name).value for name in FIGURES} == law.figures
        assert law.wages.reference(Month.parse("2024-08"))[0] > 0
        for lever in policy.planning.levers:
            start = earliest(SOMEBODY, lever, policy, date(2026, 11, 22))
            assert apply(SOMEBODY, lever, start if isinstance(start, Month) else NEXT, policy)
