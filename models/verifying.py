"""The journal held against its chain, and the cases against the journal: what `doctor` and a backup look at.

Reads on the driver alone and changes nothing. One pass over the entries: a million verify in seconds.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from models.chain import NOTHING, SEALED, Head, seal
from models.connection import Connection

_ENTRIES = f"SELECT {', '.join(SEALED)}, hash FROM entry ORDER BY id"


class Break(NamedTuple):
    """A place where the chain does not hold. `what` is `missing` (the entries `first`..`last`) or `altered`."""

    what: str
    first: int
    last: int


def head(connection: Connection) -> Head:
    """The end of the journal's chain."""
    row = connection.execute("SELECT id, hash FROM entry ORDER BY id DESC LIMIT 1").fetchone()
    return Head(*row) if row else NOTHING


def at(connection: Connection, number: int) -> Head | None:
    """The chain as it was when it had so many entries; None where no such entry stands."""
    if number == 0:
        return NOTHING
    row = connection.execute("SELECT id, hash FROM entry WHERE id = ?", (number,)).fetchone()
    return Head(*row) if row else None


def breaks(connection: Connection) -> Iterator[Break]:
    """Every place where the chain does not hold, in order: entries taken out, cut off the end, or altered.

    An entry that was slipped in or whose hash was made to fit shows at the entry after it.
    """
    number, before = NOTHING
    for *values, hash_ in connection.execute(_ENTRIES):
        found: int = values[0]
        if found > number + 1:
            yield Break("missing", number + 1, found - 1)
        elif found <= number or not follows(before, values, hash_):  # the same one again: a broken tree
            yield Break("altered", found, found)
        number, before = found, hash_
    given = _given(connection)
    if given > number:
        yield Break("missing", number + 1, given)


def follows(before: str, values: Sequence[Any], hash_: str) -> bool:
    """Whether an entry with these values and this hash continues a chain whose last hash is `before`."""
    try:
        return seal(before, values) == hash_
    except TypeError:  # a value of a kind that no entry has
        return False


def _given(connection: Connection) -> int:
    """The last number that an entry was ever given in this file."""
    row: Any = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'entry'").fetchone()
    return row[0] if row and isinstance(row[0], int) else 0
