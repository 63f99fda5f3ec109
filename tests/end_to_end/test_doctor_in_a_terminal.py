"""The doctor in a real terminal: no trace of what was being looked at, and a question before anything is accepted."""

import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from terminal import DABIAO, Terminal

from models import anchor
from models.chain import Head

Command = Callable[..., CompletedProcess[str]]


@pytest.fixture
def path(dabiao: Command, examples: Path) -> Path:
    """A workspace with a case, whose anchor knows of an entry that is no longer there."""
    assert dabiao("import", examples / "01-age-and-degree.toml").returncode == 0
    path = Path(os.environ["DABIAO_DB"])
    anchor.write(path, Head(2, "a" * 64))
    return path


def test_a_fault_is_told_and_a_person_asked_before_it_is_accepted(terminal: Terminal, path: Path) -> None:
    terminal.start([*DABIAO, "doctor", "--accept"])
    terminal.wait_for("y/N")
    terminal.send("y")
    terminal.send("Enter")
    assert terminal.wait_until_ended() == 0
    screen = terminal.wait_for("故障 0")
    assert "…" not in screen
