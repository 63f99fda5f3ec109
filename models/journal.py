"""The journal: who changed what when. Undo is its inverse; the record that people are shown is the same one."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import insert, select, text
from sqlmodel import Session

from engine.cleaning import clean
from models.access import hold
from models.author import Author
from models.chain import NOTHING, SEALED, Head, seal
from models.change import Change
from models.contents import as_json
from models.deriving import Derived
from models.employers import SHARED
from models.paths import Tree, get, position, touches
from models.sealing import open_changes, paths_of, seal_changes, seal_note
from models.tables import ENTRIES
from models.transaction import HEAD, HEAD_BEFORE, driver_of

LONGEST_NOTE = 500
_ADD = insert(ENTRIES)
_KEYS = "SELECT case_id, key FROM case_key WHERE case_id IN (SELECT value FROM json_each(?))"
# the sequence remembers numbers that were given, be their entries cut off: they are not given again
_LAST = text(
    "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'entry'), 0),"
    " (SELECT id FROM entry ORDER BY id DESC LIMIT 1), (SELECT hash FROM entry ORDER BY id DESC LIMIT 1)"
)


class Line(NamedTuple):
    """What is written about one case; `answered` is what is derived of it once the command is done.

    Without a case it is about the whole workspace (a restore), and nothing that can be undone. `erased`: the case has
    no key any more, and the line no values.
    """

    case_id: int | None
    changes: Sequence[Change]
    undoes: int | None = None
    answered: Derived | None = None
    erased: bool = False


def keys_of(session: Session, ids: Iterable[int]) -> dict[int, bytes]:
    """The keys of cases; those that were erased are left out."""
    found = session.connection().exec_driver_sql(_KEYS, (json.dumps(list(ids)),))
    return {row.case_id: row.key for row in found}


def record(
    session: Session,
    lines: Iterable[Line],
    *,
    at: str,
    by: Author,
    command: str,
    batch: str | None = None,
    note: str | None = None,
) -> list[int]:
    """Adds one entry a line; the entries' numbers, in the same order. They continue the chain.

    `Refused` where the author may not (`models.access`).
    """
    lines = list(lines)
    hold(driver_of(session), by, command, lines, SHARED)
    given, last, before = session.execute(_LAST).one()
    head = Head(last or 0, before or NOTHING.hash)
    session.info.setdefault(HEAD_BEFORE, head)
    rows: list[dict[str, Any]] = []
    told = list(lines)
    keys = keys_of(session, {line.case_id for line in told if line.case_id is not None})
    for number, line in enumerate(told, max(given, head.last) + 1):
        changes, said = packed(line.changes), clean(note)[:LONGEST_NOTE] if note else None
        if line.case_id is not None and not line.erased:
            key = keys[line.case_id]
            changes = seal_changes(key, number, line.case_id, changes)
            said = said and seal_note(key, number, line.case_id, said)
        row = {
            "id": number,
            "at": at,
            "by": by.name,
            "origin": by.origin,
            "command": command,
            "batch": batch,
            "undoes": line.undoes,
            "case_id": line.case_id,
            "changes": changes,
            "note": said,
            "answered": answer(line.answered) if line.answered else None,
        }
        head = Head(number, seal(head.hash, [row[name] for name in SEALED]))
        rows.append({**row, "hash": head.hash})
    if rows:
        session.execute(_ADD, rows)
    session.info[HEAD] = head
    return [row["id"] for row in rows]


def answer(derived: Derived) -> str:
    """What was answered about a case, as an entry keeps it: points, and by which rules and on which day."""
    return as_json({"score": derived.score, "proven": derived.proven, "stamp": derived.stamp})


def packed(changes: Iterable[Change]) -> str:
    """Changes as the journal keeps them."""
    return as_json(
        [
            {
                "path": c.path,
                "before": c.before,
                "after": c.after,
                **({} if c.position is None else {"position": c.position}),
            }
            for c in changes
        ]
    )


def unpacked(key: bytes | None, entry: int, case_id: int | None, changes: str) -> list[Change]:
    """Changes as the journal kept them; `key` is that of the case."""
    return [Change(**change) for change in open_changes(key, entry, case_id, changes)]


def last_writer(session: Session, case_id: int, path: str) -> tuple[str, str] | None:
    """Who last wrote a field, the row it is in or a part of it, and when (UTC)."""
    entries = session.execute(
        select(ENTRIES.c.by, ENTRIES.c.at, ENTRIES.c.changes)
        .where(ENTRIES.c.case_id == case_id)
        .order_by(ENTRIES.c.id.desc())
        .execution_options(yield_per=20)
    )
    for by, at, changes in entries:
        if any(touches(changed, path) for changed in paths_of(changes)):
            entries.close()
            return by, at
    return None


def differences(before: Tree, after: Tree, paths: Iterable[str]) -> list[Change]:
    """What changed at the paths; of a path and one within it, the outer speaks for both."""
    found: list[Change] = []
    for path in _outermost(list(paths)):
        old, new = get(before, path), get(after, path)
        if old != new:
            place = position(after, path) if old is None else position(before, path) if new is None else None
            found.append(Change(path, old, new, place))
    return found


def _outermost(paths: Sequence[str]) -> list[str]:
    return [p for p in dict.fromkeys(paths) if not any(p.startswith(f"{outer}.") for outer in paths)]
