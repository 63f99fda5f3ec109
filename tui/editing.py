"""Drafts and candidate documents: what a case becomes with the values typed at some fields, and which of them it can
take. No widget, no workspace.

A case here is the tree that `models.paths` reads: `status`, `consultant`, `tags`, `need_by` and `applicant`, the
document. A row that the document does not have is made by its first value; a row or section that has lost its last
fact is removed.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from engine.document import Invalid, validate
from engine.facts import Applicant
from engine.reason import Reason
from models.change import Change
from models.paths import APPLICANT, Tree, field_of, get, position, resolve, row_lists, row_of

# Drafts are tried in pairs and all together; beyond so many only alone and all together.
MOST_IN_PAIRS = 12


class Refusal(NamedTuple):
    """Why a value cannot be taken: the reason, and the field (without row) that it is told about."""

    reason: Reason
    about: str


class Settled(NamedTuple):
    """A case with the values it could take, and those it could not."""

    case: Tree
    applicant: Applicant
    taken: tuple[str, ...]
    refused: Mapping[str, Refusal]


def put(case: Tree, path: str, value: Any, place: int | None = None) -> Tree:
    """The case with another value at a path (None: without it); what is not touched is shared."""
    return {APPLICANT: {}} | (_put(case, path.split("."), (), value, place) or {})


def _put(here: Any, steps: Sequence[str], above: tuple[str, ...], value: Any, place: int | None) -> Any:
    step, *rest = steps
    if ".".join(above[1:]) in row_lists():
        rows: list[Tree] = here or []
        at = next((n for n, row in enumerate(rows) if row.get("id") == step), None)
        if rest:
            row = _put({"id": step} if at is None else rows[at], rest, (*above, step), value, place)
        else:
            row = None if value is None else {**value, "id": step}
        kept = [row] if row and row.keys() - {"id"} else []
        start = (len(rows) if place is None else place) if at is None else at
        return [*rows[:start], *kept, *rows[start if at is None else start + 1 :]] or None
    group = dict(here or {})
    inner = _put(group.get(step), rest, (*above, step), value, place) if rest else value
    if inner is None:
        group.pop(step, None)
    else:
        group[step] = inner
    return group or None


def settle(case: Tree, applicant: Applicant, values: Mapping[str, Any]) -> Settled:
    """The case with as many of the values as it can take, those that need one another taken together.

    The case is valid and `applicant` is what it says. `values` are tried in their order.
    """
    taken = [path for path, value in values.items() if get(case, path) == value]
    left = [path for path in values if path not in taken]
    while left:
        for together in _groups(left):
            candidate = case
            for path in together:
                candidate = put(candidate, path, values[path])
            try:
                applicant = validate(candidate[APPLICANT])
            except Invalid:
                continue
            case = candidate
            taken.extend(together)
            left = [path for path in left if path not in together]
            break
        else:
            break
    return Settled(case, applicant, tuple(taken), {path: refusal(case, path, values[path]) for path in left})


def _groups(paths: list[str]) -> Iterator[tuple[str, ...]]:
    yield from ((path,) for path in paths)
    if 2 < len(paths) <= MOST_IN_PAIRS:
        yield from combinations(paths, 2)
    if len(paths) > 1:
        yield tuple(paths)


def refusal(case: Tree, path: str, value: Any) -> Refusal:
    """Why the case cannot take the value: the problem told at the field itself before any other."""
    document = put(case, path, value)[APPLICANT]
    try:
        validate(document)
    except Invalid as invalid:
        named = [
            (problem.reason, resolve({APPLICANT: document}, f"{APPLICANT}.{problem.key}"))
            for problem in invalid.problems
        ]
        reason, about = next((found for found in named if found[1] == path), named[0])
        return Refusal(reason, field_of(about))
    raise ValueError(f"{path} is not refused")


def edits(before: Tree, after: Tree, paths: Sequence[str]) -> list[Change]:
    """The changes that lead from one case to the other at these paths."""
    found: dict[str, Change] = {}
    for path in paths:
        row = row_of(path)
        whole = row is not None and (get(before, row) is None) != (get(after, row) is None)
        changed = row if whole and row is not None else path
        old, new = get(before, changed), get(after, changed)
        if old != new:
            place = position(before if new is None else after, changed) if whole else None
            found[changed] = Change(changed, old, new, place)
    return list(found.values())
