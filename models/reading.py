"""The door for reading: lists, counts, one case, its journal. Plain SQL on the driver; no ORM is loaded.

A list is read in two steps: `ids` gives the order (a million fit in eight megabytes), `rows` the few that are shown.
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import date
from types import TracebackType
from typing import Any, Self

from sqlcipher3 import dbapi2

from engine.reason import Reason
from models import keyring
from models.access import Access, access, is_owner_of
from models.author import Author
from models.connection import Connection, WorkspaceError, code_of, explain, identity, name_of_key
from models.duplicates import GROUNDS, Person
from models.entries import JournalReader
from models.names import Named, search_text
from models.people import active_people
from models.query import Query
from models.query_begin import begin
from models.query_looks import Look
from models.rows import (
    COLUMNS,
    DraftText,
    Duplicate,
    Happening,
    OfEmployer,
    Row,
    StoredCase,
    Unfinished,
    row_of,
    stored_of,
)
from models.workspace import Workspace

ALL = Query("1", (), "id")
FIRST = 100
_MOST_DUPLICATES = 20
_WHOLE = "cases JOIN document ON case_id = id"


class Stopped(Exception):
    """The query was interrupted: something newer is wanted."""


class Reader(JournalReader):
    """Reads a workspace on a connection of its own: what may be seen of it, or (`whole`) all. One a thread;
    `interrupt` alone may be called from another.

    Every read is one statement and holds nothing open. Raises `Stopped` where it was interrupted and
    `WorkspaceError` where the file cannot be read.
    """

    def __init__(self, workspace: Workspace, *, whole: bool = False) -> None:
        self.path = workspace.path
        self._workspace = workspace
        self._whole = whole
        self._file = identity(workspace.path)
        self._connection: Connection = workspace.connect(whole=whole)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()

    def renew(self) -> bool:
        """Opens the file anew where a restore has put another one in its place; whether it has."""
        with suppress(OSError, WorkspaceError):  # in the middle of a restore: the next look finds it
            file = identity(self.path)
            if file != self._file:
                connection = self._workspace.connect(whole=self._whole)
                self._connection.close()
                self._connection, self._file = connection, file
                return True
        return False

    def interrupt(self) -> None:
        """Stops the query that is running now, from any thread; without one nothing happens."""
        self._connection.interrupt()

    def ids(self, query: Query = ALL) -> "array[int]":
        """The ids of all cases the query finds, in its order."""
        sql = f"SELECT id FROM cases WHERE {query.where} ORDER BY {query.order}"
        with self._explained():
            # straight into the array: a list of a million rows would be a hundred megabytes for a moment
            return array("q", (row[0] for row in self._connection.execute(sql, query.parameters)))

    def first(self, query: Query = ALL, limit: int = FIRST) -> "array[int]":
        """The first of `ids`: at once where an index serves the order."""
        return begin(query, limit, self._all, self._gauge)

    def count(self, query: Query = ALL) -> int:
        """How many cases the query finds."""
        return int(self._all(f"SELECT count(*) FROM cases WHERE {query.where}", query.parameters)[0][0])

    def counts(self, query: Query = ALL) -> dict[str, int]:
        """How many cases the query finds in each status; a status without any is left out."""
        # of all cases the index tells the statuses; of some, + keeps them from being sought one by one in its order
        by = "stage" if query.where == ALL.where else "+stage"
        sql = f"SELECT stage, count(*) FROM cases WHERE {query.where} GROUP BY {by}"
        return dict(self._all(sql, query.parameters))

    def rows(self, ids: Iterable[int], stamp: str | None = None) -> list[Row]:
        """The rows of these cases in the order of `ids`; those that are gone are left out.

        With the `stamp` of now (`models.deriving.stamp`), rows that do not hold by it are `stale`.
        """
        wanted = list(ids)
        sql = f"SELECT {COLUMNS} FROM cases WHERE id IN (SELECT value FROM json_each(?))"
        found = {columns[0]: columns for columns in self._all(sql, (json.dumps(wanted),))}
        return [row_of(found[case_id], stamp) for case_id in wanted if case_id in found]

    def case(self, case_id: int, stamp: str | None = None) -> StoredCase | None:
        """One case whole; None where there is none of that id."""
        found = self._all(f"SELECT {COLUMNS}, document, office FROM {_WHOLE} WHERE id = ?", (case_id,))
        return stored_of(found[0], stamp) if found else None

    def child_exams(self, query: Query = ALL) -> Iterator[tuple[int, int, int]]:
        """Year, place of the kind (`engine.exam_lint.KINDS`) and case of each child of the cases a query finds."""
        of = "" if query.where == ALL.where else f"WHERE case_id IN (SELECT id FROM cases WHERE {query.where})"
        sql = f"SELECT year, kind, case_id FROM child_exam {of} ORDER BY year, kind, case_id, child"
        with self._explained():
            yield from self._connection.execute(sql, query.parameters)

    def calendar(self, first: date, last: date, query: Query = ALL, most: int = FIRST) -> list[Happening]:
        """What falls on the days of a span in the cases a query finds, by day; at most so many."""
        kinds = {"deadline": "deadline", "points": "points_until", "permit": "permit_until", "drop": "drops_on"}
        days = (first.isoformat(), last.isoformat())
        parts = [
            f"SELECT {column} AS day, '{kind}' AS kind, id, {'deadline_code' if kind == 'deadline' else 'NULL'} AS code"
            f" FROM cases WHERE {column} BETWEEN ? AND ? AND ({query.where})"
            for kind, column in kinds.items()
        ]
        sql = f"{' UNION ALL '.join(parts)} ORDER BY day, kind, id LIMIT ?"
        values = [value for _ in kinds for value in (*days, *query.parameters)]
        return [Happening(*columns) for columns in self._all(sql, (*values, most))]

    def employers(self, query: Query = ALL) -> list[OfEmployer]:
        """The employers, by their credit codes, of the cases a query finds; those with most cases first."""
        sql = (
            f"SELECT uscc, max(employer), count(*) FROM cases WHERE uscc IS NOT NULL AND ({query.where})"
            " GROUP BY uscc ORDER BY count(*) DESC, uscc"
        )
        return [OfEmployer(*columns) for columns in self._all(sql, query.parameters)]

    def of_employer(self, uscc: str) -> list[int]:
        """The cases of an employer, the one that was changed last first."""
        found = self._all("SELECT id FROM cases WHERE uscc = ? ORDER BY updated_at DESC, id DESC", (uscc,))
        return [case_id for (case_id,) in found]

    def stages_of(self, uscc: str) -> dict[str, int]:
        """How many cases of an employer are in each stage."""
        return dict(self._all("SELECT stage, count(*) FROM cases WHERE uscc = ? GROUP BY stage", (uscc,)))

    def drafts(self, case_id: int, by: str) -> list[DraftText]:
        """What this consultant left unfinished in a case, the oldest first."""
        sql = "SELECT path, text, at FROM draft WHERE case_id = ? AND by = ? ORDER BY at, path"
        return [DraftText(*columns) for columns in self._all(sql, (case_id, by))]

    def unfinished(self, by: str) -> list[Unfinished]:
        """All that this consultant left unfinished anywhere, the newest first."""
        sql = (
            "SELECT case_id, path, text, at, id IS NOT NULL, coalesce(name, called) FROM draft"
            " LEFT JOIN cases ON id = case_id WHERE by = :by"
            # where an earlier release kept the form of a new case
            " UNION ALL SELECT 0, 'earlier.' || key, fields.value, '', 0, NULL FROM preference,"
            " json_each(CASE WHEN json_valid(preference.value) THEN preference.value END) AS fields"
            " WHERE by = :by AND preference.name = 'new_case' ORDER BY at DESC, path"
        )
        return [Unfinished._make((*some, bool(there), name)) for *some, there, name in self._all(sql, {"by": by})]

    def preference(self, by: str, name: str) -> str | None:
        """A consultant's own setting; None where it was never set."""
        found = self._all("SELECT value FROM preference WHERE by = ? AND name = ?", (by, name))
        return str(found[0][0]) if found else None

    def latest(self, limit: int) -> list[tuple[str | None, str, str | None, str | None]]:
        """Consultant, tags (JSON), district and employer of the cases that were changed last."""
        sql = "SELECT consultant, tags, district, employer FROM cases ORDER BY updated_at DESC, id DESC LIMIT ?"
        return self._all(sql, (limit,))

    def preferences(self, by: str) -> dict[str, str]:
        """All of a consultant's own settings by name."""
        return dict(self._all("SELECT name, value FROM preference WHERE by = ?", (by,)))

    def duplicates(
        self,
        *,
        id_number: str | None = None,
        name: str | None = None,
        phone: str | None = None,
        called: str | None = None,
    ) -> list[Duplicate]:
        """Cases of the same ID number, phone, name, sound of the name or nickname; at most 20, the surest first.

        A Chinese name loads the pinyin tables once: ask from a worker.
        """
        wanted = Person.of({"id_number": id_number, "name": name, "contact": {"phone": phone, "called": called}})
        found: dict[int, tuple[int, int, int, Duplicate]] = {}
        for keys in wanted.looked_up_by():
            for case in self._with_keys(keys):
                if grounds := wanted.grounds(Person.of(case.document)):
                    why = tuple(Reason(f"duplicate.{ground}", {}) for ground in grounds)
                    found[case.id] = (GROUNDS.index(grounds[0]), -len(grounds), case.id, Duplicate(case.row, why))
        return [duplicate for *_, duplicate in sorted(found.values())][:_MOST_DUPLICATES]

    def is_a_colleagues(self, *, id_number: str | None = None, phone: str | None = None, **_: str | None) -> bool:
        """Whether a case that is not seen here is of the same ID number or phone; nothing else is told of it."""
        if self._workspace.seen_by is None or not (id_number or phone):
            return False
        with Reader(self._workspace, whole=True) as everything:
            found = [alike.row.id for alike in everything.duplicates(id_number=id_number, phone=phone)]
        return len(self.rows(found)) < len(found)

    def spouse(self, case_id: int, document: Mapping[str, Any]) -> StoredCase | None:
        """The case of the spouse: whose ID number this case names, else one that names this applicant's.

        A case of another ID number than the one named here is not it.
        """
        named = Named.of(document)
        wanted, own = (search_text(number) for number in (named.spouse_id_number, named.id_number))
        others = [case for case in self._with_keys({wanted, own} - {""}) if case.id != case_id]
        told = [(case, Named.of(case.document)) for case in others]
        by_theirs = (case for case, other in told if wanted and search_text(other.id_number) == wanted)
        by_ours = (
            case
            for case, other in told
            if own and search_text(other.spouse_id_number) == own and not (wanted and other.id_number)
        )
        return next(by_theirs, None) or next(by_ours, None)

    def _with_keys(self, keys: Iterable[str], limit: int = FIRST) -> list[StoredCase]:
        sql = (
            f"SELECT {COLUMNS}, document, office FROM {_WHOLE} WHERE id IN "
            "(SELECT case_id FROM search_key WHERE key IN (SELECT value FROM json_each(?))) ORDER BY id LIMIT ?"
        )
        found = self._all(sql, (json.dumps(sorted(keys)), limit))
        return [stored_of(columns, None) for columns in found]

    def data_version(self) -> int:
        """A number that differs from the last one seen when anybody else has written since. Costs microseconds."""
        return int(self._all("PRAGMA data_version", ())[0][0])

    def is_key_confirmed(self) -> bool:
        """Whether somebody has shown that the key is kept in a second place; what is not encrypted needs none."""
        with self._explained():
            name = name_of_key(self._connection)
        return name is None or keyring.is_confirmed(name)

    def active_people(self) -> list[str]:
        """The names of those who work here."""
        with self._explained():
            return active_people(self._connection)

    def is_owner(self, by: Author) -> bool:
        """Whether somebody takes back what others did."""
        with self._explained():
            return is_owner_of(self._connection, self.path, by)

    def access(self, by: Author) -> Access:
        """What somebody may now, in this workspace."""
        with self._explained():
            return access(self._connection, by)

    def _gauge(self, look: Look, most: int) -> tuple[int, Look]:
        """How many rows of its index a condition is true of, as far as `most`; and its values, once all are known."""
        if not look.of_values:
            sql = f"SELECT count(*) FROM (SELECT 1 FROM {look.among} LIMIT ?)"
            return int(self._all(sql, (*look.parameters, most))[0][0]), look
        # whosever they are: counted among all, from the index of the column alone
        of_value = f"SELECT count(*) FROM (SELECT 1 FROM main.cases WHERE {look.column} = said LIMIT ?)"
        size, values = 0, []
        with self._explained(), closing(self._connection.cursor()) as cursor:
            for said, cases in cursor.execute(f"SELECT said, ({of_value}) FROM {look.among}", (most, *look.parameters)):
                size += cases
                values.append(said)
                if size >= most:
                    return size, look
        return size, look.of(values)

    def _all(self, sql: str, parameters: tuple[Any, ...] | dict[str, Any]) -> list[tuple[Any, ...]]:
        with self._explained():
            try:
                return list(self._connection.execute(sql, parameters))
            except dbapi2.DatabaseError as error:
                # another file may have taken the place of this one, and its log with it
                if code_of(error) not in {dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB} or not self.renew():
                    raise
                return list(self._connection.execute(sql, parameters))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except dbapi2.Error as error:
            if getattr(error, "sqlite_errorcode", None) == dbapi2.SQLITE_INTERRUPT:
                raise Stopped from None
            raise explain(error, self.path) from None
