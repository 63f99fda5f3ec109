"""Storing a what-if, keeping it as the plan, and dropping it: the changes that do it, as one command.

What the plan asks for stands among the tasks. Kept again with another line, its tasks that are not done become those
of the new line; one that is done stays done.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from models.change import Change
from models.paths import Tree, get, new_id

WHAT_IFS, TASKS = "what_ifs", "tasks"


def kept(tree: Tree, row_id: str | None, line: str, tasks: Iterable[Mapping[str, str]], on: date) -> list[Change]:
    """Makes a line the plan: a what-if that is there, or a new one (`row_id` None). The plan before it goes."""
    row_id = row_id or new_id()
    path = f"{WHAT_IFS}.{row_id}"
    there = get(tree, path)
    before = the_plan(tree)
    edits = dropped(tree, before["id"]) if before is not None and before["id"] != row_id else []
    if there is None:
        edits.append(Change(path, None, {"id": row_id, "line": line, "kept": on.isoformat()}))
    else:
        edits += _edited(path, there, {"line": line, "kept": there.get("kept") or on.isoformat()})
    return [*edits, *_tasks_anew(tree, row_id, list(tasks))]


def written(tree: Tree, row_id: str, line: str) -> list[Change]:
    """Stores the line of a what-if, new or there already, which is no plan; an empty line takes it away."""
    path = f"{WHAT_IFS}.{row_id}"
    there = get(tree, path)
    if there is None:
        return [Change(path, None, {"id": row_id, "line": line})] if line else []
    return list(_edited(path, there, {"line": line})) if line else dropped(tree, row_id)


def dropped(tree: Tree, row_id: str) -> list[Change]:
    """Takes a what-if away, with those of its tasks that are not done."""
    path = f"{WHAT_IFS}.{row_id}"
    return [Change(path, get(tree, path), None), *(_away(row) for row in _undone(tree, row_id))]


def the_plan(tree: Tree) -> Mapping[str, Any] | None:
    """The what-if that is kept; None where none is."""
    return next((row for row in _rows(tree, WHAT_IFS) if "kept" in row), None)


def tasks_of(tree: Tree, row_id: str) -> list[Mapping[str, Any]]:
    """The tasks of a plan, in the order of their days."""
    return sorted((row for row in _rows(tree, TASKS) if row.get("what_if") == row_id), key=lambda row: str(row["due"]))


def _tasks_anew(tree: Tree, row_id: str, wanted: list[Mapping[str, str]]) -> Iterator[Change]:
    there = {(row["what"], row["due"]) for row in tasks_of(tree, row_id)}
    asked = {(task["what"], task["due"]) for task in wanted}
    yield from (_away(row) for row in _undone(tree, row_id) if (row["what"], row["due"]) not in asked)
    for task in wanted:
        if (task["what"], task["due"]) not in there:
            new = new_id()
            yield Change(f"{TASKS}.{new}", None, {"id": new, **task, "what_if": row_id})


def _edited(path: str, there: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[Change]:
    for key, value in wanted.items():
        if there.get(key) != value:
            yield Change(f"{path}.{key}", there.get(key), value)


def _undone(tree: Tree, row_id: str) -> Iterator[Mapping[str, Any]]:
    return (row for row in tasks_of(tree, row_id) if "done" not in row)


def _away(row: Mapping[str, Any]) -> Change:
    return Change(f"{TASKS}.{row['id']}", row, None)


def _rows(tree: Tree, name: str) -> list[Mapping[str, Any]]:
    return list(tree.get(name, ()))
