"""One line of plain text with parts at its left, middle and right, cut to the width by cells."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widget import Widget


def cut(text: str, width: int) -> str:
    """The text in exactly `width` cells: filled with blanks, or cut with an ellipsis."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, max(width - 1, 0)).rstrip() + "…", width)


class Line(Widget):
    """A line of text; what it shows is never read as markup."""

    left = middle = right = ""

    def show(self, left: str, middle: str = "", right: str = "") -> None:
        """Show these parts; the right one gives way last."""
        if (left, middle, right) != (self.left, self.middle, self.right):
            self.left, self.middle, self.right = left, middle, right
            self.refresh()

    def render(self) -> Content:
        width = self.content_size.width
        right = f" {self.right}" if self.right else ""
        room = width - cell_len(right)
        left = f"{self.left}    {self.middle}" if self.middle else self.left
        if room < cell_len(self.left):
            return Content(cut(self.left, width))
        return Content(cut(left, room) + right)
