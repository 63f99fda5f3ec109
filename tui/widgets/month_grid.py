"""Months of social insurance as cells, a year a line: shade and figure are the multiple, a mark says why one is out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.cells import cell_len
from textual import events
from textual.message import Message

from engine.months import Month
from engine.paid_months import PaidMonth
from tui.text import text
from tui.widgets.lines import CellView, Drawn
from tui.widgets.table import Cell

YEAR = 6  # cells of the year
WIDTH = 5  # cells of a month
SHADES = ((30, "█"), (20, "▓"), (10, "▒"), (8, "░"))
"""From how many tenths of the reference a month is drawn so."""
TOP = 99  # tenths that fit the cell


class MonthGrid(CellView):
    """The months from `first` on. The cursor goes by month and by year; from `begun` to it is a range."""

    most_pasted = 100_000  # characters of a statement: fifty years month by month, with room

    class Moved(Message):
        """The cursor is on another month."""

    class Pasted(Message):
        """Text was pasted: a statement."""

        def __init__(self, said: str) -> None:
            super().__init__()
            self.said = said

    def __init__(self) -> None:
        super().__init__()
        self.months: Sequence[PaidMonth] = ()
        self.changed: Collection[int] = ()
        self.windows: Collection[int] = ()
        self.language = "zh"
        self.cursor = 0  # a month
        self.begun: int | None = None

    def show(
        self, months: Sequence[PaidMonth], changed: Collection[int], windows: Collection[int], language: str
    ) -> None:
        """Show these months; `changed` are those that are not kept yet, `windows` the first months of the windows."""
        self.months, self.changed, self.windows, self.language = months, changed, windows, language
        if months:
            self.cursor = self._within(self.cursor or months[-1].month)
        self.set_height(self._years)
        self._follow()
        self.redraw()
        self.refresh()

    @property
    def _first_year(self) -> int:
        return self.months[0].month // 12 if self.months else 0

    @property
    def _years(self) -> int:
        return self.months[-1].month // 12 - self._first_year + 1 if self.months else 0

    def _within(self, month: int) -> int:
        return max(self.months[0].month, min(month, self.months[-1].month))

    @property
    def here(self) -> PaidMonth | None:
        """The month under the cursor."""
        return self.months[self.cursor - self.months[0].month] if self.months else None

    @property
    def range(self) -> tuple[int, int]:
        """The months that are marked; without a mark the one under the cursor."""
        other = self.cursor if self.begun is None else self.begun
        return min(self.cursor, other), max(self.cursor, other)

    def move(self, step: int) -> None:
        """Move the cursor by so many months."""
        if self.months:
            self.cursor = self._within(self.cursor + step)
            self._follow()
            self.redraw()
            self.post_message(self.Moved())

    def mark(self) -> None:
        """Begin a range at the cursor, or end it."""
        self.begun = self.cursor if self.begun is None else None
        self.redraw()
        self.post_message(self.Moved())

    def _follow(self) -> None:
        line, top, height = self.cursor // 12 - self._first_year, self.scroll_offset.y, self.size.height
        if line < top:
            self.scroll_to(y=line, animate=False)
        elif height and line >= top + height:
            self.scroll_to(y=line - height + 1, animate=False)

    def perform(self, name: str) -> None:
        """Do a moving action of the registry: lines are years."""
        page = 12 * max(self.size.height - 1, 1)
        ends = 12 * (self._years + 1)
        steps = {"down": 12, "up": -12, "page_down": page, "page_up": -page, "first": -ends, "last": ends}
        self.move(steps[name])

    def on_resize(self) -> None:
        self._follow()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.post_message(self.Pasted(event.text))

    # --- drawing

    def drawn(self, number: int) -> Drawn:
        year = self._first_year + number
        if not self.months or number >= self._years:
            return Drawn()
        cells = [Cell(f"{year:<{YEAR}}", "label")]
        good = 0
        for month in range(year * 12, year * 12 + 12):
            place = month - self.months[0].month
            if not 0 <= place < len(self.months):
                cells.append(Cell(" " * WIDTH))
                continue
            found = self.months[place]
            good += found.for_years
            cells += [Cell("|" if month in self.windows else " ", "label"), self._cell(found)]
        cells.append(Cell(f"  {good}", "dim"))
        return Drawn(tuple(cells))

    def _cell(self, found: PaidMonth) -> Cell:
        """A month: shade and multiple, or why it does not count; two rows that name it are a plus."""
        low, high = self.range
        style = self._style(found)
        if found.month == self.cursor and self.has_focus:
            style = "picked"
        elif self.begun is not None and low <= found.month <= high:
            style = "typing"
        twice = "+" if found.twice else ""
        if found.why is not None:
            said = text(f"month.{found.why}", self.language)
        else:
            tenths = min(found.tenths or 0, TOP)
            shade = next((sign for least, sign in SHADES if tenths >= least), " ")
            said = f"{shade}{tenths // 10}.{tenths % 10}"
        said += twice
        return Cell(said + " " * max(WIDTH - 1 - cell_len(said), 0), style)

    def _style(self, found: PaidMonth) -> str:
        if found.month in self.changed:
            return "change"
        if found.why is None:
            return "value"
        return "dim" if found.why == "gap" else "bad"


def titles() -> str:
    """The numbers of the months above the grid."""
    return " " * YEAR + "".join(f" {month:<{WIDTH - 1}}" for month in range(1, 13))


def title_of(month: int) -> str:
    """A month as it is written."""
    return str(Month(month))
