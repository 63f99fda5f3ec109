"""What reaches a real terminal of names that carry commands for it, and what a megabyte does that is pasted there."""

import re
import shlex
from contextlib import closing
from pathlib import Path

import pytest
from desks import Desk
from hostile import HIDDEN, NAMES, planted
from terminal import DABIAO, Terminal

from models.workspace import open_workspace

# what is sent by ourselves: styles, modes and the cursor; the title, never the clipboard; the ends of lines
OURS = re.compile(
    r"\x1b\[[0-9;?<>=$]*[a-zA-Z]|\x1b\](?:[012]|22);[^\x07\x1b]*\x07|\x1b[=>78]|\x1b\([0B]|[\r\n\x08\x0f]"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The workspace that the program opens, with all those names in it."""
    path = tmp_path / "workspace.db"
    with closing(open_workspace(path)) as opened:
        for n in range(0, len(NAMES), 3):
            planted(Desk(opened, "ana"), n)
    return path


def test_of_hostile_names_no_command_reaches_the_terminal(terminal: Terminal, workspace: Path, tmp_path: Path) -> None:
    recorded = tmp_path / "recorded"
    terminal.start(["sh", "-c", f"read line; exec {shlex.join(DABIAO)}"])
    terminal.record(recorded)
    terminal.send("Enter")
    terminal.wait_for("案件列表")
    terminal.wait_for(re.compile("^▸ "))
    for _ in range(5):
        terminal.send("Enter")
        terminal.wait_for("基本信息")
        terminal.send("h")
        terminal.wait_for("新建")
        terminal.send("q", "q")
        terminal.wait_for("案件列表")
        terminal.send("Down")
    terminal.send("C-q", "y")
    terminal.wait_until_ended()
    sent = recorded.read_text(encoding="utf-8")
    assert "[@click=app.quit]" in sent and "{name} %s" in sent
    assert not HIDDEN & set(OURS.sub("", sent))


def test_a_megabyte_that_is_pasted_is_refused_and_the_next_key_answered(terminal: Terminal, workspace: Path) -> None:
    terminal.start()
    terminal.wait_for(re.compile("^▸ "))
    terminal.send("/")
    terminal.paste("q王\n" * 200_000)
    terminal.wait_for("什么都没有粘进去")
    terminal.type("13800000000")
    terminal.wait_for("5 / 5")


def test_a_long_paste_that_holds_its_own_end_presses_no_key(terminal: Terminal, workspace: Path) -> None:
    terminal.start()
    terminal.wait_for(re.compile("^▸ "))
    terminal.paste("王\x1b[201~qy" * 3_000)
    terminal.wait_for("什么都没有粘进去")
    terminal.type("/13800000000")
    terminal.wait_for("5 / 5")
