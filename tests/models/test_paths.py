"""A path names a fact by its keys and the ids of its rows; a place in the list stands for the row that is there."""

import pytest

from engine.words import LANGUAGES, keys
from models.paths import field_of, get, position, put, resolve, row_lists, row_of, same, word_of
from models.refusals import Refused

DOCUMENT = {
    "name": "王",
    "education": [{"id": "e1", "level": "bachelor"}, {"id": "1", "level": "master"}],
    "employment": {"hr": [{"id": "h1", "name": "周敏"}]},
    "claims": ["age"],
}
TREE = {"status": "lead", "applicant": DOCUMENT}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("applicant.education.0.level", "applicant.education.e1.level"),
        ("applicant.education.0", "applicant.education.e1"),
        ("applicant.employment.hr.0.name", "applicant.employment.hr.h1.name"),
        ("applicant.education.e1.level", "applicant.education.e1.level"),
        ("applicant.education.1.level", "applicant.education.1.level"),  # an id goes before a place
        ("applicant.education.new", "applicant.education.new"),
        ("applicant.name", "applicant.name"),
        ("applicant.claims.0", "applicant.claims.0"),  # a list without rows
        ("status", "status"),
    ],
)
def test_a_place_is_resolved_to_the_row_there(given: str, named: str) -> None:
    assert resolve({"applicant": DOCUMENT}, given) == named


@pytest.mark.parametrize("path", ["applicant.education.2.level", "applicant.employment.hr.7"])
def test_a_place_that_has_no_row_is_refused(path: str) -> None:
    with pytest.raises(Refused) as caught:
        resolve({"applicant": DOCUMENT}, path)
    assert path in str(caught.value)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("status", "lead"),
        ("applicant.education.e1.level", "bachelor"),
        ("applicant.employment.hr.h1", {"id": "h1", "name": "周敏"}),
        ("applicant.education.none.level", None),
        ("applicant.name.first", None),
        ("", TREE),
    ],
)
def test_what_stands_at_a_path(path: str, value: object) -> None:
    assert get(TREE, path) == value


@pytest.mark.parametrize(
    ("path", "row", "field"),
    [
        ("applicant.name", None, "name"),
        ("applicant.spouse.name", None, "spouse.name"),
        ("applicant.education.e1", "applicant.education.e1", "education"),
        ("applicant.education.e1.level", "applicant.education.e1", "education.level"),
        ("applicant.employment.hr.h1.name", "applicant.employment.hr.h1", "employment.hr.name"),
        ("applicant.employment.post", None, "employment.post"),
        ("applicant.education", None, "education"),
    ],
)
def test_the_row_and_the_field_of_a_path(path: str, row: str | None, field: str) -> None:
    assert (row_of(path), field_of(path)) == (row, field)


@pytest.mark.parametrize(
    "path", ["", "status", "consultant", "tags", "need_by", "applicant.name", "applicant.education.e1", "applicant"]
)
def test_every_field_has_a_name_in_words(path: str) -> None:
    assert all(word_of(path) in keys(language) for language in LANGUAGES)


def test_the_place_of_a_row_is_known_and_of_a_field_not() -> None:
    assert (position(TREE, "applicant.education.1"), position(TREE, "applicant.name")) == (1, None)


def test_the_repeating_groups_are_those_of_the_model() -> None:
    assert {"education", "insurance", "employment.hr", "offence"} <= row_lists()
    assert not {"claims", "spouse", "notice.members"} & row_lists()


def test_setting_and_clearing_leave_the_neighbours_alone() -> None:
    tree = {"applicant": {"education": [{"id": "a"}, {"id": "b"}]}}
    put(tree, "applicant.education.b.level", "master")
    put(tree, "applicant.education.a", None)
    assert tree == {"applicant": {"education": [{"id": "b", "level": "master"}]}}


def test_a_row_is_the_same_whatever_its_id_and_nothing_is_an_empty_list() -> None:
    assert same({"id": "a", "level": "master"}, {"level": "master"})
    assert same(None, [])
    assert not same({"id": "a"}, None)
    assert not same(0, None)
    assert not same(False, None)
