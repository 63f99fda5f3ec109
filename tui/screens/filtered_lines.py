"""A filter over lines: writing that reaches them starts it."""

from __future__ import annotations

from textual import events

from tui.screens.filtered import Filtered
from tui.screens.line_moves import LineMoves
from tui.widgets.lines import Lines
from tui.widgets.table import is_text


class FilteredLines(LineMoves, Filtered):
    """A subclass composes `Filter` and `Lines`, and looks in `search`."""

    @property
    def lines(self) -> Lines:
        return self.query_one(Lines)

    def on_key(self, event: events.Key) -> None:
        """Writing that reaches the lines starts the filter, as in every list."""
        if event.character is not None and is_text(event.character):
            event.stop()
            self.begin_filter(event.character)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.begin_filter(event.text)

    def act_to_list(self) -> None:
        self.focus_now(self.lines)
