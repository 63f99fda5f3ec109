"""Each command for each kind of person, held against one table (`tests/rights.py`), run as they would."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from desks import Desk
from rights import COMMANDS, PEOPLE
from staff import as_kept, employ, made_key, owner

from models import backups, employing, verifying
from models.connection import connect
from models.workspace import open_workspace
from tui import cli
from tui.rights import NEEDS

Command = Callable[..., Any]


def test_the_table_is_about_every_command() -> None:
    assert {line.split()[0] for line in COMMANDS} == {name for name in cli._MODULES if name} == set(NEEDS) - {None}


@pytest.fixture
def staffed(office: Path, tmp_path: Path) -> Path:
    """A workspace in which one of each kind works, with a case of each; closed. A backup of it."""
    with closing(open_workspace(office)) as workspace:
        employ(workspace)
        boss = Desk(workspace, owner(workspace).name)
        for name in ("ann", "bea", "roy"):
            boss.create({"name": "王小明", "birth_date": "1988-03-07"}, consultant=name)
        employing.add_key(workspace, "bea", as_kept(made_key(1)), by=owner(workspace))
        backups.make(office, tmp_path / "backup.db", replace=False, stopped=lambda: False)
    return office


OWN = {"ann": "1", "bea": "2", "roy": "3"}


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_for_each(
    command: Command,
    staffed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    examples: Path,
    line: str,
    name: str,
) -> None:
    monkeypatch.setenv("LOGNAME", name)
    (tmp_path / "key.pub").write_text(made_key(2).line, "utf-8")
    shutil.copy(examples / "16-proven-or-not.toml", tmp_path / "applicant.toml")
    values = {
        "case": OWN.get(name, "1"),
        "own": name,
        "file": tmp_path / "new.db",
        "applicant": tmp_path / "applicant.toml",
        "key": tmp_path / "key.pub",
        "backup": tmp_path / "backup.db",
        "fingerprint": made_key(1).fingerprint,
    }
    before = told(staffed)
    ran = command(*(word.format(**values) for word in line.split()))
    may = COMMANDS[line][PEOPLE.index(name)] == "y"
    assert (ran.code != 2) == may, (ran, may)
    if not may:
        assert told(staffed) == before and not (tmp_path / "new.db").exists()
        assert ran.out == ""
        assert any(word in ran.err for word in ("只能查看", "只有所有者", "已停用", "没有要移交")), ran.err


def told(path: Path) -> Any:
    with closing(connect(path)) as connection:
        people = connection.execute("SELECT * FROM person").fetchall()
        return verifying.head(connection), people, connection.execute("SELECT * FROM login_key").fetchall()
