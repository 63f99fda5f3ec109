"""Terminals that draw lines and arrows wide, narrow, or say nothing of it: each is asked, and nothing typed is lost."""

import os
import pty
import re
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from desks import Desk
from terminal import DABIAO, NotSeen, Terminal

from models.workspace import locate, open_workspace

ASKED = b"\x1b[6n"


@pytest.fixture(autouse=True)
def nobody_chose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DABIAO_SIGNS")


class Line:
    """A line to the program with no terminal at its end but what the test answers."""

    def __init__(self, end: int) -> None:
        self.end = end
        self.sent = b""

    def wait_for(self, pattern: bytes, timeout: float = 20.0) -> None:
        """Read on until something has come."""
        until = time.monotonic() + timeout
        while not re.search(pattern, self.sent):
            if time.monotonic() > until:
                raise NotSeen(f"{pattern!r} did not come: {self.sent[-2000:]!r}")
            if select.select([self.end], [], [], 0.1)[0]:
                self.sent += os.read(self.end, 65536)

    def answer(self, text: bytes) -> None:
        """Send what a terminal answers, or a person types; only what comes after it is looked for from now on."""
        self.sent = b""
        os.write(self.end, text)


@contextmanager
def line() -> Iterator[Line]:
    """The program at the end of a line of 80x24."""
    end, other = pty.openpty()
    environ = {**os.environ, "TERM": "xterm-256color", "LINES": "24", "COLUMNS": "80"}
    running = subprocess.Popen(DABIAO, stdin=other, stdout=other, stderr=other, env=environ, start_new_session=True)
    os.close(other)
    try:
        yield Line(end)
    finally:
        running.kill()
        running.wait()
        os.close(end)


@pytest.fixture
def cases() -> None:
    """A workspace with a case that has points."""
    workspace = open_workspace(locate(None, os.environ))
    Desk(workspace, "ana").create({"name": "王小明", "birth_date": "1990-03-07"})
    workspace.close()


@pytest.mark.usefixtures("cases")
def test_where_signs_are_wide_simple_ones_are_drawn_and_the_keys_around_the_answer_count() -> None:
    with line() as to:
        to.wait_for(re.escape(ASKED))
        to.answer(b"/w\x1b[2;15Rxm")  # six signs, two cells each
        to.wait_for(b"wxm")
        to.wait_for(">.*王小明".encode())
        assert "▸".encode() not in to.sent


@pytest.mark.usefixtures("cases")
def test_where_they_are_narrow_all_stays_as_it_is() -> None:
    with line() as to:
        to.wait_for(re.escape(ASKED))
        to.answer(b"\x1b[2;9R/wxm")
        to.wait_for(b"wxm")
        to.wait_for("▸.*王小明".encode())


@pytest.mark.usefixtures("cases")
def test_a_terminal_that_says_nothing_leaves_it_to_a_person() -> None:
    with line() as to:
        to.wait_for(re.escape(ASKED))
        to.wait_for("表格会错位".encode())
        to.answer(b"\x1b[15~")  # f5
        to.wait_for("现在用简单符号".encode())
        to.wait_for(">.*王小明".encode())


@pytest.mark.usefixtures("cases")
def test_in_tmux_a_person_is_asked_once(terminal: Terminal) -> None:
    terminal.start()
    terminal.wait_for("表格会错位")
    terminal.send("C-q", "y")
    terminal.wait_until_ended()
    terminal.start()
    terminal.wait_for("▸")
    terminal.send("/")
    terminal.type("wxm")
    terminal.wait_for("1 / 1")
    assert "表格会错位" not in terminal.text()
