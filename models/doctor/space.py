"""Room on the disk: for the next edits, and for a backup."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.doctor.findings import Finding, fault, ok, warning
from models.doctor.log import size_of
from models.doctor.subject import Surroundings

CHECK = "space"
LOG = 64 * 1024 * 1024  # bytes that the log may take while somebody reads for long
_LEAST = 8 * 1024 * 1024  # bytes below which the next edits may already find no room
_MB = 1024 * 1024


def free(directory: Path) -> int:
    """Bytes that are free for whoever asks."""
    found = os.statvfs(directory)
    return found.f_bavail * found.f_frsize


def look(surroundings: Surroundings) -> Iterator[Finding]:
    """What is free, against what the log and one more copy of the file need; the copy may go to another disk."""
    path = surroundings.path
    try:
        size = path.stat().st_size + (size_of(path) or 0)
        there = free(path.parent)
        directory = _nearest(surroundings.backups)
        elsewhere = directory is None or disk(directory) != disk(path.parent)
        for_backups = free(directory) if directory is not None else 0
    except OSError as error:
        place = Path(error.filename) if error.filename else path.parent
        yield fault(CHECK, "unknown", "rights", path=str(place), problem=os.strerror(error.errno or 0))
        return
    needed = LOG if elsewhere else LOG + size
    values = _told(path.parent, there, needed)
    if there < _LEAST:
        yield fault(CHECK, "full", "make_room", None, **values)
    elif there < needed:
        yield warning(CHECK, "little_for_log" if elsewhere else "little", "make_room", None, **values)
    else:
        yield ok(CHECK, **values)
    if directory is None:
        yield warning(CHECK, "no_directory", "connect_disk", None, path=str(surroundings.backups.parent))
    elif elsewhere and for_backups < size:
        yield warning(CHECK, "little_for_backups", "make_room", None, **_told(directory, for_backups, size))


def disk(directory: Path) -> int:
    """Which disk a directory is on."""
    return directory.stat().st_dev


def _nearest(backups: Path) -> Path | None:
    """The directory of the backups, or what it is to be made in; None where that is not there, as a disk that is not
    connected."""
    return next((directory for directory in (backups, backups.parent) if directory.is_dir()), None)


def _told(directory: Path, there: int, needed: int) -> dict[str, Any]:
    return {"free_mb": there // _MB, "needed_mb": -(-needed // _MB), "path": str(directory)}
