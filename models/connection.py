"""One way to open the database file: the driver's connection with its settings, each read back.

Only `sqlcipher3` is loaded here, so that a workspace opens and lists are read without the ORM.
"""

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from engine.reason import Reason
from engine.words import say

APPLICATION_ID = int.from_bytes(b"Dabi", "big")  # marks the file as ours, at byte 68 of its header
MAGIC = b"SQLite format 3\x00"
BUSY_MS = 30_000
SETTINGS = {"synchronous": 2, "busy_timeout": BUSY_MS, "foreign_keys": 1}  # 2 is FULL

if TYPE_CHECKING:  # the driver is not annotated; its classes are those of the standard library under other names
    from sqlite3 import Connection as Connection
    from sqlite3 import Error

    DriverError = Error
else:
    Connection, DriverError = dbapi2.Connection, dbapi2.Error


class WorkspaceError(Exception):
    """The workspace cannot be opened or written: `reason` says what, where, and what to do."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(say(reason, "en"))
        self.reason = reason


def fault(code: str, path: Path | str, **values: Any) -> WorkspaceError:
    """An error of the `reason.workspace.*` catalogue about a path."""
    return WorkspaceError(Reason(f"workspace.{code}", {"path": str(path), **values}))


FileIdentity = tuple[int, int]


def files_of(path: Path) -> list[Path]:
    """The file of a workspace and those kept beside it: SQLite's log and index, the writers' lock, the anchor."""
    return [path.with_name(path.name + ending) for ending in ("", "-wal", "-shm", "-lock", "-anchor")]


def identity(path: Path) -> FileIdentity:
    """Which file is at a path: a restore puts another one there. Raises `OSError` where there is none."""
    found = path.stat()
    return found.st_dev, found.st_ino


def connect(path: Path, *, writing: bool = False, seen_by: str | None = None) -> Connection:
    """A connection in autocommit to a file that is there; one that does not write is kept from writing.

    With `seen_by`, one that shows the cases of that consultant alone (`models.access`).

    Readers take the snapshot of each statement: nothing holds a transaction open between two keys.
    """
    # mode=rw: a file taken away meanwhile is an error, not a new empty database
    uri = path.absolute().as_uri() + "?mode=rw"
    connection: Connection = dbapi2.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000
    )
    try:
        settle(connection, path)
        if seen_by is not None:
            from models.access import show_only

            show_only(connection, seen_by)
        if not writing:
            connection.execute("PRAGMA query_only=ON")
    except BaseException:
        connection.close()
        raise
    return connection


def settle(connection: Connection, path: Path) -> None:
    """What every connection is set to, read back: a setting that does not hold would lose acknowledged edits."""
    for name, value in SETTINGS.items():
        connection.execute(f"PRAGMA {name}={value}")
        if pragma(connection, name) != value:
            raise fault("setting", path, setting=name)
    if pragma(connection, "journal_mode") != "wal" and pragma(connection, "journal_mode=WAL") != "wal":
        raise fault("setting", path, setting="journal_mode")


def pragma(connection: Connection, name: str) -> Any:
    """The first value a PRAGMA answers."""
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


_BY_MESSAGE = {  # the driver's `backup` tells no code
    "database disk image is malformed": dbapi2.SQLITE_CORRUPT,
    "file is not a database": dbapi2.SQLITE_NOTADB,
    "database or disk is full": dbapi2.SQLITE_FULL,
    "disk I/O error": dbapi2.SQLITE_IOERR,
}


def code_of(error: BaseException) -> int:
    """SQLite's result code of a driver's error, without what extends it; 0 where there is none."""
    given: int = getattr(error, "sqlite_errorcode", None) or _BY_MESSAGE.get(str(error), 0)
    return given & 0xFF


def explain(error: DriverError, path: Path) -> WorkspaceError:
    """A driver's error as a plain sentence."""
    code = code_of(error)
    known = {
        dbapi2.SQLITE_FULL: "disk_full",
        dbapi2.SQLITE_READONLY: "read_only",
        dbapi2.SQLITE_PERM: "read_only",
        dbapi2.SQLITE_BUSY: "busy",
        dbapi2.SQLITE_LOCKED: "busy",
        dbapi2.SQLITE_CORRUPT: "corrupt",
        dbapi2.SQLITE_NOTADB: "not_database",
    }
    return fault(known[code], path) if code in known else fault("failed", path, problem=str(error))


def explain_os(error: OSError, path: Path) -> WorkspaceError:
    """An operating system's error about a path as a plain sentence."""
    known = {
        errno.EACCES: "unreadable",
        errno.EPERM: "unreadable",
        errno.EROFS: "read_only",
        errno.ENOSPC: "disk_full",
        errno.EDQUOT: "disk_full",
        errno.ENAMETOOLONG: "too_long",
        errno.ENOTDIR: "not_directory",
    }
    code = error.errno or 0
    return fault(known[code], path) if code in known else fault("failed", path, problem=os.strerror(code))


def safe_with_wal(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the WAL-reset fault (corruption when several processes write and checkpoint).

    It is in 3.7.0 to 3.51.2 and mended in 3.51.3, 3.50.7 and 3.44.6 (sqlite.org/wal.html, "WAL-reset bug").
    """
    mended = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return mended or version < (3, 7)
