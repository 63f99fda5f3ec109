"""The one transaction every command runs in: the file lock, then BEGIN IMMEDIATE, then all or nothing."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2
from sqlmodel import Session

from models import anchor
from models.chain import Head
from models.connection import Connection, connect, explain, fault, identity
from models.locking import PATIENCE, locked
from models.workspace import SCHEMA, Workspace

__all__ = ["engine", "explained", "locked", "transaction"]

HEAD_BEFORE, HEAD = "head_before", "head"  # what a command notes of the journal's chain in `Session.info`
_one_engine = Lock()


@contextmanager
def transaction(workspace: Workspace, *, of_any_schema: bool = False) -> Iterator[Session]:
    """A session whose work is committed at the end of the block, or undone whole where the block raises.

    `WorkspaceError` where others keep the lock for longer than the workspace's patience, where the disk is full, the
    file is damaged, was made read-only or taken away, or where a newer program has brought it to a schema this one
    does not know (`of_any_schema`: what every schema has is written).
    """
    with locked(workspace.path, workspace.patience), explained(workspace.path):
        database = _database(workspace).execution_options(patience=workspace.patience)
        with Session(database, expire_on_commit=False) as session:
            with session.begin():
                if not of_any_schema:
                    _hold_schema(session, workspace.path)
                yield session
            if HEAD in session.info:
                _move_anchor(session, workspace.path)


@contextmanager
def reading(workspace: Workspace) -> Iterator[Session]:
    """A session that sees one state of the workspace, without the lock: others may write meanwhile."""
    with explained(workspace.path):
        database = _database(workspace).execution_options(reading=True)
        with Session(database, expire_on_commit=False) as session:
            yield session


def driver_of(session: Session) -> Connection:
    """The driver's own connection under a session, for what reads on the driver alone."""
    connection: Any = session.connection().connection.driver_connection
    return connection  # type: ignore[no-any-return]


def _database(workspace: Workspace) -> Engine:
    """SQLAlchemy's engine on the file that is there now: a restore puts another one in its place."""
    try:
        file = identity(workspace.path)
    except FileNotFoundError:
        raise fault("vanished", workspace.path) from None
    with _one_engine:
        if workspace.engine is not None and workspace.engine_file != file:
            workspace.engine.dispose()
            workspace.engine = None
        if workspace.engine is None:
            workspace.engine, workspace.engine_file = engine(workspace.path), file
        made: Engine = workspace.engine
    return made


def _hold_schema(session: Session, path: Path) -> None:
    found = session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found != SCHEMA:
        raise fault("brought_on", path, revision=found)


def _move_anchor(session: Session, path: Path) -> None:
    """The anchor follows the journal, unless it speaks of a journal that this one cannot have come from.

    The command is kept already, whatever happens here; an anchor left behind is a right one.
    """
    before, head = session.info[HEAD_BEFORE], session.info[HEAD]
    with suppress(OSError, anchor.Damaged):
        kept = anchor.read(path)
        found = None
        if kept not in (None, before):
            with closing(connect(path)) as connection:
                row = connection.execute("SELECT id, hash FROM entry WHERE id = ?", (kept.last,)).fetchone()
                found = row and Head(*row)
        if anchor.leads_on(kept, before, found):
            anchor.write(path, head)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Errors of the driver, wrapped by SQLAlchemy or not, as plain sentences."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, dbapi2.Error):
            raise explain(error.orig, path) from None
        raise
    except dbapi2.Error as error:
        raise explain(error, path) from None


def engine(path: Path) -> Engine:
    """SQLAlchemy on our own connections. One is enough: writers take turns at the lock."""
    made = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, writing=True),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=-1,  # who only reads does not wait for who writes
    )

    # The driver's own BEGIN comes late and deferred: two writers would then meet in the middle and one would fail
    @event.listens_for(made, "begin")
    def begin(connection: Any) -> None:
        if connection.get_execution_options().get("reading"):
            connection.exec_driver_sql("BEGIN")
            return
        # whoever writes without our lock, as another program may, is waited for as long as the lock is
        patience = connection.get_execution_options().get("patience", PATIENCE)
        connection.exec_driver_sql(f"PRAGMA busy_timeout={round(patience * 1000)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return made
