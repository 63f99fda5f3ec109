"""The one transaction every command runs in: the file lock, then BEGIN IMMEDIATE, then all or nothing."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2
from sqlmodel import Session

from models.connection import connect, explain, explain_os
from models.workspace import Workspace


@contextmanager
def transaction(workspace: Workspace) -> Iterator[Session]:
    """A session whose work is committed at the end of the block, or undone whole where the block raises.

    `WorkspaceError` where the disk is full, the file is damaged or was made read-only.
    """
    with locked(workspace.path), explained(workspace.path):
        if workspace.engine is None:
            workspace.engine = engine(workspace.path)
        with Session(workspace.engine, expire_on_commit=False) as session, session.begin():
            yield session


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """The writers' lock of a database, waited for in turn: without it, many writers starve one another."""
    try:
        lock = _lock(path)
    except OSError as error:
        raise explain_os(error, path) from None
    try:
        yield
    finally:
        os.close(lock)


def _lock(path: Path) -> int:
    name = path.with_name(path.name + "-lock")
    while True:
        lock = os.open(name, os.O_RDWR | os.O_CREAT, _mode(path))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            # the file may have been taken away while we waited: a lock on it would keep nobody out
            if os.path.exists(name) and os.path.samestat(os.fstat(lock), os.stat(name)):
                return lock
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o666
    except FileNotFoundError:
        return 0o600


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
        max_overflow=0,
    )

    # The driver's own BEGIN comes late and deferred: two writers would then meet in the middle and one would fail
    @event.listens_for(made, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return made
