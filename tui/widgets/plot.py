"""The plot of a score through time."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.plotting import Sign

STYLES = "axis score reached lost threshold need today other here"


class Plot(Widget):
    """Lines of signs; only what is different is drawn anew."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"plot--{style}" for style in STYLES.split()}

    class Pointed(Message):
        """A column was clicked on."""

        def __init__(self, column: int) -> None:
            super().__init__()
            self.column = column

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[list[Sign]] = []

    def show(self, lines: list[list[Sign]]) -> None:
        """Show these lines."""
        before, self.lines = self.lines, lines
        if len(before) != len(lines):
            self.refresh()
            return
        changed = [y for y, (old, new) in enumerate(zip(before, lines, strict=True)) if old != new]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def render_line(self, y: int) -> Strip:
        line = self.lines[y] if y < len(self.lines) else []
        segments = [
            Segment(sign.text, self.get_component_rich_style(f"plot--{sign.style}" if sign.style else "plot--axis"))
            for sign in line
        ]
        return Strip(segments).simplify().adjust_cell_length(self.size.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Pointed(event.x))
