"""Making a new workspace and bringing an older one up to date: both by the scripts in `models/migrations`.

Loaded only when there is something to do: Alembic takes longer to import than the program takes to start.
"""

import os
from contextlib import closing, suppress
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from models import anchor, backups, keyring, settings, verifying
from models.author import owner_of
from models.chain import NOTHING, Head
from models.connection import APPLICATION_ID, WorkspaceError, begun, connect, fault, files_of
from models.connection import Connection as Driver
from models.keeping_keys import kept_new_key
from models.keys import Key
from models.today import moment
from models.transaction import engine, explained, locked
from models.workspace import SCHEMA, Kind, revision_of

# in a workspace that is brought up, there from its first entry on
_FIRST_OWNER = text(
    "INSERT INTO person (name, role, reach, active, added_at)"
    " SELECT :name, 'owner', 'all', 1, coalesce((SELECT at FROM entry ORDER BY id LIMIT 1), :now)"
    " WHERE NOT EXISTS (SELECT 1 FROM person)"
)


def make(path: Path, kind: Kind) -> None:
    """A new workspace where nothing is yet, or nothing but the beginning of one that was cut off.

    Two processes may both see nothing there: the second finds it made, and has nothing left to do.
    """
    with locked(path), explained(path):
        made_here = not path.exists()
        key = None
        try:
            if made_here or path.stat().st_size == 0:
                key = None if kind == "demo" else kept_new_key(path)
                _mark(path, key)
            _upgrade(path, kind)
        except BaseException:
            if made_here:
                _remove(path)
                if key is not None:
                    keyring.forget(key)
            raise


def bring_up(path: Path, revision: str) -> None:
    """An older schema becomes today's, in one transaction, after a backup; nobody backs up a demo.

    `WorkspaceError` for one that this program does not know, and where the backup cannot be made.
    """
    if revision not in known():
        raise fault("newer", path, revision=revision)
    with locked(path), explained(path):
        if _is_to_be_kept(path):
            try:
                backups.before_migration(path, settings.load().settings.backups)
            except WorkspaceError as error:
                raise fault("not_backed_up", path, why=error.reason) from None
        _with_the_anchor(path)


def _with_the_anchor(path: Path) -> None:
    """Brings a workspace up; the anchor follows where the journal is sealed anew. In between it says nothing, which is
    right for either; one that the journal does not lead on from stays as it is, for `doctor` to tell about."""
    kept = _right_anchor(path)
    if kept is None:
        upgrade(path)
        return
    anchor.write(path, NOTHING)
    try:
        upgrade(path)
    except BaseException:
        anchor.write(path, kept)
        raise
    with suppress(OSError), closing(connect(path)) as connection:  # one that says nothing is right as well
        anchor.write(path, verifying.head(connection))


def _right_anchor(path: Path) -> Head | None:
    """The head that the anchor keeps, where the journal has led on from it."""
    with suppress(OSError, anchor.Damaged):
        kept = anchor.read(path)
        if kept is not None and kept == _at(path, kept.last):
            return kept
    return None


def _at(path: Path, number: int) -> Head | None:
    with closing(connect(path)) as connection:
        return verifying.at(connection, number) if _is_chained(connection) else None


def _is_chained(connection: Driver) -> bool:
    return any(name == "hash" for _, name, *_ in connection.execute("PRAGMA table_info(entry)"))


def upgrade(path: Path) -> None:
    """Runs the scripts that are still to run, for whoever has the file to themselves."""
    _upgrade(path, None)


def _is_to_be_kept(path: Path) -> bool:
    """Whether the file is still of an older schema, somebody else having been no quicker, and no demo."""
    with closing(connect(path)) as connection:
        kind = connection.execute("SELECT value FROM meta WHERE name = 'kind'").fetchone()
        return revision_of(connection, path) != SCHEMA and kind != ("demo",)


def known() -> set[str]:
    """The revisions there are scripts for."""
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _mark(path: Path, key: Key | None) -> None:
    """Our mark is the first thing in the file: whatever is cut off later is known as ours."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    with closing(begun(path, key)) as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")


def _upgrade(path: Path, kind: Kind | None) -> None:
    database = engine(path)
    try:
        with database.begin() as connection:
            run(connection)
            _first_owner(connection, path)
            if kind is not None:
                connection.execute(
                    text("INSERT INTO meta (name, value) VALUES ('kind', :kind) ON CONFLICT DO NOTHING"),
                    {"kind": "demo" if kind == "demo" else "plain"},
                )
    finally:
        database.dispose()


def _first_owner(connection: Connection, path: Path) -> None:
    """On one's own machine the operating system's account is the first person and the owner, without a question."""
    connection.execute(_FIRST_OWNER, {"name": owner_of(path), "now": moment()})


def run(connection: Connection, revision: str | None = None) -> None:
    """Runs the scripts that are still to run, up to a revision or to today's, in the connection's transaction."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision or SCHEMA)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def _remove(path: Path) -> None:
    for file in files_of(path):
        file.unlink(missing_ok=True)
