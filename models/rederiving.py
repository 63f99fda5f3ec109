"""Derived columns brought up to a day and to the rules in force, behind the screen, a few hundred cases at a time."""

import json
from contextlib import closing
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from engine import policy as packs
from engine.document import Invalid
from engine.policy import Policy
from models import storing
from models.deriving import Derived, derive, is_of_these_rules, stamp
from models.names import keys
from models.storing import Columns
from models.tables import CASES
from models.transaction import explained, transaction
from models.workspace import Workspace

LIMIT = 500
_UNKNOWN = dict.fromkeys(("score", "proven", "reached", "eligible", "provisional"))
# two ranges of the index rather than "not equal", which would look at every case
_STALE = (
    f"SELECT id, revision, document, status, {', '.join(Derived._fields)} FROM cases JOIN document ON case_id = id"
    " WHERE stamp < ? OR stamp > ? LIMIT ?"
)


class _Fresh(NamedTuple):
    revision: int
    columns: Columns
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
    fresh = {case_id: _derived(*rest, pack=pack, today=today) for case_id, *rest in stale}
    if fresh:
        with transaction(workspace) as session:
            _keep(session, fresh)
    return len(fresh)


def _derived(revision: int, text: str, status: str, *row: Any, pack: Policy, today: date) -> _Fresh:
    before = Derived._make(row)
    document = json.loads(text)
    try:
        after = derive(document, status, pack, today)
    except Invalid:
        # kept by an earlier, laxer program: not known is not zero, and not a reason to look at it again for ever
        return _Fresh(revision, {**_UNKNOWN, "stamp": stamp(pack, today)}, None)
    are_known = is_of_these_rules(before.stamp) and before.score is not None
    changed = storing.changed(before.columns(), after.columns())
    return _Fresh(revision, changed, None if are_known else keys(document))


def _keep(session: Session, fresh: dict[int, _Fresh]) -> None:
    found = session.execute(select(CASES.c.id, CASES.c.revision).where(CASES.c.id.in_(fresh)))
    kept = {case_id: fresh[case_id] for case_id, revision in found if fresh[case_id].revision == revision}
    storing.set_columns(session, {i: case.columns for i, case in kept.items()})
    storing.replace_keys(session, {i: case.keys for i, case in kept.items() if case.keys is not None})
