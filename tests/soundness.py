"""Whether a workspace is whole: the file, the chain and its anchor, every case against its journal and what it derives.

Says what is wrong in plain lines; none for a workspace that is whole. Reads only.
"""

import fcntl
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from engine.policy import load
from models import anchor, verifying
from models.connection import Connection, pragma
from models.contents import tree_of
from models.deriving import Derived, derive
from models.history import led_to
from models.names import keys
from models.sealing import KEY_OF, LOOK, open_changes
from models.workspace import Workspace

SETTLED = {"synchronous": 2, "journal_mode": "wal"}  # 2 is FULL: without it a power cut takes what was acknowledged
_CASE = ("id", "revision", "status", "consultant", "tags", "need_by", "office", "document", *Derived._fields)


def flaws(workspace: Workspace) -> list[str]:
    """All that is wrong with a workspace that nobody writes to."""
    connection = workspace.connection
    return [
        *_of_the_file(connection),
        *_of_the_chain(connection, workspace.path),
        *_of_the_cases(connection),
        *_of_the_lock(workspace.path),
    ]


def unsettled(workspace: Workspace) -> Iterator[str]:
    """Settings that do not hold on what a workspace has open to read and to write."""
    yield from lacking(workspace.connection)
    if workspace.engine is not None:
        with closing(workspace.engine.raw_connection()) as writing:
            yield from lacking(writing.driver_connection)


def lacking(connection: Connection) -> Iterator[str]:
    """Settings that keep an acknowledged edit and do not hold on a connection."""
    for name, value in SETTLED.items():
        if (found := pragma(connection, name)) != value:
            yield f"{name} is {found}"


def _of_the_file(connection: Connection) -> Iterator[str]:
    for check in ("integrity_check", "foreign_key_check"):
        yield from (f"{check}: {row}" for row in connection.execute(f"PRAGMA {check}") if row != ("ok",))


def _of_the_chain(connection: Connection, path: Path) -> Iterator[str]:
    yield from (f"chain: {broken}" for broken in verifying.breaks(connection))
    kept, head = anchor.read(path), verifying.head(connection)
    if kept is None:
        if head.last:
            yield "anchor: not there"
    elif kept.last > head.last:
        yield f"anchor: ahead, at {kept.last} of {head.last}"
    elif verifying.at(connection, kept.last) != kept:
        yield f"anchor: of another journal, at {kept.last}"


def _of_the_cases(connection: Connection) -> Iterator[str]:
    journal = defaultdict(list)
    erased = {case_id for (case_id,) in connection.execute("SELECT case_id FROM entry WHERE command = 'forget'")}
    for number, case_id, changes, key in connection.execute(
        f"SELECT id, case_id, changes, {KEY_OF} FROM entry WHERE command <> '{LOOK}' ORDER BY id"
    ):
        if case_id not in erased:
            journal[case_id].append(open_changes(key, number, case_id, changes))
    kept = {case_id for (case_id,) in connection.execute("SELECT case_id FROM case_key")}
    if kept != journal.keys() - {None}:
        yield f"keys of cases without entries, or none of such: {sorted(kept ^ (journal.keys() - {None}))}"
    found = defaultdict(set)
    for key, case_id in connection.execute("SELECT key, case_id FROM search_key"):
        found[case_id].add(key)
    there = set()
    for values in connection.execute(f"SELECT {', '.join(_CASE)} FROM cases LEFT JOIN document ON case_id = id"):
        row = dict(zip(_CASE, values, strict=True))
        there.add(row["id"])
        yield from (f"case {row['id']}: {flaw}" for flaw in _of_a_case(row, journal[row["id"]], found[row["id"]]))
    for case_id in journal.keys() - there:
        if led_to(journal[case_id]) is not None:
            yield f"case {case_id}: in the journal and not there"
    if stray := found.keys() - there:
        yield f"search keys of cases that are not there: {sorted(stray)}"


def _of_a_case(row: dict[str, Any], entries: list[Any], found: set[str]) -> Iterator[str]:
    tree = tree_of(row["status"], row["consultant"], row["tags"], row["need_by"], row["office"], row["document"])
    replayed = led_to(entries)
    if replayed != tree:
        yield f"is {tree} and the journal leads to {replayed}"
    if row["revision"] != len(entries):
        yield f"revision {row['revision']} after {len(entries)} entries"
    day = date.fromisoformat(row["stamp"].rpartition("/")[2])
    derived = derive(tree["applicant"], tree["status"], load(), day, tree).columns()
    if wrong := {name: (row[name], value) for name, value in derived.items() if row[name] != value}:
        yield f"derived columns and what they should be: {wrong}"
    if found != keys(tree["applicant"]):
        yield f"search keys too many or missing: {found ^ keys(tree['applicant'])}"


def _of_the_lock(path: Path) -> Iterator[str]:
    name = path.with_name(path.name + "-lock")
    if not name.exists():
        return  # nothing was ever written
    with name.open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield "lock: held"
