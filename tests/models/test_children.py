"""The children of all cases, by the year of what they come to next."""

from datetime import date

import pytest
from desks import Desk

from engine.exams import load
from models import children as looking
from models.children import Coming, children
from models.reading import Reader


def found(desk: Desk, on: date = date(2026, 11, 22)) -> list[tuple[int, str, int, str]]:
    with Reader(desk.workspace) as reader:
        each = sorted(child for some in children(reader, load(), on) for child in some)
    return [(child.year, child.kind, child.case_id, child.path) for child in each]


def test_they_are_in_the_order_of_the_years_then_of_the_school_then_of_the_cases(ana: Desk) -> None:
    ana.create({"child": [{"entered_primary": 2016}, {"entered_primary": 2018}]})
    ana.create({"name": "没有子女"})
    ana.create({"child": [{"entered_primary": 2018}, {"entered_primary": 2022}]})
    assert found(ana) == [
        (2027, "junior", 3, "child.1"),
        (2027, "zhongkao", 1, "child.1"),
        (2027, "zhongkao", 3, "child.0"),
        (2028, "gaokao", 1, "child.0"),
    ]


def test_who_comes_to_nothing_or_to_nobody_knows_what_is_left_out(ana: Desk) -> None:
    ana.create(
        {"child": [{"name": "王一"}, {"entered_primary": 2010}, {"entered_primary": 2018, "evidence": "rejected"}]}
    )
    assert found(ana) == []


def test_on_the_first_of_september_they_move_on(ana: Desk) -> None:
    ana.create({"child": [{"entered_primary": 2018}]})
    assert found(ana, date(2027, 8, 31)) == [(2027, "zhongkao", 1, "child.0")]
    assert found(ana, date(2027, 9, 1)) == [(2030, "gaokao", 1, "child.0")]


def test_more_cases_than_are_read_at_once_are_all_there(ana: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "CHUNK", 2)
    for _ in range(5):
        ana.create({"child": [{"entered_primary": 2018}]})
    assert [case_id for _, _, case_id, _ in found(ana)] == [1, 2, 3, 4, 5]


def test_a_child_sorts_by_its_year_first() -> None:
    assert Coming(2027, 3, 9, "child.0") < Coming(2028, 0, 1, "child.0")
