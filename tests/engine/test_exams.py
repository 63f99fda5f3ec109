"""The exam calendar: what was published, what is forecast from it, and what the lint says of a broken one."""

import copy
import tomllib
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.exam_lint import EVENTS, KINDS, lint
from engine.exams import Exam, ExamCalendar, Span, Window, load, read
from engine.policy import BadPack
from engine.policy_pack import GRADES
from engine.words import LANGUAGES, keys, say

Pack = dict[str, Any]
PACK = tomllib.loads(files("engine").joinpath("process", "exams.toml").read_text(encoding="utf-8"))


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


def exam(kind: str, year: int) -> Exam:
    found = load().exam(kind, year)
    assert found is not None
    return found


def window(found: Exam, event: str) -> Window:
    return next(window for window in found.windows if window.event == event)


class TestWhatWasPublished:
    def test_the_2026_zhongkao_is_asked_for_from_the_first_check_to_the_late_registration(self) -> None:
        found = exam("zhongkao", 2026)
        assert found.span == span("2025-12-02", "2026-05-07")
        assert found.forecast_from is None
        assert not found.approximate
        group = window(found, "group_registration")
        assert (group.first, group.last) == span("2026-01-19", "2026-01-30")
        assert (group.first_from, group.last_from, group.basis.grade) == (2026, 2026, "OC")

    def test_the_2025_gaokao_ends_with_a_late_registration_of_which_only_the_part_of_the_month_is_known(self) -> None:
        found = exam("gaokao", 2025)
        assert found.span == span("2024-10-14", "2025-04-20")
        assert found.forecast_from is None
        assert found.approximate

    def test_windows_stand_in_the_order_of_their_days(self) -> None:
        for kind in KINDS:
            days = [window.first for window in exam(kind, 2026).windows]
            assert days == sorted(days)

    def test_each_day_has_a_source_and_a_grade(self) -> None:
        bases = [window.basis for kind in KINDS for year in (2023, 2026) for window in exam(kind, year).windows]
        assert all(basis.source and basis.grade in GRADES and basis.article for basis in bases)

    def test_the_points_are_a_condition_of_examinations_and_an_order_for_schools(self) -> None:
        assert [exam(kind, 2026).hard for kind in ("primary", "junior", "zhongkao", "gaokao")] == [
            False,
            False,
            True,
            True,
        ]


class TestForecast:
    def test_a_year_that_is_not_published_has_the_days_of_the_last_one_and_says_so(self) -> None:
        found = exam("zhongkao", 2028)
        assert found.span == span("2027-12-02", "2028-05-07")
        assert found.forecast_from == 2026

    def test_a_year_between_two_published_ones_knows_only_the_earlier(self) -> None:
        found = exam("zhongkao", 2018)
        assert found.span.first == date(2017, 11, 21)
        assert window(found, "document_check").first_from == 2017
        # 2017 was read without a late registration
        assert (found.span.last, window(found, "late_registration").last_from) == (date(2018, 5, 13), 2015)
        assert found.forecast_from == 2015

    def test_what_a_published_year_does_not_tell_is_forecast_alone(self) -> None:
        found = exam("primary", 2025)
        assert window(found, "information_registration").first_from == 2025
        assert window(found, "second_verification").last_from == 2023
        assert found.span == span("2025-04-14", "2025-05-26")
        assert found.forecast_from == 2023

    def test_an_end_that_was_not_published_is_that_of_the_last_year_that_has_one(self) -> None:
        check = window(exam("junior", 2025), "document_check")
        assert (check.first, check.first_from) == (date(2025, 4, 14), 2025)
        assert (check.last, check.last_from) == (date(2025, 4, 24), 2023)

    def test_an_end_that_would_lie_before_the_first_day_is_the_first_day(self) -> None:
        # 2022 checked from 6 January; the year before had ended on 11 December
        check = window(exam("zhongkao", 2022), "document_check")
        assert check.first == check.last == date(2022, 1, 6)

    def test_a_check_in_two_parts_stays_in_two_parts(self) -> None:
        checks = [(w.first, w.last) for w in exam("gaokao", 2027).windows if w.event == "document_check"]
        assert checks == [span("2026-11-03", "2026-11-05"), span("2026-11-07", "2026-11-08")]

    def test_before_the_first_published_year_nothing_is_known(self) -> None:
        assert load().exam("zhongkao", 2014) is None
        assert load().exam("zhongkao", 2015) is not None

    @settings(deadline=None)  # a busy machine is no fault of the calendar
    @given(st.sampled_from(KINDS), st.integers(2010, 2080))
    def test_every_span_lies_in_its_school_year_and_holds_its_windows(self, kind: str, year: int) -> None:
        found = load().exam(kind, year)
        if found is None:
            return
        assert date(year - 1, 9, 1) <= found.span.first <= found.span.last <= date(year, 8, 31)
        assert all(found.span.first <= w.first <= w.last <= found.span.last for w in found.windows)
        if found.forecast_from is None:
            assert (kind, year) in {(row["kind"], row["year"]) for row in PACK["exam"]}


Break = Callable[[Pack], None]
STORIES: list[Any] = []


def complains(code: str, where: str) -> Callable[[Break], Break]:
    """The story below breaks the calendar so that this is complained of, at this place, and nothing else."""

    def keep(story: Break) -> Break:
        STORIES.append(pytest.param(story, code, where, id=story.__name__))
        return story

    return keep


@complains("unknown_value", "exam#1.kind")
def a_kind_that_does_not_exist(pack: Pack) -> None:
    pack["exam"][0]["kind"] = "kindergarten"


@complains("unknown_value", "exam#2.windows#1.event")
def an_event_that_does_not_exist(pack: Pack) -> None:
    pack["exam"][1]["windows"][0]["event"] = "party"


@complains("process.missing_exam", "exam")
def a_kind_without_any_year(pack: Pack) -> None:
    pack["exam"] = [row for row in pack["exam"] if row["kind"] != "gaokao"]


@complains("process.exam_twice", "exam#15")
def a_year_that_stands_there_twice(pack: Pack) -> None:
    pack["exam"].append(copy.deepcopy(pack["exam"][0]))


@complains("no_source", "exam#1.source")
def days_without_a_source(pack: Pack) -> None:
    pack["exam"][0]["source"] = []


@complains("unknown_source", "exam#1.source")
def a_source_that_is_not_listed(pack: Pack) -> None:
    pack["exam"][0]["source"] = ["hearsay"]


@complains("unknown_grade", "exam#1.grade")
def a_grade_that_does_not_exist(pack: Pack) -> None:
    pack["exam"][0]["grade"] = "A"


@complains("no_checked", "exam#1.checked")
def days_that_nobody_says_when_they_were_looked_up(pack: Pack) -> None:
    del pack["exam"][0]["checked"]


@complains("ends_before_start", "exam#2.windows#1")
def a_window_that_ends_before_it_starts(pack: Pack) -> None:
    pack["exam"][1]["windows"][0]["to"] = date(2023, 4, 12)


@complains("process.other_year", "exam#2.windows#1")
def a_window_of_the_year_before(pack: Pack) -> None:
    pack["exam"][1]["windows"][0] |= {"from": date(2022, 8, 31), "to": date(2022, 9, 30)}


@complains("process.other_year", "exam#2.windows#1")
def a_window_that_runs_into_the_next_school_year(pack: Pack) -> None:
    pack["exam"][1]["windows"][0]["to"] = date(2023, 9, 1)


@complains("wrong_type", "exam#2.windows#1.from")
def a_day_in_quotes(pack: Pack) -> None:
    pack["exam"][1]["windows"][0]["from"] = "2023-04-13"


@complains("wrong_type", "exam#2.windows#1")
def a_window_that_is_no_table(pack: Pack) -> None:
    pack["exam"][1]["windows"][0] = "April"


@complains("missing", "exam#2.windows")
def a_year_without_days(pack: Pack) -> None:
    pack["exam"][1]["windows"] = []


@complains("unknown_key", "exam#2.windows#1.until")
def a_key_that_does_not_exist(pack: Pack) -> None:
    pack["exam"][1]["windows"][0]["until"] = date(2023, 4, 28)


class TestLint:
    def test_the_calendar_that_comes_with_the_program_is_whole(self) -> None:
        assert lint(PACK) == []

    @pytest.mark.parametrize(("story", "code", "where"), STORIES)
    def test_each_fault_is_told_at_its_place(self, story: Break, code: str, where: str) -> None:
        pack = copy.deepcopy(PACK)
        story(pack)
        assert [(fault.code, fault.values["where"]) for fault in lint(pack)] == [(f"pack.{code}", where)]
        assert all(say(fault, language) for fault in lint(pack) for language in LANGUAGES)

    def test_a_calendar_with_faults_is_refused_with_all_of_them(self) -> None:
        pack = copy.deepcopy(PACK)
        a_kind_that_does_not_exist(pack)
        a_window_that_ends_before_it_starts(pack)
        with pytest.raises(BadPack) as caught:
            ExamCalendar.from_pack(pack)
        assert len(caught.value.complaints) == 2

    def test_what_is_no_toml_is_refused(self) -> None:
        with pytest.raises(BadPack):
            read("exam = [")


def test_every_complaint_of_its_own_has_its_broken_calendar() -> None:
    said = {key for key in keys("zh") if key.startswith("reason.pack.process.")} - {"reason.pack.process.not_growing"}
    assert said <= {f"reason.pack.{story.values[1]}" for story in STORIES}


def test_every_kind_and_event_has_its_word() -> None:
    for language in LANGUAGES:
        assert {f"exam.{kind}" for kind in KINDS} | {f"exam.event.{event}" for event in EVENTS} <= keys(language)
