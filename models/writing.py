"""The one door for changes. A command is one transaction: lock, what the editor saw, contents, journal, commit.

`Invalid` (of `engine.document`), `Conflict` and `Refused` mean that nothing was written; so does `WorkspaceError`.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from sqlmodel import Session

from engine import policy as packs
from engine.document import Invalid, Problem
from engine.policy import Policy
from engine.reason import Reason
from models import storing
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
from models.evidence import set_back
from models.journal import Line, differences, last_writer, record
from models.names import keys
from models.paths import APPLICANT, NoPlace, Tree, copied, get, put, row_of, same
from models.rederiving import rederive
from models.refusals import Clash, Conflict, Refused, refused
from models.storing import Kept
from models.today import moment
from models.transaction import transaction
from models.undoing import Undone, Unsure, redo, take_back, undo
from models.workspace import Workspace

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

    def contents(self) -> Contents:
        """The whole case, checked; `Invalid` with every problem."""
        office = {
            "status": self.status,
            "consultant": self.consultant,
            "tags": list(self.tags),
            "need_by": self.need_by,
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
    contents = [case.contents() for case in cases]
    kept = [Kept(tree, derived_from(applicant, pack, today), keys(tree[APPLICANT])) for tree, applicant in contents]
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
) -> Saved:
    """Changes fields of a case, all of them or none.

    A field that no longer holds what the editor saw is a `Conflict`, unless it already holds what the editor wants;
    other people's changes of other fields stay. The author's drafts at the changed fields are done with.
    """
    author = by.cleaned()
    wanted = list(changes)
    with transaction(workspace) as session:
        stored = storing.find(session, [case_id])
        if case_id not in stored:
            raise refused("no_case", id=case_id)
        before, revision = stored[case_id].tree, stored[case_id].revision
        after, applicant = checked(_changed(session, case_id, before, wanted))
        after, paths, notices = set_back(before, after, [c.path for c in wanted])
        if notices:
            after, applicant = checked(after)
        made = differences(before, after, paths)
        forget(session, case_id, author.name, [c.path for c in wanted])
        if not made:
            return Saved(revision, None)
        at = moment()
        derived = derived_from(applicant, policy or packs.load(), today)
        kept = Kept(after, derived, storing.new_keys(stored[case_id], after))
        storing.rewrite(session, {case_id: kept}, stored, at)
        entries = record(
            session, [Line(case_id, made, answered=derived)], at=at, by=author, command=command, batch=batch
        )
        return Saved(revision + 1, entries[0], notices)


def _changed(session: Session, case_id: int, before: Tree, changes: Sequence[Change]) -> Tree:
    """The tree with the changes made; `Conflict` with every field that somebody else changed meanwhile."""
    tree: Tree = copied(before)
    clashes = []
    for c in changes:
        now = get(tree, c.path)
        row = row_of(c.path)
        row_gone = row is not None and row != c.path and get(tree, row) is None
        if row_gone or not (same(now, c.before) or same(now, c.after)):
            who, at = last_writer(session, case_id, c.path) or (None, None)
            clashes.append(Clash(c.path, c.before, now, who, at))
            continue
        try:
            put(tree, c.path, c.after, c.position)
        except NoPlace:
            key = c.path.removeprefix(APPLICANT + ".")
            raise Invalid([Problem(key, c.after, Reason("write.no_place", {"path": c.path}))]) from None
    if clashes:
        raise Conflict(clashes)
    return tree
