"""Swimlanes that scroll, above their axis."""

from __future__ import annotations

from textual.geometry import Size

from tui.lane_plotting import Picture
from tui.widgets.lines import CellView, Drawn


class Lanes(CellView):
    """The lines of the lanes. What is picked is scrolled to when something else is picked."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture((), (), (), None)

    def show(self, picture: Picture) -> None:
        """Show these lanes."""
        before, self.picture = self.picture, picture
        self.virtual_size = Size(0, len(picture.lines))
        if picture.first is not None and picture.first != before.first:
            self.scroll_into_sight(picture.first)
        self.redraw()

    def scroll_into_sight(self, line: int) -> None:
        """Scroll so that a line and the one below it are seen."""
        top, height = self.scroll_offset.y, self.size.height
        if line < top or line + 1 >= top + height:
            self.scroll_to(y=max(min(line, line - height + 2), 0) if line >= top else line, animate=False)

    def perform(self, name: str) -> None:
        """Do a moving action of the registry: here it scrolls."""
        page = max(self.size.height - 2, 1)
        all_of_it = len(self.picture.lines)
        steps = {"down": 1, "up": -1, "page_down": page, "page_up": -page, "first": -all_of_it}
        self.scroll_relative(y=steps.get(name, all_of_it), animate=False)

    def drawn(self, number: int) -> Drawn:
        lines = self.picture.lines
        return lines[number] if number < len(lines) else Drawn()
