"""`PATH=VALUE` as `dabiao set` takes it, into the case's tree.

`status=submitted` · `consultant=ana` · `need_by=2027-12-02` · `tag+=中考` · `tag-=急` ·
`applicant.education.0.degree=bachelor` · `applicant.insurance+='{"from": "2026-01", "base": 12000}'` · an empty value
clears, `applicant.education.0=` removes the row
· `tasks+='{"what": "…", "due": "2027-03-01"}'` · `tasks.0.done=2027-03-02`.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from engine import bounds, fields
from engine.document import Invalid, Problem, plain, read
from engine.fields import Field, parse_value
from engine.reason import Reason
from models.office_fields import office_field
from models.paths import APPLICANT, NoPlace, Tree, field_of, get, is_row_list, new_id, put, resolve, row_of
from models.refusals import refused

_FORM = re.compile(r"(?P<path>[^=+\-\s][^=+\s]*?)(?P<sign>[+-]?)=(?P<value>.*)", re.DOTALL)
_NAMES = {"tag": "tags"}
_OFFICE_LISTS = frozenset({"tags"})
_LIST_KINDS = frozenset({"choices", "texts"})


class Assignment(NamedTuple):
    """One `PATH=VALUE`; `sign` is `+` or `-` where something is added to a list or taken from it."""

    path: str
    sign: str
    value: str


def assignment(argument: str) -> Assignment:
    """An argument taken apart; `Invalid` where it is none."""
    found = _FORM.fullmatch(argument)
    if found is None or found["path"].count(".") > bounds.DEPTH:
        raise Invalid([Problem("", argument, Reason("set.form", {}))])
    path = found["path"]
    return Assignment(_NAMES.get(path, path), found["sign"], found["value"])


def carry_out(tree: Tree, before: Tree, wanted: Assignment) -> str:
    """Makes one change in the tree; the path it touched. Rows are counted as they stood in the case `before`.

    `Invalid` with what was expected; `models.refusals.Refused` where there is no such row or no such place.
    """
    path = resolve(before, wanted.path)
    try:
        return _carry_out(tree, path, wanted)
    except NoPlace:
        raise refused("no_place", path=wanted.path) from None


def _carry_out(tree: Tree, path: str, wanted: Assignment) -> str:
    value = wanted.value.strip()
    key = field_of(path)
    if wanted.sign and is_row_list(path):
        return _add_row(tree, path, wanted)
    if wanted.sign:
        return _in_list(tree, path, key, wanted)
    if path == APPLICANT or not path:
        raise _wrong(wanted, "set.whole")
    put(tree, path, _parsed(wanted, path, key, value) if value else None)
    return path


def _add_row(tree: Tree, path: str, wanted: Assignment) -> str:
    if wanted.sign == "-":
        raise _wrong(wanted, "set.remove_row")
    row = _table(wanted)
    row_path = f"{path}.{row.get('id') or new_id()}"
    put(tree, row_path, row)
    return row_path


def _in_list(tree: Tree, path: str, key: str, wanted: Assignment) -> str:
    if path not in _OFFICE_LISTS and (found := _field(path, key)) is not None and found.kind not in _LIST_KINDS:
        raise _wrong(wanted, "set.no_list")
    if path not in _OFFICE_LISTS and _field(path, key) is None:
        raise _wrong(wanted, "set.no_list")
    items = [item for item in (part.strip() for part in wanted.value.split(",")) if item]
    if not items:
        raise _wrong(wanted, "set.nothing")
    held = [item for item in get(tree, path) or [] if item not in items]
    put(tree, path, ([*held, *items] if wanted.sign == "+" else held) or None)
    return path


def _parsed(wanted: Assignment, path: str, key: str, value: str) -> Any:
    if path in _OFFICE_LISTS:
        return [part.strip() for part in value.split(",") if part.strip()]
    if row_of(path) == path:
        return _table(wanted)
    found = _field(path, key)
    if found is None:
        # a group or a row whole; a name the model does not know is told by the check of the document
        return _table(wanted) if value.startswith("{") else value
    try:
        return parse_value(found, value)
    except Invalid as invalid:
        raise Invalid([Problem(wanted.path, p.value, p.reason) for p in invalid.problems]) from None


def _field(path: str, key: str) -> Field | None:
    try:
        return fields.field(key) if path.startswith(f"{APPLICANT}.") else office_field(key)
    except KeyError:
        return None


def _table(wanted: Assignment) -> dict[str, Any]:
    """A row as JSON or as a TOML inline table."""
    try:
        found: Any = read(wanted.value, "json")
    except Invalid:
        try:
            found = read(f"row = {wanted.value}", "toml").get("row")
        except Invalid:
            found = None
    if not isinstance(found, dict):
        raise _wrong(wanted, "set.table")
    return dict(plain(found))


def _wrong(wanted: Assignment, code: str) -> Invalid:
    return Invalid([Problem(wanted.path, wanted.value or None, Reason(code, {}))])
