"""Every screen over an office in which every text is hostile: what reaches the terminal, byte by byte."""

import fcntl
import itertools
import json
import os
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hostile import HIDDEN, NAMES
from office import NOW, at, furnish

from models.connection import connect
from models.workspace import open_workspace

HERE = Path(__file__).parent.parent
WALK = HERE / "tui" / "walks" / "office.story"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# what is sent by ourselves: styles, modes, the cursor, the mouse's pointer; never the title
OURS = re.compile(r"\x1b\[[0-9;?<>=$]*[a-zA-Z]|\x1b\]22;[a-z]+\x07|\x1b[=>78]|\x1b\([0B]|[\r\n\x08\x0f]")
COPIED = re.compile(r"\x1b\]52;c;[A-Za-z0-9+/=]*\x07")  # by the key that copies: letters alone
AS_THEY_ARE = {"province", "id", "by", "at", "on"}


def spoilt(value: Any, names: Iterator[str], key: str = "") -> Any:
    """A document with a hostile name instead of each text that people wrote."""
    if isinstance(value, dict):
        return {name: spoilt(item, names, name) for name, item in value.items()}
    if isinstance(value, list):
        return [spoilt(item, names, key) for item in value]
    is_text = isinstance(value, str) and key not in AS_THEY_ARE and CHINESE.search(value)
    return next(names) if is_text else value


def plant(path: Path) -> None:
    """Hostile text wherever people's text stands, put into the file past every door."""
    names = itertools.cycle(NAMES.values())
    connection = connect(path, writing=True)
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entry'")
    kept = guards.fetchall()
    for name, _ in kept:
        connection.execute(f"DROP TRIGGER {name}")
    for table, columns in (("document", ("document", "office")), ("cases", ("tags",)), ("entry", ("changes",))):
        key = "case_id" if table == "document" else "id"
        for column in columns:
            for number, text in connection.execute(f"SELECT {key}, {column} FROM {table}").fetchall():
                said = json.dumps(spoilt(json.loads(text), names), ensure_ascii=False)
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (said, number))
    for (number,) in connection.execute("SELECT id FROM cases").fetchall():
        for column in ("name", "called", "employer", "district"):
            connection.execute(
                f"UPDATE cases SET {column} = ? WHERE id = ? AND {column} IS NOT NULL", (next(names), number)
            )
    connection.execute("UPDATE draft SET text = ?", (NAMES["controls"],))
    connection.execute("UPDATE entry SET by = ?, note = ? WHERE id % 3 = 0", (NAMES["controls"], NAMES["direction"]))
    connection.execute("UPDATE cases SET consultant = ? WHERE id % 2 = 0", (NAMES["tags"],))
    views = json.dumps([["1", NAMES["controls"], f"note:{NAMES['direction']}"]])
    connection.execute("INSERT OR REPLACE INTO preference (by, name, value) VALUES ('ana', 'views', ?)", (views,))
    for _, guard in kept:
        connection.execute(guard)
    connection.close()


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The office of the walks, spoilt."""
    path = tmp_path / "office.db"
    with at(NOW), closing(open_workspace(path)) as workspace:
        furnish(workspace)
    plant(path)
    return path


def on_a_terminal(command: list[str], columns: int, lines: int) -> tuple[int, str]:
    """A command run on a terminal of its own: its exit code, and all that it sent there."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    environment = {**os.environ, "PYTHONPATH": str(HERE), "DABIAO_TODAY": NOW[:10], "TERM": "xterm-256color"}
    program = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    sent = bytearray()
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # its end
            break
        if not piece:
            break
        sent += piece
    os.close(ours)
    return program.wait(), sent.decode("utf-8")


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (160, 45)])
def test_nothing_of_them_steers_the_terminal_on_any_screen(
    office: Path, tmp_path: Path, columns: int, lines: int
) -> None:
    visited = tmp_path / "visited"
    code, sent = on_a_terminal(
        [sys.executable, str(HERE / "hostile_walk.py"), str(office), str(WALK), str(visited)], columns, lines
    )
    assert code == 0, sent[-3000:]
    seen = visited.read_text(encoding="utf-8").split("\n")
    assert seen[-1] == "the end" and len(set(seen)) > 25, seen
    assert "[@click=app.quit]" in sent and "{name} %s" in sent  # they were there
    left = OURS.sub("", COPIED.sub("", sent))
    found = [left[max(place - 40, 0) : place + 40] for place, sign in enumerate(left) if sign in HIDDEN]
    assert not found, ascii(found[:5])
