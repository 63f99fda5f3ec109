"""What was lost from the journal and accepted: the entries in it that say so, so that it is told and no longer a fault.

`dabiao doctor --accept` writes such an entry. It is about no case, and its changes are `journal` (from the head that
was kept to the one that stands) and `journal.missing` (entries that are not there).
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from models import verifying
from models.chain import NOTHING, SEALED, Head
from models.change import Change
from models.connection import Connection
from models.today import local
from models.verifying import Break

COMMAND = "accept"
_HEAD, _HOLE = "journal", "journal.missing"
_FOUND = "SELECT id, by, at, changes FROM entry WHERE case_id IS NULL AND command = ? ORDER BY id"
_NEXT = f"SELECT {', '.join(SEALED)}, hash FROM entry WHERE id > ? ORDER BY id LIMIT 1"


class Accepted(NamedTuple):
    """One acceptance: its entry, by whom, when (local time), the last entry that stood, the numbers that did not."""

    entry: int
    by: str
    at: str
    stood: int
    holes: tuple[tuple[int, int], ...]


def accepted(connection: Connection) -> Iterator[Accepted]:
    """All acceptances in the journal, the oldest first."""
    for entry, by, at, changes in connection.execute(_FOUND, (COMMAND,)):
        with suppress(ValueError, LookupError, TypeError):  # an altered one says nothing; the chain tells of it
            made: list[Any] = json.loads(changes)
            (stood,) = [change["after"]["last"] for change in made if change["path"] == _HEAD]
            holes = [change["before"] for change in made if change["path"] == _HOLE]
            yield Accepted(entry, by, local(at), stood, tuple((hole["first"], hole["last"]) for hole in holes))


def changes_of(kept: Head | None, stood: Head, holes: list[Break]) -> list[Change]:
    """What an acceptance writes down; `kept` is what the anchor said, None where it said nothing."""
    lost = [Change(_HOLE, {"first": hole.first, "last": hole.last}, None) for hole in holes]
    return [Change(_HEAD, kept and kept._asdict(), stood._asdict()), *lost]


def goes_on(connection: Connection, hole: Break) -> bool:
    """Whether the journal goes on after a hole as if nothing were missing: the tail was cut off, and then work went on.

    Otherwise entries were taken out of the middle.
    """
    found = connection.execute(_NEXT, (hole.last,)).fetchone()
    if found is None:
        return True
    before = verifying.at(connection, hole.first - 1) or NOTHING
    *values, hash_ = found
    return verifying.follows(before.hash, values, hash_)
