"""A new day: the cases that fall due are brought up to it, once however many sessions are open, in one journal entry.

A run is taken under a lease that is kept in the workspace together with what has moved so far: whoever takes it over,
should its holder be gone, goes on where that one stopped.
"""

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from engine.policy import Policy
from models.author import Author
from models.change import Change
from models.journal import Line, record
from models.rederiving import LIMIT, Moved, derived_anew, is_due, keep
from models.tables import Meta
from models.today import moment
from models.transaction import transaction
from models.workspace import Workspace

COMMAND = "new_day"
CALENDAR = Author("calendar", "dabiao")  # whose entry it is: nobody did it, so nobody undoes it
LEASE = timedelta(seconds=30)  # after so long without a sign, another session goes on with a run
_NAME = "new_day"


class Busy(Exception):
    """Another session is bringing the cases up to the day; it is to be left to it."""


class _Run(NamedTuple):
    """A run that is under way: who, until when the lease holds (UTC), what has moved so far."""

    who: str
    until: str
    moved: list[list[Any]]


def bring_up(
    workspace: Workspace,
    today: date,
    who: str,
    *,
    limit: int = LIMIT,
    policy: Policy | None = None,
    goes_on: Callable[[], bool] = lambda: True,
) -> Sequence[Moved]:
    """Brings the cases that fall due up to a day, `limit` of them under one lock; those whose score has moved.

    Nothing is written where nothing falls due, nor for a day before the one they were brought up to. `who` names the
    session. Stops early, to be gone on with, where `goes_on` says no. `Busy` where another session is at it.
    """
    if not is_due(workspace, today, policy) and not _left(workspace):
        return ()
    with transaction(workspace) as session:
        _take(session, who)
    while goes_on():
        fresh = derived_anew(workspace, today, limit, policy)
        with transaction(workspace) as session:
            run = _take(session, who)
            run.moved.extend(list(moved) for moved in keep(session, fresh))
            if fresh:
                _put(session, run)
                continue
            moved = [Moved(*one) for one in run.moved]
            _end(session, today, moved)
            return moved
    return ()


def _left(workspace: Workspace) -> bool:
    """Whether a run was begun and not ended."""
    with closing(workspace.connect(whole=True)) as connection:
        return connection.execute("SELECT 1 FROM meta WHERE name = ?", (_NAME,)).fetchone() is not None


def _take(session: Session, who: str) -> _Run:
    """The run, with the lease taken or prolonged; `Busy` where somebody else holds it."""
    row = session.scalar(select(Meta).where(Meta.name == _NAME))  # type: ignore[arg-type]
    run = _Run(*json.loads(row.value)) if row else _Run(who, "", [])
    if run.who != who and run.until > moment():
        raise Busy
    until = (datetime.now(UTC) + LEASE).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    run = _Run(who, until, run.moved)
    _put(session, run)
    return run


def _put(session: Session, run: _Run) -> None:
    session.merge(Meta(name=_NAME, value=json.dumps(run)))
    session.flush()


def _end(session: Session, today: date, moved: Sequence[Moved]) -> None:
    row = session.get(Meta, _NAME)
    if row is not None:
        session.delete(row)
    if moved:
        changes = [Change(f"cases.{one.case_id}.score", one.before, one.after) for one in moved]
        record(session, [Line(None, changes)], at=moment(), by=CALENDAR, command=COMMAND, note=today.isoformat())
