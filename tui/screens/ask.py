"""A question whose answer is a key of its own: never the key that asked, and nothing happens by default."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from tui.widgets.status import Status


class Ask(ModalScreen[bool]):
    """One line at the foot of the screen; `y` is yes, every other key is no, as the line says; so is Enter."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question

    def compose(self) -> ComposeResult:
        yield Status()

    def on_mount(self) -> None:
        self.query_one(Status).show(self.question, warning=True)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.dismiss(event.key in ("y", "Y", "ｙ", "Ｙ"))

    def on_click(self) -> None:
        self.dismiss(False)
