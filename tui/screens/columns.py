"""Which columns the list of cases shows, and in which order; each consultant's own, for each width of the screen."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult

from engine.reason import Reason
from tui.screens import case_columns
from tui.screens.case_columns import FIRST, KINDS
from tui.screens.list_moves import ListMoves
from tui.screens.view import View
from tui.text import catalogue
from tui.widgets.line import Line
from tui.widgets.table import Cell, Column, Table


class Choice(NamedTuple):
    """A line: a column there is, whether it is chosen, and whether there is room for it."""

    name: str
    chosen: bool
    fits: bool


class ColumnsScreen(ListMoves, View):
    """All columns, the chosen ones first, in their order. `width` is that of the table they are chosen for; every
    change is kept at once, and then `show` is called."""

    SCOPES = ("columns", "list")

    def __init__(self, width: int, show: Callable[[], None]) -> None:
        super().__init__()
        self.width_of_table = width
        self.show_them = show
        self.chosen: list[str] = []
        self.choices: list[Choice] = []

    def body(self) -> ComposeResult:
        yield Line(id="titles")
        yield Table(self.fetch, "columns")

    @property
    def table(self) -> Table[Choice]:
        return self.query_one("#columns", Table)

    def on_mount(self) -> None:
        self.focus_now(self.table)
        self.read()
        self.reword()

    # --- what it shows

    def read(self, under: str = FIRST) -> None:
        """The columns as they are now, with the cursor on one of them."""
        least = case_columns.of_width(self.size.width)
        own = case_columns.read(self.app.own.get("columns")).get(least, [])
        self.chosen = own or case_columns.fitting(self.width_of_table, ())
        fit = case_columns.fitting(self.width_of_table, self.chosen)
        rest = [name for name in KINDS if name not in self.chosen]
        self.choices = [Choice(name, name in self.chosen, name in fit) for name in [*self.chosen, *rest]]
        places = [choice.name for choice in self.choices]
        if not self.table.ids:
            self.table.show(array("q", range(len(self.choices))), 0)
        self.table.reread()
        self.table.move(places.index(under))
        self.head(self.words("scope.columns"), self.words("columns.of_width", width=least), self.app.author.name)

    def fetch(self, ids: Sequence[int]) -> list[Choice]:
        return [self.choices[number] for number in ids]

    def reword(self) -> None:
        words, explained = self.words, catalogue(self.app.language)

        def title(of: Choice) -> list[Cell]:
            return [Cell(f"[{'x' if of.chosen else ' '}] {words(f'column.{of.name}')}")]

        def says(of: Choice) -> list[Cell]:
            if of.chosen and not of.fits:
                return [Cell(words("columns.no_room"), "table--warning")]
            return [Cell(explained.get(f"columns.says.{of.name}", ""), "table--dim")]

        shown: list[Column[Choice]] = [
            Column(words("column.column"), 26, title),
            Column(words("column.says"), 0, says),
        ]
        self.table.show_columns(shown, self.query_one("#titles", Line))
        super().reword()

    # --- actions

    def keep(self, chosen: list[str], under: str) -> None:
        """Show these columns from now on; an empty list is the usual ones."""
        own = case_columns.read(self.app.own.get("columns"))
        own[case_columns.of_width(self.size.width)] = chosen
        self.app.prefer("columns", case_columns.kept(own))
        self.show_them()
        self.read(under)

    def why_not_toggle(self) -> Reason | None:
        here = self.table.current
        return Reason("columns_first", {}) if here is not None and here.name == FIRST else None

    @on(Table.Chosen)
    async def clicked(self) -> None:
        await self.action_act("columns.toggle")

    def act_toggle(self) -> None:
        """Show the column under the cursor, or leave it out."""
        here = self.table.current
        if here is None:
            return
        if here.chosen:
            self.keep([name for name in self.chosen if name != here.name], here.name)
        else:
            self.keep([*self.chosen, here.name], here.name)

    def why_not_earlier(self) -> Reason | None:
        return self._why_not_to(-1)

    def why_not_later(self) -> Reason | None:
        return self._why_not_to(1)

    def _why_not_to(self, step: int) -> Reason | None:
        here = self.table.current
        if here is None or not here.chosen:
            return Reason("columns_not_chosen", {})
        place = self.chosen.index(here.name)
        return None if place > 0 and 0 < place + step < len(self.chosen) else Reason("columns_no_further", {})

    def act_earlier(self) -> None:
        self.shift(-1)

    def act_later(self) -> None:
        self.shift(1)

    def shift(self, step: int) -> None:
        """Change places with the column before (-1) or after (1)."""
        here = self.table.current
        if here is not None:
            chosen, place = list(self.chosen), self.chosen.index(here.name)
            chosen[place], chosen[place + step] = chosen[place + step], chosen[place]
            self.keep(chosen, here.name)

    def act_usual(self) -> None:
        """The usual columns again."""
        self.keep([], FIRST)

    def act_leave(self) -> None:
        self.app.pop_screen()
