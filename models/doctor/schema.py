"""The schema: of a version this program knows, and exactly what the scripts of that version make."""

import re
from collections.abc import Iterator
from functools import cache

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from models import migrating
from models.connection import Connection
from models.doctor.findings import Finding, Told, fault, note, ok
from models.doctor.opening import BROKEN, snapshot
from models.doctor.subject import Subject
from models.workspace import SCHEMA

CHECK = "schema"
_OBJECTS = "SELECT type || ' ' || name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'"
_REMADE = ("index ", "trigger ")  # what can be made anew without a fact being lost
_REMEDIES = {"index_missing": "rebuild", "extra": "somebody_elses"}
_NAME = re.compile(r"(table|index|trigger|view) [A-Za-z][A-Za-z0-9_]{0,60}")
Objects = dict[str, tuple[str, str]]


def look(subject: Subject) -> Iterator[Finding]:
    """Version, tables, indexes and triggers, and of what kind the workspace says it is."""
    with snapshot(subject.connection):
        found = revision(subject.connection)
        if found is None:
            yield fault(CHECK, "none", "restore")
        elif found not in _known():
            yield fault(CHECK, "newer", "upgrade", revision=found)
        else:
            yield from _held(found, subject.connection)


def revision(connection: Connection) -> str | None:
    """The version of the schema; None where there is none, or it cannot be read."""
    try:
        rows = connection.execute("SELECT version_num FROM alembic_version LIMIT 2").fetchall()
    except BROKEN:
        return None
    return str(rows[0][0]) if len(rows) == 1 else None


def is_known(found: str | None, since: str) -> bool:
    """Whether a version is one that this program has a script for, and not before another one."""
    return found is not None and found in _known() and found >= since


@cache
def _known() -> frozenset[str]:
    return frozenset(migrating.known())


def missing(connection: Connection) -> list[str]:
    """The statements that make the indexes and triggers that are missing in a file of today's schema."""
    there = objects(connection)
    return [
        sql for name, (_, sql) in expected(SCHEMA).items() if name not in there and name.startswith(_REMADE) and sql
    ]


def objects(connection: Connection) -> Objects:
    """What is in a file: kind and name; its table, and the words that made it, spaces aside."""
    return {
        str(name): (str(table), " ".join(str(sql or "").split())) for name, table, sql in connection.execute(_OBJECTS)
    }


@cache
def expected(revision: str) -> Objects:
    """What the scripts up to a version make, made in memory."""
    database = create_engine(
        "sqlite://", module=dbapi2, creator=lambda: dbapi2.connect(":memory:"), poolclass=StaticPool
    )
    try:
        with database.begin() as connection:
            migrating.run(connection, revision)
            return objects(connection.connection.driver_connection)  # type: ignore[arg-type]
    finally:
        database.dispose()


def _held(found: str, connection: Connection) -> Iterator[Finding]:
    there, wanted = objects(connection), expected(found)
    differences = {
        "missing": [name for name in wanted if name not in there and not name.startswith(_REMADE)],
        "index_missing": [name for name in wanted if name not in there and name.startswith(_REMADE)],
        "extra": [name for name in there if name not in wanted],
        "altered": [name for name, made in wanted.items() if name in there and there[name] != made],
    }
    is_whole = True
    for code, names in differences.items():
        if names:
            is_whole = False
            yield fault(CHECK, code, _REMEDIES.get(code, "restore"), Told.of(map(_said, names)))
    kinds = connection.execute("SELECT name, value FROM meta").fetchall()
    if kinds not in ([("kind", "plain")], [("kind", "demo")]):
        is_whole = False
        yield fault(CHECK, "kind", "restore")
    if is_whole:
        yield ok(CHECK, revision=found) if found == SCHEMA else note(CHECK, "older", "open", revision=found)


def _said(name: str) -> str:
    """A name as it can be shown; one out of a broken file may be anything."""
    return name if _NAME.fullmatch(name) else "?"
