"""Levers as people write them: what is understood, what is printed, and what comes near."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning import ENGINEER, TODAY

from engine.document import dump, problems, validate
from engine.facts import Applicant
from engine.lever_phrases import Phrase, names, printed, read, start
from engine.levers import apply, done, earliest
from engine.months import Month
from engine.policy import load
from engine.reason import Reason
from engine.words import LANGUAGES, say

LEVERS = {lever.id: lever for lever in load().planning.levers}
months = st.integers(2020 * 12, 2045 * 12).map(Month)
levers = st.sampled_from([*LEVERS.values()])
phrases = st.builds(Phrase, levers, months, st.booleans()) | levers.map(Phrase)


@given(phrase=phrases, language=st.sampled_from(LANGUAGES))
def test_what_is_printed_is_read_as_the_same(phrase: Phrase, language: str) -> None:
    assert read(printed(phrase, language), LEVERS) == phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_means_one_lever(language: str) -> None:
    for lever in LEVERS.values():
        assert {read(name, LEVERS) for name in (*names(lever, language), lever.id)} == {Phrase(lever)}


@pytest.mark.parametrize(
    ("text", "lever", "month", "begins"),
    [
        ("base=2x from 2027-01", "base.2x", "2027-01", True),
        ("BASE = 2X from 2027.1", "base.2x", "2027-01", True),
        ("基数＝２倍　从２０２７－０１", "base.2x", "2027-01", True),
        ("基数2倍 2027年1月起", "base.2x", "2027-01", True),
        ("title intermediate 2027-06", "title.intermediate", "2027-06", False),
        ("中级职称 2027/6", "title.intermediate", "2027-06", False),
        ("skill 3", "skill.3", None, False),
        ("续缴 自2027-02", "pay", "2027-02", True),
        ("base=0.8x 2027-12", "base.0.8x", "2027-12", False),
        ("搬到临港", "move.lingang", None, False),
        ("本科 27年6月", "bachelor", "2027-06", False),
        ("skill 3 from 27.1", "skill.3", "2027-01", True),
        ("base=2x from 202701", "base.2x", "2027-01", True),
        ("bachelor by 2030-09", "bachelor", "2030-09", False),
        ("读本科到2030年9月", "bachelor", "2030-09", False),
        ("2027-01起 基数=2倍", "base.2x", "2027-01", True),
        ("从2027年1月起，基数2倍", "base.2x", "2027-01", True),
        ("from 2027-01 base=2x", "base.2x", "2027-01", True),
        ("2027-06 中级职称", "title.intermediate", "2027-06", False),
    ],
)
def test_the_usual_spellings_are_understood(text: str, lever: str, month: str | None, *, begins: bool) -> None:
    assert read(text, LEVERS) == Phrase(LEVERS[lever], Month.parse(month) if month else None, begins)


@pytest.mark.parametrize(
    ("text", "near"),
    [("titel intermediate", "title intermediate"), ("bachlor 2027-06", "bachelor"), ("基数=4倍", "基数=3倍")],
)
def test_a_word_that_is_no_lever_is_told_with_the_nearest_that_is(text: str, near: str) -> None:
    found = read(text, LEVERS)
    assert isinstance(found, Reason) and found.code == "what_if.no_lever_near"
    assert near in found.values["near"]
    assert near in say(found, "zh")


def test_what_comes_near_nothing_is_told_without_a_guess() -> None:
    found = read("qqqq", LEVERS)
    assert isinstance(found, Reason) and found.code == "what_if.no_lever"


@pytest.mark.parametrize("month", ["2027-00", "2027-13"])
def test_a_month_that_is_none_is_told(month: str) -> None:
    assert read(f"bachelor {month}", LEVERS) == Reason("what_if.no_month", {"text": month})


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("base=2x from", "from"),
        ("base=2x from 2027-", "from 2027-"),
        ("基数=2倍 2027年", "2027年"),
        ("搬到临港 从", "从"),
        ("skill 3 2027", "2027"),
        ("title intermediate 2027-06-30", "2027-06-30"),
        ("中级职称2027年6月30日", "2027年6月30日"),
    ],
)
def test_a_month_that_is_not_whole_or_more_than_one_is_told_and_not_taken_for_a_name(text: str, month: str) -> None:
    found = read(text, LEVERS)
    assert found == Reason("what_if.month_form", {"text": month})
    assert all(month in say(found, language) for language in LANGUAGES)


# --- when a lever begins


ENGINEER_NOW = validate(ENGINEER)


NOBODY = Applicant()
any_month = st.integers(0, 9999 * 12 + 11).map(Month)


def begins(text: str, on: date = TODAY, a: Applicant = ENGINEER_NOW) -> Month | Reason:
    phrase = read(text, LEVERS)
    assert isinstance(phrase, Phrase)
    return start(phrase, a, load(), on)


def test_from_a_month_it_begins_in_it() -> None:
    assert begins("base=2x from 2027-01") == Month.parse("2027-01")


def test_without_a_month_it_begins_as_early_as_it_can() -> None:
    assert begins("bachelor") == earliest(ENGINEER_NOW, LEVERS["bachelor"], load(), TODAY)


def test_a_month_alone_is_that_in_which_it_is_done() -> None:
    assert begins("title intermediate 2028-06") == Month(Month.parse("2028-06") - LEVERS["title.intermediate"].months)


@given(month=months)
def test_a_course_begins_when_schools_take_people_in_and_as_late_as_has_it_done_by_the_month(month: Month) -> None:
    lever = LEVERS["bachelor"]
    found = start(Phrase(lever, month), ENGINEER_NOW, load(), TODAY)
    assert isinstance(found, Month) and str(found)[-2:] in ("03", "09")
    next_course = Month(found + 6)
    assert Month.of(done(ENGINEER_NOW, lever, found)) <= month < Month.of(done(ENGINEER_NOW, lever, next_course))


def test_a_course_under_way_that_ends_before_the_month_is_done_by_it() -> None:
    course = {"level": "bachelor", "enrolled": "2025-03-01"}
    at_it = validate({**ENGINEER, "education": [*ENGINEER["education"], course]})
    phrase = Phrase(LEVERS["bachelor"], Month.parse("2031-01"))
    found = start(phrase, at_it, load(), TODAY)
    assert isinstance(found, Month) and Month.of(done(at_it, phrase.lever, found)) <= Month.parse("2031-01")


# --- where none begins


def test_nobody_goes_on_paying_what_was_never_paid() -> None:
    for text in ("pay", "pay from 2027-01", "pay 2027-01"):
        found = begins(text, a=NOBODY)
        assert isinstance(found, Reason) and found.code == "plan.no_insurance"


@pytest.mark.parametrize(("text", "month"), [("title senior", "2026-12"), ("bachelor", "2027-03")])
def test_a_need_that_is_not_met_is_no_reason_not_to_begin_in_the_next_month_there_is(text: str, month: str) -> None:
    assert begins(text, a=NOBODY) == Month.parse(month)


@pytest.mark.parametrize(
    "text", ["base=2x from 2013-06", "pay from 0000-01", "bachelor from 2199-12", "skill 3 9999-12"]
)
def test_a_month_before_the_first_law_or_beyond_all_dates_is_told(text: str) -> None:
    assert begins(text) == Reason("what_if.month_range", {"first": "2013-07", "last": "2199-12"})
    assert isinstance(begins("base=2x from 2013-07"), Month)


def test_what_cannot_be_done_by_a_month_is_told() -> None:
    assert begins("title senior 2013-08") == Reason("what_if.never_done", {"month": "2013-08"})


@given(phrase=st.builds(Phrase, levers, any_month | months, st.booleans()), a=st.sampled_from([ENGINEER_NOW, NOBODY]))
def test_whatever_month_is_written_what_begins_leads_to_valid_facts(phrase: Phrase, a: Applicant) -> None:
    found = start(phrase, a, load(), TODAY)
    if isinstance(found, Month):
        assert problems(dump(apply(a, phrase.lever, found, load()))) == []
    else:
        assert say(found, "zh") != say(found, "en")
