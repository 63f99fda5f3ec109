"""The journal against the cases: each case is, to the letter, what its entries lead to, and none is there without."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from models.connection import Connection
from models.contents import OFFICE, as_json, columns_of, documents_of
from models.doctor.findings import Finding, Told, fault, field_known, ok
from models.doctor.opening import walk
from models.doctor.replaying import Course, Unfollowable
from models.doctor.subject import Subject
from models.paths import APPLICANT, Tree
from models.sealing import FORGET, KEY_OF, LOOK

CHECK = "cases"
_CASES = (
    f"SELECT id, {', '.join(OFFICE)}, revision, created_at, updated_at, document, office"
    " FROM cases LEFT JOIN document ON case_id = id WHERE id > :last ORDER BY id LIMIT :chunk"
)
_WITHOUT = (
    "SELECT DISTINCT case_id FROM entry WHERE case_id > :last"
    " AND NOT EXISTS (SELECT 1 FROM cases WHERE id = entry.case_id) ORDER BY case_id LIMIT :chunk"
)
_ENTRIES = f"SELECT id, at, batch, changes, {KEY_OF} FROM entry WHERE case_id = ? AND command <> '{LOOK}' ORDER BY id"
_KEY = (
    "SELECT EXISTS (SELECT 1 FROM entry WHERE case_id = :case),"
    " EXISTS (SELECT 1 FROM case_key WHERE case_id = :case),"
    f" EXISTS (SELECT 1 FROM entry WHERE case_id = :case AND command = '{FORGET}')"
)
_COUNTED = ("revision", "created_at", "updated_at")


def look(subject: Subject) -> Iterator[Finding]:
    """Every case that is there, and every case that the journal knows of and that is not."""
    found: dict[str, Told] = {}
    count = 0
    for case_id, *columns in walk(subject.connection, _CASES):
        count += 1
        row = dict(zip((*OFFICE, *_COUNTED, "document", "office"), columns, strict=True))
        code, fields = _held(subject.connection, case_id, row)
        if code:
            found.setdefault(code, Told()).add(case_id, fields)
    for (case_id,) in walk(subject.connection, _WITHOUT):
        code, _ = _held(subject.connection, case_id, None)
        if code:
            found.setdefault(code, Told()).add(case_id)
    for code, told in found.items():
        yield fault(CHECK, code, "forget_again" if code == "erased_and_there" else "restore", told)
    if not found:
        yield ok(CHECK, count=count)


def _held(connection: Connection, case_id: int, row: Mapping[str, Any] | None) -> tuple[str | None, list[str]]:
    """What is wrong with a case, and in which of its fields."""
    has_entries, has_key, erased = connection.execute(_KEY, {"case": case_id}).fetchone()
    if has_entries and not has_key:
        return ("key_lost" if not erased else None if row is None else "erased_and_there"), []
    course = Course()
    try:
        tree = course.led_to(case_id, connection.execute(_ENTRIES, (case_id,)))
    except Unfollowable:
        return "unfollowable", []
    if row is None:
        return ("gone", []) if tree is not None else (None, [])
    if not course.entries:
        return "no_entries", []
    if tree is None:
        return "taken_away", []
    if row["document"] is None:
        return "no_document", []
    fields = [*_office(tree, row), *_facts(tree[APPLICANT], row["document"]), *course.miscounted(row)]
    return ("differs", fields) if fields else (None, [])


def _office(tree: Tree, row: Mapping[str, Any]) -> Iterator[str]:
    for name, value in columns_of(tree).items():
        if row[name] != value:
            yield name
    if row["office"] != documents_of(tree)["office"]:
        yield "office"


def _facts(facts: Any, text: Any) -> Iterator[str]:
    """Where a stored document is not these facts, to the letter."""
    try:
        stored = json.loads(text)
        is_spelled_so = as_json(stored) == text
    except (ValueError, TypeError):
        stored, is_spelled_so = None, False
    if not is_spelled_so or not isinstance(stored, dict):
        yield APPLICANT
        return
    for key in {**facts, **stored}:
        if _exact(facts.get(key)) != _exact(stored.get(key)):
            yield field_known(key)


def _exact(value: Any) -> str:
    """A value as text: 1, 1.0 and true are not the same."""
    return json.dumps(value, sort_keys=True)
