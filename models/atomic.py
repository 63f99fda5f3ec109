"""A file that is there whole or not at all: made under a temporary name in its directory, and put in place by a rename.

Whatever ends the program in between leaves a temporary file that nobody works on, which the next one here removes.
"""

import errno
import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_BEGINNING, _ENDING = ".dabiao-", ".part"
_BESIDE = ("", "-journal", "-wal", "-shm", "-lock", "-anchor")  # what SQLite and a workspace may make of one


@contextmanager
def temporary(directory: Path) -> Iterator[Path]:
    """An empty file in a directory, for its owner alone; gone at the end, unless it was put in place."""
    clear(directory)
    path, mine = _make(directory)
    try:
        yield path
    finally:
        with suppress(OSError):  # what cannot be removed now is left to the next one
            if _is_at(mine, path):
                _remove(path)
        os.close(mine)


def put(path: Path, place: Path, *, replace: bool = False) -> None:
    """Puts a finished file in its place, on disk when this returns; `FileExistsError` where something is there."""
    _sync(path)
    if replace:
        path.replace(place)
    else:
        _without_replacing(path, place)
    sync_directory(place.parent)


def sync_directory(directory: Path) -> None:
    """Names that were given or taken in a directory outlive a power cut."""
    try:
        _sync(directory)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a file system that does not know it for directories
            raise


def _without_replacing(path: Path, place: Path) -> None:
    try:
        place.hardlink_to(path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: a look has to do
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from None
        path.rename(place)
    else:
        path.unlink()


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _make(directory: Path) -> tuple[Path, int]:
    """A new temporary file, and the lock by which others see that somebody is at work on it."""
    while True:
        path = directory / f"{_BEGINNING}{secrets.token_hex(4)}{_ENDING}"
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
        with suppress(OSError):  # a file system without locks: then nobody clears up either
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _is_at(file, path):
            return path, file
        os.close(file)  # somebody took it for one that was left behind


def clear(directory: Path) -> None:
    """Removes what somebody who was cut off has left."""
    for path in directory.glob(f"{_BEGINNING}*{_ENDING}"):
        with suppress(OSError):  # somebody is at work on it, or it is not ours to remove
            file = os.open(path, os.O_RDWR)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(path)
            finally:
                os.close(file)


def _is_at(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


def _remove(path: Path) -> None:
    for ending in reversed(_BESIDE):  # the file itself last: as long as it is there, somebody clears up
        path.with_name(path.name + ending).unlink(missing_ok=True)
