"""Drafts and candidate documents: what a document becomes with the values typed at some fields, and which of them
it can take. No widget, no workspace.

A path here stands inside the applicant's document, rows by their id: `birth_date`, `permit.valid_until`,
`education.k3f9.level`, `employment.hr.a1b2.name`. A row that the document does not have is made by its first
value; a row or section that has lost its last fact is removed.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import Any, NamedTuple

from engine.document import Invalid, Problem, validate
from engine.facts import Applicant
from engine.fields import Section, sections
from engine.reason import Reason

Document = Mapping[str, Any]

# Drafts are tried in pairs and all together; beyond so many pairs only alone and all together.
MOST_IN_PAIRS = 12


class Place(NamedTuple):
    """A path taken apart: the section ("" for the person), the row's id where it repeats, the key ("" for the
    whole row or section)."""

    section: str
    row: str
    key: str

    @property
    def field(self) -> str:
        """The path without the row: what `engine.fields.field` knows."""
        return ".".join(part for part in (self.section, self.key) if part)

    @property
    def parent(self) -> str:
        """The path of the row, or of the section, that the field stands in."""
        return ".".join(part for part in (self.section, self.row) if part)


class Edit(NamedTuple):
    """One change of the document: what was there and what shall be (None: nothing). A whole row where it comes or
    goes; `position` is its place among the rows then."""

    path: str
    before: Any
    after: Any
    position: int | None = None


class Refusal(NamedTuple):
    """Why a value cannot be taken: the reason and the path of the field (without row) that it is told about."""

    reason: Reason
    about: str


class Settled(NamedTuple):
    """A document with the values it could take, and those it could not."""

    document: Document
    applicant: Applicant
    taken: tuple[str, ...]
    refused: Mapping[str, Refusal]


@cache
def repeating() -> frozenset[str]:
    """The sections that have rows."""
    return frozenset(section.path for section in _walk(sections()) if section.repeats)


def _walk(found: tuple[Any, ...]) -> Iterator[Section]:
    for section in found:
        if isinstance(section, Section):
            yield section
            yield from _walk(section.fields)


def place(path: str) -> Place:
    """A path taken apart. What stands behind the key of a section without rows belongs to the key."""
    parts = path.split(".")
    for length in (1, 2):
        section = ".".join(parts[:length])
        if section in repeating():
            row = parts[length] if len(parts) > length else ""
            return Place(section, row, ".".join(parts[length + 1 :]))
    return Place("", "", path) if len(parts) == 1 else Place(parts[0], "", ".".join(parts[1:]))


def rows(document: Document, section: str) -> list[dict[str, Any]]:
    """The rows of a repeating section."""
    value: Any = document
    for part in section.split("."):
        value = value.get(part, {}) if isinstance(value, Mapping) else {}
    return value or []


def at(document: Document, path: str) -> Any:
    """The value, row or section at a path; None where there is none."""
    where = place(path)
    if where.row:
        found = next((row for row in rows(document, where.section) if row.get("id") == where.row), None)
        return found if found is None or not where.key else found.get(where.key)
    value: Any = document
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def put(document: Document, path: str, value: Any, position: int | None = None) -> dict[str, Any]:
    """The document with another value at a path (None: without it); what is not touched is shared."""
    where = place(path)
    if not where.row:
        return _put(document, path.split("."), value)
    old = rows(document, where.section)
    index = next((n for n, row in enumerate(old) if row.get("id") == where.row), None)
    if where.key:
        row = _put(old[index] if index is not None else {"id": where.row}, [where.key], value)
        new = row if row.keys() - {"id"} else None
    else:
        new = value
    if index is None:
        at_end = len(old) if position is None else min(position, len(old))
        changed = [*old[:at_end], *([] if new is None else [new]), *old[at_end:]]
    else:
        changed = [*old[:index], *([] if new is None else [new]), *old[index + 1 :]]
    return _put(document, where.section.split("."), changed or None)


def _put(group: Document, steps: list[str], value: Any) -> dict[str, Any]:
    changed = dict(group)
    if len(steps) > 1:
        inner = group.get(steps[0])
        value = _put(inner if isinstance(inner, Mapping) else {}, steps[1:], value) or None
    if value is None:
        changed.pop(steps[0], None)
    else:
        changed[steps[0]] = value
    return changed


def settle(document: Document, applicant: Applicant, values: Mapping[str, Any]) -> Settled:
    """The document with as many of the values as it can take, those that need one another taken together.

    `document` is valid and `applicant` is what it says. `values` stand in the order in which they are tried.
    """
    taken: list[str] = []
    left = [path for path, value in values.items() if at(document, path) != value]
    taken.extend(path for path in values if path not in left)
    while left:
        for together in _groups(left):
            candidate = document
            for path in together:
                candidate = put(candidate, path, values[path])
            try:
                applicant = validate(candidate)
            except Invalid:
                continue
            document = candidate
            taken.extend(together)
            left = [path for path in left if path not in together]
            break
        else:
            break
    refused = {path: refusal(document, path, values[path]) for path in left}
    return Settled(document, applicant, tuple(taken), refused)


def _groups(paths: list[str]) -> Iterator[tuple[str, ...]]:
    yield from ((path,) for path in paths)
    if 2 < len(paths) <= MOST_IN_PAIRS:
        yield from combinations(paths, 2)
    if len(paths) > 1:
        yield tuple(paths)


def refusal(document: Document, path: str, value: Any) -> Refusal:
    """Why the document cannot take the value: the problem told at the field itself before any other."""
    candidate = put(document, path, value)
    try:
        validate(candidate)
    except Invalid as invalid:
        named = [(problem, named_path(candidate, problem.key)) for problem in invalid.problems]
        problem, key = next(((p, key) for p, key in named if key == path), named[0])
        return Refusal(problem.reason, place(key).field)
    raise ValueError(f"{path} is not refused")


def named_path(document: Document, key: str) -> str:
    """A problem's key (`education.0.level`) as a path with the row's id."""
    where = place(key)
    if not where.row.isdigit():
        return key
    found = rows(document, where.section)
    number = int(where.row)
    row = str(found[number].get("id", number)) if number < len(found) else where.row
    return ".".join(part for part in (where.section, row, where.key) if part)


def edits(before: Document, after: Document, paths: tuple[str, ...]) -> list[Edit]:
    """The changes that lead from one document to the other at these paths: a row that comes or goes is one change."""
    found: dict[str, Edit] = {}
    for path in paths:
        where = place(path)
        row = where.parent if where.row else ""
        whole = bool(row) and (at(before, row) is None) != (at(after, row) is None)
        changed = row if whole else path
        old, new = at(before, changed), at(after, changed)
        if old != new:
            position = _position(before if new is None else after, changed) if whole else None
            found[changed] = Edit(changed, old, new, position)
    return list(found.values())


def _position(document: Document, row: str) -> int:
    where = place(row)
    return [found.get("id") for found in rows(document, where.section)].index(where.row)


def unproven(before: Document, after: Document, changed: list[Edit]) -> list[str]:
    """The rows (and the spouse) whose verified facts these changes alter: their evidence is of other facts now."""
    touched = dict.fromkeys(place(edit.path).parent for edit in changed if not edit.path.endswith(".evidence"))
    return [
        f"{parent}.evidence"
        for parent in touched
        if parent and at(before, f"{parent}.evidence") == "verified" and at(after, f"{parent}.evidence") == "verified"
    ]
