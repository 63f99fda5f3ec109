"""What is derived of a case is not counted anew where nothing it follows from has changed, and is otherwise."""

from datetime import date

import pytest
from casesteps import READY
from desks import DAY, Desk

from engine.policy import load
from models.deriving import derive
from models.history import present
from models.reading import Reader


def test_a_tag_and_a_consultant_need_no_count(ana: Desk, counted: list[date]) -> None:
    case_id = ana.create(READY)
    ana.set(case_id, "tags", ["重点"])
    ana.set(case_id, "consultant", "bo")
    assert counted == [] and ana.case(case_id).tags == ("重点",)


@pytest.mark.parametrize(
    ("path", "value"), [("status", "simulated"), ("need_by", "2027-12-02"), ("applicant.name", "李四")]
)
def test_what_something_follows_from_does(ana: Desk, counted: list[date], path: str, value: str) -> None:
    case_id = ana.create(READY)
    ana.set(case_id, path, value)
    assert counted == [DAY]


def test_on_the_day_on_which_something_turns_it_is_counted_whatever_changes(ana: Desk, counted: list[date]) -> None:
    case_id = ana.create(READY)
    with Reader(ana.workspace) as reader:
        stored = reader.case(case_id)
    assert stored is not None and stored.row.due is not None
    due = date.fromisoformat(stored.row.due)
    later = Desk(ana.workspace, "ana", due)
    later.set(case_id, "tags", ["重点"])
    assert counted == [due]


def test_what_is_kept_is_what_a_count_gives(ana: Desk) -> None:
    case_id = ana.create(READY, status="form")
    ana.set(case_id, "tags", ["重点"])
    ana.undo()
    with Reader(ana.workspace) as reader:
        stored = reader.case(case_id)
    assert stored is not None
    derived = derive(stored.document, stored.row.status, load(), DAY, present(stored))
    assert {name: getattr(stored.row, name) for name in ("score", "stage", "deadline", "owed", "stamp", "due")} == {
        name: getattr(derived, name) for name in ("score", "stage", "deadline", "owed", "stamp", "due")
    }
