"""Backups: copies of the workspace, made while it is in use, checked before they are given their name.

A copy reads one snapshot and takes no lock: nobody waits for it. Besides those that people make there are automatic
ones, one a day and one before each migration, of which a number of days are kept.
"""

import errno
import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, timedelta
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

from engine.reason import Reason
from models import atomic, erasure_list, replaced, verifying
from models.chain import Head
from models.connection import DriverError, WorkspaceError, code_of, connect, explain, files_of
from models.examining import Examined, Stop, Unfit, end_if_stopped, examine, look_at, never, watch
from models.settings import Backups as Settings
from models.today import in_a_name
from models.workspace import SCHEMA, Workspace


class Backup(NamedTuple):
    """A backup that was made and checked. `head` is the end of its journal, None where its schema has no chain yet.

    `flaws` are what the workspace has too: reasons of `reason.backup`.
    """

    path: Path
    head: Head | None
    cases: int
    bytes: int
    flaws: tuple[Reason, ...]


class Automatic(NamedTuple):
    """An automatic backup that is there: the day in its name, when it was made, and whether it is the day's own.

    The others are those before a migration.
    """

    day: str
    at: float
    daily: bool
    path: Path


def make(path: Path, file: Path, *, replace: bool = False, stopped: Stop = never) -> Backup:
    """A copy of the workspace at `path` as the new file `file`, or in place of another backup with `replace`.

    `WorkspaceError` where it cannot be made, with nothing left of it; `Stopped` where it is wanted no more.
    """
    with _told(path, file):
        _may_be(path, file, replace)
        with atomic.temporary(file.parent) as copy:
            _copy(path, copy, stopped)
            found = examine(copy, stopped)
            _hold(path, found)
            atomic.put(copy, file, replace=replace)
        return Backup(file, found.head, found.cases, file.stat().st_size, found.flaws)


def in_directory(path: Path, directory: Path) -> Path:
    """The name of a backup somebody makes in a directory: by workspace, day and time in Shanghai."""
    return directory / f"{path.stem}-{in_a_name()}{path.suffix}"


# --- automatic ones


def place(path: Path, settings: Settings) -> Path:
    """Where the automatic backups of a workspace are. In one directory for several, each has its own."""
    if settings.directory is None:
        return path.parent / "backups"
    mark = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:8]
    return settings.directory / f"{path.stem}-{mark}"


def ready(path: Path, settings: Settings) -> Path:
    """The same, made where it is not there yet, for its owner alone.

    What it is in has to be there: a disk that is not connected is not written past. `WorkspaceError` as `make`.
    """
    directory = place(path, settings)
    with _told(path, directory):
        if directory.exists() and not directory.is_dir():
            raise Unfit("not_directory", directory=str(directory))
        directory.mkdir(mode=0o700, exist_ok=True)
    return directory


def automatic(path: Path, settings: Settings) -> list[Automatic]:
    """The automatic backups of a workspace, the oldest first; `OSError` where one may not look."""
    name = re.compile(
        rf"{re.escape(path.stem)}-(?P<day>\d{{4}}-\d\d-\d\d)(?P<before>-before-\w+(-\d{{6}}(-\d+)?)?)?{re.escape(path.suffix)}",
        re.ASCII,
    )
    directory = place(path, settings)
    try:
        found = [(name.fullmatch(file.name), file) for file in directory.iterdir()]
    except FileNotFoundError:
        return []
    return sorted(
        Automatic(match["day"], file.stat().st_mtime, not match["before"], file)
        for match, file in found
        if match and _is_day(match["day"]) and file.is_file()  # what else somebody has put there under such a name
    )


def _is_day(text: str) -> bool:
    with suppress(ValueError):
        return bool(date.fromisoformat(text))
    return False


def newest(path: Path, settings: Settings) -> Path | None:
    """The newest automatic backup of a workspace; None where there is none, or one may not look."""
    with suppress(OSError):
        return next((backup.path for backup in reversed(automatic(path, settings))), None)
    return None


def daily(workspace: Workspace, today: date, settings: Settings, *, stopped: Stop = never) -> Backup | None:
    """The backup of the day; None where it is made already or just being made elsewhere, or none is wanted.

    Then those that are older than the settings say are removed. `WorkspaceError` and `Stopped` as `make`.
    """
    path = workspace.path
    if workspace.kind == "demo" or not settings.daily:
        return None
    file = place(path, settings) / f"{path.stem}-{today}{path.suffix}"
    with _told(path, file):
        if file.exists():
            return None
        ready(path, settings)
        with _alone(file.parent) as alone:
            if not alone or file.exists():
                return None
            made = make(path, file, stopped=stopped)
            if not made.flaws:  # of a journal that is not whole, the earlier ones may be wanted for long
                _remove_old(path, settings, Automatic(today.isoformat(), 0, daily=True, path=made.path))
    return made


def before_migration(path: Path, settings: Settings) -> Backup:
    """A backup of a workspace whose schema is about to be changed to today's. `WorkspaceError` as `make`."""
    now = in_a_name()
    first = ready(path, settings) / f"{path.stem}-{now[:10]}-before-{SCHEMA}{path.suffix}"
    # earlier tries may have been cut off after their backup, some of them within this second
    more = chain(("", f"-{now[11:]}"), (f"-{now[11:]}-{n}" for n in count(2)))
    files = (first.with_stem(f"{first.stem}{one}") for one in more)
    return make(path, next(file for file in files if not file.exists()))


def _remove_old(path: Path, settings: Settings, made: Automatic) -> None:
    """Removes what is older than the last so many days of which there is a backup, whatever the clock says now: the
    backups, and what restores have replaced."""
    found = automatic(path, settings)
    days = sorted({backup.day for backup in found if backup.daily})
    kept = days[-settings.keep_days :]
    for backup in found:
        if len(kept) == settings.keep_days and backup.day < kept[0] and backup.path != made.path:
            with suppress(OSError):  # it stays until somebody may remove it
                backup.path.unlink()
    if len(kept) == settings.keep_days:
        replaced.remove_before(path, date.fromisoformat(kept[0]))
    if erasure_list.read([erasure_list.beside(path)]):  # else nobody waits for them to go, and clocks may be wrong
        expire(path, settings, date.fromisoformat(made.day) - timedelta(days=settings.longest_days))


def expire(path: Path, settings: Settings, day: date) -> list[Path]:
    """Removes the automatic backups of the days before this one, and what restores replaced before it; never the
    newest of the backups. Those that are gone. `OSError` where one may not look."""
    removed = replaced.remove_before(path, day)
    for backup in automatic(path, settings)[:-1]:
        if backup.day < day.isoformat():
            with suppress(OSError):  # it stays until somebody may remove it
                backup.path.unlink()
                removed.append(backup.path)
    return removed


@contextmanager
def _alone(directory: Path) -> Iterator[bool]:
    """Whether nobody else is at work on this directory's automatic backups; nobody comes in until the end."""
    lock = os.open(directory, os.O_RDONLY)
    try:
        alone = True
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            alone = False
        except OSError:  # a file system without locks: then two may do the work, and one of the two is kept
            pass
        yield alone
    finally:
        os.close(lock)


# --- the copy


def _may_be(path: Path, file: Path, replace: bool) -> None:
    if file.resolve() in {other.resolve() for other in (*files_of(path), path.with_name(path.name + "-journal"))}:
        raise Unfit("itself")
    if os.path.lexists(file):
        if not replace:
            raise Unfit("there")
        look_at(file)  # something else is not replaced, be it by a slip


def _copy(path: Path, copy: Path, stopped: Stop) -> None:
    # not one of the connections that are kept from writing: SQLite counts the copy as written to
    with closing(connect(path, writing=True)) as connection:  # under a key, the copy is under it too
        watch(connection, stopped)
        connection.execute("VACUUM INTO ?", (str(copy),))


def _hold(path: Path, found: Examined) -> None:
    """The copy's journal is the beginning of the workspace's."""
    if found.head is not None:
        with closing(connect(path)) as connection:
            if verifying.at(connection, found.head.last) != found.head:
                raise Unfit("moved")


@contextmanager
def _told(path: Path, file: Path) -> Iterator[None]:
    """What stands in the way, as one sentence that names the backup."""
    try:
        yield
    except Unfit as unfit:
        raise _not_made(file, unfit.reason) from None
    except OSError as error:
        raise _not_made(file, _reason_of_os(error, file)) from None
    except dbapi2.Error as error:
        end_if_stopped(error)
        raise _not_made(file, _reason_of_driver(error, path, file)) from None


def _not_made(file: Path, why: Reason) -> WorkspaceError:
    return WorkspaceError(Reason("backup.not_made", {"path": str(file), "why": why}))


def _reason(code: str, **values: Any) -> Reason:
    return Reason(f"backup.{code}", values)


def _reason_of_os(error: OSError, file: Path) -> Reason:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _reason("disk_full")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return _reason("unwritable", directory=str(file.parent))
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        missing = next((d for d in reversed(file.parents) if not d.is_dir()), file.parent)
        return _reason("no_directory", directory=str(missing))
    if error.errno == errno.EEXIST:
        return _reason("there")
    return _reason("failed", problem=os.strerror(error.errno or 0))


def _reason_of_driver(error: DriverError, path: Path, file: Path) -> Reason:
    code = code_of(error)
    if code == dbapi2.SQLITE_FULL:
        return _reason("disk_full")
    if code in {dbapi2.SQLITE_IOERR, dbapi2.SQLITE_BUSY}:  # busy: a file system without locks; reading never is
        return _reason("failed", problem=str(error))
    return explain(error, path).reason
