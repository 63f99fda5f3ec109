"""`dabiao backup`: a checked copy of the workspace, told in one line or one document."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from models import examining
from models.connection import connect
from models.workspace import open_workspace

Command = Callable[..., Any]


@pytest.fixture
def filled(command: Command, office: Path, applicant: Callable[..., Path]) -> Path:
    """A workspace with one case."""
    command("import", applicant("a.json", name="甲"))
    return office


def test_it_tells_what_the_backup_holds(command: Command, filled: Path, tmp_path: Path) -> None:
    done = command("backup", "--json", tmp_path / "copy.db")
    assert done.code == 0
    told = done.json
    assert told["path"] == str(tmp_path / "copy.db")
    assert (told["entries"], told["cases"], told["flaws"]) == (2, 1, [])
    assert told["bytes"] == (tmp_path / "copy.db").stat().st_size
    with closing(open_workspace(tmp_path / "copy.db")) as opened:
        assert opened.connection.execute("SELECT hash FROM entry WHERE id = 2").fetchall() == [(told["head"],)]
        assert opened.connection.execute("SELECT command FROM entry WHERE id = 2").fetchall() == [("export",)]


def test_without_json_it_says_where_it_is(command: Command, filled: Path, tmp_path: Path) -> None:
    done = command("backup", tmp_path / "copy.db")
    assert (done.code, done.out) == (0, "")
    assert str(tmp_path / "copy.db") in done.err and "1 个案件" in done.err


def test_in_a_directory_it_is_named_by_day_and_time(command: Command, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    for given in (f"{tmp_path / 'usb'}", f"{tmp_path / 'usb'}/"):
        path = Path(command("backup", "--json", "--replace", given).json["path"])
        assert path.parent == tmp_path / "usb"
        assert path.match("workspace-20??-??-??-??????.db")


def test_without_a_file_it_goes_where_the_automatic_ones_are(command: Command, filled: Path) -> None:
    path = Path(command("backup", "--json").json["path"])
    assert path.parent == filled.parent / "backups"
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_directory_of_the_settings_is_used(command: Command, filled: Path, tmp_path: Path) -> None:
    settings = Path(os.environ["XDG_CONFIG_HOME"]) / "dabiao" / "settings.toml"
    settings.parent.mkdir(parents=True)
    (tmp_path / "disk").mkdir()
    settings.write_text(f'[backups]\ndirectory = "{tmp_path / "disk"}"\nkeep = 1\n')
    done = command("backup", "--json")
    assert Path(done.json["path"]).is_relative_to(tmp_path / "disk")
    assert done.err.startswith(f"{settings}: backups.keep: ")


def test_a_file_that_is_there_is_replaced_only_where_that_is_said(
    command: Command, filled: Path, tmp_path: Path
) -> None:
    command("backup", tmp_path / "copy.db")
    again = command("backup", tmp_path / "copy.db")
    assert (again.code, again.out, len(again.err.splitlines())) == (2, "", 1)
    assert "--replace" in again.err
    assert command("backup", "--replace", tmp_path / "copy.db").code == 0


@pytest.mark.parametrize("place", ["none/copy.db", "a.json/copy.db"])
def test_what_cannot_be_made_is_one_sentence(command: Command, filled: Path, tmp_path: Path, place: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    done = command("backup", "--json", tmp_path / place)
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert str(tmp_path / place) in done.err
    assert [found for found in sorted(tmp_path.rglob("*")) if found not in before] == []


def test_a_journal_that_is_not_whole_is_told_and_backed_up(command: Command, filled: Path, tmp_path: Path) -> None:
    with closing(connect(filled, writing=True)) as connection:
        connection.execute("DROP TRIGGER entry_is_not_changed")
        connection.execute("UPDATE entry SET by = 'eve'")
    done = command("backup", "--json", tmp_path / "copy.db")
    assert done.code == 1
    assert len(done.json["flaws"]) == 1
    assert done.json["flaws"][0] in done.err
    assert (tmp_path / "copy.db").exists()


def test_interrupted_it_leaves_nothing(
    command: Command, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ctrl+c arrives in the middle of the work."""

    def interrupt(connection: Any, stopped: Any) -> None:
        connection.set_progress_handler(lambda: 1, 1)

    monkeypatch.setattr(examining, "watch", interrupt)
    monkeypatch.setattr("models.backups.watch", interrupt)
    assert command("backup", tmp_path / "copy.db").code == 130
    assert list(tmp_path.glob("*copy*")) + list(tmp_path.glob(".dabiao*")) == []


def test_a_place_that_is_not_there_is_told(command: Command, tmp_path: Path) -> None:
    done = command("--db", tmp_path / "none.db", "backup", tmp_path / "copy.db")
    assert done.code == 2
    assert str(tmp_path / "none.db") in done.err
