"""In a real terminal: a restore that would lose something asks, and nothing happens by default."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from terminal import DABIAO, Terminal

Command = Callable[..., CompletedProcess[str]]


@pytest.fixture
def backup(dabiao: Command, examples: Path, tmp_path: Path) -> Path:
    """A backup that the workspace goes on after."""
    file = tmp_path / "copy.db"
    dabiao("import", examples / "16-proven-or-not.toml")
    dabiao("backup", file)
    dabiao("set", 1, "status=form", "step.because=转入")
    return file


def test_a_restore_asks_and_enter_is_no(dabiao: Command, terminal: Terminal, backup: Path) -> None:
    for answer, code, status in (("", 2, "填报中"), ("y", 0, "咨询")):
        terminal.start([*DABIAO, "restore", str(backup)])
        terminal.wait_for("y/N")
        terminal.type(answer)
        terminal.send("Enter")
        assert terminal.wait_until_ended() == code
        assert status in dabiao("list").stdout
