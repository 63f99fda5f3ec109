"""Undo and redo: every command is taken back by its inverse, and taking back is a command like any other.

An entry that undoes another names it. What can be undone is a person's last command or redo that nothing undoes yet;
what can be redone is their last undo that nothing undoes yet, made after their last new command.
"""

import secrets
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, distinct, func, select, text
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from engine import policy as packs
from engine.document import Invalid
from engine.policy import Policy
from models import storing
from models.access import is_owner_of
from models.author import Author
from models.change import Change
from models.contents import checked
from models.deriving import derive, stamp
from models.journal import Line, differences, keys_of, last_writer, record, unpacked
from models.names import keys
from models.paths import APPLICANT, NoPlace, Tree, copied, get, put, same, word_of
from models.refusals import Refused, refused
from models.sealing import FORGET, LOOK, paths_of
from models.storing import Kept, Stored
from models.tables import CASE_KEYS, Entry
from models.today import local, moment
from models.transaction import driver_of, transaction
from models.workspace import Workspace

UNDO, REDO = "undo", "redo"
_HAS_KEY = col(Entry.case_id).in_(select(CASE_KEYS.c.case_id))
_CHUNK = 500
# Somebody may go back and forth without end: each of the two is one question, however long the chain of undoing is.
_ROOT = text(
    "WITH RECURSIVE back (command, undoes) AS (SELECT command, undoes FROM entry WHERE id = :id UNION ALL"
    " SELECT entry.command, entry.undoes FROM back JOIN entry ON entry.id = back.undoes)"
    " SELECT command FROM back WHERE undoes IS NULL"
)
_STANDING = text(
    "WITH RECURSIVE on_ (id) AS (VALUES (:id) UNION ALL"
    " SELECT entry.id FROM on_ JOIN entry ON entry.undoes = on_.id) SELECT max(id) FROM on_"
)


class _Basis(NamedTuple):
    """What a command derives by, and the moment it writes down (UTC)."""

    policy: Policy
    day: date
    moment: str


class Unsure(Exception):
    """More cases would be changed than whoever asked may have thought of. `entry` stands for the whole batch: given
    back as `only`, it and nothing else is taken back (or, with `again`, done again). `command` is what it goes back to.
    """

    def __init__(self, entry: int, batch: str, cases: int, command: str, *, again: bool) -> None:
        super().__init__(f"{command}: {cases}")
        self.entry = entry
        self.batch = batch
        self.cases = cases
        self.command = command
        self.again = again


class Undone(NamedTuple):
    """What was taken back (`again`: done again): the first case of `cases`, the command, the changes made there."""

    entry: int
    case_id: int
    command: str
    changes: tuple[Change, ...]
    cases: int = 1
    again: bool = False


def undo(
    workspace: Workspace,
    *,
    by: Author,
    today: date,
    case_id: int | None = None,
    policy: Policy | None = None,
    alone: bool = False,
    most: int | None = None,
    only: int | None = None,
) -> Undone:
    """Takes back the person's last command, in one case or anywhere; pressed again, the one before.

    `alone` takes back neither the case itself nor a batch: who works in a case means that case. More than `most`
    cases are `Unsure`; `only` takes back nothing but the entry that was asked about.
    `Refused` then, and where there is none, or where somebody has changed the same field since: who, when, which.
    """
    author = by.cleaned()
    with transaction(workspace) as session:
        last = _last(session, UNDO, author, case_id)
        if last is None:
            raise refused("nothing_to_undo")
        if alone and _reaches_beyond(last):
            raise refused("beyond_the_case")
        _hold(session, last, most, only)
        return _invert(session, last, UNDO, author, _Basis(policy or packs.load(), today, moment()))


def take_back(
    workspace: Workspace,
    entry_id: int,
    *,
    by: Author,
    today: date,
    policy: Policy | None = None,
    most: int | None = None,
    only: int | None = None,
) -> Undone:
    """Takes back one command out of the journal, with the whole batch it belongs to; one taken back is done again.

    Its author may, and the owner of the workspace. `Refused` for anybody else, and as `undo`; `Unsure` and `only`
    too: the entry that was seen to stand last of those that undid and redid this one.
    """
    author = by.cleaned()
    with transaction(workspace) as session:
        asked = session.get(Entry, entry_id)
        if asked is None or asked.case_id is None:
            raise refused("no_entry", entry=entry_id)
        if asked.command == LOOK:
            raise refused("only_looked")
        if asked.by != author.name and not is_owner_of(driver_of(session), workspace.path, author):
            raise refused("not_yours", who=asked.by)
        standing = _standing(session, asked)
        _hold(session, standing, most, only)
        command = REDO if standing.command == UNDO else UNDO
        return _invert(session, standing, command, author, _Basis(policy or packs.load(), today, moment()))


def turn_batch(
    workspace: Workspace,
    batch: str,
    left: list[int],
    *,
    by: Author,
    today: date,
    policy: Policy | None = None,
    again: bool = False,
    chunk: int = 100,
) -> Iterator[list[int]]:
    """Takes back (or does `again`) what nothing undoes yet of a batch, some cases under one lock, the newest first;
    gives those dealt with. Others come to their turn in between; where it ends in the middle, the rest can be undone.

    Where somebody has changed the same of a case since, that one stays as it is and is `left`.
    """
    author, pack, inverse = by.cleaned(), policy or packs.load(), secrets.token_hex(8)
    below = None
    while True:
        basis = _Basis(pack, today, moment())
        with transaction(workspace) as session:
            entries = _batch(session, batch, below, chunk)
            if not entries:
                return
            if done := _inverted(session, entries, basis, left):
                command = REDO if again else UNDO
                record(session, done, at=basis.moment, by=author, command=command, batch=inverse)
            below = entries[-1].id
            cases = [entry.case_id for entry in entries if entry.case_id is not None]
        yield cases


def redo(
    workspace: Workspace,
    *,
    by: Author,
    today: date,
    case_id: int | None = None,
    policy: Policy | None = None,
    most: int | None = None,
    only: int | None = None,
) -> Undone:
    """Does again what the person last took back. `Refused` as `undo`, and after any new command of theirs."""
    author = by.cleaned()
    with transaction(workspace) as session:
        last = _last(session, REDO, author, case_id)
        if last is None:
            raise refused("nothing_to_redo")
        _hold(session, last, most, only)
        return _invert(session, last, REDO, author, _Basis(policy or packs.load(), today, moment()))


def _hold(session: Session, last: Entry, most: int | None, only: int | None) -> None:
    """`Refused` where another entry was meant or the case was erased, `Unsure` where it reaches further than that."""
    if last.case_id is not None and last.batch is None and not keys_of(session, [last.case_id]):
        raise refused("erased", id=last.case_id)
    if only is not None and last.id != only:
        raise refused("moved_on", who=last.by, at=local(last.at))
    if most is None or last.batch is None:
        return
    of_batch = (col(Entry.batch) == last.batch, _HAS_KEY, _nothing_undoes())
    wanted = select(func.count(distinct(col(Entry.case_id)))).where(*of_batch)
    cases = session.scalar(wanted) or 0
    if cases > most:
        assert last.id is not None
        raise Unsure(last.id, last.batch, cases, _root(session, last), again=last.command == UNDO)


def _invert(session: Session, last: Entry, command: str, by: Author, basis: _Basis) -> Undone:
    """The inverse of an entry, or of the whole batch it belongs to, as a command of its own."""
    entries = [last] if last.batch is None else _batch(session, last.batch)
    batch = None if last.batch is None else secrets.token_hex(8)
    if not entries:
        raise refused("erased", id=last.case_id)
    lines: list[Line] = []
    numbers: list[int] = []
    for start in range(0, len(entries), _CHUNK):
        done = _inverted(session, entries[start : start + _CHUNK], basis)
        numbers += record(session, done, at=basis.moment, by=by, command=command, batch=batch)
        lines += done
    cases = len({line.case_id for line in lines})
    case_id = lines[0].case_id
    assert case_id is not None
    return Undone(numbers[-1], case_id, _root(session, last), tuple(lines[0].changes), cases, command == REDO)


def _standing(session: Session, entry: Entry) -> Entry:
    """The entry that stands last of those that undid and redid this one: its inverse is what is asked for."""
    found = session.get(Entry, session.scalar(_STANDING, {"id": entry.id}))
    assert found is not None
    return found


def _last(session: Session, command: str, by: Author, case_id: int | None) -> Entry | None:
    of_cases = col(Entry.case_id).is_not(None) if case_id is None else col(Entry.case_id) == case_id
    mine = [col(Entry.by) == by.name, of_cases]
    if command == UNDO:
        # of a case that was erased nothing comes back; that it was is said, where it was the last thing done
        kind = col(Entry.command).not_in([UNDO, LOOK]) & (_HAS_KEY | (col(Entry.command) == FORGET))
    else:
        newest = select(func.coalesce(func.max(Entry.id), 0)).where(
            *mine, col(Entry.command).not_in([UNDO, REDO, LOOK])
        )
        kind = (col(Entry.command) == UNDO) & (col(Entry.id) > newest.scalar_subquery()) & _HAS_KEY
    return session.scalar(select(Entry).where(*mine, kind, _nothing_undoes()).order_by(col(Entry.id).desc()).limit(1))


def _nothing_undoes() -> ColumnElement[bool]:
    """Of entries those that nothing undoes yet."""
    undoer = aliased(Entry)
    return ~select(col(undoer.id)).where(col(undoer.undoes) == col(Entry.id)).exists()


def _reaches_beyond(entry: Entry) -> bool:
    """Whether an entry is part of a batch, or makes or takes away its case."""
    return entry.batch is not None or "" in paths_of(entry.changes)


def _batch(session: Session, batch: str | None, below: int | None = None, most: int | None = None) -> list[Entry]:
    """What nothing undoes yet of a batch, the newest first, but for cases that were erased since; of the entries with
    a number `below` one at `most` so many."""
    wanted = select(Entry).where(col(Entry.batch) == batch, _HAS_KEY, _nothing_undoes())
    if below is not None:
        wanted = wanted.where(col(Entry.id) < below)
    return list(session.scalars(wanted.order_by(col(Entry.id).desc()).limit(most)))


def _root(session: Session, entry: Entry) -> str:
    """The command that an entry, through all its undoing and redoing, goes back to."""
    command: str = session.scalars(_ROOT, {"id": entry.id}).one()
    return command


def _inverted(session: Session, entries: Sequence[Entry], basis: _Basis, stay: list[int] | None = None) -> list[Line]:
    """Carries out the inverse of entries, the newest first; what to write down about it.

    Where it is `Refused` for a case, that one is noted in `stay` and left alone; without that, all of it is refused.
    """
    of = {entry.case_id for entry in entries if entry.case_id is not None}
    before, locks = storing.find(session, of), keys_of(session, of)
    after: dict[int, Tree | None] = {i: case.tree for i, case in before.items()}
    lines: list[Line] = []
    for entry in entries:
        assert entry.case_id is not None
        if stay is not None and entry.case_id in stay:
            continue
        now = after.get(entry.case_id)
        try:
            after[entry.case_id], changes = _inverse(session, entry, locks[entry.case_id], now)
        except Refused:
            if stay is None:
                raise
            stay.append(entry.case_id)
            continue
        lines.append(Line(entry.case_id, changes, undoes=entry.id))
    storing.take_away(session, [i for i in before if after[i] is None])
    # those that stay as they are do not count as changed once more
    written = {line.case_id for line in lines}
    left = {i: tree for i, tree in after.items() if tree is not None and i in written}
    kept = {i: _kept(before.get(i), tree, basis) for i, tree in left.items()}
    storing.bring_back(session, {i: case for i, case in kept.items() if i not in before}, basis.moment)
    storing.rewrite(session, {i: case for i, case in kept.items() if i in before}, before, basis.moment)
    return [line._replace(answered=kept[line.case_id].derived) if line.case_id in kept else line for line in lines]


def _kept(before: Stored | None, tree: Tree, basis: _Basis) -> Kept:
    """What is written of a case; of one that was taken away (`before` None) all of it."""
    found = None if before is None else storing.still_derived(before, tree, stamp(basis.policy, basis.day))
    derived = found or derive(tree[APPLICANT], tree["status"], basis.policy, basis.day, tree)
    return Kept(tree, derived, keys(tree[APPLICANT]) if before is None else storing.new_keys(before, tree))


def _inverse(session: Session, entry: Entry, key: bytes, tree: Tree | None) -> tuple[Tree | None, list[Change]]:
    """The tree without what an entry did to it, and that as changes; `Refused` where that is no longer there."""
    assert entry.id is not None
    done = unpacked(key, entry.id, entry.case_id, entry.changes)
    if [c.path for c in done] == [""]:  # a case made, or taken away
        if tree != done[0].after:
            raise _changed_since(session, entry, "")
        return done[0].before, [Change("", tree, done[0].before)]
    if tree is None:
        raise refused("no_case", id=entry.case_id)
    for c in done:
        if not same(get(tree, c.path), c.after):
            raise _changed_since(session, entry, c.path)
    wanted = copied(tree)
    for c in _in_order(done):
        try:
            put(wanted, c.path, c.before, c.position)
        except NoPlace:  # the row the field was in
            raise _changed_since(session, entry, c.path, "gone_since") from None
    try:
        wanted = checked(wanted).tree
    except Invalid as invalid:
        raise refused("contradicts", why=invalid.problems[0].reason) from None
    return wanted, differences(tree, wanted, [c.path for c in done])


def _in_order(changes: Sequence[Change]) -> Iterator[Change]:
    """Rows that come back come last and by their place: each then finds those before it already there."""
    rows = [c for c in changes if c.before is not None and c.position is not None]
    yield from (c for c in changes if c not in rows)
    yield from sorted(rows, key=lambda c: c.position or 0)


def _changed_since(session: Session, entry: Entry, path: str, code: str = "changed_since") -> Refused:
    assert entry.case_id is not None
    who, at = last_writer(session, entry.case_id, path) or (entry.by, entry.at)
    return refused(code, who=who, at=local(at), path=path, field_word=word_of(path))
