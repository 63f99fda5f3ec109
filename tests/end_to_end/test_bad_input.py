"""What stands in the way is told in a plain sentence, with exit code 2, and nothing on disk has changed."""

import os
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from terminal import DABIAO, Terminal
from unlocked import unlocked

Command = Callable[..., CompletedProcess[str]]

CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")
# root may write anywhere: without this right its own read-only directories hold for it too
WITHOUT_ROOTS_RIGHTS = ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A directory that holds nothing but what a test puts there."""
    directory = tmp_path / "office"
    directory.mkdir()
    return directory


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def is_a_plain_sentence(text: str) -> bool:
    return bool(CHINESE.search(text)) and not re.search(r"Traceback|Error|Exception|[{}]|reason\.|workspace\.", text)


@pytest.fixture
def workspace(place: Path, tmp_path: Path, dabiao: Command, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one case, closed."""
    path = place / "cases.db"
    monkeypatch.setenv("DABIAO_DB", str(path))
    applicant = tmp_path / "applicant.toml"
    applicant.write_text('name = "王小明"', "utf-8")
    done = dabiao("import", applicant)
    assert done.returncode == 0, done.stderr
    return path


def cut_in_half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def overwritten_in_the_middle(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:200] + b"\xff" * (len(content) - 200))


def some_text(path: Path) -> None:
    path.write_text("姓名,学历\n张三,本科\n", "utf-8")


def another_programs(path: Path) -> None:
    path.unlink()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE invoices (number TEXT)")
    other.commit()
    other.close()


def of_a_later_version(path: Path) -> None:
    later = unlocked(path)
    later.execute("UPDATE alembic_version SET version_num = '9999'")
    later.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    later.close()


SPOILT = [cut_in_half, overwritten_in_the_middle, some_text, another_programs, of_a_later_version]


@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__)
def test_a_file_that_cannot_be_used_is_told_and_left_as_it_is(
    workspace: Path, spoil: Callable[[Path], None], terminal: Terminal, dabiao: Command
) -> None:
    spoil(workspace)
    before = contents(workspace.parent)
    terminal.start()
    assert terminal.wait_until_ended() == 2
    assert is_a_plain_sentence(terminal.text())
    assert str(workspace) in terminal.text().replace("\n", "")
    listed = dabiao("list")
    assert (listed.returncode, listed.stdout) == (2, "")
    assert is_a_plain_sentence(listed.stderr)
    after = contents(workspace.parent)
    assert {name: after[name] for name in before} == before


def test_a_read_only_directory(place: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DABIAO_DB", str(place / "cases.db"))
    place.chmod(0o555)
    terminal.start([*(WITHOUT_ROOTS_RIGHTS if os.geteuid() == 0 else ()), *DABIAO])
    assert terminal.wait_until_ended() == 2
    place.chmod(0o755)
    assert is_a_plain_sentence(terminal.text())
    assert str(place) in terminal.text().replace("\n", "")
    assert contents(place) == {}


def test_a_directory_that_is_not_there(place: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DABIAO_DB", str(place / "none" / "cases.db"))
    terminal.start()
    assert terminal.wait_until_ended() == 2
    assert is_a_plain_sentence(terminal.text())
    assert contents(place) == {}


def test_a_terminal_that_cannot_draw(workspace: Path, terminal: Terminal) -> None:
    before = contents(workspace.parent)
    terminal.start(term="dumb")
    assert terminal.wait_until_ended() == 2
    assert is_a_plain_sentence(terminal.text())
    assert contents(workspace.parent) == before


def test_no_terminal_at_all(workspace: Path, dabiao: Command) -> None:
    done = dabiao()
    assert (done.returncode, done.stdout) == (2, "")
    assert is_a_plain_sentence(done.stderr)


def test_a_window_too_small_says_so_and_goes_on_once_it_is_larger(workspace: Path, terminal: Terminal) -> None:
    terminal.start(columns=40, lines=10)
    terminal.wait_for("窗口太小")
    terminal.resize(120, 40)
    terminal.wait_for("王小明")
