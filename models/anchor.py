"""The anchor: the head of the journal's chain, kept in a small file beside the workspace.

A chain does not tell when its tail is cut off; the anchor does. It is written after each command, under the writers'
lock. One that is behind is right (the program was cut off between the commit and the anchor); one that the journal
cannot have led to stays as it is, for `doctor` to tell about.
"""

import os
import re
from pathlib import Path

from models.bounded import first_bytes
from models.chain import NOTHING, Head

_LINE = re.compile(r"(\d{20}) ([0-9a-f]{64})\n")


class Damaged(ValueError):
    """The anchor is there and cannot be read as one."""


def place(path: Path) -> Path:
    """Where the anchor of a workspace is."""
    return path.with_name(path.name + "-anchor")


def read(path: Path) -> Head | None:
    """The head that was kept for a workspace; None where none was. `Damaged` where it is not an anchor."""
    try:
        text = first_bytes(place(path)).decode("ascii")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise Damaged(str(place(path))) from None
    if not text:
        return None  # made, and then the power went
    found = _LINE.fullmatch(text)
    if not found:
        raise Damaged(str(place(path)))
    return Head(int(found[1]), found[2])


def write(path: Path, head: Head) -> None:
    """Keeps a head for a workspace: in one write of always the same length, which a crash leaves old or new."""
    anchor = os.open(place(path), os.O_RDWR | os.O_CREAT, path.stat().st_mode & 0o666)
    try:
        line = f"{head.last:020d} {head.hash}\n".encode()
        os.pwrite(anchor, line, 0)
        os.ftruncate(anchor, len(line))
    finally:
        os.close(anchor)


def leads_on(kept: Head | None, before: Head, found: Head | None) -> bool:
    """Whether a journal with the head `before` has grown out of the head that was kept.

    `found` is what the journal now has under the number of the kept head, None where it has nothing there.
    """
    return kept is None or kept in (before, NOTHING, found)
