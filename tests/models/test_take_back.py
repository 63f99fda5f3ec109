"""Any command out of the journal taken back, by whoever gave it or by the owner of the workspace."""

import pwd
from typing import Any

import pytest
from desks import Desk

from models.refusals import Refused
from models.writing import NewCase, Unsure, create_many, redo, take_back, undo


@pytest.fixture
def owner(ana: Desk) -> Desk:
    """The account that the workspace's file belongs to."""
    return Desk(ana.workspace, pwd.getpwuid(ana.workspace.path.stat().st_uid).pw_name)


def last(desk: Desk, case_id: int = 1) -> int:
    return int(desk.entries(case_id)[0].id)


def refusal(desk: Desk, entry: int) -> str:
    with pytest.raises(Refused) as refused:
        desk.take_back(entry)
    return refused.value.reason.code


def test_an_earlier_command_is_taken_back_and_later_ones_of_other_fields_stay(ana: Desk) -> None:
    case_id = ana.create({"name": "甲"})
    ana.set(case_id, "status", "form")
    entry = last(ana)
    ana.set(case_id, "need_by", "2027-03-01")
    undone = ana.take_back(entry)
    assert (undone.command, ana.case(case_id).status, ana.case(case_id).row.need_by) == ("set", "lead", "2027-03-01")


def test_one_that_was_taken_back_is_done_again(ana: Desk) -> None:
    case_id = ana.create({"name": "甲"})
    ana.set(case_id, "status", "form")
    entry = last(ana)
    for status, command in [("lead", "undo"), ("form", "redo"), ("lead", "undo")]:
        ana.take_back(entry)
        assert (ana.case(case_id).status, ana.entries(case_id)[0].command) == (status, command)


def test_it_is_refused_where_a_later_edit_of_the_field_stands(ana: Desk, bo: Desk) -> None:
    case_id = ana.create({"name": "甲"})
    ana.set(case_id, "status", "form")
    entry = last(ana)
    bo.set(case_id, "status", "paused")
    with pytest.raises(Refused) as refused:
        ana.take_back(entry)
    assert refused.value.reason.code == "write.changed_since"
    assert refused.value.reason.values["who"] == "bo"
    assert ana.case(case_id).status == "paused"


def test_another_persons_command_is_theirs(ana: Desk, bo: Desk) -> None:
    case_id = ana.create({"name": "甲"})
    ana.set(case_id, "status", "form")
    assert refusal(bo, last(ana)) == "write.not_yours"
    assert ana.case(case_id).status == "form"


def test_the_owner_of_the_workspace_takes_back_anybodys(ana: Desk, owner: Desk) -> None:
    case_id = ana.create({"name": "甲"})
    ana.set(case_id, "status", "form")
    owner.take_back(last(ana))
    assert ana.case(case_id).status == "lead"
    assert ana.entries(case_id)[0].by == owner.name


def test_one_entry_of_a_batch_takes_the_whole_batch_with_it(ana: Desk) -> None:
    chunks = create_many(ana.workspace, [NewCase({"name": f"{n}"}) for n in range(3)], by=ana.author, today=ana.today)
    ids = [case_id for chunk in chunks for case_id in chunk]
    assert ana.take_back(last(ana, ids[1])).cases == 3
    assert [ana.find(case_id) for case_id in ids] == [None, None, None]
    assert ana.take_back(last(ana, ids[0])).cases == 3
    assert [ana.document(case_id)["name"] for case_id in ids] == ["0", "1", "2"]


def test_an_entry_that_is_not_there_is_told(ana: Desk) -> None:
    assert refusal(ana, 77) == "write.no_entry"


# --- many cases at once are asked about first


def batch(ana: Desk, count: int) -> list[int]:
    chunks = create_many(
        ana.workspace, [NewCase({"name": f"{n}"}) for n in range(count)], by=ana.author, today=ana.today
    )
    return [case_id for chunk in chunks for case_id in chunk]


def unsure(step: Any, desk: Desk, *of: int) -> Unsure:
    with pytest.raises(Unsure) as caught:
        step(desk.workspace, *of, by=desk.author, today=desk.today, most=1)
    return caught.value


def test_a_batch_is_unsure_and_nothing_is_done_until_it_is_named(ana: Desk) -> None:
    ids = batch(ana, 3)
    asked = unsure(undo, ana)
    assert (asked.cases, asked.command, asked.again) == (3, "import", False)
    assert all(ana.find(case_id) for case_id in ids)
    undo(ana.workspace, by=ana.author, today=ana.today, only=asked.entry)
    assert [ana.find(case_id) for case_id in ids] == [None, None, None]


def test_redo_of_a_batch_and_taking_one_back_out_of_the_journal_are_unsure_too(ana: Desk) -> None:
    ids = batch(ana, 2)
    assert unsure(take_back, ana, last(ana, ids[0])).cases == 2
    ana.undo()
    asked = unsure(redo, ana)
    assert (asked.cases, asked.command, asked.again) == (2, "import", True)
    assert unsure(take_back, ana, 1).again


def test_a_batch_of_one_case_is_done_at_once(ana: Desk) -> None:
    (case_id,) = batch(ana, 1)
    undone = undo(ana.workspace, by=ana.author, today=ana.today, most=1)
    assert (undone.cases, undone.again, ana.find(case_id)) == (1, False, None)


def test_another_entry_than_the_one_that_was_asked_about_is_left_alone(ana: Desk) -> None:
    batch(ana, 2)
    asked = unsure(undo, ana)
    other = ana.create({"name": "乙"})  # in another session of hers, while the question stands
    with pytest.raises(Refused) as refused:
        undo(ana.workspace, by=ana.author, today=ana.today, only=asked.entry)
    assert refused.value.reason.code == "write.moved_on"
    assert ana.find(other) is not None


def test_what_somebody_has_taken_back_meanwhile_is_not_done_again(ana: Desk, owner: Desk) -> None:
    case_id = ana.create({"name": "甲"})
    ana.set(case_id, "status", "form")
    entry = last(ana)
    owner.take_back(entry)
    with pytest.raises(Refused) as refused:  # ana has seen it standing
        take_back(ana.workspace, entry, by=ana.author, today=ana.today, only=entry)
    assert (refused.value.reason.code, refused.value.reason.values["who"]) == ("write.moved_on", owner.name)
    assert ana.case(case_id).status == "lead"


def test_it_is_said_whether_it_was_taken_back_or_done_again(ana: Desk) -> None:
    case_id = ana.create({"name": "甲"})
    ana.set(case_id, "status", "form")
    assert [ana.take_back(2).again for _ in range(3)] == [False, True, False]
    assert ana.redo(case_id).again
