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
    """What is free, against what the log and one more copy of the file need."""
    path = surroundings.path
    try:
        size = path.stat().st_size + (size_of(path) or 0)
        there = free(path.parent)
    except OSError as error:
        yield fault(CHECK, "unknown", "rights", path=str(path.parent), problem=os.strerror(error.errno or 0))
        return
    needed = size + LOG
    values: dict[str, Any] = {"free_mb": there // _MB, "needed_mb": -(-needed // _MB), "path": str(path.parent)}
    if there < _LEAST:
        yield fault(CHECK, "full", "make_room", None, **values)
    elif there < needed:
        yield warning(CHECK, "little", "make_room", None, **values)
    else:
        yield ok(CHECK, **values)
