"""Looking for cases while one types: in a thread of its own, the first rows at once, the rest after a pause."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.worker import get_current_worker

from engine.policy import load as load_policy
from engine.reason import Reason
from models.query import DEFAULT_ORDER, Query
from models.workspace import WorkspaceError
from tui.finding import ORDER, PAUSE, Finder, Found
from tui.screens.filtered import Filtered
from tui.widgets.table import Table

if TYPE_CHECKING:
    from models.rows import Row
    from tui.actions import Action

OF_A_ROW = frozenset(
    f"cases.{name}"
    for name in (
        "open",
        "copy",
        "log",
        "stage",
        "chase",
        "select",
        "select_to",
        "select_down",
        "select_up",
        "select_all",
        "many",
    )
)

ALL = "cases.select_all"


def place(ids: array[int], case_id: int | None) -> int | None:
    """Where a case stands in a list; None where it does not."""
    try:
        return None if case_id is None else ids.index(case_id)
    except ValueError:
        return None


class Searching(Filtered):
    """A filter over the table `cases`, and the keys that wait for its rows.

    `wanted` is the case the cursor is to stand on once there are rows, unless it has been moved by then.
    """

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
        self.all_are_there = asyncio.Event()  # not the first of them alone
        self.finder = Finder(self.pace)
        self.serial = 0
        self.wanted: int | None = None
        self.begun: int | None = None  # the search of which only the first rows are there yet
        self.total: int | None = None
        self.shown: int | None = None

    @property
    def table(self) -> Table[Row]:
        return self.query_one("#cases", Table)

    def draw(self) -> None:
        """Draw everything but the rows."""
        raise NotImplementedError

    def draw_nothing(self) -> None:
        """Say what to do where no case is found."""
        raise NotImplementedError

    def fetch(self, ids: Sequence[int]) -> list[Row | None]:
        """The rows of these cases, each at its place; None for one that is gone."""
        rows = {row.id: row for row in self.app.reader.rows(ids, self.app.stamp)}
        return [rows.get(case_id) for case_id in ids]

    def search(self, *, again: bool = False, pause: float = 0.0) -> None:
        self.serial += 1
        if not again:
            self.rows_are_there.clear()
            self.all_are_there.clear()
        self.finder.stop()
        self.workers.cancel_group(self, "find")
        query = self.query_typed()
        if query is None:
            self.rows_are_there.set()
            self.all_are_there.set()
        else:
            if query.order == DEFAULT_ORDER:
                query = query._replace(order=ORDER)
            self.find(self.serial, query, self.wanted or self.table.current_id, again, pause)
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
        coming_back = event.keep == self.wanted is not None and table.cursor == 0
        begun, self.begun = self.begun == event.serial, None if found.complete else event.serial
        if begun and not (table.cursor == 0 and event.cursor):
            table.extend(found.ids)
        elif event.cursor is not None and (begun or coming_back or table.current_id == event.keep):
            table.show(found.ids, event.cursor)
        else:  # the case is not among these, or the cursor has been moved while the search ran
            cursor = place(found.ids, table.current_id)
            table.show(found.ids, cursor if cursor is not None else table.cursor if event.again else 0)
        if found.complete or event.cursor is not None or table.cursor:
            self.wanted = None
        self.rows_are_there.set()
        if found.complete:
            self.all_are_there.set()
        self.draw()

    @on(Ended)
    def wait_no_longer(self, event: Ended) -> None:
        """Nothing more will come of a search, be it because it failed."""
        if event.serial == self.serial:
            self.rows_are_there.set()
            self.all_are_there.set()

    @on(Failed)
    def tell_failure(self, event: Failed) -> None:
        self.warn(self.app.say(event.reason))

    def search_typed(self) -> None:
        self.search(pause=PAUSE)

    async def perform(self, action: Action) -> None:
        """A key for a row waits for the rows of the line as it stands: it may come before they, or all, are there."""
        if action.scope == "list" or action.id in OF_A_ROW:
            self.filter_changed()
            await (self.all_are_there if action.id == ALL else self.rows_are_there).wait()
        await super().perform(action)
