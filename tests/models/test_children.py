"""The children of all cases, by the year of what they come to next."""

from contextlib import closing
from datetime import date

from desks import DAY, Desk

from models.children import Pupil, Pupils, pupils
from models.query import parse
from models.reading import Reader
from models.writing import rederive


def found(desk: Desk, line: str = "") -> list[tuple[int, str, int, int]]:
    with Reader(desk.workspace) as reader:
        each = pupils(reader, parse(line, DAY, "ana"))
    return [tuple(each[place]) for place in range(len(each))]  # type: ignore[misc]


def test_they_are_in_the_order_of_the_years_then_of_the_school_then_of_the_cases(ana: Desk) -> None:
    ana.create({"child": [{"entered_primary": 2016}, {"entered_primary": 2018}]})
    ana.create({"name": "没有子女"})
    ana.create({"child": [{"entered_primary": 2018}, {"entered_primary": 2022}]})
    assert found(ana) == [
        (2027, "junior", 3, 0),
        (2027, "zhongkao", 1, 0),
        (2027, "zhongkao", 3, 0),
        (2028, "gaokao", 1, 0),
    ]


def test_who_comes_to_nothing_or_to_nobody_knows_what_is_left_out(ana: Desk) -> None:
    ana.create(
        {"child": [{"name": "王一"}, {"entered_primary": 2010}, {"entered_primary": 2018, "evidence": "rejected"}]}
    )
    assert found(ana) == []


def test_twins_stand_each_by_itself(ana: Desk) -> None:
    ana.create({"child": [{"name": "王一", "entered_primary": 2018}, {"name": "王二", "entered_primary": 2018}]})
    assert found(ana) == [(2027, "zhongkao", 1, 0), (2027, "zhongkao", 1, 1)]


def test_on_the_first_of_september_their_cases_fall_due_and_they_move_on(ana: Desk) -> None:
    ana.create({"child": [{"entered_primary": 2018}]})
    rederive(ana.workspace, date(2027, 8, 31))
    assert ana.case(1).row.due == "2027-09-01"
    assert found(ana) == [(2027, "zhongkao", 1, 0)]
    rederive(ana.workspace, date(2027, 9, 1))
    assert found(ana) == [(2030, "gaokao", 1, 0)]


def test_a_child_in_the_middle_of_a_school_does_not_make_its_case_fall_due(ana: Desk) -> None:
    ana.create({"child": [{"entered_primary": 2024}]})
    assert ana.case(1).row.due == "2027-11-22"  # the year for which what is derived is kept at most


def test_the_day_after_an_examination_its_last_safe_day_is_forgotten(ana: Desk) -> None:
    ana.create({"child": [{"entered_primary": 2018}]})
    assert ana.case(1).row.deadline_code == "exam_hand_in"
    rederive(ana.workspace, date(2027, 5, 31))
    assert ana.case(1).row.deadline is None


def test_what_is_changed_and_taken_back_is_listed_as_it_stands(ana: Desk) -> None:
    case_id = ana.create({"child": [{"id": "k3f9a", "entered_primary": 2018}]})
    ana.set(case_id, "applicant.child.k3f9a.entered_primary", 2019)
    assert found(ana) == [(2028, "zhongkao", 1, 0)]
    ana.undo()
    assert found(ana) == [(2027, "zhongkao", 1, 0)]
    ana.undo()
    assert found(ana) == []


def test_only_those_of_the_cases_a_query_finds(ana: Desk) -> None:
    ana.create({"name": "张三", "child": [{"entered_primary": 2018}]})
    ana.create({"name": "李梅", "child": [{"entered_primary": 2019}]})
    assert found(ana, "lm") == [(2028, "zhongkao", 2, 0)]
    assert found(ana, "exam:2027") == [(2027, "zhongkao", 1, 0)]


def test_the_list_is_read_along_its_key(ana: Desk) -> None:
    sql = "EXPLAIN QUERY PLAN SELECT year, kind, case_id FROM child_exam ORDER BY year, kind, case_id, child"
    with closing(ana.workspace.connect()) as connection:
        assert [row[3] for row in connection.execute(sql)] == ["SCAN child_exam"]


def test_a_child_is_found_again_where_it_stands_now() -> None:
    some = Pupils([(2027, 2, 4), (2027, 2, 9), (2027, 2, 9), (2028, 2, 9)])
    assert [some.place(some[place]) for place in range(4)] == [0, 1, 2, 3]
    assert some.place(Pupil(2027, "zhongkao", 9, 2)) is None
    assert some.place(Pupil(2027, "gaokao", 9)) is None
