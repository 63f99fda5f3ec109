"""A what-if: what a line does to the facts as they are now, what cannot be taken, and what is to be done for it."""

from datetime import date
from typing import Any

import pytest
from planning import ENGINEER

from engine.assessment import assess
from engine.document import validate
from engine.planner import plan
from engine.policy import load
from engine.reason import Reason
from engine.words import LANGUAGES, say
from models.demo import applicants
from models.what_if import Outcome, carried_out, dated, tasks
from models.what_if_line import by_id, by_place, line_of, pieces

ON = date(2026, 11, 22)
ROWS = [{"id": "k3f9a", "level": "associate", "graduated": "2010-06-30"}]
KNOWN = {**ENGINEER, "education": ROWS, "insurance": [{"id": "p2b7c", **ENGINEER["insurance"][0]}]}


def outcome(line: str, document: dict[str, Any] = KNOWN) -> Outcome:
    return carried_out(validate(document), line, load(), ON)


def wrong(line: str) -> list[tuple[str, str]]:
    return [(piece.text, piece.wrong.code) for piece in outcome(line).pieces if piece.wrong is not None]


def test_levers_and_facts_stand_in_one_line() -> None:
    found = outcome("base=2x from 2027-01; education.0.level=bachelor；title intermediate 2028-06")
    assert found.wrong == []
    assert found.applicant.education[0].level == "bachelor"
    assert [(row.level, str(row.obtained)) for row in found.applicant.qualification] == [("intermediate", "2028-06-01")]
    assert str(found.applicant.insurance[-1].from_) == "2027-01"


def test_an_empty_line_changes_nothing() -> None:
    assert outcome(" ; ").applicant == validate(KNOWN)


def test_what_is_quoted_separates_nothing() -> None:
    assert pieces('name="a;b"; bachelor') == ['name="a;b"', "bachelor"]


def test_the_path_may_begin_with_applicant_or_not() -> None:
    for line in ("applicant.birth_date=1980-01-01", "birth_date=1980-01-01"):
        assert str(outcome(line).applicant.birth_date) == "1980-01-01"


def test_a_row_is_added_and_counted() -> None:
    found = outcome('spouse={"married": "2016-01-01", "shanghai_hukou": true}; award+={"level": "provincial"}')
    assert found.applicant.spouse is not None and len(found.applicant.award) == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("education.0.level=bachlor", "fact.choice_near"),
        ("education.4.level=bachelor", "write.no_row"),
        ("birth_date=soon", "fact.day"),
        ("bachlor", "what_if.no_lever_near"),
        ("bachelor 2027-13", "what_if.no_month"),
        ("status=form", "what_if.only_facts"),
        ("tag+=急", "what_if.only_facts"),
        ("need_by=2027-01-01", "what_if.only_facts"),
        ("base=2x from", "what_if.month_form"),
        ("claims.0=age", "fact.rows"),
        ("employment.hr.zz.name=李", "write.no_place"),
        ("birth_date", "what_if.value"),
        ("birth date=1990-03-07", "what_if.no_lever_near"),
        ("insurance+=1", "set.table"),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_place_and_the_rest_is_taken(line: str, code: str) -> None:
    assert wrong(f"{line}; base=2x from 2027-01") == [(line, code)]
    assert outcome(f"{line}; base=2x from 2027-01").applicant == outcome("base=2x from 2027-01").applicant


def test_a_fact_that_is_none_is_told_with_the_nearest_that_is() -> None:
    (piece,) = outcome("educaton.0.level=bachelor").pieces
    told = {"text": "educaton.0.level", "near": ["education.0.level"]}
    assert piece.wrong == Reason("what_if.no_lever_near", told)


def test_full_width_signs_are_the_same_signs_but_in_a_text() -> None:
    line = "ｅducation。０。level＝bachelor；birth_date＝１９９０－０３－０８；employment.employer＝上海（乙）"
    found = outcome(line)
    assert found.wrong == []
    assert found.applicant.education[0].level == "bachelor"
    assert str(found.applicant.birth_date) == "1990-03-08"
    assert found.applicant.employment is not None and found.applicant.employment.employer == "上海（乙）"


def test_a_text_with_a_separator_in_it_stands_in_quotes() -> None:
    found = outcome('employment.employer="甲；乙"')
    assert found.applicant.employment is not None and found.applicant.employment.employer == "甲；乙"


def test_facts_that_are_right_only_together_may_stand_beside_one_another() -> None:
    row = {"id": "k3f9a", "from": "2020-01", "to": "2021-01", "base": 8000}
    there = {**KNOWN, "insurance": [row]}
    found = outcome("insurance.0.from=2023-01; insurance.0.to=2024-01", there)
    assert found.wrong == []
    assert [str(found.applicant.insurance[0].from_), str(found.applicant.insurance[0].to)] == ["2023-01", "2024-01"]
    # one that stays wrong does not keep the others out
    found = outcome("insurance.0.base=9000; insurance.0.from=2023-01", there)
    assert [piece.text for piece in found.wrong] == ["insurance.0.from=2023-01"]
    assert found.applicant.insurance[0].base == 9000


def test_rows_are_counted_as_they_stand_in_the_case() -> None:
    two = {**KNOWN, "education": [*ROWS, {"id": "m4e2b", "level": "high_school"}]}
    line = "education.0=; base=2x from 2027-01; education.1.level=bachelor"
    found = outcome(line, two)
    assert found.wrong == [] and [row.level for row in found.applicant.education] == ["bachelor"]
    assert outcome(by_id(line, {"applicant": two}, load()), two).applicant.education == found.applicant.education


def test_a_row_that_the_line_adds_can_be_gone_on_with() -> None:
    found = outcome('title intermediate from 2027-01; qualification.0.name=工程师; award+={"level": "provincial"}')
    assert found.wrong == [] and found.applicant.qualification[0].name == "工程师"


def test_where_there_is_nothing_to_go_on_with_a_lever_is_refused() -> None:
    (piece,) = outcome("pay from 2027-01", {}).pieces
    assert piece.wrong is not None and piece.wrong.code == "plan.no_insurance"


def test_a_course_is_begun_in_any_month_but_minded_where_no_school_takes_people_in() -> None:
    (piece,) = outcome("bachelor from 2027-05").pieces
    assert piece.pulled is not None and piece.minding == Reason("what_if.opens", {"months": (3, 9)})
    assert say(piece.minding, "zh") == "一般 3、9 月开学"
    (piece,) = outcome("bachelor from 2027-09").pieces
    assert piece.minding is None


def test_a_need_that_is_not_met_is_minded_and_the_lever_pulled_all_the_same() -> None:
    (piece,) = outcome("title senior from 2027-01").pieces
    assert piece.pulled is not None and piece.minding is not None and piece.minding.code == "plan.schooling"


def test_a_start_before_the_earliest_is_minded() -> None:
    (piece,) = outcome("title intermediate 2027-01").pieces
    assert piece.minding == Reason("what_if.too_early", {"month": "2026-12"})
    (piece,) = outcome("title intermediate from 2026-12").pieces
    assert piece.minding is None


def test_it_is_evaluated_on_the_facts_as_they_are_now() -> None:
    later = {**KNOWN, "birth_date": "1970-01-01"}
    moved = outcome("title intermediate 2028-06", later).applicant
    assert str(moved.birth_date) == "1970-01-01" and len(moved.qualification) == 1


# --- an option of a plan


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_option_written_as_a_line_leads_to_its_applicant(language: str) -> None:
    seen = 0
    for applicant in [validate(ENGINEER), *(validate(case.document) for case in applicants(25, 7, ON))]:
        for option in plan(applicant, load(), ON).options:
            found = carried_out(applicant, line_of(option, language), load(), ON)
            assert found.wrong == [] and found.applicant == option.applicant
            assert assess(found.applicant, load(), option.reached_on).total == option.total
            seen += bool(option.steps)
    assert seen > 20


# --- rows by their ids


def test_a_line_holds_on_to_a_row_although_others_come_before_it() -> None:
    tree = {"applicant": KNOWN}
    line = by_id("education.0.level=bachelor; bachelor", tree, load())
    assert line == "education.k3f9a.level=bachelor; bachelor"
    more = {**KNOWN, "education": [{"id": "m4e2b", "level": "high_school"}, *ROWS]}
    assert outcome(line, more).applicant.education[1].level == "bachelor"
    assert by_place(line, {"applicant": more}, load()) == "education.1.level=bachelor; bachelor"


def test_what_names_no_row_there_is_stays_as_it_was_typed() -> None:
    tree = {"applicant": KNOWN}
    for line in ('employment.h“r+={"name": "a;b"}', "birth_date＝1990-03-08", "education.7.level=bachelor", "bachlor"):
        assert by_id(line, tree, load()) == line


def test_a_row_that_is_gone_is_told() -> None:
    gone = {**KNOWN, "education": []}
    line = "education.k3f9a.level=bachelor"
    assert [piece.wrong is not None for piece in outcome(line, gone).pieces] == [True]
    assert by_place(line, {"applicant": gone}, load()) == line


# --- what is to be done


def test_a_lever_is_to_be_begun_and_where_it_ends_with_a_paper_to_be_done() -> None:
    assert tasks(outcome("title intermediate 2028-06; base=2x from 2027-01"), None, ON) == [
        {"what": "title intermediate from 2027-06", "due": "2027-06-01"},
        {"what": "title intermediate 2028-06", "due": "2028-06-01"},
        {"what": "base=2x from 2027-01", "due": "2027-01-01"},
    ]


def test_a_fact_is_wanted_by_the_day_at_the_threshold_else_now() -> None:
    found = outcome("education.0.level=bachelor; bachlor")
    assert [task["due"] for task in tasks(found, date(2028, 1, 1), ON)] == ["2028-01-01"]
    assert [task["due"] for task in tasks(found, None, ON)] == ["2026-11-22"]


def test_what_is_kept_has_its_months_and_leads_a_year_later_to_the_same() -> None:
    found = outcome("base=2x; 中级职称; bachelor 2030-09; education.0.level=associate; bachlor")
    line = dated(found, load())
    assert line == ("base=2x from 2026-12; 中级职称 2026-12 起; bachelor 2030-09; education.0.level=associate; bachlor")
    later = carried_out(validate(KNOWN), line, load(), date(2027, 11, 22))
    assert [p.pulled and p.pulled.start for p in later.pieces] == [p.pulled and p.pulled.start for p in found.pieces]
    assert dated(later, load()) == line
