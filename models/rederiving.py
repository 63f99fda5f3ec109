"""Derived columns brought up to a day and to the rules in force, behind the screen, a few hundred cases at a time.

Only those are looked at that fall due by then (`Derived.due`), or that other rules or figures were used for.
"""

import json
from collections.abc import Mapping, Sequence
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
from models.stamps import Which, falling_due
from models.storing import Columns
from models.tables import CASES
from models.transaction import explained, transaction
from models.workspace import Workspace

LIMIT = 500
_UNKNOWN = dict.fromkeys(
    (
        "score",
        "proven",
        "reached",
        "eligible",
        "provisional",
        "due",
        "next_change",
        "crossings",
        "drops_on",
        "exams",
        "kind",
        "waiting_on",
        "deadline",
        "deadline_code",
        "owed",
        "chased",
        "base",
        "base_multiple",
        "risks",
    )
)
_COLUMNS = (
    f"id, revision, document, status, need_by, office, {', '.join(Derived._fields)}"
    " FROM cases JOIN document ON case_id = id"
)


class Moved(NamedTuple):
    """A case whose score, or whose reaching of the threshold, is another than before; points."""

    case_id: int
    before: int
    after: int
    reached: bool | None  # from now on; None where that has not changed


class Fresh(NamedTuple):
    """What a case becomes: the stamp and due day it was read with, the columns that differ, its keys (None: as is)."""

    revision: int
    stamp: str
    due: str | None
    columns: Columns
    keys: frozenset[str] | None
    moved: Moved | None


def is_due(workspace: Workspace, day: date, policy: Policy | None = None) -> bool:
    """Whether any case is to be derived anew for a day."""
    return bool(_select(workspace, "1 FROM cases", falling_due(stamp(policy or packs.load(), day)), 1))


def rederive(
    workspace: Workspace, today: date, limit: int = LIMIT, policy: Policy | None = None, *, back: bool = False
) -> int:
    """Derives anew up to `limit` cases that fall due; how many, 0 when none are left.

    No edit: the journal, revisions and moments stay. What is slow happens before the lock is taken; a case that
    somebody changes meanwhile is left to their command, or to the next call. `back`: those of a later day as well.
    """
    fresh = derived_anew(workspace, today, limit, policy, back=back)
    if fresh:
        with transaction(workspace) as session:
            keep(session, fresh)
    return len(fresh)


def derived_anew(
    workspace: Workspace, day: date, limit: int, policy: Policy | None = None, *, back: bool = False
) -> dict[int, Fresh]:
    """Up to `limit` cases that fall due, derived for a day and not yet written."""
    pack = policy or packs.load()
    rows = _select(workspace, _COLUMNS, falling_due(stamp(pack, day), back=back), limit)
    return {case_id: _derived(case_id, *rest, pack=pack, day=day) for case_id, *rest in rows}


def renew(workspace: Workspace, ids: Sequence[int], today: date, policy: Policy | None = None) -> None:
    """Derives these cases anew, search keys too, whatever their rows say of themselves. No edit, as `rederive`."""
    pack = policy or packs.load()
    rows = _select(workspace, _COLUMNS, Which("id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)), -1)
    fresh = {case_id: _derived(case_id, *rest, pack=pack, day=today, anew=True) for case_id, *rest in rows}
    if fresh:
        with transaction(workspace) as session:
            keep(session, fresh)


def keep(session: Session, fresh: Mapping[int, Fresh]) -> list[Moved]:
    """Writes them, but those that were changed or brought up by somebody else meanwhile; what has moved."""
    now = select(CASES.c.id, CASES.c.revision, CASES.c.stamp, CASES.c.due).where(CASES.c.id.in_(fresh))
    kept = {case_id: fresh[case_id] for case_id, *found in session.execute(now) if tuple(found) == fresh[case_id][:3]}
    storing.set_columns(session, {i: case.columns for i, case in kept.items()})
    storing.replace_keys(session, {i: case.keys for i, case in kept.items() if case.keys is not None})
    return [case.moved for case in kept.values() if case.moved is not None]


def _select(workspace: Workspace, what: str, which: Which, limit: int) -> list[tuple[Any, ...]]:
    with explained(workspace.path), closing(workspace.connect(whole=True)) as connection:
        return connection.execute(f"SELECT {what} WHERE {which.sql} LIMIT ?", (*which.values, limit)).fetchall()


def _derived(
    case_id: int,
    revision: int,
    text: str,
    status: str,
    need_by: str | None,
    office: str,
    *row: Any,
    pack: Policy,
    day: date,
    anew: bool = False,
) -> Fresh:
    before = Derived._make(row)
    document = json.loads(text)
    try:
        after = derive(document, status, pack, day, {**json.loads(office), "need_by": need_by})
    except Invalid:
        # kept by an earlier, laxer program: not known is not zero, and not a reason to look at it again for ever
        return Fresh(revision, before.stamp, before.due, {**_UNKNOWN, "stamp": stamp(pack, day)}, None, None)
    are_known = is_of_these_rules(before.stamp) and before.score is not None and not anew
    changed = storing.changed(before.columns(), after.columns())
    new_keys = None if are_known else keys(document)
    return Fresh(revision, before.stamp, before.due, changed, new_keys, _moved(case_id, before, after))


def _moved(case_id: int, before: Derived, after: Derived) -> Moved | None:
    if before.score is None or (before.score, bool(before.reached)) == (after.score, after.reached):
        return None
    return Moved(case_id, before.score, after.score, after.reached if after.reached != bool(before.reached) else None)
