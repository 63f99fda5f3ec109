"""The line that names the parts of a case with their keys, the one that is shown marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.message import Message

from tui.widgets.line import cut
from tui.widgets.own_lines import BOLD, DIM, OneLine, Run

GAP = 2  # blanks at least between the parts and what stands at the right


class Piece(NamedTuple):
    """A part as it is drawn: its name in the registry, what stands before, its key, its name behind a blank or none."""

    part: str
    before: str
    key: str
    name: str

    @property
    def cells(self) -> int:
        """How wide it is."""
        return cell_len(self.before) + cell_len(self.key) + cell_len(self.name)


class PartsLine(OneLine):
    """Key and name of each part; at the right, what the case is about next.

    Where there is no room, the names stand closer, then what is next is told in fewer words; at last only the part that
    is shown has its name.
    """

    class Chosen(Message):
        """The name of a part was clicked on."""

        def __init__(self, part: str) -> None:
            super().__init__()
            self.part = part

    def __init__(self) -> None:
        super().__init__()
        self.parts: Sequence[tuple[str, str, str]] = ()
        self.here = ""
        self.said: Sequence[str] = ()

    def show(self, parts: Sequence[tuple[str, str, str]], here: str, said: Sequence[str]) -> None:
        """Show the parts, each with its name in the registry, its key and what it is called.

        `said` is what is next, in many words, in fewer, in the fewest.
        """
        if (parts, here, said) != (self.parts, self.here, self.said):
            self.parts, self.here, self.said = parts, here, said
            self.refresh()

    def laid_out(self) -> tuple[list[Piece], str]:
        """The parts and what stands at the right, as they fit."""
        room = self.content_size.width
        roomy, close, keys = (list(self._pieces(gap, named)) for gap, named in ((" ", True), ("", True), ("", False)))
        said = self.said or ("",)
        for pieces, right in ((roomy, said[0]), *((close, words) for words in said), (keys, said[0])):
            if sum(piece.cells for piece in pieces) + GAP + cell_len(right) <= room:
                return pieces, right
        return keys, said[-1]

    def _pieces(self, gap: str, named: bool) -> Iterator[Piece]:
        """The parts with brackets around the one that is shown, which can be seen without colour."""
        before = " "
        for part, key, name in self.parts:
            here = part == self.here
            between = gap or (" " if name.isascii() else "")
            yield Piece(part, f"{before[:-1]}[" if here else before, key, f"{between}{name}" if named or here else "")
            before = f"]{gap}" if here else f" {gap}"
        yield Piece("", before, "", "")

    def runs(self, room: int, base: Style) -> Iterable[Run]:
        bold, quiet = base + BOLD, base + DIM
        pieces, right = self.laid_out()
        for piece in pieces:
            yield piece.before, base
            yield piece.key, bold
            yield piece.name, bold if piece.part == self.here else quiet
        left = room - sum(piece.cells for piece in pieces) - GAP
        if left > 0:
            right = cut(right, left) if cell_len(right) > left else right
            yield " " * (left + GAP - cell_len(right)) + right, base

    def on_click(self, event: events.Click) -> None:
        """A click on the name of a part leads there."""
        x = 0
        for piece in self.laid_out()[0]:
            x += piece.cells
            if event.x < x and piece.part:
                self.post_message(self.Chosen(piece.part))
                return
