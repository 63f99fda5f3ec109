"""Somebody types in a field of a case in a real terminal; what of that is kept, looked up in the file itself."""

import os
import time
from contextlib import closing
from pathlib import Path

from terminal import Terminal

from models.connection import connect

TYPED = "甲乙丙丁"


def workspace() -> Path:
    return Path(os.environ["DABIAO_DB"])


def drafts() -> list[str]:
    """What is kept of what was typed and not committed."""
    with closing(connect(workspace())) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM draft ORDER BY text")]


def wait_for_draft(text: str, timeout: float = 20.0) -> None:
    """Wait until a text is kept in the workspace."""
    until = time.monotonic() + timeout
    while text not in drafts():
        assert time.monotonic() < until, f"not kept in {timeout:g} s: {text}, but {drafts()}"
        time.sleep(0.02)


def type_in_a_field(terminal: Terminal, text: str = TYPED) -> None:
    """Open the case and its name, and type, as soon as there is something to type in."""
    terminal.wait_for("咨询")
    terminal.send("2", "Enter")  # the list first: a session comes back to the case it was in
    terminal.wait_for("基本信息")
    terminal.send("/")
    terminal.type("姓名")
    terminal.send("Enter", "Enter", "C-u")
    terminal.type(text)
    terminal.wait_for(text)
