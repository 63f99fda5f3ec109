"""The first person of a workspace: the operating system's account that made it, without a question."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from models.author import owner_of
from models.backups import make
from models.connection import connect
from models.restoring import restore
from models.workspace import Target, Workspace, open_workspace
from models.writing import Author

KEPT = Path(__file__).parent.parent / "workspaces"
PEOPLE = "SELECT name, role, reach, active, added_at, ended_at FROM person"


def test_who_makes_a_workspace_owns_it(workspace: Workspace) -> None:
    ((name, role, reach, active, at, ended),) = workspace.connection.execute(PEOPLE)
    assert (name, role, reach, active, ended) == (owner_of(workspace.path), "owner", "all", 1, None)
    assert at.endswith("Z")


@pytest.mark.parametrize("schema", sorted(path.stem for path in KEPT.glob("*.db") if path.stem < "0006"))
def test_whose_file_is_brought_up_owns_it_since_its_first_entry(schema: str, tmp_path: Path) -> None:
    path = Path(shutil.copyfile(KEPT / f"{schema}.db", tmp_path / "old.db"))
    with closing(open_workspace(path)) as workspace:
        (first,) = workspace.connection.execute("SELECT at FROM entry ORDER BY id LIMIT 1").fetchone()
        assert workspace.connection.execute(PEOPLE).fetchall() == [(owner_of(path), "owner", "all", 1, first, None)]


def test_who_was_sent_away_does_not_come_back_with_an_old_backup(workspace: Workspace, tmp_path: Path) -> None:
    def change(*statements: str) -> None:
        with closing(connect(workspace.path, writing=True)) as connection:
            for statement in statements:
                connection.execute(statement)

    change(
        "INSERT INTO person VALUES ('bo', 'consultant', 'all', 1, '2026-01-01T00:00:00.000Z', NULL)",
        "INSERT INTO login_key VALUES ('SHA256:x', 'bo', 'ssh-ed25519', 'AAAA', '', '2026-01-01T00:00:00.000Z', NULL)",
    )
    make(workspace.path, tmp_path / "backup.db")
    change(
        "UPDATE person SET active = 0, ended_at = '2026-02-01T00:00:00.000Z' WHERE name = 'bo'",
        "UPDATE login_key SET revoked_at = '2026-02-01T00:00:00.000Z'",
    )
    assert restore(Target(workspace.path), tmp_path / "backup.db", by=Author("ana"), sure=lambda _: True)
    with closing(connect(workspace.path)) as connection:
        assert connection.execute("SELECT active FROM person WHERE name = 'bo'").fetchall() == [(0,)]
        assert connection.execute("SELECT revoked_at IS NOT NULL FROM login_key").fetchall() == [(1,)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
