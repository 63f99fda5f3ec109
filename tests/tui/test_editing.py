"""A value typed at a field: the document it makes, whether it can be taken, and with which others."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.document import problems, validate
from tui.editing import Edit, at, edits, place, put, settle, unproven

MAN_1990 = "340104199003074516"
SCHOOLED = {
    "name": "王小明",
    "education": [
        {"id": "a", "level": "bachelor", "graduated": "2012-07-01", "evidence": "verified"},
        {"id": "b", "level": "master", "enrolled": "2013-09-01"},
    ],
}


def settled(document: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
    return settle(document, validate(document), values)


def test_a_path_is_a_section_a_row_and_a_key() -> None:
    assert place("birth_date") == ("", "", "birth_date")
    assert place("permit.valid_until") == ("permit", "", "valid_until")
    assert place("education.a.level") == ("education", "a", "level")
    assert place("employment.hr.a.name") == ("employment.hr", "a", "name")
    assert place("employment.hr.a.name").field == "employment.hr.name"
    assert place("education.a.level").parent == "education.a"


def test_a_value_is_put_into_its_row_and_the_other_rows_are_shared() -> None:
    changed = put(SCHOOLED, "education.a.level", "doctor")
    assert at(changed, "education.a.level") == "doctor"
    assert changed["education"][1] is SCHOOLED["education"][1]
    assert at(SCHOOLED, "education.a.level") == "bachelor"


def test_the_first_value_makes_the_section_and_the_last_one_cleared_removes_it() -> None:
    changed = put({}, "permit.valid_until", "2027-05-09")
    assert changed == {"permit": {"valid_until": "2027-05-09"}}
    assert put(changed, "permit.valid_until", None) == {}


def test_the_first_value_makes_the_row_and_the_last_one_cleared_removes_it() -> None:
    changed = put({}, "employment.hr.x.name", "周敏")
    assert changed == {"employment": {"hr": [{"id": "x", "name": "周敏"}]}}
    assert put(changed, "employment.hr.x.name", None) == {}


def test_a_row_comes_back_to_its_place() -> None:
    without = put(SCHOOLED, "education.a", None)
    assert [row["id"] for row in without["education"]] == ["b"]
    assert put(without, "education.a", SCHOOLED["education"][0], position=0) == SCHOOLED


def test_what_is_right_alone_is_taken() -> None:
    found = settled(SCHOOLED, {"education.a.degree": "bachelor"})
    assert found.taken == ("education.a.degree",)
    assert found.applicant.education[0].degree == "bachelor"


def test_what_contradicts_a_fact_is_refused_with_the_reason() -> None:
    found = settled({"birth_date": "1988-03-07"}, {"id_number": MAN_1990})
    assert found.document == {"birth_date": "1988-03-07"}
    assert found.refused["id_number"].reason.code == "fact.birth_against_id"


def test_two_that_need_one_another_are_taken_together() -> None:
    values = {"id_number": MAN_1990, "birth_date": "1990-03-07"}
    found = settled({"birth_date": "1988-03-07", "sex": "male"}, values)
    assert set(found.taken) == {"id_number", "birth_date"} and not found.refused


def test_a_pair_is_found_among_others_that_stay_refused() -> None:
    document = {"birth_date": "1988-03-07", "permit": {"issued": "2026-01-01"}}
    values = {"permit.valid_until": "2020-01-01", "birth_date": "1990-03-07", "id_number": MAN_1990}
    found = settled(document, values)
    assert set(found.taken) == {"birth_date", "id_number"}
    assert list(found.refused) == ["permit.valid_until"]


def test_an_offence_waits_for_its_date() -> None:
    alone = settled({}, {"offence.x.kind": "detention"})
    assert alone.refused["offence.x.kind"] == (alone.refused["offence.x.kind"].reason, "offence.date")
    both = settled({}, {"offence.x.kind": "detention", "offence.x.date": "2025-01-01"})
    assert both.document == {"offence": [{"id": "x", "kind": "detention", "date": "2025-01-01"}]}


def test_changes_of_fields_are_told_by_field() -> None:
    after = put(SCHOOLED, "education.b.level", None)
    assert edits(SCHOOLED, after, ("education.b.level",)) == [Edit("education.b.level", "master", None)]


def test_a_row_that_comes_is_one_change_with_its_place() -> None:
    after = put(put(SCHOOLED, "education.c.level", "doctor"), "education.c.degree", "doctor")
    row = {"id": "c", "level": "doctor", "degree": "doctor"}
    assert edits(SCHOOLED, after, ("education.c.level", "education.c.degree")) == [Edit("education.c", None, row, 2)]


def test_a_row_that_goes_is_one_change_with_its_place() -> None:
    after = put(SCHOOLED, "education.a", None)
    before = SCHOOLED["education"][0]
    assert edits(SCHOOLED, after, ("education.a",)) == [Edit("education.a", before, None, 0)]


def test_nothing_changed_is_no_change() -> None:
    assert edits(SCHOOLED, SCHOOLED, ("education.a.level",)) == []


@pytest.mark.parametrize(
    ("path", "value", "back"),
    [
        ("education.a.level", "doctor", ["education.a.evidence"]),
        ("education.b.level", "doctor", []),
        ("education.a.evidence", "claimed", []),
        ("name", "王大明", []),
        ("education.a", None, []),
    ],
)
def test_papers_that_were_verified_for_other_facts_are_only_received(path: str, value: Any, back: list[str]) -> None:
    after = put(SCHOOLED, path, value)
    assert unproven(SCHOOLED, after, edits(SCHOOLED, after, (path,))) == back


VALUES = {
    "id_number": st.sampled_from([None, MAN_1990]),
    "birth_date": st.sampled_from([None, "1990-03-07", "1988-03-07"]),
    "sex": st.sampled_from([None, "male", "female"]),
    "marital_status": st.sampled_from([None, "single", "married"]),
    "spouse.name": st.sampled_from([None, "李梅"]),
    "offence.x.kind": st.sampled_from([None, "detention"]),
    "offence.x.date": st.sampled_from([None, "2025-01-01"]),
    "education.a.enrolled": st.sampled_from([None, "2008-09-01", "2014-09-01"]),
}


@given(st.fixed_dictionaries({}, optional=VALUES), st.fixed_dictionaries({}, optional=VALUES))
def test_whatever_is_typed_the_document_stays_valid_and_nothing_is_lost(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    before = settled({}, first).document
    found = settled(before, second)
    assert not problems(found.document)
    assert set(found.taken) | set(found.refused) == set(second)
    for path in found.taken:
        assert at(found.document, path) == second[path]
