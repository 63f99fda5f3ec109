"""Where a fact stands in a case, and the reading and changing of it there.

A path is `status`, `consultant`, `tags`, `need_by` or `applicant.` and the keys of the applicant file, with rows named
by their id and never by their place: `applicant.education.k3f9a.level`. The whole row is `applicant.education.k3f9a`,
the whole case the empty path. Rows that the office keeps are `tasks.k3f9a`,
`applications.k3f9a.returns.m4e2b` and the like (`models.office`).
"""

import secrets
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from engine import bounds
from engine.fields import Section, sections
from models.office import ROW_LISTS
from models.refusals import refused

Tree = dict[str, Any]
APPLICANT = "applicant"
_FIRST = "abcdefghijkmnpqrstuvwxyz"  # an id never looks like a place: it begins with a letter
_REST = _FIRST + "23456789"


class NoPlace(LookupError):
    """A path leads nowhere in the model, or into a row that is not there."""


def new_id() -> str:
    """A name for a row: short, random, never all digits."""
    return secrets.choice(_FIRST) + "".join(secrets.choice(_REST) for _ in range(5))


@cache
def row_lists() -> frozenset[str]:
    """The repeating groups of the applicant, as `education` and `employment.hr`."""
    return frozenset(section.path for section in _all(sections()) if section.repeats)


def _all(found: tuple[Any, ...]) -> Iterator[Section]:
    for member in found:
        if isinstance(member, Section):
            yield member
            yield from _all(member.fields)


def _repeats(keys: Sequence[str]) -> bool:
    """Whether the keys on the way to something, without the ids of rows, lead to a repeating group."""
    if keys[0] == APPLICANT:
        return ".".join(keys[1:]) in row_lists()
    return ".".join(keys) in ROW_LISTS


def is_row_list(path: str) -> bool:
    """Whether a path leads to a repeating group, not to a row of one or a field in it."""
    return _repeats(path.split("."))


def get(tree: Any, path: str) -> Any:
    """What stands at a path; None where nothing does."""
    here = tree
    for step in path.split(".") if path else ():
        here = _step(here, step)
    return here


def _step(here: Any, step: str) -> Any:
    if isinstance(here, dict):
        return here.get(step)
    if isinstance(here, list):
        return next((row for row in here if isinstance(row, dict) and row.get("id") == step), None)
    return None


def put(tree: Tree, path: str, value: Any, position: int | None = None) -> None:
    """Sets what stands at a path, None taking it away; groups on the way are made, a row is added at its position.

    `NoPlace` where the path goes through a value, or into a row that is not there.
    """
    *way, last = path.split(".")
    here: Any = tree
    keys: list[str] = []
    for step in way:
        found = _step(here, step)
        if isinstance(here, dict):
            keys.append(step)
            if found is None:
                found = here[step] = [] if _repeats(keys) else {}
        if found is None:
            raise NoPlace(path)
        here = found
    if isinstance(here, list) and _repeats(keys):
        _put_row(here, last, value, position)
    elif not isinstance(here, dict):
        raise NoPlace(path)
    elif value is None:
        here.pop(last, None)
    else:
        here[last] = value


def _put_row(rows: list[Any], row_id: str, value: Any, position: int | None) -> None:
    place = _place(rows, row_id)
    row = {**value, "id": row_id} if isinstance(value, dict) else value
    if place is not None:
        rows[place : place + 1] = [] if row is None else [row]
    elif row is not None:
        rows.insert(len(rows) if position is None else position, row)


def _place(rows: list[Any], row_id: str) -> int | None:
    return next((n for n, row in enumerate(rows) if isinstance(row, dict) and row.get("id") == row_id), None)


def position(tree: Tree, path: str) -> int | None:
    """The place of a row among its kind; None where the path is not a row's."""
    above, _, last = path.rpartition(".")
    rows = get(tree, above) if above else None
    return _place(rows, last) if isinstance(rows, list) else None


def row_of(path: str) -> str | None:
    """The path of the row a path lies in or is; None where it is in none."""
    steps = path.split(".")
    row: str | None = None
    keys: list[str] = []
    after_list = False
    for count, step in enumerate(steps, 1):
        if after_list:
            row = ".".join(steps[:count])
        else:
            keys.append(step)
        after_list = not after_list and _repeats(keys)
    return row


def field_of(path: str) -> str:
    """The path as the model has it, without `applicant` and ids: `education.level`, `tasks.due`."""
    keys: list[str] = []
    after_list = False
    for step in path.split("."):
        if not after_list:
            keys.append(step)
        after_list = not after_list and _repeats(keys)
    return ".".join(keys[1:] if keys[0] == APPLICANT else keys)


def word_of(path: str) -> str:
    """The key of the catalogue under which a path's field has its name."""
    if not path.startswith(APPLICANT):
        return f"write.field.{field_of(path) if path else 'case'}"
    return f"fact.{field_of(path)}" if path != APPLICANT else "fact"


def touches(one: str, other: str) -> bool:
    """Whether two paths are the same field or one lies within the other."""
    if not one or not other:
        return True
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def resolve(tree: Tree, path: str) -> str:
    """The path with rows given by their place (`applicant.education.0.level`, `tasks.0`) named by their id instead.

    `Refused` where there is no such row.
    """
    here: Any = tree
    steps: list[str] = []
    for step in path.split("."):
        found = _step(here, step)
        if isinstance(here, list) and found is None and step.isascii() and step.isdigit():
            if len(step) > len(str(bounds.MONTHLY_ROWS)) or int(step) >= len(here):
                raise refused("no_row", path=path, count=len(here))
            found = here[int(step)]
            step = found["id"] if isinstance(found, dict) else step  # a plain list (`claims`) has no rows
        steps.append(step)
        here = found
    return ".".join(steps)


def give_ids(tree: Tree) -> None:
    """Names every row of a case that has no id yet."""
    for path in (*(f"{APPLICANT}.{name}" for name in row_lists()), *ROW_LISTS):
        rows = list(_rows(tree, path.split(".")))
        taken = {row.get("id") for row in rows}
        for row in rows:
            while row.get("id") is None:
                if (drawn := new_id()) not in taken:  # rare, but among a million cases it happens
                    row["id"] = drawn
                    taken.add(drawn)


def _rows(here: Any, keys: Sequence[str]) -> Iterator[Tree]:
    """All rows of a repeating group, of every row it lies within."""
    if isinstance(here, list):
        for row in here:
            if isinstance(row, dict):
                yield from _rows(row, keys) if keys else [row]
    elif isinstance(here, dict) and keys:
        yield from _rows(here.get(keys[0]), keys[1:])


def pruned(value: Any) -> Any:
    """A document without groups and lists that hold nothing; a row stays, it was added by somebody."""
    if isinstance(value, list):
        return [pruned(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: left for key, item in value.items() if (left := pruned(item)) not in (None, [], {})}


def copied(value: Any) -> Any:
    """A tree of its own; several times as fast as `copy.deepcopy`, which has more than JSON to think of."""
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    return [copied(item) for item in value] if isinstance(value, list) else value


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same fact: nothing is an empty list, and a row is what it says, whatever its id."""
    return bool(_bare(one) == _bare(other))


def _bare(value: Any) -> Any:
    value = pruned(value)
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if key != "id"} or "row"
    return None if value == [] else value
