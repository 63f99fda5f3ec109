"""The keys that move in a list, for a screen of lines."""

from __future__ import annotations

from tui.widgets.lines import Lines


class LineMoves:
    """Answers the scope `list` for a screen of lines; `lines` are those that the keys go to."""

    @property
    def lines(self) -> Lines:
        raise NotImplementedError

    def act_down(self) -> None:
        self.lines.perform("down")

    def act_up(self) -> None:
        self.lines.perform("up")

    def act_page_down(self) -> None:
        self.lines.perform("page_down")

    def act_page_up(self) -> None:
        self.lines.perform("page_up")

    def act_first(self) -> None:
        self.lines.perform("first")

    def act_last(self) -> None:
        self.lines.perform("last")
