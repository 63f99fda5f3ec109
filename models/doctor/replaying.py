"""A case's entries carried out again, one after the other, and what the table counts about them beside its facts."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from models.history import Changes, led_to
from models.paths import NoPlace, Tree


class Unfollowable(ValueError):
    """The entries of a case do not fit one another, or are none."""


class Course:
    """What the table of cases keeps of a case's entries: revision, when it was made, when it was last changed (UTC).

    Each entry is a revision; those of one batch in one case may have been made together, as one.
    """

    def __init__(self) -> None:
        self.entries = 0
        self._together = 0
        self._batch: str | None = None
        self._first: str | None = None
        self._earliest: str | None = None
        self._made: set[str] = set()
        self._last: str | None = None

    def led_to(self, rows: Iterable[tuple[str, str | None, str]]) -> Tree | None:
        """The case after entries (at, batch, changes), the oldest first; `Unfollowable` where they lead nowhere."""
        try:
            tree = led_to(self._followed(rows))
        except (NoPlace, LookupError, TypeError, AttributeError):
            raise Unfollowable from None
        if tree is not None and "status" not in tree:
            raise Unfollowable
        return tree

    def miscounted(self, row: Mapping[str, Any]) -> Iterator[str]:
        """The columns that are not as the entries have it."""
        if not isinstance(row["revision"], int) or not self._together <= row["revision"] <= self.entries:
            yield "revision"
        if row["created_at"] not in self._made:
            yield "created_at"
        if row["updated_at"] != self._last:
            yield "updated_at"

    def _followed(self, rows: Iterable[tuple[str, str | None, str]]) -> Iterator[Changes]:
        for at, batch, text in rows:
            changes = _changes(text)
            self.entries += 1
            if batch is None or batch != self._batch:
                self._together += 1
            self._batch, self._last = batch, at
            if any(change["path"] == "" and change["after"] is not None for change in changes):
                # one that comes back has the day it was first made; where the clock was set back in between, an earlier
                # release took the earliest
                self._made = {self._first or at, self._earliest or at}
            self._first = self._first or at
            self._earliest = min(self._earliest or at, at)
            yield changes


def _changes(text: str) -> Changes:
    try:
        changes = json.loads(text)
    except (ValueError, TypeError):
        raise Unfollowable from None
    if not isinstance(changes, list) or not all(map(_is_change, changes)):
        raise Unfollowable
    return changes


def _is_change(change: Any) -> bool:
    return (
        isinstance(change, dict)
        and isinstance(change.get("path"), str)
        and {"before", "after"} <= change.keys()
        and isinstance(change.get("position"), int | None)
        and (bool(change["path"]) or isinstance(change["after"], dict | None))
    )
