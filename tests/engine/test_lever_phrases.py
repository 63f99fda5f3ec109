"""Levers as people write them: what is understood, what is printed, and what comes near."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning import ENGINEER, TODAY

from engine.document import validate
from engine.lever_phrases import Phrase, names, printed, read, start
from engine.levers import done, earliest
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


# --- when a lever begins


ENGINEER_NOW = validate(ENGINEER)


def begins(text: str, on: date = TODAY) -> Month | Reason:
    phrase = read(text, LEVERS)
    assert isinstance(phrase, Phrase)
    return start(phrase, ENGINEER_NOW, load(), on)


def test_from_a_month_it_begins_in_it() -> None:
    assert begins("base=2x from 2027-01") == Month.parse("2027-01")


def test_without_a_month_it_begins_as_early_as_it_can() -> None:
    assert begins("bachelor") == earliest(ENGINEER_NOW, LEVERS["bachelor"], load(), TODAY)


def test_a_month_alone_is_that_in_which_it_is_done() -> None:
    assert begins("title intermediate 2028-06") == Month(Month.parse("2028-06") - LEVERS["title.intermediate"].months)


@given(month=months)
def test_it_is_done_by_the_month_and_would_not_be_if_it_began_later(month: Month) -> None:
    lever = LEVERS["bachelor"]
    found = start(Phrase(lever, month), ENGINEER_NOW, load(), TODAY)
    assert isinstance(found, Month)
    assert Month.of(done(ENGINEER_NOW, lever, found)) <= month < Month.of(done(ENGINEER_NOW, lever, Month(found + 1)))


def test_a_course_under_way_that_ends_before_the_month_is_done_by_it() -> None:
    course = {"level": "bachelor", "enrolled": "2025-03-01"}
    at_it = validate({**ENGINEER, "education": [*ENGINEER["education"], course]})
    phrase = Phrase(LEVERS["bachelor"], Month.parse("2031-01"))
    found = start(phrase, at_it, load(), TODAY)
    assert isinstance(found, Month) and Month.of(done(at_it, phrase.lever, found)) <= Month.parse("2031-01")
