"""Months of insurance changed by range: the others stay as they were, month by month."""

from typing import Any

import pytest
from desks import Desk
from hypothesis import given
from hypothesis import strategies as st

from engine.months import Month
from models.change import Change
from models.insured_months import OPEN, ROWS, Edit, changed, changes, edited
from models.paths import Tree, copied, put

FIRST = Month.parse("2020-01")
ROW = {"id": "i1", "from": "2020-01", "to": "2020-12", "base": 10000, "employer": "上海甲"}


def months(text: str) -> tuple[int, int]:
    first, _, last = text.partition("..")
    return Month.parse(first), Month.parse(last or first)


def edit(text: str, **facts: Any) -> Edit:
    return Edit(*months(text), facts or None)


def said(rows: list[dict[str, Any]], month: int) -> list[dict[str, Any]]:
    """What the rows say of a month, but for how they are cut."""
    apart = {"from", "to", "id", "seen_until"}
    return [
        {key: value for key, value in row.items() if key not in apart}
        for row in rows
        if Month.parse(row["from"]) <= month <= (Month.parse(row["to"]) if "to" in row else OPEN)
    ]


def test_a_row_is_cut_in_three_and_keeps_its_id_with_its_first_months() -> None:
    assert edited([ROW], [edit("2020-04..2020-06", base=12500)]) == [
        {**ROW, "to": "2020-03"},
        {"from": "2020-04", "to": "2020-06", "base": 12500, "employer": "上海甲"},
        {"from": "2020-07", "to": "2020-12", "base": 10000, "employer": "上海甲"},
    ]


def test_months_that_no_row_names_get_one_of_their_own() -> None:
    assert edited([ROW], [edit("2020-12..2021-02", base=10000)])[-1] == {
        "from": "2021-01",
        "to": "2021-02",
        "base": 10000,
    }


def test_months_that_go_on_with_the_same_facts_are_one_row() -> None:
    assert edited([], [edit("2020-01", base=9000), edit("2020-02", base=9000)]) == [
        {"from": "2020-01", "to": "2020-02", "base": 9000}
    ]


def test_without_facts_the_months_are_not_paid() -> None:
    assert [row["from"] for row in edited([ROW], [edit("2020-01..2020-03")])] == ["2020-04"]


def test_of_a_row_that_is_still_paid_the_later_months_stay_open() -> None:
    row = {"id": "i1", "from": "2020-01", "base": 10000}
    assert "to" not in edited([row], [edit("2020-03", base=1)])[-1]


def test_what_was_verified_is_received_where_it_changed_and_verified_elsewhere() -> None:
    row = {**ROW, "evidence": "verified", "seen_until": "2020-12"}
    found = edited([row], [edit("2020-04..2020-06", base=12500)])
    assert [(each["evidence"], each["seen_until"]) for each in found] == [
        ("verified", "2020-03"),
        ("received", "2020-06"),
        ("verified", "2020-12"),
    ]


rows = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 20), st.sampled_from([None, 5000, 9000]), st.booleans()), max_size=5
).map(
    lambda found: [
        {
            "id": f"r{n}",
            "from": str(Month(FIRST + start)),
            **({} if open_ else {"to": str(Month(FIRST + start + length))}),
            **({} if base is None else {"base": base}),
        }
        for n, (start, length, base, open_) in enumerate(found)
    ]
)
edits = st.tuples(
    st.integers(0, 50), st.integers(0, 15), st.sampled_from([None, {"base": 7000}, {"pay_kind": "back_paid"}])
).map(lambda found: Edit(FIRST + found[0], FIRST + found[0] + found[1], found[2]))


@given(rows=rows, change=edits)
def test_outside_the_range_every_month_says_what_it_said(rows: list[dict[str, Any]], change: Edit) -> None:
    after = edited(rows, [change])
    for month in range(FIRST, FIRST + 80):
        if not change.first <= month <= change.last:
            key = lambda each: sorted(map(str, each.items()))  # noqa: E731
            assert sorted(said(after, month), key=key) == sorted(said(rows, month), key=key)


@given(rows=rows, change=edits)
def test_within_the_range_every_month_says_what_is_wanted(rows: list[dict[str, Any]], change: Edit) -> None:
    after = edited(rows, [change])
    for month in range(change.first, change.last + 1):
        found = said(after, month)
        if change.facts is None:
            assert found == []
        else:
            assert found and all(change.facts.items() <= each.items() for each in found)


@given(rows=rows, change=edits)
def test_an_id_stands_once_and_none_is_made_up(rows: list[dict[str, Any]], change: Edit) -> None:
    ids = [row["id"] for row in edited(rows, [change]) if "id" in row]
    assert len(ids) == len(set(ids)) and set(ids) <= {row["id"] for row in rows}


def test_a_range_is_one_command_that_is_taken_back_as_one(ana: Desk) -> None:
    case_id = ana.create({"name": "王小明", "insurance": [{**ROW, "evidence": "verified", "seen_until": "2020-12"}]})
    before = ana.document(case_id)
    wanted = changes(ana.tree(case_id), [edit("2020-04..2020-06", base=12500)])
    ana.change(case_id, *wanted)
    found = ana.document(case_id)["insurance"]
    assert sorted((row["from"], row["base"], row["evidence"]) for row in found) == [
        ("2020-01", 10000, "verified"),
        ("2020-04", 12500, "received"),
        ("2020-07", 10000, "verified"),
    ]
    ana.undo(case_id)
    assert ana.document(case_id) == before


@pytest.mark.parametrize("text", ["2020-01..2020-12", "2019-01..2021-12"])
def test_a_row_of_which_nothing_is_left_goes(text: str) -> None:
    tree = {"applicant": {"insurance": [ROW]}}
    assert [(change.path, change.after) for change in changes(tree, [edit(text)])] == [(f"{ROWS}.i1", None)]


# --- which months a change was about


def test_the_months_that_a_change_says_anew_are_told_however_the_rows_are_cut() -> None:
    before = {"applicant": {"insurance": [{**ROW, "seen_until": "2020-11", "evidence": "verified"}]}}
    made = changes(before, [edit("2020-04..2020-06", base=12500), edit("2020-09")])
    assert changed(made_of(before, made), made) == [months("2020-04..2020-06"), months("2020-09")]


def test_a_month_seen_that_was_not_seen_before_is_said_anew() -> None:
    made = [Change(f"{ROWS}.i1.seen_until", "2020-10", None)]
    before = {"applicant": {"insurance": [{**ROW, "seen_until": "2020-10"}]}}
    assert changed(made_of(before, made), made) == [months("2020-01..2020-10")]


def test_a_row_still_being_paid_is_said_anew_without_an_end() -> None:
    row = {"id": "i1", "from": "2020-01", "base": 9000}
    made = [Change(f"{ROWS}.i1", None, row)]
    assert changed(made_of({"applicant": {}}, made), made) == [(FIRST, OPEN)]


def made_of(tree: Tree, made: list[Change]) -> Tree:
    """The case with these changes made."""
    after = copied(tree)
    for change in made:
        put(after, change.path, copied(change.after))
    return after
