"""A file that may be restored, examined without touching it: ours, whole, of a schema we know, its journal a chain.

`Unfit` is what cannot be restored. A flaw is told, and restored all the same if somebody wants it: the journal does
not mend, so a backup that has the flaw too is better than none.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

from engine.reason import Reason
from engine.words import say
from models import verifying
from models.chain import Head
from models.connection import Connection, DriverError, WorkspaceError, code_of, opened
from models.reading import Stopped
from models.workspace import SCHEMA, is_ours, revision_of

Stop = Callable[[], bool]
"""Whether whoever wanted the work wants it no more; asked now and then, in the thread that works."""

_ASKED_EVERY = 5000  # steps of SQLite's machine: a fraction of a millisecond


class Unfit(Exception):
    """The file cannot be restored; `reason` (of `reason.backup`) says why."""

    def __init__(self, code: str, **values: Any) -> None:
        self.reason = Reason(f"backup.{code}", values)
        super().__init__(say(self.reason, "en"))


class Examined(NamedTuple):
    """What a file holds. `head` is None where its schema has no chain yet; `flaws` are reasons of `reason.backup`."""

    revision: str
    head: Head | None
    cases: int
    flaws: tuple[Reason, ...]


def never() -> bool:
    """For whoever waits to the end."""
    return False


def examine(path: Path, stopped: Stop = never) -> Examined:
    """What is in a file that nobody writes to. `Unfit`, `OSError`, and `Stopped` where it is wanted no more."""
    if not look_at(path):
        raise Unfit("empty")
    try:
        with closing(read_only(path)) as connection:
            watch(connection, stopped)
            return _examined(connection, path)
    except dbapi2.Error as error:
        end_if_stopped(error)
        raise Unfit("corrupt") from None


def look_at(path: Path) -> bool:
    """Whether a workspace is in a file, False where nothing is in it; `Unfit` where something else is."""
    path.stat()
    try:
        return is_ours(path)
    except WorkspaceError as error:
        raise _unfit(error) from None


def read_only(path: Path) -> Connection:
    """A connection that leaves no trace. `Unfit` where it cannot be unlocked."""
    try:
        return opened(path, without_trace(path))
    except WorkspaceError as error:
        raise _unfit(error) from None


def without_trace(path: Path) -> str:
    """SQLite's parameters for reading a file: where no log is beside it, it is taken as it is."""
    log = path.with_name(path.name + "-wal")
    alone = not log.exists() or log.stat().st_size == 0
    return f"mode=ro{'&immutable=1' if alone else ''}"


def _unfit(error: WorkspaceError) -> Unfit:
    code = error.reason.code.removeprefix("workspace.")
    return Unfit(code, **{name: value for name, value in error.reason.values.items() if name != "path"})


def watch(connection: Connection, stopped: Stop) -> None:
    """Has what runs on a connection end once it is wanted no more."""
    connection.set_progress_handler(stopped, _ASKED_EVERY)


def end_if_stopped(error: DriverError) -> None:
    """`Stopped` where `watch` made the driver end."""
    if code_of(error) == dbapi2.SQLITE_INTERRUPT:
        raise Stopped from None


def _examined(connection: Connection, path: Path) -> Examined:
    for (problem,) in connection.execute("PRAGMA integrity_check(1)"):
        if problem != "ok":
            raise Unfit("corrupt")
    try:
        revision = revision_of(connection, path)
    except WorkspaceError:
        revision = None
    if revision is None:
        raise Unfit("corrupt")
    if revision != SCHEMA:
        from models.migrating import known

        if revision not in known():
            raise Unfit("newer", revision=revision)
    chained = any(name == "hash" for _, name, *_ in connection.execute("PRAGMA table_info(entry)"))
    (cases,) = connection.execute("SELECT count(*) FROM cases").fetchone()
    head = verifying.head(connection) if chained else None
    return Examined(revision, head, cases, tuple(_flaws(connection, chained)))


def _flaws(connection: Connection, chained: bool) -> Iterator[Reason]:
    orphans = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    if orphans:
        yield Reason("backup.orphans", {"count": orphans})
    for place in verifying.breaks(connection) if chained else ():
        yield Reason(f"backup.{place.what}", {"first": place.first, "last": place.last})
