"""The journal as it is read: the entries of a case a page at a time, what stands, and who last wrote what.

Plain SQL on the driver, a mixin of `models.reading.Reader`. Of a case with thousands of entries only those that are
shown are read whole.
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from models.sealing import KEY_OF, open_changes, open_note

LATEST = 100
_CHUNK = 1000


class JournalEntry(NamedTuple):
    """One command as the journal has it; `changes` are `{path, before, after, position?}`, `at` is UTC.

    `answered` is what was told once it was done: `{score, proven, stamp}`, points; None where nothing was left to
    answer about, or an earlier release did not write it down. Of a case that was erased the values are
    `models.sealing.ERASED`.
    """

    id: int
    at: str
    by: str
    origin: str
    command: str
    batch: str | None
    undoes: int | None
    case_id: int | None
    changes: Sequence[Mapping[str, Any]]
    note: str | None
    answered: dict[str, Any] | None


class Standing(NamedTuple):
    """What became of an entry: the last entry of those that undid and redid it, and whether what it did stands."""

    last: int
    stands: bool


class Written(NamedTuple):
    """Who wrote something last: the number of the entry, whose it is, when (UTC)."""

    entry: int
    by: str
    at: str


class Mark(NamedTuple):
    """The last entry of the journal, and the bounds of what was derived when and holds how long."""

    entry: int | None
    oldest: str | None
    newest: str | None
    due: str | None


class JournalReader:
    """The journal's part of a reader. `entry` is only ever added to, so an entry once read stays right."""

    def _all(self, sql: str, parameters: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        raise NotImplementedError

    def journal(self, case_id: int, limit: int = LATEST) -> list[JournalEntry]:
        """The latest entries of a case, the newest first."""
        sql = f"SELECT {_COLUMNS} FROM entry WHERE case_id = ? ORDER BY id DESC LIMIT ?"
        return [_entry(columns) for columns in self._all(sql, (case_id, limit))]

    def latest_restore(self) -> JournalEntry | None:
        """The last time a backup took the place of the workspace; None where none ever has."""
        sql = f"SELECT {_COLUMNS} FROM entry WHERE case_id IS NULL AND command = 'restore' ORDER BY id DESC LIMIT 1"
        return next((_entry(columns) for columns in self._all(sql, ())), None)

    def cases_mark(self) -> Mark:
        """What differs from the last one seen when a case is another than it was, or derived anew; drafts, settings
        and last places leave it. Off the ends of indexes, however many cases there are."""
        sql = (
            "SELECT (SELECT max(id) FROM entry), (SELECT min(stamp) FROM cases), (SELECT max(stamp) FROM cases),"
            " (SELECT min(due) FROM cases)"
        )
        return Mark._make(self._all(sql, ())[0])

    def entry_ids(self, case_id: int) -> "array[int]":
        """The numbers of all entries of a case, the newest first; off the index alone."""
        sql = "SELECT id FROM entry WHERE case_id = ? ORDER BY id DESC"
        return array("q", [row[0] for row in self._all(sql, (case_id,))])

    def entries(self, ids: Iterable[int]) -> list[JournalEntry]:
        """The entries of these numbers, in their order; those that are not there are left out."""
        wanted = list(ids)
        sql = f"SELECT {_COLUMNS} FROM entry WHERE id IN (SELECT value FROM json_each(?))"
        found = {columns[0]: columns for columns in self._all(sql, (json.dumps(wanted),))}
        return [_entry(found[number]) for number in wanted if number in found]

    def standing(self, ids: Iterable[int]) -> dict[int, Standing]:
        """Of each of these entries, whether it stands, through all its undoing and redoing."""
        sql = (
            "WITH RECURSIVE later(asked, id) AS (SELECT value, value FROM json_each(?)"
            " UNION ALL SELECT asked, entry.id FROM later JOIN entry ON entry.undoes = later.id)"
            " SELECT asked, max(id), count(*) FROM later GROUP BY asked"
        )
        rows = self._all(sql, (json.dumps(list(ids)),))
        return {asked: Standing(last, count % 2 == 1) for asked, last, count in rows}

    def changes(self, case_id: int, after: int, until: int) -> Iterator[tuple[int, Sequence[Mapping[str, Any]]]]:
        """The entries of a case after the one of a number, up to and with that of another, the oldest first: the
        number of each, and its changes."""
        sql = f"SELECT id, changes, {KEY_OF} FROM entry WHERE case_id = ? AND id > ? AND id <= ? ORDER BY id LIMIT ?"
        while rows := self._all(sql, (case_id, after, until, _CHUNK)):
            yield from ((number, open_changes(key, number, case_id, changes)) for number, changes, key in rows)
            after = rows[-1][0]

    def last_before(self, case_id: int, moment: str) -> int | None:
        """The number of the last entry of a case that was made before a moment (UTC); None where there is none."""
        sql = "SELECT id FROM entry WHERE case_id = ? AND at < ? ORDER BY id DESC LIMIT 1"
        found = self._all(sql, (case_id, moment))
        return found[0][0] if found else None

    def last_writes(self, case_id: int, after: int = 0) -> dict[str, Written]:
        """Who wrote each path of a case last, in the entries after the one of this number; by the paths of the
        changes, so `""` is whoever made the case."""
        sql = (
            "SELECT changed.value, max(entry.id), entry.by, entry.at"
            " FROM entry, json_each(entry.changes, '$.paths') AS changed"
            " WHERE entry.case_id = ? AND entry.id > ? GROUP BY 1"
        )
        # of the other columns, SQLite takes those of the row that has the greatest number
        return {path: Written(*written) for path, *written in self._all(sql, (case_id, after))}


_COLUMNS = f"{', '.join(JournalEntry._fields)}, {KEY_OF}"


def _entry(columns: Sequence[Any]) -> JournalEntry:
    number, *others, case_id, changes, note, answered, key = columns
    told = open_changes(key, number, case_id, changes), open_note(key, number, case_id, note)
    return JournalEntry._make((number, *others, case_id, *told, json.loads(answered) if answered else None))
