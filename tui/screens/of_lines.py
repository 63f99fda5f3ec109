"""A screen of lines and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult

from tui.screens.line_moves import LineMoves
from tui.screens.view import View
from tui.widgets.lines import Entry, Lines


class OfLines(LineMoves, View):
    """A subclass reads what the lines are of (`read`), and says them (`entries`)."""

    def body(self) -> ComposeResult:
        yield Lines(lambda width: list(self.entries(width)))

    @property
    def lines(self) -> Lines:
        return self.query_one(Lines)

    def on_mount(self) -> None:
        self.focus_now(self.lines)
        self.read()
        self.reword()

    def read(self) -> None:
        """Read what the lines are of."""

    def entries(self, width: int) -> Iterable[Entry]:
        """All lines, in a width."""
        raise NotImplementedError
