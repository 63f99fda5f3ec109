"""Made-up cases by the hundred thousand: the lives that were made and scored once, lived by others.

They are written by the driver alone into a workspace that nobody else has, without a log: one that is half built is
thrown away. It is kept safe again at the end.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

from models import anchor
from models.author import Author
from models.chain import SEALED, Head
from models.connection import Connection, DriverError, code_of, connect
from models.contents import as_json
from models.demo.others import TOGETHER, Other, Whole, from_a_process, others
from models.sealing import KEY_OF, new_key, open_changes, paths_of, seal_packed
from models.today import moment
from models.transaction import explained
from models.workspace import Workspace

APART = 5_000
"""From so many on it pays to make them in a process of its own."""
_CACHE = 16_000
"""KiB. Rows are added at the end, so few pages are asked for again; indexes are sorted in parts of that size, which is
twice as fast as all at once."""
_ASKED_EVERY = 100_000  # of SQLite's steps: some hundredths of a second
_ROWS, _SORTED = 0.8, 0.88  # what share of the time has passed when all rows are in, and when the keys are
_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
_OWN = ("id", "name", "called", "employer", "uscc", "revision", "created_at", "updated_at")
_JSON = json.JSONEncoder(ensure_ascii=False)


class Life(NamedTuple):
    """A case that was made, as its copies have it: its document with what its entry says around it, the paths of that,
    the rows of the office and what was answered as text, its columns but those of its own."""

    whole: Whole
    paths: list[str]
    office: str
    answered: str | None
    columns: tuple[Any, ...]


def copy(workspace: Workspace, n: int, seed: int, by: Author, progress: Callable[[int, float], None]) -> None:
    """Put `n` copies of the cases that are there into a workspace that is being built.

    `progress` is told how many are in, and what share of the work is done. `WorkspaceError` where the disk is full.
    """
    workspace.close()  # to be alone with the file
    with (
        explained(workspace.path),
        closing(connect(workspace.path, writing=True)) as connection,
        stoppable(connection),
    ):
        _unsafe(connection)
        columns = _columns(connection)
        lives = list(_lives(connection, columns))
        indexes = connection.execute(_INDEXES).fetchall()
        for name, _ in indexes:
            connection.execute(f'DROP INDEX "{name}"')
        connection.execute("CREATE TEMP TABLE found (key TEXT, case_id INTEGER)")
        head = Head(*connection.execute("SELECT id, hash FROM entry ORDER BY id DESC LIMIT 1").fetchone())
        made, last = 0, connection.execute("SELECT max(id) FROM cases").fetchone()[0]
        source = others if n < APART else from_a_process
        with closing(source([life.whole for life in lives], n, seed)) as copies:  # type: ignore[type-var]
            while chunk := list(islice(copies, TOGETHER)):
                connection.execute("BEGIN")
                head = _write(connection, chunk, lives, columns, last + made, head, by)
                connection.execute("COMMIT")
                made += len(chunk)
                progress(made, _ROWS * made / n)
        connection.execute("BEGIN")
        # in the order of the keys: each is written once, where it belongs
        connection.execute("INSERT INTO search_key (key, case_id) SELECT key, case_id FROM found ORDER BY key, case_id")
        connection.execute("COMMIT")
        connection.execute("DROP TABLE found")
        for number, (_, statement) in enumerate(indexes):
            progress(made, _SORTED + (1 - _SORTED) * number / len(indexes))
            connection.execute(statement)
        _safe(connection)
    anchor.write(workspace.path, head)
    workspace.connection = workspace.connect()


@contextmanager
def stoppable(connection: Connection) -> Iterator[None]:
    """Lets ctrl+c through to statements that take long: the driver asks every now and then, and where it is
    interrupted in that, ends the statement. Nobody else does."""
    connection.set_progress_handler(lambda: 0, _ASKED_EVERY)
    try:
        yield
    except DriverError as error:
        if code_of(error) == dbapi2.SQLITE_INTERRUPT:
            raise KeyboardInterrupt from None
        raise


def _unsafe(connection: Connection) -> None:
    """Write each page once, and wait for no disk."""
    connection.execute("PRAGMA journal_mode=OFF")  # stays as it is where somebody else has the file open after all
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA foreign_keys=OFF")  # each row that is written belongs to one that was written before
    connection.execute("PRAGMA temp_store=FILE")  # what is sorted is sorted in parts, and not all of it in memory
    connection.execute(f"PRAGMA cache_size=-{_CACHE}")
    connection.execute("PRAGMA threads=2")


def _safe(connection: Connection) -> None:
    """All is on the disk, and from now on kept as in any workspace."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("UPDATE sqlite_sequence SET seq = seq")  # a commit that waits for the disk
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _columns(connection: Connection) -> list[str]:
    """The columns of a case that its copies have too."""
    return [row[1] for row in connection.execute("PRAGMA table_info(cases)").fetchall() if row[1] not in _OWN]


def _lives(connection: Connection, columns: list[str]) -> Iterator[Life]:
    """The cases that are there, as text."""
    rows = connection.execute(
        f"SELECT cases.id, entry.id, changes, {KEY_OF}, document, office, answered,"
        f" {', '.join(f'cases.{name}' for name in columns)} FROM cases"
        " JOIN document ON document.case_id = cases.id JOIN entry ON entry.case_id = cases.id ORDER BY cases.id"
    )
    for case_id, entry, kept, key, document, office, answered, *values in rows.fetchall():
        before, _, after = as_json(open_changes(key, entry, case_id, kept)).partition(document)
        yield Life(Whole(document, before, after), paths_of(kept), office, answered, tuple(values))


def _write(
    connection: Connection,
    copies: list[Other],
    lives: list[Life],
    columns: list[str],
    last: int,
    head: Head,
    by: Author,
) -> Head:
    """A chunk of copies: cases, documents, entries that continue the chain, search keys apart."""
    at = moment()
    cases, documents, entries, found, made = [], [], [], [], []
    alike = (at, by.name, by.origin, "demo", None, None)
    said = ",".join(map(_JSON.encode, alike))
    for number, other in enumerate(copies, last + 1):
        life = lives[other.life]
        key, entry = new_key(), head.last + 1
        changes = seal_packed(key, entry, number, other.packed, life.paths)
        made.append((number, key))
        cases.append((number, other.name, other.called, other.employer, other.uscc, 1, at, at, *life.columns))
        documents.append((number, other.document, life.office))
        # `chain.seal`, with what is alike in all of them put into JSON once
        sealed = f"{head.hash}\n[{entry},{said},{number},{_JSON.encode(changes)},null,{_JSON.encode(life.answered)}]"
        head = Head(entry, hashlib.sha256(sealed.encode()).hexdigest())
        entries.append((entry, *alike, number, changes, None, life.answered, head.hash))
        found += [(key, number) for key in other.keys]
    _insert(connection, "cases", (*_OWN, *columns), cases)
    _insert(connection, "document", ("case_id", "document", "office"), documents)
    _insert(connection, "case_key", ("case_id", "key"), made)
    _insert(connection, "entry", (*SEALED, "hash"), entries)
    _insert(connection, "found", ("key", "case_id"), found)
    return head


def _insert(connection: Connection, table: str, columns: tuple[str, ...], rows: list[Any]) -> None:
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
