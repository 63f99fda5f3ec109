"""One line of plain text with parts at its left, middle and right, cut to the width by cells."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size
from rich.style import Style

from tui.widgets.own_lines import OneLine, Run


def cut(text: str, width: int) -> str:
    """The text in exactly `width` cells: filled with blanks, or cut with an ellipsis."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, max(width - 1, 0)).rstrip() + "…", width)


class Line(OneLine):
    """A line of text; what it shows is never read as markup."""

    left = middle = right = ""

    def show(self, left: str, middle: str = "", right: str = "") -> None:
        """Show these parts; the right one gives way last."""
        if (left, middle, right) != (self.left, self.middle, self.right):
            self.left, self.middle, self.right = left, middle, right
            self.refresh()

    def runs(self, room: int, base: Style) -> Iterable[Run]:
        right = f" {self.right}" if self.right else ""
        left = f"{self.left}    {self.middle}" if self.middle else self.left
        if room - cell_len(right) < cell_len(self.left):
            left, right = self.left, ""
        yield cut(left, room - cell_len(right)), base
        yield from self.right_runs(right, base)

    def right_runs(self, right: str, base: Style) -> Iterable[Run]:
        """How what stands at the right is drawn."""
        yield right, base
