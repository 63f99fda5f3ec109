"""What a command comes to is worked out before the lock is taken, and counts if nobody wrote in between."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from casesteps import READY
from desks import Desk
from soundness import flaws

from models import changing, writing
from models.refusals import Conflict
from models.transaction import locked
from models.workspace import Workspace

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


def test_where_nothing_is_left_to_change_nothing_is_written(ana: Desk, bo: Desk, between: Between) -> None:
    case_id = ana.create(READY)
    between(lambda: bo.set(case_id, "applicant.name", "李四"))
    ana.set(case_id, "applicant.name", "李四")
    assert [entry.by for entry in ana.entries(case_id)] == ["bo", "ana"]
