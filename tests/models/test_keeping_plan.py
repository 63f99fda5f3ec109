"""Keeping a what-if as the plan: one command with its tasks, taken back as one, done again with another line."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from desks import Desk

from models.change import Change
from models.keeping_plan import dropped, kept, tasks_of, the_plan, written

DAY = date(2026, 11, 22)
TASKS = [{"what": "base=2x from 2027-01", "due": "2027-01-01"}, {"what": "bachelor 2029-09", "due": "2029-09-01"}]


@pytest.fixture
def wang(ana: Desk) -> int:
    return ana.create({"name": "王小明"})


def tree(desk: Desk, case_id: int) -> dict[str, Any]:
    from models.history import present

    return present(desk.case(case_id))


def done(desk: Desk, case_id: int, edits: Iterable[Change]) -> None:
    desk.change(case_id, *edits)


def test_a_line_that_is_kept_has_its_tasks_and_one_undo_takes_all_back(ana: Desk, wang: int) -> None:
    done(ana, wang, kept(tree(ana, wang), None, "base=2x from 2027-01", TASKS, DAY))
    plan = the_plan(tree(ana, wang))
    assert plan is not None and (plan["line"], plan["kept"]) == ("base=2x from 2027-01", "2026-11-22")
    assert [(task["what"], task["due"]) for task in tasks_of(tree(ana, wang), plan["id"])] == [
        ("base=2x from 2027-01", "2027-01-01"),
        ("bachelor 2029-09", "2029-09-01"),
    ]
    ana.undo()
    assert ana.case(wang).office == {}


def test_a_line_is_made_written_anew_and_once_it_is_empty_gone(ana: Desk, wang: int) -> None:
    done(ana, wang, written(tree(ana, wang), "m4e2b", "bachelor"))
    done(ana, wang, written(tree(ana, wang), "m4e2b", "bachelor; degree"))
    assert ana.case(wang).office["what_ifs"] == [{"id": "m4e2b", "line": "bachelor; degree"}]
    assert written(tree(ana, wang), "m4e2b", "bachelor; degree") == []
    done(ana, wang, written(tree(ana, wang), "m4e2b", ""))
    assert ana.case(wang).office == {}
    assert written(tree(ana, wang), "m4e2b", "") == []


def test_a_what_if_that_is_there_becomes_the_plan(ana: Desk, wang: int) -> None:
    ana.change(wang, ("what_ifs.m4e2b", None, {"line": "bachelor"}))
    done(ana, wang, kept(tree(ana, wang), "m4e2b", "bachelor", TASKS[:1], DAY))
    assert ana.case(wang).office["what_ifs"] == [{"id": "m4e2b", "line": "bachelor", "kept": "2026-11-22"}]


def test_another_plan_takes_the_place_of_the_one_before_and_of_what_it_asked_for(ana: Desk, wang: int) -> None:
    done(ana, wang, kept(tree(ana, wang), None, "base=2x from 2027-01", TASKS[:1], DAY))
    done(ana, wang, kept(tree(ana, wang), None, "bachelor", TASKS[1:], DAY))
    plans = ana.case(wang).office
    assert [row["line"] for row in plans["what_ifs"]] == ["bachelor"]
    assert [task["what"] for task in plans["tasks"]] == ["bachelor 2029-09"]


def test_what_is_done_stays_when_the_plan_goes(ana: Desk, wang: int) -> None:
    done(ana, wang, kept(tree(ana, wang), None, "base=2x from 2027-01", TASKS, DAY))
    plan = the_plan(tree(ana, wang))
    assert plan is not None
    first = tasks_of(tree(ana, wang), plan["id"])[0]
    ana.change(wang, (f"tasks.{first['id']}.done", None, "2027-01-04"))
    done(ana, wang, dropped(tree(ana, wang), plan["id"]))
    plans = ana.case(wang).office
    assert "what_ifs" not in plans and [task["what"] for task in plans["tasks"]] == ["base=2x from 2027-01"]


def test_kept_again_with_another_line_only_what_differs_is_written(ana: Desk, wang: int) -> None:
    done(ana, wang, kept(tree(ana, wang), None, "base=2x from 2027-01", TASKS, DAY))
    plan = the_plan(tree(ana, wang))
    assert plan is not None
    other = [TASKS[0], {"what": "degree 2030-03", "due": "2030-03-01"}]
    edits = kept(tree(ana, wang), plan["id"], "base=2x from 2027-01; degree", other, date(2027, 1, 1))
    assert len(edits) == 3  # the line, a task that goes, one that comes
    done(ana, wang, edits)
    now = tree(ana, wang)
    assert [task["what"] for task in tasks_of(now, plan["id"])] == ["base=2x from 2027-01", "degree 2030-03"]
    assert the_plan(now) == {**plan, "line": "base=2x from 2027-01; degree"}


def test_a_colleague_who_dropped_it_meanwhile_is_not_overruled(ana: Desk, bo: Desk, wang: int) -> None:
    from models.refusals import Conflict

    ana.change(wang, ("what_ifs.m4e2b", None, {"line": "bachelor"}))
    edits = kept(tree(ana, wang), "m4e2b", "bachelor", TASKS, DAY)
    done(bo, wang, dropped(tree(bo, wang), "m4e2b"))
    with pytest.raises(Conflict):
        done(ana, wang, edits)
    assert ana.case(wang).office == {}
