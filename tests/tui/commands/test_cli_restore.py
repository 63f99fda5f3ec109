"""`dabiao restore`: a backup in the place of the workspace; what would be lost is told first."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.fixture
def backup(command: Command, office: Path, applicant: Callable[..., Path], tmp_path: Path) -> Path:
    """A backup of a workspace with one case."""
    command("import", applicant("a.json", name="甲"))
    command("backup", tmp_path / "copy.db")
    return tmp_path / "copy.db"


@pytest.fixture
def newer(command: Command, backup: Path) -> None:
    """The workspace goes on after it."""
    command("set", 1, "status=form", "step.because=转入")


def status(command: Command) -> str:
    found: str = command("show", 1, "--json").json["status"]
    return found


def test_it_tells_what_it_did(command: Command, office: Path, backup: Path) -> None:
    done = command("restore", "--json", backup)
    assert done.code == 0
    told = done.json
    assert (told["path"], told["from"]) == (str(office), str(backup))
    assert (told["entries"], told["cases"]) == (2, 1)
    assert Path(told["kept"]).exists()


def test_without_json_it_says_so(command: Command, backup: Path) -> None:
    done = command("restore", backup)
    assert (done.code, done.out) == (0, "")
    assert str(backup) in done.err and "-replaced-" in done.err


@pytest.mark.usefixtures("newer")
def test_what_is_newer_is_told_and_left(command: Command, backup: Path) -> None:
    done = command("restore", "--json", backup)
    assert (done.code, done.out) == (2, "")
    assert "1 条操作" in done.err and "1 个案件" in done.err and "--yes" in done.err
    assert status(command) == "form"


@pytest.mark.usefixtures("newer")
def test_with_yes_it_is_replaced(command: Command, backup: Path) -> None:
    done = command("restore", "--json", "--yes", backup)
    assert done.code == 0
    assert "1 条操作" in done.err
    assert status(command) == "lead"


@pytest.mark.usefixtures("newer")
def test_in_english_too(command: Command, backup: Path) -> None:
    assert "with 1 entries on 1 cases" in command("--lang", "en", "restore", backup).err


def test_it_works_where_there_is_no_workspace(command: Command, backup: Path, tmp_path: Path) -> None:
    done = command("--db", tmp_path / "other.db", "restore", "--json", backup)
    assert (done.code, done.json["kept"]) == (0, None)
    assert command("--db", tmp_path / "other.db", "show", 1, "--json").json["name"] == "甲"


def test_an_unfit_file_is_one_sentence(command: Command, backup: Path, applicant: Callable[..., Path]) -> None:
    done = command("restore", "--json", applicant("b.json", name="乙"))
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert "b.json" in done.err


def test_a_workspace_that_was_lost_is_told_with_its_newest_backup(command: Command, office: Path, backup: Path) -> None:
    kept = office.parent / "backups" / "workspace-2026-11-20.db"
    kept.parent.mkdir()
    backup.rename(kept)
    office.unlink()
    done = command("import", office.parent / "a.json")
    assert done.code == 2
    assert str(kept) in done.err
    assert command("restore", kept).code == 0
    assert command("show", 1).code == 0


def test_a_workspace_that_is_damaged_is_told_with_its_newest_backup(
    command: Command, office: Path, backup: Path
) -> None:
    kept = office.parent / "backups" / "workspace-2026-11-20.db"
    kept.parent.mkdir()
    backup.rename(kept)
    office.write_bytes(office.read_bytes()[:10_000])
    done = command("list")
    assert done.code == 2
    assert str(kept) in done.err
    refused = command("restore", kept)
    assert refused.code == 2 and "--yes" in refused.err
    assert command("restore", kept, "--yes").code == 0
    assert command("show", 1).code == 0
