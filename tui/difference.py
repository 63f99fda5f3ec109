"""A case as it was beside the case as it is: every fact that either has, in the order of the form. No widget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from engine.fields import Field, Section
from models.paths import Tree, get
from tui import form
from tui.outline import Item, fields, row_paths


class Fact(NamedTuple):
    """A title, a row or a field, with what it was then and what it is now; None is nothing."""

    kind: Literal["title", "row", "field"]
    path: str
    section: Section
    field: Field | None = None
    then: Any = None
    now: Any = None
    differs: bool = False


def facts(then: Tree, now: Tree) -> list[Fact]:
    """What the case said then, with what it says now. Of a row that only one of them has, the row itself differs and
    not its fields."""
    found: list[Fact] = []
    for section in form.form():
        path = form.path_of(section)
        if inside := list(_rows(section, then, now) if section.repeats else _fields(section, path, then, now)):
            found += [Fact("title", path, section), *inside]
    return found


def differences(found: list[Fact]) -> list[Fact]:
    """The facts that differ, each under its title and its row."""
    kept: list[Fact] = []
    title = row = None
    for fact in found:
        if fact.kind == "title":
            title, row = fact, None
        elif fact.kind == "row":
            row = fact
        if not fact.differs:
            continue
        kept += [above for above in (title, row) if above is not None and above not in kept and above is not fact]
        kept.append(fact)
    return kept


def _rows(section: Section, then: Tree, now: Tree) -> Iterator[Fact]:
    """The rows of then in their order, and after them those that have come since."""
    paths = dict.fromkeys([*row_paths(then, section), *row_paths(now, section)])
    for path in paths:
        old, new = get(then, path), get(now, path)
        yield Fact("row", path, section, None, old, new, old is None or new is None)
        if old is None:
            continue
        yield from _fields(section, path, then, then if new is None else now)


def _fields(section: Section, parent: str, then: Tree, now: Tree) -> Iterator[Fact]:
    for item in fields(section, parent):
        old, new = _known(then, item), _known(now, item)
        if old is not None or new is not None:
            yield Fact("field", item.path, section, item.field, old, new, old != new)


def _known(case: Mapping[str, Any], item: Item) -> Any:
    """What stands at a field; a list without anything in it is nothing."""
    value = get(case, item.path)
    return None if value == [] else value
