"""Any command out of the journal taken back, by whoever gave it or by the owner of the workspace."""

import pwd

import pytest
from desks import Desk

from models.refusals import Refused
from models.writing import NewCase, create_many


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
