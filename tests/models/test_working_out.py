"""What a command comes to is worked out before the lock is taken, and counts if nobody wrote in between."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from casesteps import READY
from desks import DAY, Desk
from soundness import flaws

from engine.policy import load
from models import changing, working_out, writing
from models.change import Change
from models.refusals import Conflict
from models.transaction import locked
from models.working_out import foresee
from models.workspace import Workspace
from models.writing import change

Between = Callable[[Callable[[], object]], None]


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Between:
    """Has somebody do something just before the next command takes the lock."""

    def set_up(do: Callable[[], object]) -> None:
        transaction = writing.transaction

        @contextmanager
        def meanwhile(workspace: Workspace) -> Iterator[Any]:
            monkeypatch.setattr(writing, "transaction", transaction)
            do()
            with transaction(workspace) as session:
                yield session

        monkeypatch.setattr(writing, "transaction", meanwhile)

    return set_up


def test_while_a_score_is_counted_others_may_write(ana: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = ana.create(READY)
    count = changing.derived_from
    counted: list[int] = []

    def counts(*given: Any) -> Any:
        with locked(ana.workspace.path, 0):
            counted.append(case_id)
        return count(*given)

    monkeypatch.setattr(changing, "derived_from", counts)
    ana.set(case_id, "applicant.name", "李四")
    assert counted == [case_id]


def test_what_somebody_wrote_in_another_field_meanwhile_stays(ana: Desk, bo: Desk, between: Between) -> None:
    case_id = ana.create(READY)
    between(lambda: bo.set(case_id, "applicant.ethnic_group", "回族"))
    ana.set(case_id, "applicant.name", "李四")
    document = ana.document(case_id)
    assert (document["name"], document["ethnic_group"]) == ("李四", "回族") and not flaws(ana.workspace)


def test_what_somebody_wrote_in_the_same_field_meanwhile_is_a_conflict(ana: Desk, bo: Desk, between: Between) -> None:
    case_id = ana.create(READY)
    between(lambda: bo.set(case_id, "applicant.name", "王五"))
    with pytest.raises(Conflict):
        ana.set(case_id, "applicant.name", "李四")
    assert ana.document(case_id)["name"] == "王五"


def test_who_comes_to_the_employer_meanwhile_has_its_facts_changed_too(ana: Desk, bo: Desk, between: Between) -> None:
    uscc = "91310115MA1K3BXX0C"
    wang = ana.create({"name": "王小明", "employment": {"uscc": uscc}})
    li = ana.create({"name": "李梅"})
    between(lambda: bo.set(li, "applicant.employment.uscc", uscc))
    ana.set(wang, "applicant.employment.points_account", "active")
    assert ana.document(li)["employment"]["points_account"] == "active" and not flaws(ana.workspace)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("applicant.employment.points_account", "active"),
        ("applicant.employment.uscc", None),
        ("applicant.employment.post", "工程师"),
    ],
)
def test_a_case_is_worked_out_once_for_a_command(
    ana: Desk, monkeypatch: pytest.MonkeyPatch, path: str, value: str | None
) -> None:
    """Also where others have a say in it, which only who holds the lock hears."""
    case_id = ana.create({"name": "王小明", "employment": {"uscc": "91310115MA1K3BXX0C"}})
    worked_out = []
    becomes = working_out._becomes
    monkeypatch.setattr(working_out, "_becomes", lambda *given: worked_out.append(given) or becomes(*given))
    ana.set(case_id, path, value)
    assert len(worked_out) == 1 and not flaws(ana.workspace)


def test_where_nothing_is_left_to_change_nothing_is_written(ana: Desk, bo: Desk, between: Between) -> None:
    case_id = ana.create(READY)
    between(lambda: bo.set(case_id, "applicant.name", "李四"))
    ana.set(case_id, "applicant.name", "李四")
    assert [entry.by for entry in ana.entries(case_id)] == ["bo", "ana"]


# --- foreseen before it is asked for


def test_what_was_foreseen_is_not_counted_again(ana: Desk, counted: list[Any]) -> None:
    case_id = ana.create(READY)
    wanted = [Change("applicant.name", READY["name"], "李四")]
    known = foresee(ana.workspace, case_id, wanted, load(), DAY)
    change(ana.workspace, case_id, wanted, by=ana.author, today=DAY, foreseen=known)
    assert len(counted) == 1 and ana.document(case_id)["name"] == "李四"


@pytest.mark.parametrize("other", ["王五", "李四 "])
def test_what_was_foreseen_of_another_change_does_not_count(ana: Desk, other: str) -> None:
    case_id = ana.create(READY)
    known = foresee(ana.workspace, case_id, [Change("applicant.name", READY["name"], "李四")], load(), DAY)
    wanted = [Change("applicant.name", READY["name"], other)]
    change(ana.workspace, case_id, wanted, by=ana.author, today=DAY, foreseen=known)
    assert ana.document(case_id)["name"] == other.strip()


def test_nor_what_was_foreseen_on_another_day(ana: Desk, counted: list[Any]) -> None:
    case_id = ana.create(READY)
    wanted = [Change("applicant.name", READY["name"], "李四")]
    known = foresee(ana.workspace, case_id, wanted, load(), DAY - timedelta(days=1))
    change(ana.workspace, case_id, wanted, by=ana.author, today=DAY, foreseen=known)
    assert counted == [DAY - timedelta(days=1), DAY] and not flaws(ana.workspace)


def test_what_was_foreseen_does_not_count_once_somebody_wrote(ana: Desk, bo: Desk) -> None:
    case_id = ana.create(READY)
    wanted = [Change("applicant.name", READY["name"], "李四")]
    known = foresee(ana.workspace, case_id, wanted, load(), DAY)
    bo.set(case_id, "applicant.ethnic_group", "回族")
    change(ana.workspace, case_id, wanted, by=ana.author, today=DAY, foreseen=known)
    assert ana.document(case_id)["ethnic_group"] == "回族" and not flaws(ana.workspace)
