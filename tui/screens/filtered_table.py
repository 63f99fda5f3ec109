"""A table under a filter line, on a screen of its own: what the line asks for is looked up in a thread."""

from __future__ import annotations

from array import array
from typing import Any, ClassVar, Generic, TypeVar

from textual import work
from textual.worker import Worker, get_current_worker

from models.query import Query
from models.reading import Reader
from tui.screens.filtered import Filtered
from tui.screens.list_moves import ListMoves
from tui.widgets.line import Line
from tui.widgets.table import Column

Found = TypeVar("Found")


class FilteredTable(ListMoves, Filtered, Generic[Found]):
    """A subclass composes what `Filtered` wants, looks in `find`, takes what was found in, and says head and columns.

    `COPIED` are the words once a row was copied.
    """

    COPIED: ClassVar[str]

    def on_mount(self) -> None:
        self.focus_now(self.table)
        self.reword()
        self.search()

    # --- what it is about

    def search(self, *, again: bool = False, pause: float = 0.0) -> None:
        query = self.query_typed()
        if query is not None:
            self.look(query)

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def look(self, query: Query) -> None:
        """Look in a thread of its own; the next key ends it."""
        worker: Worker[None] = get_current_worker()
        with Reader(self.app.workspace) as reader, self.pace.looking():
            found = self.find(reader, query)
        if not worker.is_cancelled:
            self.app.call_from_thread(self.show_found, found)

    def find(self, reader: Reader, query: Query) -> Found:
        """What a query finds; in a thread."""
        raise NotImplementedError

    def show_found(self, found: Found) -> None:
        """Show what was found, with the cursor where it was."""
        if self.is_mounted:
            self.looked = True
            ids, place = self.take(found)
            self.say_nothing()
            self.table.show(ids, place)
            self.draw()
            self.refresh_footer()

    def take(self, found: Found) -> tuple[array[int], int]:
        """Take in what was found: the ids of its rows, and the place of the one the cursor was on."""
        raise NotImplementedError

    def changed(self) -> None:
        """What is in sight is read anew, and who has come or gone is looked for."""
        if self.is_mounted:
            self.reread()
            self.search(again=True)

    # --- what it shows

    def reword(self) -> None:
        self.draw_titles()
        self.draw()
        super().reword()

    def draw(self) -> None:
        """The header."""
        raise NotImplementedError

    def draw_titles(self) -> None:
        """The columns that fit, and their titles."""
        self.table.show_columns(self.columns(), self.query_one("#titles", Line))

    def columns(self) -> list[Column[Any]]:
        """The columns that fit."""
        raise NotImplementedError

    def on_resize(self) -> None:
        self.draw_titles()

    # --- actions

    def act_copy(self) -> None:
        """Copy the row under the cursor."""
        here = self.table.current
        if here is not None:
            self.app.copy_to_clipboard(self.in_one_line(here))
            self.tell(self.words(self.COPIED))

    def in_one_line(self, row: Any) -> str:
        """A row as it is copied."""
        return "  ".join("".join(cell.text for cell in column.cells(row)) for column in self.columns())
