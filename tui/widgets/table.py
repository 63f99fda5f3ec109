"""A virtual table: any number of rows, of which only those in sight are read and drawn."""

from __future__ import annotations

import unicodedata
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, NamedTuple, TypeVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.strip import Strip

from tui.widgets.line import Line, cut
from tui.widgets.own_lines import Frame, Run
from tui.widgets.scrolling import Scrolling

Row = TypeVar("Row")
PAGE = 64
PAGES_KEPT = 8
STRIPS_KEPT = 512
MARK = "▸ "
PICKED = "*"  # in the place of the blank behind the mark, on a row that is selected
GAP = 2  # blanks after each column
LEAST = 4  # cells of the column that takes what the others leave


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

    def fit(self, room: int, cells: Sequence[Cell]) -> Sequence[Cell]:
        """The cells in exactly so many cells of the screen, and the gap after them."""
        used = sum(cell_len(cell.text) for cell in cells)
        if used > room:
            whole = "".join(cell.text for cell in cells)
            return (Cell(cut(whole, room) + " " * GAP, cells[0].style),)
        if self.right:
            return (Cell(" " * (room - used)), *cells, Cell(" " * GAP))
        return (*cells, Cell(" " * (room - used + GAP)))


class Table(Scrolling, Generic[Row], can_focus=True, inherit_bindings=False):
    """Rows by their ids, fetched a page at a time; one of them is under the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--cursor",
        "table--dim",
        "table--good",
        "table--proven",
        "table--claimed",
        "table--warning",
        "table--over",
        "table--heading",
    }

    # how many rows there are changes what can be scrolled to, not where things stand: no new layout of the screen
    virtual_size = Reactive(Size(0, 0), repaint=False)

    class Moved(Message):
        """The cursor is on another row, or the row under it is another one."""

    class Chosen(Message):
        """The row under the cursor was clicked on."""

    class Typed(Message):
        """Text that is no key of ours reached the table: an input method's, or a paste."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(
        self, fetch: Callable[[Sequence[int]], Sequence[Row]], name: str = "table", at_once: int = PAGE
    ) -> None:
        super().__init__(id=name)
        self.fetch = fetch
        self.at_once = at_once  # rows that are fetched together
        self.ids = array("q")
        self.cursor = 0
        self.picked: set[int] = set()  # ids of the rows that are selected
        self.nothing = ""  # what is to be read where there is no row
        self.columns: list[Column[Row]] = []
        self._columns_for: Callable[[int], list[Column[Row]]] | None = None
        self.head: Line | None = None
        self._rooms: list[int] = []
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._drawn: dict[int, Strip] = {}
        self._drawn_in: Frame | None = None
        self._component_styles_seen: dict[str, Style] = {}

    # --- what is in it

    def show(self, ids: array[int], cursor: int) -> None:
        """Show these rows, freshly read, with the cursor on one of them at the same height as before."""
        height = self.cursor - self.scroll_offset.y
        self.ids = ids
        self.cursor = max(0, min(cursor, len(ids) - 1))
        self._set_height(len(ids))
        self.scroll_to(y=max(self.cursor - height, 0), animate=False)
        self._follow()
        self.reread()
        self.post_message(self.Moved())

    def extend(self, ids: array[int]) -> None:
        """The rows that are shown turn out to be the first of these; nothing in sight changes."""
        if ids[: len(self.ids)] != self.ids:
            self.show(ids, self.cursor)
            return
        self._pages.pop(len(self.ids) // self.at_once, None)  # it was not a whole one
        self.ids = ids
        self._set_height(len(ids))

    def _set_height(self, rows: int) -> None:
        self.virtual_size = Size(0, rows)
        self._scroll_update(self.virtual_size)

    def reread(self) -> None:
        """Read the rows in sight again: what they say may have changed."""
        self._pages.clear()
        self._drawn.clear()
        self.refresh()

    def draw_picked(self, index: int | None = None) -> None:
        """Draw again what is selected: of one row its sign alone, else all in sight."""
        if index is None:
            self._drawn.clear()
            self.refresh()
        else:
            self._drawn.pop(index, None)
            self.refresh(Region(0, index - self.scroll_offset.y, len(MARK), 1))

    def show_columns(self, columns: list[Column[Row]] | Callable[[int], list[Column[Row]]], head: Line) -> None:
        """Show these columns, or those that are told for the width of the table, and their titles in the line above."""
        if callable(columns):
            self._columns_for = columns
        else:
            self._columns_for, self.columns = None, columns
        self.head = head
        self._measure()

    def row(self, index: int) -> Row | None:
        """The row at a place, read with its page; None where there is none (any more)."""
        if not 0 <= index < len(self.ids):
            return None
        number, offset = divmod(index, self.at_once)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self.fetch(self.ids[number * self.at_once : (number + 1) * self.at_once])
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
        """Put the cursor on a row; only what marks the two rows is drawn, unless the view has to follow."""
        index = max(0, min(index, len(self.ids) - 1))
        if index == self.cursor:
            return
        before, self.cursor = self.cursor, index
        marked = len(MARK) + self._rooms[0] + GAP if self._rooms else self.size.width
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

    # --- drawing

    def own_lines(self, heights: Sequence[int], frame: Frame) -> Iterator[Strip]:
        if frame is not self._drawn_in:
            self._drawn.clear()
            self._drawn_in = frame
        top = self.scroll_offset.y
        for index in (top + y for y in heights):
            here = index == self.cursor
            strip = None if here else self._drawn.get(index)
            if strip is None:
                strip = frame.line(self._runs(index, frame, here=here))
                if not here:
                    self._drawn[index] = strip
            yield strip
        while len(self._drawn) > STRIPS_KEPT:
            del self._drawn[next(iter(self._drawn))]

    def _runs(self, index: int, frame: Frame, *, here: bool) -> list[Run]:
        """What stands on the line of a row."""
        base, row = frame.base, self.row(index)
        if row is None:
            return [(cut(f" {self.nothing}", frame.room), base)] if index == 0 and not self.ids else []
        # only what marks the row is drawn otherwise under the cursor: a key then sends two short stretches of line
        first = base + self._style("table--cursor") if here else base
        sign = PICKED if self.ids[index] in self.picked else " "
        runs: list[Run] = [(f"{MARK[0] if here else ' '}{sign}", first)]
        for number, (column, room) in enumerate(zip(self.columns, self._rooms, strict=True)):
            plain = base if number else first
            for text, name in column.fit(room, column.cells(row)):
                style = plain + self._style(name) if name else plain
                if runs[-1][1] is style:
                    runs[-1] = (runs[-1][0] + text, style)
                else:
                    runs.append((text, style))
        return runs

    def _style(self, name: str) -> Style:
        """The style of a component class."""
        style = self._component_styles_seen.get(name)
        if style is None:
            style = self.get_component_rich_style(name, partial=True)
            self._component_styles_seen[name] = style
        return style

    def _measure(self) -> None:
        """Give the columns their cells and draw all anew."""
        if self._columns_for is not None:
            self.columns = self._columns_for(self.size.width)
        taken = sum(column.width + GAP for column in self.columns if column.width)
        left = max(self.size.width - len(MARK) - taken - GAP, LEAST)
        self._rooms = [column.width or left for column in self.columns]
        if self.head is not None and self.size.width:
            titles = [
                cell.text
                for column, room in zip(self.columns, self._rooms, strict=True)
                for cell in column.fit(room, [Cell(column.title)])
            ]
            self.head.show(" " * len(MARK) + "".join(titles))
        self._drawn.clear()
        self.refresh()

    def on_resize(self) -> None:
        self._follow()
        self._measure()

    def notify_style_update(self) -> None:
        """Another theme, or the focus came or went."""
        super().notify_style_update()
        self._drawn.clear()
        self._component_styles_seen.clear()

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
    full_width_form = 0xFF00 <= ord(character) <= 0xFF5E
    return ord(character) > 0x2E80 and not full_width_form and unicodedata.category(character)[0] == "L"
