"""A value typed at a field: the document it makes, whether it can be taken, and with which others."""

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.document import problems, validate
from models.change import Change
from models.paths import get
from tui.editing import edits, put, settle

MAN_1990, WOMAN_1988 = "340104199003074516", "320102198803094522"
SCHOOLED: dict[str, Any] = {
    "status": "lead",
    "applicant": {
        "name": "王小明",
        "education": [
            {"id": "a", "level": "bachelor", "graduated": "2012-07-01", "evidence": "verified"},
            {"id": "b", "level": "master", "enrolled": "2013-09-01"},
        ],
    },
}
SCHOOLINGS: list[dict[str, Any]] = SCHOOLED["applicant"]["education"]


def settled(applicant: dict[str, Any], values: Mapping[str, Any]) -> Any:
    """The applicant's facts with the values typed at some of their fields."""
    typed = {f"applicant.{path}": value for path, value in values.items()}
    return settle({"applicant": applicant}, validate(applicant), typed)


def test_a_value_is_put_into_its_row_and_the_other_rows_are_shared() -> None:
    changed = put(SCHOOLED, "applicant.education.a.level", "doctor")
    assert get(changed, "applicant.education.a.level") == "doctor"
    assert changed["applicant"]["education"][1] is SCHOOLINGS[1]
    assert get(SCHOOLED, "applicant.education.a.level") == "bachelor"


def test_the_first_value_makes_the_section_and_the_last_one_cleared_removes_it() -> None:
    changed = put({}, "applicant.permit.valid_until", "2027-05-09")
    assert changed == {"applicant": {"permit": {"valid_until": "2027-05-09"}}}
    assert put(changed, "applicant.permit.valid_until", None) == {"applicant": {}}


def test_the_first_value_makes_the_row_and_the_last_one_cleared_removes_it() -> None:
    changed = put({}, "applicant.employment.hr.x.name", "周敏")
    assert changed == {"applicant": {"employment": {"hr": [{"id": "x", "name": "周敏"}]}}}
    assert put(changed, "applicant.employment.hr.x.name", None) == {"applicant": {}}


def test_a_row_comes_back_to_its_place() -> None:
    without = put(SCHOOLED, "applicant.education.a", None)
    assert [row["id"] for row in without["applicant"]["education"]] == ["b"]
    assert put(without, "applicant.education.a", SCHOOLINGS[0], 0) == SCHOOLED


def test_what_is_right_alone_is_taken() -> None:
    found = settled(SCHOOLED["applicant"], {"education.a.degree": "bachelor"})
    assert found.taken == ("applicant.education.a.degree",)
    assert found.applicant.education[0].degree == "bachelor"


def test_what_contradicts_a_fact_is_refused_with_the_reason() -> None:
    found = settled({"birth_date": "1988-03-07"}, {"id_number": MAN_1990})
    assert found.case == {"applicant": {"birth_date": "1988-03-07"}}
    assert found.refused["applicant.id_number"].reason.code == "fact.birth_against_id"


def test_two_that_need_one_another_are_taken_together() -> None:
    values = {"id_number": MAN_1990, "birth_date": "1990-03-07"}
    found = settled({"id_number": WOMAN_1988, "birth_date": "1988-03-09"}, values)
    assert set(found.taken) == {"applicant.id_number", "applicant.birth_date"} and not found.refused


def test_a_pair_is_found_among_others_that_stay_refused() -> None:
    document = {"id_number": WOMAN_1988, "birth_date": "1988-03-09", "permit": {"issued": "2026-01-01"}}
    values = {"permit.valid_until": "2020-01-01", "birth_date": "1990-03-07", "id_number": MAN_1990}
    found = settled(document, values)
    assert set(found.taken) == {"applicant.birth_date", "applicant.id_number"}
    assert list(found.refused) == ["applicant.permit.valid_until"]


def test_an_offence_waits_for_its_date() -> None:
    alone = settled({}, {"offence.x.kind": "detention"})
    assert alone.refused["applicant.offence.x.kind"].about == "offence.date"
    both = settled({}, {"offence.x.kind": "detention", "offence.x.date": "2025-01-01"})
    assert both.case["applicant"] == {"offence": [{"id": "x", "kind": "detention", "date": "2025-01-01"}]}


def test_changes_of_fields_are_told_by_field() -> None:
    after = put(SCHOOLED, "applicant.education.b.level", None)
    assert edits(SCHOOLED, after, ("applicant.education.b.level",)) == [
        Change("applicant.education.b.level", "master", None)
    ]


def test_a_row_that_comes_is_one_change_with_its_place() -> None:
    after = put(put(SCHOOLED, "applicant.education.c.level", "doctor"), "applicant.education.c.degree", "doctor")
    row = {"id": "c", "level": "doctor", "degree": "doctor"}
    assert edits(SCHOOLED, after, ("applicant.education.c.level", "applicant.education.c.degree")) == [
        Change("applicant.education.c", None, row, 2)
    ]


def test_a_row_that_goes_is_one_change_with_its_place() -> None:
    after = put(SCHOOLED, "applicant.education.a", None)
    assert edits(SCHOOLED, after, ("applicant.education.a",)) == [
        Change("applicant.education.a", SCHOOLINGS[0], None, 0)
    ]


def test_nothing_changed_is_no_change() -> None:
    assert edits(SCHOOLED, SCHOOLED, ("applicant.education.a.level",)) == []


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
    before = settled({}, first).case["applicant"]
    found = settled(before, second)
    assert not problems(found.case["applicant"])
    assert {*found.taken, *found.refused} == {f"applicant.{path}" for path in second}
    for path in found.taken:
        assert get(found.case, path) == second[path.removeprefix("applicant.")]
