"""The list of cases: one table over any number of them, filtered as one types."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from engine.policy import load as load_policy
from engine.reason import Reason
from models.query import DEFAULT_ORDER, Query
from models.workspace import WorkspaceError
from tui.finding import ORDER, PAUSE, Finder, Found
from tui.screens.arranging import Arranging
from tui.screens.case_columns import shown_name
from tui.screens.leftovers import Leftovers
from tui.screens.list_moves import ListMoves
from tui.screens.previewing import Previewing
from tui.screens.selecting import Selecting
from tui.widgets.filter import Filter
from tui.widgets.line import Line
from tui.widgets.lines import Lines
from tui.widgets.table import Table

if TYPE_CHECKING:
    from models.reading import Row
    from tui.actions import Action

OF_A_ROW = frozenset(
    f"cases.{name}" for name in ("open", "copy", "log", "stage", "chase", "select", "select_to", "select_all", "many")
)


def place(ids: array[int], case_id: int | None) -> int | None:
    """Where a case stands in a list; None where it does not."""
    try:
        return None if case_id is None else ids.index(case_id)
    except ValueError:
        return None


class CasesScreen(Selecting, ListMoves, Arranging, Previewing, Leftovers):
    """All cases, or those a filter finds."""

    SCOPES = ("cases", "list")

    class Arrived(Message):
        """A search has found something, for the line and the cursor it began with."""

        def __init__(self, serial: int, found: Found, keep: int | None, *, again: bool) -> None:
            super().__init__()
            self.serial = serial
            self.found = found
            self.keep = keep
            self.cursor = place(found.ids, keep)
            self.again = again

    class Failed(Message):
        """A search could not be done."""

        def __init__(self, reason: Reason) -> None:
            super().__init__()
            self.reason = reason

    class Ended(Message):
        """A search has ended, whatever it has found."""

        def __init__(self, serial: int) -> None:
            super().__init__()
            self.serial = serial

    def __init__(self) -> None:
        super().__init__()
        self.rows_are_there = asyncio.Event()  # those of what the filter says, or none are to come
        self.finder = Finder()
        self.serial = 0
        self.begun: int | None = None  # the search of which only the first rows are there yet
        self.openable = False  # whether there is a row to open, as the footer shows it
        self.total: int | None = None
        self.shown: int | None = None

    def body(self) -> ComposeResult:
        yield Filter()
        preview = Lines(self.preview_entries)
        preview.can_focus = False
        preview.add_class("preview")
        with Horizontal():
            with Vertical():
                yield Line(id="titles")
                yield Line(id="wrong")
                yield Table(self.fetch, "cases")
                yield Static(id="nothing", markup=False)
            yield preview
        yield Line(id="left")

    def on_mount(self) -> None:
        self.focus_now(self.table)
        self.search()

    @property
    def table(self) -> Table[Row]:
        return self.query_one("#cases", Table)

    # --- reading

    def fetch(self, ids: Sequence[int]) -> list[Row | None]:
        """The rows of these cases, each at its place; None for one that is gone."""
        rows = {row.id: row for row in self.app.reader.rows(ids, self.app.stamp)}
        return [rows.get(case_id) for case_id in ids]

    def search(self, *, again: bool = False, pause: float = 0.0) -> None:
        self.serial += 1
        if not again:
            self.rows_are_there.clear()
        self.finder.stop()
        self.workers.cancel_group(self, "find")
        query = self.query_typed()
        if query is None:
            self.rows_are_there.set()
        else:
            if query.order == DEFAULT_ORDER:
                query = query._replace(order=ORDER)
            self.find(self.serial, query, self.table.current_id, again, pause)
        self.draw_nothing()

    @work(thread=True, exclusive=True, group="find", exit_on_error=False)
    def find(self, serial: int, query: Query, keep: int | None, again: bool, pause: float) -> None:
        """Find the cases in a thread of its own; the next key ends it."""
        worker = get_current_worker()
        try:
            load_policy()
            for found in self.finder.find(self.app.workspace, query, again=again, pause=pause):
                if worker.is_cancelled:
                    return
                self.post_message(self.Arrived(serial, found, keep, again=again))
        except WorkspaceError as error:
            self.post_message(self.Failed(error.reason))
        finally:
            self.post_message(self.Ended(serial))

    @on(Arrived)
    def show_found(self, event: Arrived) -> None:
        """Show what was found, unless something else has been asked for since."""
        if event.serial != self.serial:
            return
        found, table = event.found, self.table
        self.total = self.total if found.total is None else found.total
        self.shown = len(found.ids) if found.complete else None
        begun, self.begun = self.begun == event.serial, None if found.complete else event.serial
        if begun and not (table.cursor == 0 and event.cursor):
            table.extend(found.ids)
        elif event.cursor is not None and (begun or table.current_id == event.keep):
            table.show(found.ids, event.cursor)
        else:  # the case is not among these, or the cursor has been moved while the search ran
            cursor = place(found.ids, table.current_id)
            table.show(found.ids, cursor if cursor is not None else table.cursor if event.again else 0)
        self.rows_are_there.set()
        self.draw()

    @on(Ended)
    def wait_no_longer(self, event: Ended) -> None:
        """Nothing more will come of a search, be it because it failed."""
        if event.serial == self.serial:
            self.rows_are_there.set()

    @on(Failed)
    def tell_failure(self, event: Failed) -> None:
        self.warn(self.app.say(event.reason))

    # --- drawing

    def reword(self) -> None:
        self.draw_titles()
        self.draw()
        self.draw_left()
        self.draw_preview()
        super().reword()

    def draw(self) -> None:
        """Draw everything but the rows."""
        app = self.app
        counted = "" if self.total is None else f"{self.total}"
        if self.field.value.strip():
            counted = f"{'…' if self.shown is None else self.shown} / {counted}"
        if self.table.picked:
            counted = f"{counted}  {self.words('cases.selected', count=len(self.table.picked))}"
        name = self.words("app.demo" if app.workspace.kind == "demo" else "app.name")
        where = "  ".join(filter(None, [name, self.words("scope.cases"), self.view_shown]))
        self.head(where, counted, f"{app.author.name}  {app.today}")
        self.draw_nothing()

    def draw_nothing(self) -> None:
        """What to do where there is no case, or none is found."""
        nothing = self.shown == 0 and self.wrong is None
        self.set_class(nothing, "-nothing")
        if nothing == self.openable:  # the first case came, or the last one went
            self.openable = not nothing
            self.refresh_footer()
        if nothing:
            key = "cases.nothing_found" if self.total else "cases.empty"
            self.query_one("#nothing", Static).update(self.words(key))

    def on_resize(self) -> None:
        self.place_preview()
        self.draw_titles()

    # --- others, another day

    def changed(self) -> None:
        self.search(again=True)
        self.draw_left()

    def new_day(self) -> None:
        self.draw_titles()
        self.draw()
        self.search(again=True)

    def search_typed(self) -> None:
        self.search(pause=PAUSE)

    # --- cases

    async def perform(self, action: Action) -> None:
        """A key for a row waits for the rows of the line as it stands: it may come before they are there."""
        if action.scope == "list" or action.id in OF_A_ROW:
            self.filter_changed()
            await self.rows_are_there.wait()
        await super().perform(action)

    def why_not_open(self) -> Reason | None:
        return None if self.table.current else Reason("no_case_here", {})

    why_not_copy = why_not_open
    why_not_log = why_not_stage = why_not_chase = why_not_open

    @on(Table.Chosen)
    async def act_open(self) -> None:
        row = self.table.current
        if row is not None:
            await self.app.open_case(row.id)

    def act_copy(self) -> None:
        row = self.table.current
        if row is not None:
            self.app.copy_to_clipboard(f"{row.id} {shown_name(row)}")
            self.tell(self.words("cases.copied", what=f"{row.id} {shown_name(row)}"))

    async def act_many(self) -> None:
        """What may be done with all that are selected at once."""
        from tui.screens.many import ManyScreen

        await self.app.push_screen(ManyScreen(self.selected))

    def why_not_clear(self) -> Reason | None:
        return None if self.table.picked else super().why_not_clear()

    def act_clear(self) -> None:
        """The selection first, then the filter."""
        if not self.drop_selection():
            super().act_clear()

    async def act_stage(self) -> None:
        """Open the case under the cursor at the stages that may follow; of several, all of them at once."""
        if self.table.picked:
            await self.act_many()
            return
        row = self.table.current
        if row is not None:
            await self.app.open_case(row.id, part="progress")

    async def act_log(self) -> None:
        """Log a line of the case under the cursor."""
        from tui.screens.log import log

        row = self.table.current
        if row is not None:
            await log(self.app, row.id)

    async def act_chase(self) -> None:
        """What is asked for of the cases that are selected, letter by letter."""
        from tui.screens.chasing import ChasingScreen

        await self.app.push_screen(ChasingScreen(self.selected))

    async def act_new(self) -> None:
        """Ten answers on the phone, which become a case."""
        from tui.screens.quick import QuickScreen

        await self.app.push_screen(QuickScreen())

    async def act_new_form(self) -> None:
        """A case of whatever is known of the client."""
        from tui.screens.new_case import NewCaseScreen

        await self.app.push_screen(NewCaseScreen())

    def why_not_demo(self) -> Reason | None:
        return Reason("only_when_empty", {}) if self.total else None

    def act_demo(self) -> None:
        self.tell(self.words("cases.building_demo"))
        self.app.visit_demo()

    def step(self, case_id: int, step: int) -> int | None:
        """The case before (-1) or after (1) one in the order of the list; the cursor goes there with it."""
        ids = self.table.ids
        here = self.table.cursor
        if self.table.current_id != case_id:
            found = place(ids, case_id)
            if found is None:
                return None
            here = found
        if not 0 <= here + step < len(ids):
            return None
        self.table.move(here + step)
        return ids[here + step]
