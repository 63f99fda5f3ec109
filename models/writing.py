"""The one door for changes. A command is one transaction: lock, what the editor saw, contents, journal, commit.

`Invalid` (of `engine.document`), `Conflict` and `Refused` mean that nothing was written; so does `WorkspaceError`.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from engine import policy as packs
from engine.policy import Policy
from engine.reason import Reason
from models import employers, storing, working_out
from models.author import Author
from models.change import Change
from models.contents import Contents, checked
from models.deriving import derived_from
from models.drafts import (
    clear_draft,
    clear_drafts,
    forget,
    forget_forms,
    keep_form,
    save_draft,
    save_drafts,
    set_preference,
)
from models.journal import Line, record
from models.names import keys
from models.paths import APPLICANT, Tree
from models.rederiving import rederive
from models.refusals import Clash, Conflict, Refused
from models.storing import Kept
from models.today import moment
from models.transaction import transaction
from models.undoing import Undone, Unsure, redo, take_back, undo
from models.working_out import Ask, Foreseen, WorkedOut, work_out
from models.workspace import Workspace, WorkspaceError

__all__ = [
    "Author",
    "Change",
    "Clash",
    "Conflict",
    "NewCase",
    "Refused",
    "Saved",
    "Undone",
    "Unsure",
    "advance",
    "change",
    "clear_draft",
    "clear_drafts",
    "create",
    "create_many",
    "keep_form",
    "rederive",
    "redo",
    "save_draft",
    "save_drafts",
    "set_preference",
    "take_back",
    "undo",
]

CHUNK = 500


class NewCase(NamedTuple):
    """A case to be made: the applicant document and what the office keeps beside it."""

    document: Mapping[str, Any]
    status: str = "lead"
    consultant: str | None = None
    tags: Sequence[str] = ()
    need_by: str | None = None
    steps: Sequence[Mapping[str, Any]] = ()

    def contents(self) -> Contents:
        """The whole case, checked; `Invalid` with every problem."""
        office = {
            "status": self.status,
            "consultant": self.consultant,
            "tags": list(self.tags),
            "need_by": self.need_by,
            **({"steps": list(self.steps)} if self.steps else {}),
        }
        return checked({**office, APPLICANT: self.document})


class Saved(NamedTuple):
    """A change as it was kept: the case's revision, the journal's entry (None: all of it was there already).

    `notices` are what the command did besides.
    """

    revision: int
    entry: int | None
    notices: tuple[Reason, ...] = ()


def create(
    workspace: Workspace,
    document: Mapping[str, Any],
    *,
    by: Author,
    today: date,
    policy: Policy | None = None,
    status: str = "lead",
    consultant: str | None = None,
    tags: Sequence[str] = (),
    need_by: str | None = None,
    command: str = "create",
    batch: str | None = None,
    forms: Sequence[str] = (),
) -> int:
    """A new case; its id, which no other case ever had or gets. The author's `forms` it was typed in are done with."""
    case = NewCase(document, status, consultant, tags, need_by)
    return _create(workspace, [case], by=by, today=today, policy=policy, command=command, batch=batch, forms=forms)[0]


def create_many(
    workspace: Workspace,
    cases: Iterable[NewCase],
    *,
    by: Author,
    today: date,
    policy: Policy | None = None,
    command: str = "import",
) -> Iterator[list[int]]:
    """New cases in chunks of 500, each a transaction; yields each chunk's ids when it is kept. One batch: one undo.

    `Invalid` stops at the chunk that has a wrong case, with nothing of that chunk written.
    """
    batch = secrets.token_hex(8)
    rest = iter(cases)
    while chunk := list(islice(rest, CHUNK)):
        yield _create(workspace, chunk, by=by, today=today, policy=policy, command=command, batch=batch)


def _create(
    workspace: Workspace,
    cases: Sequence[NewCase],
    *,
    by: Author,
    today: date,
    policy: Policy | None,
    command: str,
    batch: str | None,
    forms: Sequence[str] = (),
) -> list[int]:
    author = by.cleaned()
    pack = policy or packs.load()
    # what takes long is done before others have to wait at the lock
    # who sees their own cases alone makes no others
    own = workspace.seen_by if workspace.seen_by == author.name else None
    mine = [case._replace(consultant=case.consultant or own) for case in cases]
    contents = _with_employers(workspace, [case.contents() for case in mine])
    kept = [
        Kept(tree, derived_from(applicant, pack, today, tree), keys(tree[APPLICANT])) for tree, applicant in contents
    ]
    with transaction(workspace) as session:
        at = moment()
        ids = storing.add(session, kept, at)
        lines = [
            Line(i, [Change("", None, case.tree)], answered=case.derived) for i, case in zip(ids, kept, strict=True)
        ]
        record(session, lines, at=at, by=author, command=command, batch=batch)
        if forms:
            forget_forms(session, author.name, forms)
    return ids


def _with_employers(workspace: Workspace, cases: Sequence[Contents]) -> list[Contents]:
    """New cases, each with what the other cases of its employer know of that and it does not say."""
    codes = [employers.credit_code(case.tree) for case in cases]
    known: dict[str, Tree] = {}
    with suppress(WorkspaceError):  # what cannot be read now cannot be written either, and that says why
        known = employers.newest(workspace, {code for code in codes if code is not None})
    found = []
    for case, code in zip(cases, codes, strict=True):
        facts = employers.lacking(case.tree, known[code]) if code in known else {}
        found.append(employers.with_facts(case.tree, facts) if facts else case)
    return found


def change(
    workspace: Workspace,
    case_id: int,
    changes: Iterable[Change],
    *,
    by: Author,
    today: date,
    policy: Policy | None = None,
    command: str = "set",
    batch: str | None = None,
    foreseen: Foreseen | None = None,
) -> Saved:
    """Changes fields of a case, all of them or none.

    A field that no longer holds what the editor saw is a `Conflict`, unless it already holds what the editor wants;
    other people's changes of other fields stay. The author's drafts at the changed fields are done with. What belongs
    to the employer (`models.employers`) is changed in all its cases, as one batch. `foreseen` is what it comes to,
    where somebody has worked that out already.
    """
    wanted, pack = list(changes), policy or packs.load()
    likely = None if foreseen is None else foreseen.of(case_id, wanted, pack, today)
    return _command(workspace, case_id, lambda _: wanted, by, today, pack, command, batch, likely)


def advance(
    workspace: Workspace,
    case_id: int,
    to: str,
    told: Mapping[str, Any],
    *,
    by: Author,
    today: date,
    day: date | None = None,
    policy: Policy | None = None,
    also: Iterable[Change] = (),
) -> Saved:
    """Takes a case to another stage (`models.staging`), on a day that may be past; `also` is changed with it.

    `Refused` where a condition is not met and `told` has no `because`, where something is still to be told, where the
    stage does not follow, and for a day before the case's last step.
    """
    from models.reopening import reopened
    from models.staging import advanced

    more = list(also)

    def wanted(tree: Tree) -> list[Change]:
        applicant = checked(tree).applicant
        steps = advanced(tree, applicant, to, told, today=today, day=day, policy=policy)
        again = reopened(tree, applicant, told, day or today, policy) if to == "returned" else []
        return [*steps, *again, *more]

    return _command(workspace, case_id, wanted, by, today, policy, "stage", None)


def _command(
    workspace: Workspace,
    case_id: int,
    ask: Ask,
    by: Author,
    today: date,
    policy: Policy | None,
    command: str,
    batch: str | None,
    likely: WorkedOut | None = None,
) -> Saved:
    """One command on a case: what it asks for is said of the case as it is once the lock is taken."""
    author, pack = by.cleaned(), policy or packs.load()
    likely = likely or working_out.foreseen(workspace, case_id, ask, pack, today)
    with transaction(workspace) as session:
        found = likely if likely and likely.holds(session) else work_out(session, case_id, ask, pack, today)
        forget(session, case_id, author.name, found.asked)
        if not found.written:
            return Saved(found.here.revision, None)
        at, written = moment(), found.written
        if len(written) > 1:
            batch = batch or secrets.token_hex(8)
        storing.rewrite(session, {w.case_id: w.kept for w in written}, {w.case_id: w.stored for w in written}, at)
        lines = [Line(w.case_id, w.changes, answered=w.kept.derived) for w in written]
        entries = record(session, lines, at=at, by=author, command=command, batch=batch)
        return Saved(found.here.revision + 1, entries[0], found.notices)
