"""Restoring: a backup takes the place of the workspace, and what it replaces is kept beside it.

The backup is copied, examined and brought up to today's schema first, out of everybody's sight. Then, under the
writers' lock, it goes over what is there in one transaction of SQLite's: sessions that run read on and find it like any
other change, and whatever ends the program leaves the old or the new, whole. Only where SQLite can no longer write to
what is there do the files change their names.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection as Transaction
from sqlcipher3 import dbapi2
from sqlmodel import Session

from engine.reason import Reason
from models import anchor, atomic, backups, erasure_list, migrating, replaced, settings
from models.author import Author
from models.chain import NOTHING, Head
from models.connection import (
    Connection,
    WorkspaceError,
    begun,
    broken_pages,
    code_of,
    connect,
    explain,
    explain_os,
    fault,
    files_of,
    key_of,
)
from models.erasing import erase, wipe
from models.examining import Examined, Unfit, examine, look_at, read_only
from models.fetching import are_alike, fetch
from models.forgetting import FINISHER, write_down
from models.journal import Line, record
from models.sealing import FORGET
from models.standing import Standing, common, is_nothing, standing
from models.today import moment
from models.transaction import HEAD, engine, explained, locked
from models.workspace import SCHEMA, Target, look_at_directory, open_workspace

RESTORE = "restore"
_DAMAGED = frozenset({"workspace.corrupt", "workspace.failed", "workspace.setting"})
_UNRECOGNIZABLE = frozenset({"workspace.not_database", "workspace.foreign"})
_LOCKED = frozenset({"workspace.key_lost", "workspace.key_wrong", "workspace.key_damaged", "workspace.key_unreadable"})


class Restored(NamedTuple):
    """What was done: how far the backup's journal went, how many cases it has, and where what it replaced is kept.
    `erased` are cases that had been erased since the backup was made, and are again."""

    path: Path
    source: Path
    kept: Path | None
    head: Head
    cases: int
    erased: tuple[int, ...] = ()


def restore(target: Target, source: Path, *, by: Author, sure: Callable[[Standing], bool]) -> Restored | None:
    """Puts a backup in the place of a workspace; None where that was doubtful and somebody was not `sure`.

    `WorkspaceError` where the backup is unfit or its place cannot be written; then nothing has changed.
    """
    path, author = target.path, by.cleaned()
    try:
        _look_at_place(target)
        with atomic.temporary(path.parent) as new:
            found, head = _fetched(source, path, new)
            erased, cases = _without_the_erased(source, path, new)
            found = found._replace(cases=cases)
            stands = standing(path, new, found)
            while not stands.is_doubtful or sure(stands):
                with locked(path), explained(path):
                    now = standing(path, new, found)
                    if now == stands:
                        kept = _replace(path, new, author, f"{source.name} #{head.last}", erased)
                        return Restored(path, source, kept, head, found.cases, tuple(erased))
                stands = now  # somebody has written meanwhile
            return None
    except Unfit as unfit:  # its key cannot be read any more
        raise _unfit(source, unfit) from None
    except OSError as error:
        raise explain_os(error, path) from None


def _look_at_place(target: Target) -> None:
    """What is there may be damaged or gone; it may not be somebody else's file, or out of our reach."""
    path, is_default = target
    try:
        open_workspace(target, create=False).close()  # an older one is brought up: the two can be compared then
    except WorkspaceError as error:
        code = error.reason.code
        was_ours = code in _DAMAGED | _LOCKED or (code in _UNRECOGNIZABLE and anchor.place(path).exists())
        if code != "workspace.absent" and not was_ours:
            raise
        if is_default:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        look_at_directory(path)


def _fetched(source: Path, path: Path, new: Path) -> tuple[Examined, Head]:
    """The backup copied, examined and brought up to today's schema; what it holds, and the end of its journal."""
    try:
        if source.resolve() in {file.resolve() for file in files_of(path)}:
            raise Unfit("itself")
        if not look_at(source):
            raise Unfit("empty")
    except Unfit as unfit:
        raise _unfit(source, unfit) from None
    except FileNotFoundError:
        raise _unfit(source, Unfit("absent")) from None
    except OSError as error:
        raise explain_os(error, source) from None
    try:
        fetch(source, path, new)
        found = examine(new)
        if found.revision != SCHEMA:
            with explained(path):
                migrating.upgrade(new)
            found = examine(new)
    except dbapi2.Error as error:
        if _is_damage(error):
            raise _unfit(source, Unfit("corrupt")) from None
        raise explain(error, path) from None
    except Unfit as unfit:
        raise _unfit(source, unfit) from None
    return found, found.head or NOTHING


def _without_the_erased(source: Path, path: Path, new: Path) -> tuple[list[int], int]:
    """Takes out of the backup who was erased since it was made: which cases those were, and how many are left."""
    lines = erasure_list.read([*erasure_list.places(path, _backups(path)), *erasure_list.places(source)])
    with closing(connect(new, writing=True)) as connection:
        due = [one.case_id for one in erasure_list.overdue(connection, lines)]
        connection.execute("BEGIN IMMEDIATE")
        for case_id in due:
            erase(connection, case_id)
        connection.execute("COMMIT")
        (left,) = connection.execute("SELECT count(*) FROM cases").fetchone()
    if due:
        wipe(new)
    return due, left


def _backups(path: Path) -> Path:
    return backups.place(path, settings.load().settings.backups)


def _unfit(source: Path, unfit: Unfit) -> WorkspaceError:
    return WorkspaceError(Reason("restore.unfit", {"path": str(source), "why": unfit.reason}))


def _is_damage(error: Exception) -> bool:
    return code_of(error) in {dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB}


# --- in its place


def _replace(path: Path, new: Path, by: Author, note: str, erased: Sequence[int]) -> Path | None:
    """The new file instead of what is there; where that is kept."""
    kept = replaced.name(path)
    live = _writable(path)
    if live is None:
        return _change_names(path, new, kept, _written_down(new, None, by, note, erased))
    with closing(live):
        head = _written_down(new, live, by, note, erased)
        if are_alike(live, new):
            _write_over(live, path, new, kept, head)
            return kept
    return _change_names(path, new, kept, head)


def _writable(path: Path) -> Connection | None:
    """A connection to what is there, where SQLite can still write all of it anew."""
    if is_nothing(path):
        return None
    try:
        live = connect(path, writing=True)
        try:
            live.execute("BEGIN IMMEDIATE")
            live.execute("SELECT count(*) FROM sqlite_master").fetchone()
            live.execute("ROLLBACK")
            if broken_pages(live):
                raise fault("corrupt", path)  # then it is kept to the byte
        except BaseException:
            live.close()
            raise
    except WorkspaceError:
        return None
    except dbapi2.Error as error:
        if _is_damage(error):
            return None
        raise
    return live


def _written_down(new: Path, live: Connection | None, by: Author, note: str, erased: Sequence[int]) -> Head:
    """Who was erased, and the restore, as the first entries after the backup's own; the end of the journal then."""
    database = engine(new)
    try:
        with Session(database) as session, session.begin():
            if live is not None:
                with suppress(dbapi2.Error):  # of what cannot be read nothing is carried over
                    _carry_over(live, session.connection())
            at = moment()
            record(session, write_down(erased), at=at, by=FINISHER, command=FORGET)
            record(session, [Line(None, [])], at=at, by=by, command=RESTORE, note=note)
            head: Head = session.info[HEAD]
    finally:
        database.dispose()  # which leaves all of it in the one file
    return head


def _carry_over(live: Connection, new: Transaction) -> None:
    """What is no part of the cases' history stays as it is: what people typed last, their settings, numbers given,
    who works here: whoever was sent away, and a key that was revoked, do not come back with an old backup."""
    given = live.execute("SELECT seq FROM sqlite_sequence WHERE name = 'cases'").fetchone()
    preferences = live.execute("SELECT by, name, value FROM preference").fetchall()
    drafts = live.execute("SELECT case_id, by, path, text, at FROM draft").fetchall()
    if given is not None:  # the number of a case is never given again
        had = new.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'cases'").scalar() or 0
        new.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = 'cases'")
        new.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES ('cases', ?)", (max(had, *given),))
    for row in preferences:
        new.exec_driver_sql("INSERT OR REPLACE INTO preference (by, name, value) VALUES (?, ?, ?)", row)
    for row in drafts:
        new.exec_driver_sql(
            "INSERT INTO draft (case_id, by, path, text, at) SELECT ?, ?, ?, ?, ?"
            " WHERE EXISTS (SELECT 1 FROM cases WHERE id = ?)"
            " ON CONFLICT DO UPDATE SET text = excluded.text, at = excluded.at WHERE excluded.at > at",
            (*row, row[0]),
        )
    for table in ("person", "login_key"):
        for row in live.execute(f"SELECT * FROM {table}"):
            new.exec_driver_sql(f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def _write_over(live: Connection, path: Path, new: Path, kept: Path, head: Head) -> None:
    """The new content in one transaction of the file that is there, once that is kept.

    In between, the anchor stands at what the two journals have alike: it is right for either.
    """
    with atomic.temporary(path.parent) as copy:
        with closing(begun(copy, key_of(live, path))) as keeping:
            live.backup(keeping)
        atomic.put(copy, kept)
    if anchor.place(path).exists():
        with atomic.temporary(path.parent) as copy:
            shutil.copyfile(anchor.place(path), copy)
            atomic.put(copy, anchor.place(kept))
    with closing(read_only(new)) as backup:
        try:
            anchor.write(path, common(live, backup))
        except dbapi2.Error:  # its journal cannot be read
            anchor.write(path, NOTHING)
        backup.backup(live)
    with suppress(OSError):  # one that is behind is right
        anchor.write(path, head)


def _change_names(path: Path, new: Path, kept: Path, head: Head) -> Path | None:
    """What is there under other names, all of it, and the new file in its place; back again where that fails."""
    there = [(old, name) for old, name in zip(_parts(path), _parts(kept), strict=True) if old.exists()]
    moved: list[tuple[Path, Path]] = []
    try:
        for old, name in there:
            old.rename(name)
            moved.append((old, name))
        if there:
            _belonging_to_whom(new, there[0][1])
        atomic.put(new, path)
    except BaseException:
        for old, name in reversed(moved):
            with suppress(OSError):
                name.rename(old)
        raise
    with suppress(OSError):
        anchor.write(path, head)
    return moved[0][1] if moved else None


def _parts(path: Path) -> list[Path]:
    """The files that belong together; the lock stays."""
    return [file for file in files_of(path) if not file.name.endswith("-lock")]


def _belonging_to_whom(new: Path, old: Path) -> None:
    """The new file is for the same people as the old one."""
    found = old.stat()
    new.chmod(found.st_mode & 0o666)
    with suppress(PermissionError):  # nobody but root gives files away
        os.chown(new, found.st_uid, found.st_gid)
