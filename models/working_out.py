"""What a command makes of a case, and of the others of its employer.

Working it out takes longer than writing it. So it is done before the lock is asked for, while others may write; it
counts if the case is still the same once the lock is taken, else it is done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import Session, select

from engine.document import Invalid
from engine.policy import NoLaw, Policy
from engine.reason import Reason
from models import employers, storing
from models.change import Change
from models.changing import kept_as, with_changes
from models.contents import Contents, checked
from models.evidence import set_back
from models.journal import differences
from models.paths import Tree
from models.refusals import Conflict, Refused, refused
from models.storing import Kept, Stored
from models.tables import CASES
from models.transaction import reading
from models.workspace import Workspace, WorkspaceError

Ask = Callable[[Tree], list[Change]]  # what a command asks for, said of the case as it stands


class Written(NamedTuple):
    """A case that a command writes: as it was, as it is from now on, what changes in it."""

    case_id: int
    stored: Stored
    kept: Kept
    changes: Sequence[Change]


class WorkedOut(NamedTuple):
    """What a command comes to: the case as it stands, the paths that were asked for, the cases it writes (the one it
    is on first; none where all of it is there already), what to tell."""

    here: Stored
    asked: Sequence[str]
    written: Sequence[Written] = ()
    notices: tuple[Reason, ...] = ()

    def holds(self, session: Session) -> bool:
        """Whether the case is still what it was, to the last column."""
        case_id = self.here.row["id"]
        now = storing.find(session, [case_id]).get(case_id)
        return now is not None and now.row == self.here.row


class Foreseen(NamedTuple):
    """What changes of a case come to, worked out before anybody asks for it; `found` is None where that cannot be."""

    case_id: int
    changes: Sequence[Change]
    policy: Policy
    today: date
    found: WorkedOut | None

    def of(self, case_id: int, changes: Sequence[Change], policy: Policy, today: date) -> WorkedOut | None:
        """What was worked out, if it was for just this."""
        same = (self.case_id, self.changes, self.today) == (case_id, changes, today) and self.policy is policy
        return self.found if same else None


class _OfOthersToo(Exception):
    """Other cases have a say in what a command comes to."""


def foreseen(workspace: Workspace, case_id: int, ask: Ask, policy: Policy, today: date) -> WorkedOut | None:
    """What a command would come to now, without the lock; None where only who holds it can say."""
    with suppress(_OfOthersToo, Conflict, Invalid, NoLaw, Refused, WorkspaceError), reading(workspace) as session:
        return work_out(session, case_id, ask, policy, today, alone=True)
    return None


def foresee(workspace: Workspace, case_id: int, changes: Sequence[Change], policy: Policy, today: date) -> Foreseen:
    """Works out what changes would come to now, for `models.writing.change` to take if that is what is asked for."""
    wanted = list(changes)
    return Foreseen(case_id, wanted, policy, today, foreseen(workspace, case_id, lambda _: wanted, policy, today))


def work_out(
    session: Session, case_id: int, ask: Ask, policy: Policy, today: date, *, alone: bool = False
) -> WorkedOut:
    """What a command comes to; `alone`: only where no other case has a say in it. Nothing is written here.

    `Refused` where the case is not there, `Conflict` and `Invalid` as for a change.
    """
    here = storing.find(session, [case_id]).get(case_id)
    if here is None:
        raise refused("no_case", id=case_id)
    wanted = ask(here.tree)
    if alone and employers.concern_others(here.tree, wanted):
        raise _OfOthersToo
    asked = [c.path for c in wanted]
    after, paths, notices = _becomes(session, case_id, here.tree, wanted)
    shared = employers.moved(here.tree, after.tree, asked)
    made = differences(here.tree, after.tree, paths)
    if not made:
        return WorkedOut(here, asked)
    written = [Written(case_id, here, kept_as(here, after, policy, today), made)]
    if shared:
        others = _of_the_employer(session, employers.credit_code(after.tree), case_id)
        written += _also_written(others, shared, policy, today)
    if len(written) > 1:
        notices = (*notices, Reason("write.employer", {"count": len(written) - 1}))
    return WorkedOut(here, asked, written, notices)


def _becomes(
    session: Session, case_id: int, before: Tree, wanted: Sequence[Change]
) -> tuple[Contents, list[str], tuple[Reason, ...]]:
    """The case with what is wanted, with what is known of an employer it comes to, and with its evidence right; the
    paths then changed; what to tell."""
    after, applicant = checked(with_changes(session, case_id, before, wanted))
    known = _known_of_employer(session, case_id, before, after)
    if known:
        after, applicant = employers.with_facts(after, known)
    after, paths, notices = set_back(before, after, [*(c.path for c in wanted), *known])
    return checked(after) if notices else Contents(after, applicant), paths, notices


def _also_written(
    others: Mapping[int, Stored], shared: Mapping[str, Any], policy: Policy, today: date
) -> Iterator[Written]:
    """The other cases of an employer, where they do not say yet what is said anew of it."""
    for case_id, stored in others.items():
        kept = kept_as(stored, employers.with_facts(stored.tree, shared), policy, today)
        if changes := differences(stored.tree, kept.tree, shared):
            yield Written(case_id, stored, kept, changes)


def _known_of_employer(session: Session, case_id: int, before: Tree, after: Tree) -> dict[str, Any]:
    """Where a case comes to an employer, what its other cases know of it and this one does not say, by path."""
    uscc = employers.credit_code(after)
    if uscc is None or uscc == employers.credit_code(before):
        return {}
    others = _of_the_employer(session, uscc, case_id)
    return employers.lacking(after, next(iter(others.values())).tree) if others else {}


def _of_the_employer(session: Session, uscc: str | None, but: int) -> dict[int, Stored]:
    """The other cases of an employer, the one that was changed last first."""
    found = select(CASES.c.id).where(CASES.c.uscc == uscc, CASES.c.id != but)
    ids = list(session.scalars(found.order_by(CASES.c.updated_at.desc(), CASES.c.id.desc())))
    stored = storing.find(session, ids)
    return {case_id: stored[case_id] for case_id in ids}
