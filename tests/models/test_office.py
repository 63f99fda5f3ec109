"""What-ifs and tasks of a case: rows of the office, changed, merged, taken back and replayed like facts."""

from typing import Any

import pytest
from desks import Desk
from soundness import flaws

from engine.document import Invalid
from models.history import led_to, present
from models.paths import get, resolve, row_of, word_of
from models.refusals import Conflict, Refused

TASK = {"what": "调档", "due": "2027-03-01"}


@pytest.fixture
def wang(ana: Desk) -> int:
    return ana.create({"name": "王小明"})


def plans(desk: Desk, case_id: int) -> dict[str, list[dict[str, Any]]]:
    return desk.case(case_id).office


def test_a_row_is_added_changed_and_removed_by_its_id(ana: Desk, wang: int) -> None:
    ana.change(wang, ("tasks.k3f9a", None, TASK), ("what_ifs.m4e2b", None, {"line": "base=2x from 2027-01"}))
    assert plans(ana, wang) == {
        "what_ifs": [{"id": "m4e2b", "line": "base=2x from 2027-01"}],
        "tasks": [{"id": "k3f9a", **TASK}],
    }
    ana.change(wang, ("tasks.k3f9a.done", None, "2027-02-11"))
    assert plans(ana, wang)["tasks"][0]["done"] == "2027-02-11"
    ana.change(wang, ("tasks.k3f9a", {**TASK, "id": "k3f9a", "done": "2027-02-11"}, None))
    assert "tasks" not in plans(ana, wang)


def test_every_command_on_them_is_taken_back_and_done_again(ana: Desk, wang: int) -> None:
    ana.change(wang, ("tasks.k3f9a", None, TASK))
    ana.change(wang, ("tasks.k3f9a.due", "2027-03-01", "2027-04-01"))
    ana.undo()
    assert plans(ana, wang)["tasks"][0]["due"] == "2027-03-01"
    ana.undo()
    assert plans(ana, wang) == {}
    ana.redo()
    ana.redo()
    assert plans(ana, wang)["tasks"] == [{"id": "k3f9a", "what": "调档", "due": "2027-04-01"}]


def test_the_journal_leads_to_them_and_all_is_of_one_piece(ana: Desk, bo: Desk, wang: int) -> None:
    ana.change(wang, ("tasks.k3f9a", None, TASK), ("what_ifs.m4e2b", None, {"line": "bachelor"}))
    bo.change(wang, ("tasks.k3f9a.done", None, "2027-02-11"), ("status", "lead", "form"))
    entries = [entry.changes for entry in reversed(ana.entries(wang))]
    assert led_to(entries) == present(ana.case(wang))
    assert flaws(ana.workspace) == []


def test_two_people_on_two_fields_of_a_task_are_merged_and_on_the_same_one_refused(
    ana: Desk, bo: Desk, wang: int
) -> None:
    ana.change(wang, ("tasks.k3f9a", None, TASK))
    ana.change(wang, ("tasks.k3f9a.done", None, "2027-02-11"))
    bo.change(wang, ("tasks.k3f9a.due", "2027-03-01", "2027-04-01"))
    assert plans(ana, wang)["tasks"] == [{"id": "k3f9a", "what": "调档", "due": "2027-04-01", "done": "2027-02-11"}]
    with pytest.raises(Conflict):
        ana.change(wang, ("tasks.k3f9a.due", "2027-03-01", "2027-05-01"))


def test_plans_that_do_not_change_are_not_written_again(ana: Desk, wang: int) -> None:
    ana.change(wang, ("tasks.k3f9a", None, TASK))
    ana.set(wang, "status", "form")
    assert plans(ana, wang)["tasks"] == [{"id": "k3f9a", **TASK}]
    assert ana.change(wang, ("tasks.k3f9a.what", "调档", "调档")).entry is None


@pytest.mark.parametrize(
    ("path", "row", "code"),
    [
        ("tasks.k3f9a", {"what": "调档"}, "fact.required"),
        ("tasks.k3f9a", {"what": "调档", "due": "soon"}, "fact.day"),
        ("tasks.k3f9a", {"what": "调" * 301, "due": "2027-03-01"}, "fact.too_long"),
        ("tasks.k3f9a", {**TASK, "when": "now"}, "fact.unknown_key"),
        ("what_ifs.k3f9a", {"line": ""}, "fact.empty"),
        ("what_ifs.k3f9a", {"line": "a" * 501}, "fact.too_long"),
    ],
)
def test_what_is_wrong_is_refused_with_its_reason(ana: Desk, wang: int, path: str, row: Any, code: str) -> None:
    with pytest.raises(Invalid) as invalid:
        ana.change(wang, (path, None, row))
    assert [problem.reason.code for problem in invalid.value.problems] == [code]
    assert plans(ana, wang) == {}


def what_ifs(ana: Desk, case_id: int, count: int, **more: str) -> None:
    ana.change(case_id, *((f"what_ifs.{letter}", None, {"line": "bachelor", **more}) for letter in "abcd"[:count]))


def test_three_what_ifs_stand_side_by_side_and_one_is_kept_besides(ana: Desk, wang: int) -> None:
    what_ifs(ana, wang, 3)
    with pytest.raises(Invalid, match="what_ifs"):
        ana.change(wang, ("what_ifs.e", None, {"line": "degree"}))
    ana.change(wang, ("what_ifs.a.kept", None, "2026-11-22"), ("what_ifs.e", None, {"line": "degree"}))
    with pytest.raises(Invalid, match="one_plan"):
        ana.change(wang, ("what_ifs.b.kept", None, "2026-11-22"))


def test_two_rows_of_one_id_are_refused(ana: Desk) -> None:
    with pytest.raises(Invalid, match="row_id_twice"):
        ana.change(ana.create({}), ("tasks", None, [{"id": "a", **TASK}, {"id": "a", **TASK}]))


def test_text_is_kept_clean(ana: Desk, wang: int) -> None:
    ana.change(wang, ("tasks.k3f9a", None, {"what": " 调\x1b[31m档 \u202e", "due": "2027-03-01"}))
    assert plans(ana, wang)["tasks"][0]["what"] == "调[31m档"


def test_paths_lead_into_them() -> None:
    tree = {"applicant": {}, "tasks": [{"id": "k3f9a", **TASK}]}
    assert get(tree, "tasks.k3f9a.due") == "2027-03-01"
    assert row_of("tasks.k3f9a.due") == "tasks.k3f9a" and row_of("need_by") is None
    assert (word_of("tasks.k3f9a.due"), word_of("tasks.k3f9a")) == ("write.field.tasks.due", "write.field.tasks")
    assert resolve(tree, "tasks.0.due") == "tasks.k3f9a.due"
    with pytest.raises(Refused):
        resolve(tree, "tasks.1")


def test_a_return_stands_within_its_application_and_is_changed_by_its_id(ana: Desk, wang: int) -> None:
    returned = {"on": "2027-03-01", "where": "counter", "reasons": ["contract"]}
    ana.change(wang, ("applications.k3f9a", None, {"kind": "new", "opened": "2027-01-04"}))
    ana.change(wang, ("applications.k3f9a.returns.m4e2b", None, returned))
    ana.change(wang, ("applications.k3f9a.returns.m4e2b.answered", None, "2027-03-09"))
    assert plans(ana, wang)["applications"][0]["returns"] == [{"id": "m4e2b", **returned, "answered": "2027-03-09"}]
    ana.undo()
    ana.undo()
    assert "returns" not in plans(ana, wang)["applications"][0]


def test_a_row_within_a_row_is_given_an_id_too(ana: Desk, wang: int) -> None:
    returned = {"on": "2027-03-01", "where": "counter", "reasons": ["contract"]}
    ana.change(wang, ("applications.k3f9a", None, {"kind": "new", "opened": "2027-01-04", "returns": [returned]}))
    assert len(plans(ana, wang)["applications"][0]["returns"][0]["id"]) == 6


def test_a_case_has_one_open_application_at_most(ana: Desk, wang: int) -> None:
    ana.change(wang, ("applications.k3f9a", None, {"kind": "new", "opened": "2027-01-04"}))
    with pytest.raises(Invalid) as error:
        ana.change(wang, ("applications.m4e2b", None, {"kind": "renew", "opened": "2027-01-05"}))
    assert [problem.reason.code for problem in error.value.problems] == ["fact.one_application"]


def test_an_application_that_is_done_makes_room_for_the_next(ana: Desk, wang: int) -> None:
    ana.change(wang, ("applications.k3f9a", None, {"kind": "new", "opened": "2027-01-04", "outcome": "approved"}))
    ana.change(wang, ("applications.m4e2b", None, {"kind": "renew", "opened": "2027-01-05"}))
    assert len(plans(ana, wang)["applications"]) == 2


def test_a_paper_stands_once_for_each_item(ana: Desk, wang: int) -> None:
    ana.change(wang, ("papers.k3f9a", None, {"code": "E01", "of": "abc"}), ("papers.m4e2b", None, {"code": "E01"}))
    with pytest.raises(Invalid) as error:
        ana.change(wang, ("papers.p5f3c", None, {"code": "E01", "of": "abc"}))
    assert [problem.reason.code for problem in error.value.problems] == ["fact.paper_twice"]


def test_the_facts_as_filed_are_kept_whole(ana: Desk, wang: int) -> None:
    filed = {"name": "王小明", "education": [{"id": "e1", "level": "bachelor"}]}
    ana.change(wang, ("applications.k3f9a", None, {"kind": "new", "opened": "2027-01-04", "filed": filed}))
    assert plans(ana, wang)["applications"][0]["filed"] == filed
    assert flaws(ana.workspace) == []
