"""A question whose answer is a key: the next one that is pressed; nothing happens by default."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from tui import actions
from tui.widgets.status import Status

DEFAULT = ""
"""The answer that means the key an action has of itself."""
YES = ("y", "Y")


class Press(ModalScreen[str]):
    """One line at the foot of the screen. Esc and a click are no answer, backspace the default; a full-width form is
    its key. `warning`: what is asked about is not done lightly, and is marked as that."""

    def __init__(self, question: str, *, warning: bool = False) -> None:
        super().__init__()
        self.question = question
        self.warning = warning

    def compose(self) -> ComposeResult:
        yield Status()

    def on_mount(self) -> None:
        self.query_one(Status).show(self.question, warning=self.warning)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(None)
        elif event.key in ("backspace", "delete"):
            self.dismiss(DEFAULT)
        else:
            self.dismiss(pressed(event))

    def on_click(self) -> None:
        self.dismiss(None)


def pressed(event: events.Key) -> str:
    """A key as the registry names it: `/`, `j`, `f5`, `ctrl+k`; writing of an input method as it stands."""
    sign = event.character or ""
    if len(sign) != 1 or sign.isspace() or not sign.isprintable():
        return event.key
    return actions.key_of(sign)
