"""The scripts make exactly the tables, all at once or not at all."""

import re
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlcipher3 import dbapi2
from unlocked import unlocked

from models import migrating
from models.migrating import _config, _mark
from models.tables import metadata
from models.transaction import engine, transaction
from models.workspace import SCHEMA, Workspace, WorkspaceError, open_workspace


def schema(connection: Connection) -> set[tuple[str, str]]:
    """What is in the file: each thing's name and how it was made, spaces aside."""
    made = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {(name, " ".join(re.findall(r"[^\s(),]+|[(),]", sql))) for name, sql in made if name != "alembic_version"}


def test_the_newest_script_is_the_schema_the_program_expects() -> None:
    assert ScriptDirectory.from_config(_config()).get_heads() == [SCHEMA]


def test_the_scripts_make_the_tables_that_are_described(workspace: Workspace) -> None:
    with transaction(workspace) as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, metadata) == []


def test_the_scripts_make_them_in_the_same_words(workspace: Workspace, tmp_path: Path) -> None:
    _mark(tmp_path / "described.db", None)
    with engine(tmp_path / "described.db").begin() as described, transaction(workspace) as session:
        metadata.create_all(described)
        assert schema(session.connection()) == schema(described)


def test_a_migration_that_fails_leaves_nothing_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    _mark(path, None)
    with pytest.raises(ZeroDivisionError), engine(path).begin() as connection:
        migrating.run(connection)
        raise ZeroDivisionError
    with closing(unlocked(path)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_a_workspace_that_cannot_be_made_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(connection: Connection) -> None:
        raise dbapi2.OperationalError("out of luck")

    monkeypatch.setattr(migrating, "run", fails)
    with pytest.raises(WorkspaceError):
        open_workspace(tmp_path / "a.db")
    assert list(tmp_path.iterdir()) == []


def test_an_id_is_never_given_again(workspace: Workspace) -> None:
    values = "(1, 'lead', '[]', 'now', 'now', 'none', '')"
    columns = "(revision, status, tags, created_at, updated_at, points, stamp)"
    with transaction(workspace) as session:
        session.execute(text(f"INSERT INTO cases {columns} VALUES {values}"))
        session.execute(text("DELETE FROM cases"))
        session.execute(text(f"INSERT INTO cases {columns} VALUES {values}"))
        assert session.scalar(text("SELECT id FROM cases")) == 2
