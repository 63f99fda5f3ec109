"""The least a Textual program can be: header, filter line, footer. What Dabiao's start is held against."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Footer, Header, Input


class Empty(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [("f1", "help", "Help"), ("f10", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield Header()
        yield Input(placeholder="filter")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Input).cursor_blink = False


Empty().run()
