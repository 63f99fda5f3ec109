"""The line that names the parts of a case with their keys, the one that is shown marked."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.widgets.line import cut


class PartsLine(Widget):
    """Key and name of each part; at the right, what the case is about next."""

    class Chosen(Message):
        """The name of a part was clicked on."""

        def __init__(self, part: str) -> None:
            super().__init__()
            self.part = part

    def __init__(self) -> None:
        super().__init__()
        self.parts: Sequence[tuple[str, str, str]] = ()
        self.here = self.right = ""

    def show(self, parts: Sequence[tuple[str, str, str]], here: str, right: str) -> None:
        """Show the parts, each with its name in the registry, its key and what it is called."""
        if (parts, here, right) != (self.parts, self.here, self.right):
            self.parts, self.here, self.right = parts, here, right
            self.refresh()

    def render(self) -> Content:
        pieces: list[Content] = []
        for part, key, name in self.parts:
            here = part == self.here
            opening, closing = "[]" if here else "  "  # a mark that can be seen without colour
            pieces.append(Content.assemble(opening, (key, "bold"), " ", (name, "bold" if here else "dim"), closing))
        line = Content("").join(pieces)
        room = self.content_size.width - line.cell_length - 2
        right = cut(self.right, room) if cell_len(self.right) > room > 0 else self.right
        if room <= 0:
            return line
        return Content.assemble(line, " " * (room + 2 - cell_len(right)), right)

    def on_click(self, event: events.Click) -> None:
        """A click on the name of a part leads there."""
        x = 0
        for part, key, name in self.parts:
            x += cell_len(key) + cell_len(name) + 3
            if event.x < x:
                self.post_message(self.Chosen(part))
                return
