"""The keys that move in a list, for a screen of lines."""

from __future__ import annotations

from typing import Protocol


class Moving(Protocol):
    """What can be moved in by the names of the registry's actions."""

    def perform(self, name: str) -> None:
        """Do a moving action."""


class LineMoves:
    """Answers the scope `list` for a screen of lines; `lines` are those that the keys go to."""

    @property
    def lines(self) -> Moving:
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
