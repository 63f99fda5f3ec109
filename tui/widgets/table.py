"""A virtual table: any number of rows, of which only those in sight are read and drawn."""

from __future__ import annotations

import unicodedata
from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, NamedTuple, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.line import Line, cut

Row = TypeVar("Row")
PAGE = 64
PAGES_KEPT = 8
MARK = "▸ "


class Cell(NamedTuple):
    """A stretch of text in a row and the component class of the table that styles it."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its title in words, its width in cells (0 takes what the others leave), what it shows of a row."""

    title: str
    width: int
    cells: Callable[[Row], Sequence[Cell]]
    right: bool = False


class Table(ScrollView, Generic[Row], can_focus=True, inherit_bindings=False):
    """Rows by their ids, fetched a page at a time; one of them is under the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--cursor",
        "table--dim",
        "table--good",
        "table--proven",
        "table--claimed",
        "table--warning",
        "table--heading",
    }

    class Moved(Message):
        """The cursor is on another row, or the row under it is another one."""

    class Chosen(Message):
        """The row under the cursor was clicked on."""

    class Typed(Message):
        """Text that is no key of ours reached the table: an input method's, or a paste."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, fetch: Callable[[Sequence[int]], Sequence[Row]], name: str = "table") -> None:
        super().__init__(id=name)
        self.fetch = fetch
        self.ids = array("q")
        self.cursor = 0
        self.columns: list[Column[Row]] = []
        self.head: Line | None = None
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()

    # --- what is in it

    def show(self, ids: array[int], cursor: int) -> None:
        """Show these rows, freshly read, with the cursor on one of them."""
        self.ids = ids
        self._pages.clear()
        self.cursor = max(0, min(cursor, len(ids) - 1))
        self.virtual_size = Size(0, len(ids))
        self._follow()
        self.refresh()
        self.post_message(self.Moved())

    def extend(self, ids: array[int]) -> None:
        """The rows that are shown turn out to be the first of these; nothing in sight changes."""
        if ids[: len(self.ids)] != self.ids:
            self.show(ids, self.cursor)
            return
        self._pages.pop(len(self.ids) // PAGE, None)  # it was not a whole one
        self.ids = ids
        self.virtual_size = Size(0, len(ids))

    def reread(self) -> None:
        """Read the rows in sight again: what they say has changed, which rows they are has not."""
        self._pages.clear()
        self.refresh()

    def show_columns(self, columns: list[Column[Row]], head: Line) -> None:
        """Show these columns, and their titles in the line above."""
        self.columns = columns
        self.head = head
        self._draw_head()
        self.refresh()

    def _draw_head(self) -> None:
        if self.head is not None and self.size.width:
            titles = [cell.text for column in self.columns for cell in self._fit(column, [Cell(column.title)])]
            self.head.show(" " * len(MARK) + "".join(titles))

    def row(self, index: int) -> Row | None:
        """The row at a place, read with its page; None where there is none (any more)."""
        if not 0 <= index < len(self.ids):
            return None
        number, offset = divmod(index, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self.fetch(self.ids[number * PAGE : (number + 1) * PAGE])
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        return page[offset] if offset < len(page) else None

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.row(self.cursor)

    @property
    def current_id(self) -> int | None:
        """The id of the row under the cursor."""
        return self.ids[self.cursor] if self.cursor < len(self.ids) else None

    # --- moving

    def move(self, index: int) -> None:
        """Put the cursor on a row; only the two rows that change are drawn, unless the view has to follow."""
        index = max(0, min(index, len(self.ids) - 1))
        if index == self.cursor:
            return
        before, self.cursor = self.cursor, index
        marked = len(MARK) + self._room(self.columns[0]) if self.columns else self.size.width
        for changed in (before, index):
            self.refresh(Region(0, changed - self.scroll_offset.y, marked, 1))
        self._follow()
        self.post_message(self.Moved())

    @property
    def page(self) -> int:
        """How many rows a page down goes."""
        return max(self.size.height - 1, 1)

    def _follow(self) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif height and self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False)

    def on_resize(self) -> None:
        self._follow()
        self._draw_head()

    # --- drawing

    def render_line(self, y: int) -> Strip:
        index = self.scroll_offset.y + y
        width = self.size.width
        base = self.rich_style
        row = self.row(index)
        if row is None:
            return Strip.blank(width, base)
        here = index == self.cursor
        # only what marks the row is drawn otherwise under the cursor: a key then sends two short stretches of line
        first = base + self.get_component_rich_style("table--cursor") if here else base
        segments = [Segment(MARK if here else " " * len(MARK), first)]
        for number, column in enumerate(self.columns):
            for text, name in self._fit(column, column.cells(row)):
                style = base if number else first
                segments.append(Segment(text, style + self._component(name) if name else style))
        return Strip(segments).simplify().adjust_cell_length(width, base)

    def _component(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)

    def _fit(self, column: Column[Row], cells: Sequence[Cell]) -> list[Cell]:
        """The cells of a column in exactly its width and a blank after it."""
        room = self._room(column)
        used = sum(cell_len(cell.text) for cell in cells)
        if used > room:
            whole = "".join(cell.text for cell in cells)
            return [Cell(cut(whole, room) + "  ", cells[0].style)]
        blank = Cell(" " * (room - used))
        return [blank, *cells, Cell("  ")] if column.right else [*cells, blank, Cell("  ")]

    def _room(self, column: Column[Row]) -> int:
        if column.width:
            return column.width
        taken = sum(other.width + 2 for other in self.columns if other.width)
        return max(self.size.width - len(MARK) - taken - 2, 4)

    # --- mouse, input method, paste

    def on_click(self, event: events.Click) -> None:
        index = self.scroll_offset.y + event.y
        if index >= len(self.ids):
            return
        again = index == self.cursor
        self.move(index)
        if again or event.chain > 1:
            self.post_message(self.Chosen())

    def on_key(self, event: events.Key) -> None:
        if event.character is not None and is_text(event.character):
            event.stop()
            self.post_message(self.Typed(event.character))

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.post_message(self.Typed(event.text))


def is_text(character: str) -> bool:
    """Whether a character is writing of an input method, and so never one of our keys (`ｊ` is a key)."""
    return (
        ord(character) > 0x2E80 and not 0xFF00 <= ord(character) <= 0xFF5E and unicodedata.category(character)[0] == "L"
    )
