"""One way to open the database file: the driver's connection with its key and its settings, each read back.

Only `sqlcipher3` is loaded here, so that a workspace opens and lists are read without the ORM. Whoever opens a file in
another way than `connect` (to look at it without a trace, to fill a new one) has it unlocked by `opened` or `begun`.
"""

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from engine.reason import Reason
from engine.words import say
from models import keyring, keys
from models.keys import Key

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

    Readers take the snapshot of each statement: nothing holds a transaction open between two keys. `WorkspaceError`
    where the file's key is not here.
    """
    # mode=rw: a file taken away meanwhile is an error, not a new empty database
    connection = opened(path, "mode=rw", timeout=BUSY_MS / 1000)
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


def opened(path: Path, parameters: str, *, timeout: float = 5.0, setting: str | None = None) -> Connection:
    """A connection in autocommit by SQLite's URI parameters, given the key where the file is encrypted. `setting` is
    what has to be set before anything is read."""
    connection = _opened(path, parameters, timeout)
    try:
        if setting is not None:
            connection.execute(f"PRAGMA {setting}")
        _unlock(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def begun(path: Path, key: Key | None) -> Connection:
    """A connection to an empty file, to be filled: under a key, or plain."""
    connection = _opened(path, "mode=rw")
    if key is not None:
        _give(connection, key)
    return connection


def key_of(connection: Connection, path: Path) -> Key | None:
    """The key a connection is under; None where the file is not encrypted."""
    name = name_of_key(connection)
    return None if name is None else _found(name, path)


def name_of_key(connection: Connection) -> str | None:
    """The name of the key a connection is under; None where the file is not encrypted."""
    salt = connection.execute("PRAGMA cipher_salt").fetchone()
    return None if salt is None else keys.name_in(bytes.fromhex(salt[0]))


def broken_pages(connection: Connection) -> list[str]:
    """The pages of an encrypted file that do not fit the sum they hold, also those that nothing is kept in now.

    SQLite's `backup` does not look: it would copy such a page as an empty one.
    """
    if name_of_key(connection) is None:
        return []
    return [str(line) for (line,) in connection.execute("PRAGMA cipher_integrity_check")]


def _opened(path: Path, parameters: str, timeout: float = 5.0) -> Connection:
    uri = f"{path.absolute().as_uri()}?{parameters}"
    connection: Connection = dbapi2.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=timeout
    )
    # before there is a key: SQLCipher would write into the screen what it thinks of it
    connection.execute("PRAGMA cipher_log_level=NONE")
    return connection


def _unlock(connection: Connection, path: Path) -> None:
    """Gives the key where it is needed. Nothing but SQLite may open the file: as soon as somebody else in this process
    closes it, the system takes all locks that SQLite has on it."""
    try:
        pragma(connection, "schema_version")
        return  # plain
    except dbapi2.DatabaseError as error:
        if code_of(error) != dbapi2.SQLITE_NOTADB:
            raise
        connection.execute(f"PRAGMA key=\"x'{'00' * keys.SECRET}'\"")  # any will do to ask for the salt
        try:
            name = name_of_key(connection)
        except keys.DamagedSalt:
            raise fault("corrupt", path) from None
        if name is None:
            raise
    key = _found(name, path)
    _give(connection, key)
    try:
        pragma(connection, "schema_version")
    except dbapi2.DatabaseError as error:
        if code_of(error) != dbapi2.SQLITE_NOTADB:
            raise
        if not key.fits:
            raise fault("key_wrong", path, file=str(keyring.place(name))) from None
        raise fault("corrupt", path) from None


def _found(name: str, path: Path) -> Key:
    try:
        return keyring.find(name)
    except keyring.NoKey as error:
        raise fault(error.code, path, **error.values) from None


def _give(connection: Connection, key: Key) -> None:
    connection.execute(f'PRAGMA key="{key.raw}"')


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
        dbapi2.SQLITE_NOTADB: "corrupt",  # what is no database at all has been told by its first bytes
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
