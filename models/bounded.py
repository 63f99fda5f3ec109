"""The one door through which files and streams are read: so many bytes, so many seconds, and nothing that has no end.

What stands at the name is looked at once it is open, so that nobody changes it in between; opening waits for nobody.
A pipe may be slow; a device, a socket, a directory is no file.
"""

import errno
import os
import select
import stat
import time
from pathlib import Path
from typing import Any, BinaryIO

from engine import bounds
from engine.reason import Reason

_AT_ONCE = 65536


class Unread(Exception):
    """What was asked for cannot be read; `reason` (of `reason.file`) says why."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.reason = Reason(f"file.{code}", values)

    @property
    def is_absent(self) -> bool:
        """Whether there is nothing of that name."""
        return self.reason.code == "file.absent"


def read_file(path: str | Path, most: int = bounds.FILE_BYTES, seconds: float = bounds.SECONDS) -> bytes:
    """All of a file, or of a pipe; `Unread` where it is not there, is none, or is more than `most` bytes."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError as error:
        raise _unread(error) from None
    except ValueError:
        raise Unread("failed", problem="NUL") from None
    try:
        found = os.fstat(file)
        if stat.S_ISDIR(found.st_mode):
            raise Unread("directory")
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISFIFO(found.st_mode)):
            raise Unread("special")
        if stat.S_ISREG(found.st_mode) and found.st_size > most:
            raise _too_large(most)
        return _all_of(file, most, seconds)
    finally:
        os.close(file)


def first_bytes(path: Path, most: int = bounds.SMALL_BYTES) -> bytes:
    """The beginning of what the program itself keeps; `OSError` where it may not be read, or is no file."""
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode) and not stat.S_ISDIR(os.fstat(file).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        return os.read(file, most)
    finally:
        os.close(file)


def read_stream(stream: BinaryIO, most: int = bounds.FILE_BYTES) -> bytes:
    """All that comes out of a stream that is open already, as standard input."""
    try:
        file = stream.fileno()
    except OSError:  # it is none of the system's
        content = stream.read(most + 1)
        if len(content) > most:
            raise _too_large(most) from None
        return content
    return _all_of(file, most, bounds.SECONDS)


def _all_of(file: int, most: int, seconds: float) -> bytes:
    """Whoever types at a terminal has all the time there is."""
    until = None if os.isatty(file) else time.monotonic() + seconds
    watch = select.poll()
    watch.register(file, select.POLLIN)
    came = bytearray()
    try:
        while watch.poll(None if until is None else max(until - time.monotonic(), 0) * 1000):
            piece = os.read(file, min(_AT_ONCE, most + 1 - len(came)))
            if not piece:
                return bytes(came)
            came += piece
            if len(came) > most:
                raise _too_large(most)
    except OSError as error:
        raise _unread(error) from None
    raise Unread("too_slow", seconds=int(seconds))


def _too_large(most: int) -> Unread:
    return Unread("too_large", most=f"{most / 1_000_000:g}")


def _unread(error: OSError) -> Unread:
    match error.errno:
        case errno.ENOENT:
            return Unread("absent")
        case errno.EACCES | errno.EPERM:
            return Unread("unreadable")
        case errno.EISDIR:
            return Unread("directory")
        case errno.ENXIO | errno.ENODEV:  # a socket, a device without a driver
            return Unread("special")
        case errno.ELOOP:
            return Unread("loop")
        case _:
            return Unread("failed", problem=os.strerror(error.errno or 0))
