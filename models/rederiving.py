"""Derived columns brought up to a day and to the rules in force, behind the screen, a few hundred cases at a time."""

import json
from contextlib import closing
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlmodel import Session, col

from engine import policy as packs
from engine.document import Invalid
from engine.policy import Policy
from models import storing
from models.deriving import derive, stamp
from models.paths import Tree
from models.tables import Case
from models.transaction import explained, transaction
from models.workspace import Workspace

LIMIT = 500
# two ranges of the index rather than "not equal", which would look at every case
_STALE = (
    "SELECT id, revision, document, status FROM cases JOIN document ON case_id = id"
    " WHERE stamp < ? OR stamp > ? LIMIT ?"
)


class _Fresh(NamedTuple):
    revision: int
    columns: dict[str, Any]
    keys: frozenset[str] | None


def rederive(workspace: Workspace, today: date, limit: int = LIMIT, policy: Policy | None = None) -> int:
    """Derives anew up to `limit` cases that another day or other rules were used for; how many, 0 when none are left.

    No edit: the journal, revisions and moments stay. What is slow happens before the lock is taken; a case that
    somebody changes meanwhile is left to their command, or to the next call.
    """
    pack = policy or packs.load()
    mark = stamp(pack, today)
    with explained(workspace.path), closing(workspace.connect()) as connection:
        stale = connection.execute(_STALE, (mark, mark, limit)).fetchall()
    fresh = {
        case_id: _derived(revision, json.loads(document), status, pack, today, mark)
        for case_id, revision, document, status in stale
    }
    if fresh:
        with transaction(workspace) as session:
            _keep(session, fresh)
    return len(fresh)


def _derived(revision: int, document: Tree, status: str, policy: Policy, today: date, mark: str) -> _Fresh:
    try:
        found = derive(document, status, policy, today)
    except Invalid:
        # kept by an earlier, laxer program: not known is not zero, and not a reason to look at it again for ever
        unknown = dict.fromkeys(("score", "proven", "reached", "eligible", "provisional"))
        return _Fresh(revision, {**unknown, "stamp": mark}, None)
    return _Fresh(revision, found.columns(), found.keys)


def _keep(session: Session, fresh: dict[int, _Fresh]) -> None:
    found = session.execute(select(col(Case.id), col(Case.revision)).where(col(Case.id).in_(fresh)))
    kept = {case_id: fresh[case_id] for case_id, revision in found if fresh[case_id].revision == revision}
    for rows in (
        [{"id": i, **case.columns} for i, case in kept.items() if case.keys is not None],
        [{"id": i, **case.columns} for i, case in kept.items() if case.keys is None],
    ):
        if rows:
            session.execute(update(Case), rows)
    storing.replace_keys(session, {i: case.keys for i, case in kept.items() if case.keys is not None})
