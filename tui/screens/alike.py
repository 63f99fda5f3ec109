"""Who a new client may already be: the cases of what may be the same person, looked up while one types."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from textual import work
from textual.message import Message
from textual.worker import Worker, get_current_worker

from models.reading import Reader
from models.rows import Duplicate
from tui.screens.case_columns import STATUS, shown_name, status_name
from tui.widgets.line import Line
from tui.widgets.table import Cell, Column, Table

if TYPE_CHECKING:
    from tui.screens.view import View

KnownBy = Mapping[str, str | None]  # the facts a client is found by, as `Reader.duplicates` names them


class Alike(Table[Duplicate]):
    """A table of cases that may be the same person, most alike first, under its line of titles."""

    class Found(Message):
        """Such cases were looked for: those are `found`; `is_a_colleagues`, there is one that others work on."""

        def __init__(self, found: list[Duplicate], *, is_a_colleagues: bool) -> None:
            super().__init__()
            self.found = found
            self.is_a_colleagues = is_a_colleagues

    def __init__(self, titles: Line) -> None:
        super().__init__(self._at, "alike")
        self.found: list[Duplicate] = []
        self.titles = titles

    @property
    def view(self) -> View:
        """The screen it is on."""
        return cast("View", self.screen)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What could not be looked for is told."""
        self.view.app.tell_failed_work(event)

    def _at(self, places: Sequence[int]) -> list[Duplicate]:
        return [self.found[place] for place in places]

    @work(thread=True, exclusive=True, group="alike", exit_on_error=False)
    def look(self, known_by: Callable[[], KnownBy]) -> None:
        """Look, in a thread of its own, for cases of whoever is known by this; it is asked for in that thread."""
        worker = get_current_worker()
        with Reader(self.view.app.workspace) as reader:
            facts = known_by()
            found, is_a_colleagues = reader.duplicates(**facts), reader.is_a_colleagues(**facts)
        if not worker.is_cancelled:
            self.post_message(self.Found(found, is_a_colleagues=is_a_colleagues))

    def on_alike_found(self, event: Found) -> None:
        """Show them."""
        self.found = event.found
        self.show(array("q", range(len(event.found))), self.cursor)

    def reword(self) -> None:
        """Columns and titles in the language of the session."""
        words, app = self.view.words, self.view.app
        columns: list[Column[Duplicate]] = [
            Column(words("new_case.alike"), 20, lambda alike: [Cell(shown_name(alike.row))]),
            Column(words("column.status"), STATUS, lambda alike: [Cell(status_name(alike.row.stage, app.language))]),
            Column(words("column.score"), 4, lambda alike: [Cell(f"{alike.row.score}")], right=True),
            Column("", 0, lambda alike: [Cell(" · ".join(map(app.say, alike.why)), "table--dim")]),
        ]
        self.show_columns(columns, self.titles)
