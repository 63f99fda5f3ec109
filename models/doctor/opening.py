"""The file opened so that nothing of it changes: no lock file, no log, no index beside it is made or written.

SQLite's own read-only mode is not enough: for a file with a log it makes the index (`-shm`) that is missing, and the
log too. Which way is open depends on what lies beside the file (sqlite.org/wal.html#readonly, sqlite.org/uri.html).
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

from models.connection import BUSY_MS, Connection
from models.connection import opened as unlocked
from models.doctor.log import state_of

CHUNK = 500
BROKEN = (dbapi2.Error, UnicodeError)
"""What reading a broken file raises: the driver's own messages may quote what is no text any more."""
STUMBLED = (*BROKEN, TypeError, ValueError, LookupError, OverflowError)
"""The same of a whole check: it may meet a value of a kind that nobody ever kept there."""


class Way(NamedTuple):
    """How the file is opened. Without SQLite's locks, whoever reads has to see whether somebody wrote meanwhile."""

    parameters: str
    locks: bool
    pragma: str | None = None


_LIVE = Way("mode=ro&readonly_shm=1", locks=True)
_ALONE = Way("mode=ro&immutable=1", locks=False)
# the log is read into memory: for one that was copied, or left behind, without its index
_LOG_ALONE = Way("mode=ro&vfs=unix-none", locks=False, pragma="locking_mode=EXCLUSIVE")

State = tuple[tuple[int, int, int] | None, ...]


def way_to(path: Path) -> Way:
    """The way to open a file as it lies there now."""
    try:
        log = state_of(path)
    except (OSError, ValueError):  # it may not be read, and SQLite will say so
        return _LIVE
    if log in {"absent", "broken"}:
        return _ALONE
    if path.with_name(path.name + "-shm").exists():
        return _LIVE
    # without anything committed in it, SQLite would remove the log
    return _LOG_ALONE if log == "committed" else _ALONE


def state(path: Path) -> State:
    """What shows that somebody has written: which file, how long, when, of the file and of its log."""
    return tuple(_stat(path.with_name(path.name + ending)) for ending in ("", "-wal"))


def _stat(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


@contextmanager
def opened(path: Path, way: Way) -> Iterator[Connection]:
    """A connection that only reads; `WorkspaceError` where it cannot be unlocked.

    What is no text any more is read all the same, as no text that was ever kept.
    """
    with closing(unlocked(path, way.parameters, timeout=BUSY_MS / 1000, setting=way.pragma)) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        connection.execute("PRAGMA query_only=ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield connection


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """All that is read in the block is of one moment."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def walk(connection: Connection, sql: str) -> Iterator[tuple[Any, ...]]:
    """Rows of a query whose first column is the number they ascend by: `:last` and `:chunk` stand in it.

    A few hundred are of one moment, with whatever else is read beside them: nobody's log grows meanwhile.
    """
    last = -(2**63)
    while True:
        with snapshot(connection):
            rows = connection.execute(sql, {"last": last, "chunk": CHUNK}).fetchall()
            yield from rows
        if not rows:
            return
        if rows[-1][0] <= last:  # a broken tree leads round in a circle
            raise dbapi2.DatabaseError("rows out of order")
        last = rows[-1][0]
