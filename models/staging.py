"""A case taken to another stage: what the rules say of it (`engine.workflow`), as changes of the case.

One command writes the stage, the step, the application with its returns, the notice, and what is to be done. The facts
as filed are kept when the application is submitted.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from engine.application import Application, Step
from engine.facts import Applicant
from engine.paper import Paper
from engine.policy import Policy
from engine.workflow import Status
from engine.workflow.stages import Effects, enter, refusal
from engine.workflow.standing import Standing
from models.change import Change
from models.paths import APPLICANT, Tree, copied, get, new_id
from models.refusals import Refused

FILED_AT: Status = "submitted"


def standing_of(tree: Mapping[str, Any], applicant: Applicant) -> Standing:
    """A case as the questions about its way are asked of."""
    return Standing(
        applicant,
        tree["status"],
        [Application.model_validate(row) for row in tree.get("applications", ())],
        [Step.model_validate(row) for row in tree.get("steps", ())],
        [Paper.model_validate(row) for row in tree.get("papers", ())],
    )


def advanced(
    tree: Tree,
    applicant: Applicant,
    to: str,
    told: Mapping[str, Any],
    *,
    today: date,
    day: date | None = None,
    policy: Policy | None = None,
) -> list[Change]:
    """The changes that take a case to a stage on a day (left out: today), with what is `told` of it.

    `Refused` where it cannot be taken there, with the condition that is not met or what is still to be told.
    """
    standing = standing_of(tree, applicant)
    because = told.get("because")
    reason = refusal(standing, to, today, because, day, told=told, policy=policy)
    if reason is not None:
        raise Refused(reason)
    effects = enter(standing, to, day or today, told, policy=policy)  # type: ignore[arg-type]
    return list(_changes(tree, standing, effects))


def _changes(tree: Tree, standing: Standing, effects: Effects) -> Iterator[Change]:
    yield Change("status", tree["status"], effects.status)
    of = effects.of
    if effects.application is not None and of is None:
        of = new_id()
        yield Change(f"applications.{of}", None, {"id": of, **_with_ids(effects.application)})
    elif effects.application is not None:
        yield from _application(tree, f"applications.{of}", effects.application)
    step = {**effects.step, **({} if of is None else {"application": of})}
    yield Change(f"steps.{new_id()}", None, step)
    if effects.status == FILED_AT and of is not None:
        yield Change(f"applications.{of}.filed", get(tree, f"applications.{of}.filed"), copied(tree[APPLICANT]))
    for path, value in effects.applicant.items():
        before = get(tree, f"{APPLICANT}.{path}")
        if value is not None and value != before:
            yield Change(f"{APPLICANT}.{path}", before, value)
    yield from _tasks(tree, standing, effects)


def _with_ids(application: Mapping[str, Any]) -> dict[str, Any]:
    returns = [{"id": new_id(), **row} for row in application.get("returns", ())]
    return {**application, **({"returns": returns} if returns else {})}


def _application(tree: Tree, path: str, changed: Mapping[str, Any]) -> Iterator[Change]:
    """The fields of an application that change; of its returns each by itself."""
    for name, value in changed.items():
        if name == "returns":
            yield from _returns(tree, f"{path}.returns", value)
        else:
            yield Change(f"{path}.{name}", get(tree, f"{path}.{name}"), value)


def _returns(tree: Tree, path: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    for row in rows:
        if "id" not in row:
            new = new_id()
            yield Change(f"{path}.{new}", None, {"id": new, **row})
            continue
        stored = get(tree, f"{path}.{row['id']}") or {}
        for name, value in row.items():
            if stored.get(name) != value:
                yield Change(f"{path}.{row['id']}.{name}", stored.get(name), value)


def _tasks(tree: Tree, standing: Standing, effects: Effects) -> Iterator[Change]:
    """What the stage that is left asked for is done with it; what the new one asks for stands among the tasks."""
    for row in tree.get("tasks", ()):
        if row.get("stage") == standing.status and "done" not in row:
            yield Change(f"tasks.{row['id']}.done", None, effects.step["on"])
    for task in effects.tasks:
        row = {"what": task.code, "due": task.due.isoformat(), "stage": effects.status}
        yield Change(f"tasks.{new_id()}", None, row)
