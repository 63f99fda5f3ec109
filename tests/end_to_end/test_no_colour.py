"""In a real terminal where no colour is wanted: none is sent, and the cursor can be seen all the same."""

import re

from terminal import DABIAO, Terminal

COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")
REVERSED = re.compile(r"\x1b\[(?:\d+;)*7(?:;\d+)*m")


def test_without_colour_none_reaches_the_terminal(terminal: Terminal) -> None:
    terminal.start([*DABIAO, "demo", "20"], env={"NO_COLOR": "1"})
    terminal.wait_for("案件列表")
    terminal.wait_for(re.compile("^▸ "))
    drawn = terminal.drawn()
    assert COLOUR.search(drawn) is None
    assert any(REVERSED.search(line) and "▸" in line for line in drawn.split("\n"))


def test_with_colours_the_same_screen_has_some(terminal: Terminal) -> None:
    terminal.start([*DABIAO, "demo", "20"])
    terminal.wait_for(re.compile("^▸ "))
    assert COLOUR.search(terminal.drawn()) is not None
