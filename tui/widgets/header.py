"""The top line: where one is, how much is shown, who and when."""

from collections.abc import Iterable
from typing import Protocol

from rich.style import Style

from tui.widgets.line import Line
from tui.widgets.own_lines import Run


class Fitted(Protocol):
    """What can be said in more or less room."""

    def fitted(self, width: int) -> tuple[str, str]:
        """What stands at the left and at the right in so many cells."""


class Header(Line):
    """The header line of a screen."""

    said: Fitted | None = None

    def show_fitted(self, said: Fitted) -> None:
        """Show what says itself in the room there is."""
        if said != self.said:
            self.said = said
            self.refresh()

    def runs(self, room: int, base: Style) -> Iterable[Run]:
        if self.said is not None:
            self.left, self.right = self.said.fitted(room)
        return super().runs(room, base)
