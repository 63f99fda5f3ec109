"""The writers' lock of a workspace: waited for in turn, so that many writers do not starve one another, and not for
ever, so that one who was stopped with the lock in hand does not stop the others.

flock is fair, but cannot be left once it waits. So it waits in a thread; whoever has waited long enough leaves the
thread at the lock. It serves the next one here who waits, or lets the lock go when it comes.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models.bounded import first_bytes
from models.connection import BUSY_MS, explain_os, fault

PATIENCE = BUSY_MS / 1000  # seconds


@contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Holds the writers' lock of a database. `WorkspaceError` (busy) where others keep it for longer than the
    patience, in seconds."""
    try:
        lock = _taken(path, patience)
    except TimeoutError:
        raise fault("busy", path) from None
    except OSError as error:
        raise explain_os(error, path) from None
    try:
        with suppress(OSError):  # a full disk
            os.pwrite(lock, f"{os.getpid():<12}\n".encode(), 0)
        yield
    finally:
        os.close(lock)


def holder(path: Path) -> int | None:
    """The process that took the writers' lock last; while somebody waits for it, the one that is waited for."""
    try:
        return int(first_bytes(_place(path), 20).decode("ascii"))
    except (OSError, ValueError):
        return None


def _place(path: Path) -> Path:
    return path.with_name(path.name + "-lock")


def _taken(path: Path, patience: float) -> int:
    place = _place(path)
    until = time.monotonic() + patience
    while True:
        lock = _waited_for(place, os.open(place, os.O_RDWR | os.O_CREAT, _mode(path)), until - time.monotonic())
        # the file may have been taken away while we waited: a lock on it would keep nobody out
        if os.path.exists(place) and os.path.samestat(os.fstat(lock), os.stat(place)):
            return lock
        os.close(lock)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o666
    except FileNotFoundError:
        return 0o600


class _Turn(threading.Thread):
    """A place in the queue at a lock."""

    def __init__(self, place: Path, lock: int) -> None:
        super().__init__(name="lock", daemon=True)
        self.place = place
        self.lock = lock
        self.came = threading.Event()
        self.error: OSError | None = None

    def run(self) -> None:
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX)
        except OSError as error:
            self.error = error
        with _guard:
            self.came.set()
            if self in _left:
                _left.remove(self)
                os.close(self.lock)


_guard = threading.Lock()
_left: list[_Turn] = []  # turns that nobody waits for any more


def _waited_for(place: Path, lock: int, patience: float) -> int:
    """A descriptor of the lock's file that holds the lock: the given one, or that of a turn somebody left."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return lock
    except BlockingIOError:
        pass
    except BaseException:
        os.close(lock)
        raise
    with _guard:
        turn = next((turn for turn in _left if turn.place == place), None)
        if turn is None:
            turn = _Turn(place, lock)
            turn.start()
        else:
            _left.remove(turn)
            os.close(lock)
    turn.came.wait(max(patience, 0))
    with _guard:
        if not turn.came.is_set():
            _left.append(turn)
            raise TimeoutError
    if turn.error is not None:
        os.close(turn.lock)
        raise turn.error
    return turn.lock
