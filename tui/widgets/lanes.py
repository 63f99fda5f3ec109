"""Swimlanes that scroll, below their axis."""

from __future__ import annotations

from itertools import groupby

from tui.lane_plotting import Picture, Row
from tui.widgets.lines import CellView, Drawn
from tui.widgets.table import Cell


class Lanes(CellView):
    """The lines of the lanes. What is picked is scrolled to when something else is picked."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Drawn] = []
        self.first: int | None = None

    def show(self, picture: Picture) -> None:
        """Show these lanes."""
        before, self.first = self.first, picture.first
        self.rows = [_drawn(row) for row in picture.lines]
        self.set_height(len(self.rows))
        if self.first is not None and self.first != before:
            self.scroll_into_sight(self.first)
        self.redraw()

    def scroll_into_sight(self, line: int) -> None:
        """Scroll so that a line and the one below it are seen."""
        top, height = self.scroll_offset.y, self.size.height
        if line < top:
            self.scroll_to(y=line, animate=False)
        elif line + 1 >= top + height:
            self.scroll_to(y=min(line, line - height + 2), animate=False)

    def perform(self, name: str) -> None:
        """Do a moving action of the registry: here it scrolls."""
        page = max(self.size.height - 2, 1)
        steps = {"down": 1, "up": -1, "page_down": page, "page_up": -page, "first": -len(self.rows)}
        self.scroll_relative(y=steps.get(name, len(self.rows)), animate=False)

    def drawn(self, number: int) -> Drawn:
        return self.rows[number] if number < len(self.rows) else Drawn()


def _drawn(row: Row) -> Drawn:
    runs = groupby(row.signs, key=lambda sign: sign.style)
    return Drawn(tuple(Cell("".join(sign.text for sign in run), style) for style, run in runs), row.picked)
