"""SQLite's log beside the file, by its bytes: does it say anything that SQLite would take for committed?

Where it does not, it is left out when the file is opened: with nothing to hold on to, SQLite would remove it, and it
may be all that is left of somebody's work. Format: sqlite.org/fileformat.html, 4.
"""

import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

State = Literal["absent", "empty", "broken", "stale", "committed"]
"""`broken`: its header is none. `stale`: nothing in it that was committed since the file took over the rest."""

_HEADER, _FRAME = 32, 24  # bytes
_MAGIC = 0x377F0682  # and one more where its sums are of big-endian numbers
_VERSION = 3007000


class _Sum(NamedTuple):
    """The running checksum over pairs of 32-bit numbers."""

    first: int = 0
    second: int = 0

    def of(self, data: bytes, order: str) -> "_Sum":
        first, second = self
        numbers = struct.unpack(f"{order}{len(data) // 4}I", data)
        for one, other in zip(numbers[::2], numbers[1::2], strict=True):
            first = (first + one + second) & 0xFFFFFFFF
            second = (second + other + first) & 0xFFFFFFFF
        return _Sum(first, second)


def size_of(path: Path) -> int | None:
    """How many bytes the log of a workspace has; None where there is none."""
    with suppress(OSError, ValueError):
        return _place(path).stat().st_size
    return None


def state_of(path: Path) -> State:
    """What the log of a workspace says. `OSError` where it may not be read."""
    try:
        with _place(path).open("rb") as log:
            return _state(log)
    except FileNotFoundError:
        return "absent"


def _place(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _state(log: BinaryIO) -> State:
    header = log.read(_HEADER)
    if not header:
        return "empty"
    if len(header) < _HEADER:
        return "broken"
    magic, version, page_size, _, salts, sums = struct.unpack(">4I8s8s", header)
    order = ">" if magic & 1 else "<"
    total = _Sum().of(header[:24], order)
    if magic & ~1 != _MAGIC or version != _VERSION or total != struct.unpack(">2I", sums):
        return "broken"
    return "committed" if any(_commits(log, page_size, salts, total, order)) else "stale"


def _commits(log: BinaryIO, page_size: int, salts: bytes, total: _Sum, order: str) -> Iterator[bool]:
    """Of each frame in turn, as long as they hold, whether it ends a transaction."""
    while len(frame := log.read(_FRAME + page_size)) == _FRAME + page_size:
        total = total.of(frame[:8], order).of(frame[_FRAME:], order)
        if frame[8:16] != salts or total != struct.unpack(">2I", frame[16:24]):
            return
        yield frame[4:8] != bytes(4)
