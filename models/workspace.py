"""The workspace: the one file a consultancy keeps its cases in, found, checked, made when new.

The office's own is encrypted, under a key that is kept apart from it (`models.keyring`); a demo is not. An up-to-date
file is opened by the driver alone. Nothing is changed on disk before it is known that the file is
ours, whole, of a schema we know, and that it can be written.
"""

import os
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, NamedTuple

from platformdirs import user_data_path
from sqlcipher3 import dbapi2

from models import anchor, erasure_list, keyring, keys
from models.connection import (
    APPLICATION_ID,
    BUSY_MS,
    MAGIC,
    Connection,
    FileIdentity,
    WorkspaceError,
    connect,
    explain,
    explain_os,
    fault,
    name_of_key,
    safe_with_wal,
)

__all__ = ["SCHEMA", "Kind", "Target", "Workspace", "WorkspaceError", "locate", "open_workspace"]

SCHEMA = "0008"  # the head of models/migrations; a test holds the two equal
Kind = Literal["office", "demo"]  # the first is kept as `plain`, as ever
_URL = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<rest>.*)", re.DOTALL)


class Target(NamedTuple):
    """Where the workspace is; the user's own default place is made on first use, any other must be there."""

    path: Path
    is_default: bool = False


class Workspace:
    """An open workspace. `connection` only reads, and keeps the file open; commands go through `models.transaction`.

    `patience` is how many seconds a command waits for others who write. `kept_plain` is where the file is that it was
    until now, where opening has encrypted it.
    """

    def __init__(self, path: Path, kind: Kind, connection: Connection, kept_plain: Path | None = None) -> None:
        self.path = path
        self.kind = kind
        self.connection = connection
        self.kept_plain = kept_plain
        self.seen_by: str | None = None  # whose cases alone are read (`models.access`); None: all
        self.patience = BUSY_MS / 1000
        self.engine: Any = None  # SQLAlchemy's, made by the first command
        self.engine_file: FileIdentity | None = None  # the file it is on

    def connect(self, *, whole: bool = False) -> Connection:
        """One more reading connection, for a worker's thread; who asks for it closes it.

        It shows what may be seen of the workspace; `whole`, all of it, for what the workspace itself has to do.
        """
        try:
            if whole or self.seen_by is None:
                return connect(self.path)
            return connect(self.path, seen_by=self.seen_by)
        except dbapi2.Error as error:
            raise explain(error, self.path) from None

    def close(self) -> None:
        """Closes what this process has open; may be called twice."""
        if self.engine is not None:
            self.engine.dispose()
            self.engine = None
        self.connection.close()


def locate(db: str | None, environ: Mapping[str, str]) -> Target:
    """The workspace asked for: `--db`, else `$DABIAO_DB`, else the user's data directory. A path or `sqlite:///path`."""
    given = db or environ.get("DABIAO_DB", "")
    if not given:
        return Target(user_data_path("dabiao", appauthor=False) / "dabiao.db", is_default=True)
    if given == ":memory:":
        raise fault("url_form", given)
    url = _URL.fullmatch(given)
    if url is None:
        return _target(Path(given))
    # the rest of a URL may hold a password and is not repeated
    if url["scheme"].lower() != "sqlite":
        raise fault("url_kind", url["scheme"] + "://")
    if not url["rest"].startswith("/") or url["rest"] in {"/", "/:memory:"} or "?" in url["rest"]:
        raise fault("url_form", "sqlite://")
    return _target(Path(url["rest"][1:]))


def _target(path: Path) -> Target:
    try:
        return Target(path.expanduser().absolute())
    except RuntimeError:  # ~somebody whom this machine does not know
        return Target(path.absolute())


def open_workspace(target: Target | Path, *, create: bool = True, kind: Kind = "office") -> Workspace:
    """The workspace at a place, made there (as `kind`) where nothing is yet.

    `WorkspaceError` where it is not there and `create` is false, is not ours or not whole, is newer than this
    program, or may not be written; then nothing on disk has changed.
    """
    path, is_default = target if isinstance(target, Target) else Target(target.absolute())
    if not safe_with_wal(dbapi2.sqlite_version_info):
        raise fault("sqlite_version", path, version=dbapi2.sqlite_version)
    try:
        is_new = not is_ours(path)
        if not is_new and not _may(path, os.W_OK):
            raise fault("read_only", path)
        if is_new and not create:
            raise fault("absent", path)
        if is_new:
            _not_lost(path)
        if is_new and is_default:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        look_at_directory(path)
        if is_new:
            _make(path, kind)
        return _open(path, kind)
    except OSError as error:
        raise explain_os(error, path) from None
    except ValueError:  # a NUL in the path
        raise fault("failed", repr(str(path)), problem="NUL") from None
    except dbapi2.Error as error:
        raise explain(error, path) from None


def is_ours(path: Path) -> bool:
    """Whether a workspace is at a path (or nothing), by the first bytes: SQLite itself would touch a foreign file.

    `WorkspaceError` where something else is there.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(found.st_mode):
        raise fault("directory", path)
    if not stat.S_ISREG(found.st_mode):  # a pipe would be waited for without end
        raise fault("not_database", path)
    with path.open("rb") as file:
        header = file.read(100)
    if not header and not _has_log(path):
        return False
    if is_encrypted(header, path):
        return True
    if not header.startswith(MAGIC[: len(header)]):
        raise fault("not_database", path)
    if len(header) < 100:
        raise fault("corrupt", path)
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise fault("foreign", path)
    return True


def is_encrypted(header: bytes, path: Path) -> bool:
    """Whether a file is an encrypted workspace, by its first bytes. `WorkspaceError` where its key is not here: then
    nothing is touched."""
    try:
        name = keys.name_in(header)
        if name is not None:
            keyring.find(name)
    except keys.DamagedSalt:
        raise fault("corrupt", path) from None
    except keyring.NoKey as error:
        raise fault(error.code, path, **error.values) from None
    return name is not None


def key_name(path: Path) -> str | None:
    """The name of the key of what is at a path, be it here or not; None for what is not encrypted. Nothing is touched.

    `WorkspaceError` where no workspace is there.
    """
    try:
        try:
            is_there = is_ours(path)
        except WorkspaceError as error:
            is_there = error.reason.code.startswith("workspace.key_")
            if not is_there:
                raise
        if not is_there:
            raise fault("absent", path)
        with path.open("rb") as file:
            return keys.name_in(file.read(keys.SALT))
    except OSError as error:
        raise explain_os(error, path) from None


def _not_lost(path: Path) -> None:
    """Nothing new is made where a workspace with entries has been: its file was taken away, and somebody wants it."""
    with suppress(anchor.Damaged):
        kept = anchor.read(path)
        if kept is not None and kept.last:
            raise fault("lost", path, anchor=str(anchor.place(path)), last=kept.last)


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def look_at_directory(path: Path) -> None:
    """SQLite keeps files beside the database, so the directory must be there and take new ones."""
    directory = path.parent
    if not directory.exists():
        raise fault("no_directory", path, directory=str(directory))
    if not directory.is_dir():
        raise fault("not_directory", path)
    if not _may(directory, os.W_OK | os.X_OK):
        raise fault("directory_read_only", path, directory=str(directory))


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _make(path: Path, kind: Kind) -> None:
    from models.migrating import make

    make(path, kind)


def _open(path: Path, kind: Kind) -> Workspace:
    kept_plain = None
    connection = connect(path)
    try:
        revision = revision_of(connection, path)
        if revision is None:
            # somebody is making it, or was cut off while making it: wait for the lock, then finish
            _make(path, kind)
            revision = revision_of(connection, path)
        stored = connection.execute("SELECT value FROM meta WHERE name = 'kind'").fetchone()
        found: Kind = "demo" if stored and stored[0] == "demo" else "office"
        if found != "demo" and name_of_key(connection) is None:
            from models.encrypting import encrypt

            connection.close()
            kept_plain = encrypt(path)
            connection = connect(path)  # another file is there now
            revision = revision_of(connection, path)
        if revision != SCHEMA:
            from models.migrating import bring_up

            bring_up(path, str(revision))
        workspace = Workspace(path, found, connection, kept_plain)
        _without_the_erased(workspace)
        return workspace
    except BaseException:
        connection.close()
        raise


def _without_the_erased(workspace: Workspace) -> None:
    """A copy from an earlier day still has who was erased since: they go before anything is shown."""
    lines = erasure_list.read(erasure_list.places(workspace.path))
    if lines and (due := list(erasure_list.overdue(workspace.connection, lines))):
        from models.forgetting import finish

        finish(workspace, due)


def revision_of(connection: Connection, path: Path) -> str | None:
    """The schema a file has; None where it has no tables yet."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    rows = (
        connection.execute("SELECT version_num FROM alembic_version").fetchall() if "alembic_version" in tables else []
    )
    if len(rows) != 1 or not {"cases", "document", "entry", "meta"} <= tables:
        raise fault("corrupt", path)
    return str(rows[0][0])
