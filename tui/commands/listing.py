"""`dabiao list`: the cases a query finds, with the figures of the day."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

from engine.words import word
from models.copying import copied
from models.deriving import stamp
from models.in_use import in_use
from models.query import Query, QueryError, parse
from models.reading import Reader
from models.rows import Row
from models.stamps import falling_due
from models.unused_names import names_in, unused
from models.workspace import Workspace
from tui.columns import aligned, cut
from tui.commands.session import DONE, Failed, Session, json_of
from tui.text import text

_CHUNK = 500
_LONGEST_NAME = 20
_RIGHT = frozenset({0, 3, 4})


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Lists the cases; without a query all of them. Where there is none, a name that no case has is told."""
    line = " ".join(arguments.query)
    try:
        query = parse(line, session.day, session.author.name)
    except QueryError as error:
        where = line[error.start : error.end].strip(" :：,，")
        named = not where or where in error.reason.values.values()
        said = session.say(error.reason)
        raise Failed(said if named else f"{where}: {said}") from None
    with session.workspace() as workspace, _of_the_day(session, workspace) as (fresh, mark), Reader(fresh) as reader:
        rows = _rows(reader, query, mark)
        if session.as_json:
            # one document, written as it is read: a workspace may hold a million cases
            session.part_of_document('{"cases": [')
            count = 0
            for count, row in enumerate(rows, 1):
                session.part_of_document((", " if count > 1 else "") + json_of(entry(row)))
            session.part_of_document("]}\n")
        else:
            count = _show(session, list(rows))
        if not count and names_in(line):
            for reason in unused(line, reader, in_use(reader), session.day, session.author.name):
                session.tell(session.say(reason))
    return DONE


@contextmanager
def _of_the_day(session: Session, workspace: Workspace) -> Iterator[tuple[Workspace, str]]:
    """The workspace with its figures brought up to the day, and that day's stamp.

    Today's are kept; those of another day are worked out in a copy that is thrown away.
    """
    mark = stamp(session.policy, session.day)
    of_today = session.day == session.today
    which = falling_due(mark, back=not of_today)
    with Reader(workspace) as reader:
        stale = bool(len(reader.first(Query(which.sql, which.values, "id"), 1)))
    if stale and of_today:
        _bring_up(workspace, session.day)
    if not stale or of_today:
        yield workspace, mark
        return
    from models.rederiving import rederive

    with TemporaryDirectory(prefix="dabiao-") as directory:
        copy = copied(workspace, Path(directory) / "day.db")
        try:
            while rederive(copy, session.day, back=True):
                pass
            yield copy, mark
        finally:
            copy.close()


def _bring_up(workspace: Workspace, day: date) -> None:
    """A new day, unless a session at a screen is at it: what it has not come to yet is said to be older."""
    from models.new_day import Busy, bring_up

    with suppress(Busy):
        bring_up(workspace, day, token_hex(8))


def _rows(reader: Reader, query: Query, mark: str) -> Iterator[Row]:
    ids = reader.ids(query)
    for start in range(0, len(ids), _CHUNK):
        yield from reader.rows(ids[start : start + _CHUNK], mark)


def entry(row: Row) -> dict[str, Any]:
    """A case as `list --json` has it. `owed` are codes of papers."""
    return {
        "id": row.id,
        "name": row.name,
        "called": row.called,
        "status": row.stage,
        "kind": row.kind,
        "points": row.points,
        "score": row.score,
        "proven": row.proven,
        "reached": row.reached,
        "eligible": row.eligible,
        "permit_until": row.permit_until,
        "points_until": row.points_until,
        "renewal": row.renewal,
        "need_by": row.need_by,
        "waiting_on": row.waiting_on,
        "owed": json.loads(row.owed or "[]"),
        "next_deadline": row.deadline,
        "consultant": row.consultant,
        "employer": row.employer,
        "tags": list(row.tags),
    }


def _show(session: Session, rows: list[Row]) -> int:
    """The cases as a table; how many there are."""
    language = session.language
    if rows:
        names = ("name", "status", "score", "proven", "permit_until", "points_until", "consultant")
        heading = ("", *(text(f"column.{name}", language) for name in names))
        for line in aligned([heading, *(_cells(row, language) for row in rows)], _RIGHT):
            session.out(line)
    session.tell(session.text("list.count" if rows else "list.none", count=len(rows)))
    return len(rows)


def _cells(row: Row, language: str) -> tuple[str, ...]:
    return (
        str(row.id),
        cut(row.name or row.called or "-", _LONGEST_NAME),
        word(f"status.{row.stage}", language),
        text("list.veto", language) if row.vetoed else "?" if row.score is None else str(row.score),
        "?" if row.proven is None else str(row.proven),
        row.permit_until or "-",
        row.points_until or "-",
        row.consultant or "",
    )
