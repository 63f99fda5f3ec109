"""The file by its first bytes: is it there, ours, as long as it says? SQLite would touch, or refuse, what is not."""

import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sqlcipher3 import dbapi2

from models import anchor, keys
from models import connection as reasons
from models.connection import APPLICATION_ID, MAGIC, WorkspaceError, explain_os
from models.doctor.findings import Finding, fault, problem_of, warning
from models.doctor.log import size_of, state_of
from models.workspace import is_encrypted

CHECK = "file"
_LENGTH = 100  # of SQLite's header, in bytes
_ENCRYPTED_PAGE = 4096  # bytes
_OF_KEY = frozenset({"key_lost", "key_wrong", "key_damaged", "key_unreadable"})


class Header(NamedTuple):
    """What the first bytes say: sizes in bytes, `pages` None where an older SQLite did not keep it.

    Of an encrypted file they say nothing: its pages are of SQLCipher's size, and each holds a sum over itself.
    """

    page_size: int
    pages: int | None
    versions: tuple[int, int] | None  # for writing and for reading: see `models.doctor.settings`

    @classmethod
    def of(cls, data: bytes) -> "Header":
        """The header in the first hundred bytes (sqlite.org/fileformat.html, 1.3)."""
        size = int.from_bytes(data[16:18], "big")
        is_counted = data[24:28] == data[92:96]
        pages = int.from_bytes(data[28:32], "big") if is_counted else 0
        return cls(65536 if size == 1 else size, pages or None, (data[18], data[19]))


def read(path: Path) -> tuple[Header | None, list[Finding]]:
    """The header of the workspace at a path, and what is wrong with its files; no header where SQLite cannot open it.

    `WorkspaceError` where there is no file, nor ever was one: then nothing can be looked at.
    """
    try:
        data = _first_bytes(path)
    except FileNotFoundError:
        return None, [_lost(path)]
    except PermissionError:
        return None, [fault(CHECK, "unreadable", "rights", path=str(path))]
    except OSError as error:
        raise explain_os(error, path) from None
    except ValueError:  # a NUL in the path
        raise reasons.fault("failed", repr(str(path)), problem="NUL") from None
    wrong = next(_wrong(path, data), None)
    if wrong is not None:
        return None, [wrong]
    header = Header.of(data) if data.startswith(MAGIC) else Header(_ENCRYPTED_PAGE, None, None)
    return header, list(_log(path))


def unopenable(path: Path, error: Exception) -> Finding:
    """SQLite itself cannot make anything of the file."""
    if isinstance(error, WorkspaceError):
        return _of_key(path, error)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {dbapi2.SQLITE_CANTOPEN, dbapi2.SQLITE_PERM, dbapi2.SQLITE_READONLY}:
        return fault(CHECK, "unopenable", "rights", path=str(path), problem=problem_of(error))
    if code in {dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED}:
        return fault(CHECK, "busy", "again", path=str(path))
    return fault(CHECK, "corrupt", "restore", path=str(path), problem=problem_of(error))


def _log(path: Path) -> Iterator[Finding]:
    with suppress(OSError):
        if state_of(path) == "broken":
            yield warning(CHECK, "log_broken", "keep_log", path=f"{path}-wal", size=size_of(path))


def _first_bytes(path: Path) -> bytes:
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise reasons.fault("directory", path)
    if not stat.S_ISREG(found.st_mode):  # a pipe would be waited for without end
        raise reasons.fault("not_database", path)
    with path.open("rb") as file:
        return file.read(_LENGTH)


def _lost(path: Path) -> Finding:
    kept = None
    with suppress(anchor.Damaged, OSError):
        kept = anchor.read(path)
    if kept is None or not kept.last:
        raise reasons.fault("absent", path)
    return fault(CHECK, "lost", "put_back", path=str(path), last=kept.last)


def _wrong(path: Path, data: bytes) -> Iterator[Finding]:
    size = path.stat().st_size
    if not data:
        yield fault(CHECK, "empty", "put_back", path=str(path))
    elif data.startswith(keys.MARK):
        yield from _locked(path, data, size)
    elif not data.startswith(MAGIC[: len(data)]):
        yield fault(CHECK, "not_database", "path_or_restore", path=str(path))
    elif len(data) < _LENGTH:
        yield fault(CHECK, "truncated", "restore", path=str(path), size=size, needed=_LENGTH)
    elif int.from_bytes(data[68:72], "big") != APPLICATION_ID:
        yield fault(CHECK, "foreign", "path_or_restore", path=str(path))
    else:
        header = Header.of(data)
        needed = header.page_size * (header.pages or 1)
        # what is in the log may be missing in the file: then SQLite itself looks whether all is there
        if size < needed and not size_of(path):
            yield fault(CHECK, "truncated", "restore", path=str(path), size=size, needed=needed)


def _locked(path: Path, data: bytes, size: int) -> Iterator[Finding]:
    """What is wrong with an encrypted file as far as it can be told without opening it."""
    try:
        is_encrypted(data, path)
    except WorkspaceError as error:
        yield _of_key(path, error)
        return
    needed = max(-(-size // _ENCRYPTED_PAGE), 1) * _ENCRYPTED_PAGE
    if size < needed and not size_of(path):
        yield fault(CHECK, "truncated", "restore", path=str(path), size=size, needed=needed)


def _of_key(path: Path, error: WorkspaceError) -> Finding:
    """A file that is there, and its key is not; or its first bytes are damaged."""
    code = error.reason.code.removeprefix("workspace.")
    if code not in _OF_KEY:
        return fault(CHECK, "corrupt", "restore", path=str(path), problem=code)
    return fault(CHECK, code, "key", **error.reason.values)
