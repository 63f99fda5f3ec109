"""What is written to a terminal goes out at once where there is room, and in order where there is not."""

import os
import pty
import threading
import tty
from collections.abc import Iterator
from contextlib import suppress

import pytest
from textual._ansi_sequences import SYNC_END, SYNC_START

from tui import terminal
from tui.terminal import MOST, Output, TerminalDriver

LONG = "".join(f"{number:08}" for number in range(20_000))  # more than a terminal takes unread, less than is left out


class Line:
    """A terminal with an `Output` on it; `read` is the reader's side."""

    def __init__(self) -> None:
        self.reader, self.screen = pty.openpty()
        tty.setraw(self.screen)
        self.caught_up = threading.Event()
        self.output = Output(self.screen, self.screen, self.caught_up.set, lambda: None)

    def read(self, many: int) -> str:
        """So many characters of what has come, waiting for them."""
        found = b""
        while len(found) < many:
            found += os.read(self.reader, many - len(found))
        return found.decode()

    def close(self) -> None:
        self.output.close()
        os.close(self.reader)
        os.close(self.screen)


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    yield made
    made.close()


@pytest.fixture
def without_the_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sends but who writes."""
    monkeypatch.setattr(Output, "_run", lambda output, keys: None)


def test_what_there_is_room_for_is_sent_by_who_writes(without_the_thread: None, line: Line) -> None:
    line.output.write("张三 138")
    os.set_blocking(line.reader, False)
    assert os.read(line.reader, 100).decode() == "张三 138"


def test_what_there_is_no_room_for_follows_in_order(line: Line) -> None:
    line.output.write(LONG)
    line.output.write("!")
    assert line.read(len(LONG) + 1) == LONG + "!"


def test_writing_does_not_wait_for_who_has_stopped_reading(line: Line) -> None:
    for _ in range(2 * MOST // len(LONG) + 2):  # it would never come back from a write that waits
        line.output.write(LONG)
    assert not line.caught_up.is_set()
    os.set_blocking(line.reader, False)
    while not line.caught_up.wait(0.01):
        with suppress(BlockingIOError):
            os.read(line.reader, MOST)


def test_a_terminal_on_which_writing_waits_is_left_to_the_thread(
    without_the_thread: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "_opened_anew", lambda screen: (os.dup(screen), True))
    line = Line()
    line.output.write("张三")
    os.set_blocking(line.reader, False)
    with pytest.raises(BlockingIOError):
        os.read(line.reader, 100)


# --- the driver


class Written(list[str]):
    """An output that only notes what is written."""

    write = list.append


@pytest.fixture
def driver() -> TerminalDriver:
    """A driver that has begun."""
    made = TerminalDriver.__new__(TerminalDriver)
    made._frame, made._output = None, Written()  # type: ignore[assignment]
    return made


def test_a_frame_goes_out_in_one_piece(driver: TerminalDriver) -> None:
    for part in (SYNC_START, "张三", "138", SYNC_END):
        driver.write(part)
    assert driver._output == [f"{SYNC_START}张三138{SYNC_END}"]


def test_what_is_no_frame_goes_out_at_once(driver: TerminalDriver) -> None:
    driver.write("\a")
    assert driver._output == ["\a"]
