"""What was copied last as a plain page without borders, to be selected by mouse where a terminal knows no OSC 52."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

MOUSE_OFF, MOUSE_ON = "\x1b[?1000l\x1b[?1003l\x1b[?1006l", "\x1b[?1000h\x1b[?1003h\x1b[?1006h"
MOVES = {"down": 1, "j": 1, "up": -1, "k": -1, "pagedown": 10, "pageup": -10}


class CopiedScreen(ModalScreen[None]):
    """The text alone. While it is shown the mouse is the terminal's own; any key but those that scroll leaves."""

    def __init__(self, copied: str) -> None:
        super().__init__()
        self.copied = copied

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static(self.copied, markup=False)

    def on_mount(self) -> None:
        self.mouse(MOUSE_OFF)

    def on_unmount(self) -> None:
        self.mouse(MOUSE_ON)

    def mouse(self, sequence: str) -> None:
        """Leave the mouse to the terminal, or take it back."""
        driver = self.app._driver
        if driver is not None and getattr(driver, "_mouse", False):
            driver.write(sequence)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        if event.key in MOVES:
            self.query_one(VerticalScroll).scroll_relative(y=MOVES[event.key], animate=False)
        else:
            self.app.pop_screen()
