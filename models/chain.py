"""The chain of the journal: each entry's hash covers the entry and the hash before it.

So no entry can be altered, taken out or slipped in unseen; a tail that is cut off shows where the head was also kept
elsewhere (`models.anchor`, each backup). Plain text in, text out: no database here.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

SEALED = (
    "id",
    "at",
    "by",
    "origin",
    "command",
    "batch",
    "undoes",
    "case_id",
    "changes",
    "note",
    "answered",
)
"""The columns of an entry that its hash covers: all but the hash."""


class Head(NamedTuple):
    """The end of the chain: the number of the last entry, which is also how many there are, and its hash."""

    last: int
    hash: str


NOTHING = Head(0, "0" * 64)  # of a journal without an entry


def seal(before: str, values: Sequence[Any]) -> str:
    """The hash (SHA-256, hexadecimal) of an entry with these values that follows one with the hash `before`."""
    text = json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
