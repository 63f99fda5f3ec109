"""A case's entries carried out again, one after the other, and what the table counts about them beside its facts."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from models.history import Changes, led_to
from models.paths import NoPlace, Tree
from models.sealing import open_changes


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

    def led_to(self, case_id: int, rows: Iterable[tuple[int, str, str | None, str, bytes | None]]) -> Tree | None:
        """The case after its entries (id, at, batch, changes, key), the oldest first; `Unfollowable` where they lead
        nowhere. One that was erased is no more there, whatever the entries before said."""
        try:
            tree = led_to(self._followed(case_id, rows))
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

    def _followed(
        self, case_id: int, rows: Iterable[tuple[int, str, str | None, str, bytes | None]]
    ) -> Iterator[Changes]:
        for number, at, batch, text, key in rows:
            changes = _changes(key, number, case_id, text)
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


def _changes(key: bytes | None, number: int, case_id: int, text: str) -> Changes:
    try:
        changes = open_changes(key, number, case_id, text)
    except (ValueError, TypeError, LookupError):
        raise Unfollowable from None
    if not all(map(_is_change, changes)):
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
