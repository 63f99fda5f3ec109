"""What is shown while the terminal is too small to show anything else."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

LEAST_WIDTH = 60
LEAST_HEIGHT = 15


class TooSmall(ModalScreen[None]):
    """One plain sentence; the screen below keeps everything and comes back with the space."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence

    def on_key(self, event: events.Key) -> None:
        event.stop()
        if event.key in ("q", "ｑ", "ctrl+q", "ctrl+c"):
            self.app.exit()

    def compose(self) -> ComposeResult:
        yield Static(self.sentence, markup=False)
