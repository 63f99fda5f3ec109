"""The history of a case: who did what when, the newest first, and what was answered then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult

from engine.reason import Reason
from models.entries import JournalEntry, Standing
from models.query_values import utc
from models.today import local
from tui import telling
from tui.as_it_was import day_of
from tui.screens.as_it_was import AsItWasScreen
from tui.screens.list_moves import ListMoves
from tui.screens.prompt import Prompt
from tui.screens.stored_part import StoredPart
from tui.typed import understand
from tui.widgets.as_it_was import step
from tui.widgets.line import Line
from tui.widgets.lines import plain
from tui.widgets.table import Cell, Column, Table

WIDE = 110  # cells from which what is proven and where a step came from are shown too
COPIED = 100  # cells of a line that is copied


class Step(NamedTuple):
    """A line of the history: an entry, and whether what it did stands."""

    entry: JournalEntry
    standing: Standing


class HistoryScreen(ListMoves, StoredPart):
    """All that was done in a case, read a page at a time."""

    SCOPES = ("history", "part", "list")
    PART = "history"

    def body(self) -> ComposeResult:
        yield Line(id="titles")
        yield Table(self.fetch, "steps")

    @property
    def table(self) -> Table[Step]:
        return self.query_one("#steps", Table)

    def on_mount(self) -> None:
        self.focus_now(self.table)
        self.read()
        self.reword()

    def read(self) -> None:
        """Read which entries there are, and the case they are about; the cursor stays on its entry."""
        super().read()
        kept, ids = self.table.current_id, self.app.reader.entry_ids(self.case_id)
        self.table.show(ids, ids.index(kept) if kept is not None and kept in ids else 0)

    def fetch(self, ids: Sequence[int]) -> list[Step]:
        reader = self.app.reader
        standing = reader.standing(ids)
        return [Step(entry, standing[entry.id]) for entry in reader.entries(ids)]

    # --- what it shows

    def reword(self) -> None:
        self.draw_titles()
        super().reword()

    def draw(self) -> None:
        """The header: whose history, how long."""
        name = telling.name_of(self.case) or self.words("case.nameless", id=self.case_id)
        counted = self.words("history.count", count=len(self.table.ids))
        self.draw_top(f"{name}  {self.words('scope.history')}", counted)

    def draw_titles(self) -> None:
        """The columns that fit, and their titles."""
        self.table.show_columns(self.columns(), self.query_one("#titles", Line))

    def columns(self) -> list[Column[Step]]:
        words, language = self.words, self.app.language

        def what(of: Step) -> list[Cell]:
            marks = [] if of.standing.stands else [Cell(f"{words('history.taken_back')} ", "table--dim")]
            if of.entry.batch is not None:
                marks.append(Cell(f"{words('history.batch')} ", "table--heading" if not marks else "table--dim"))
            said = telling.sentence(of.entry, self.case, language, whole=self.whole)
            return [*marks, Cell(said, "" if of.standing.stands else "table--dim")]

        when: Column[Step] = Column(words("column.when"), 16, lambda of: [Cell(local(of.entry.at))])
        who: Column[Step] = Column(words("column.who"), 8, lambda of: [Cell(of.entry.by)])
        done: Column[Step] = Column(words("column.what"), 0, what)
        answered: Column[Step] = Column(words("column.answered"), 4, lambda of: _points(of, "score"), right=True)
        if self.size.width < WIDE:
            return [when, who, done, answered]
        proven: Column[Step] = Column(words("column.proven"), 4, lambda of: _points(of, "proven"), right=True)
        origin: Column[Step] = Column(
            words("column.origin"), 8, lambda of: [Cell(of.entry.origin.partition(" ")[0], "table--dim")]
        )
        return [when, who, done, answered, proven, origin]

    def on_resize(self) -> None:
        self.draw_titles()

    # --- actions

    def why_not_open(self) -> Reason | None:
        return None if self.table.current else Reason("history_no_step", {})

    why_not_copy = why_not_open

    @on(Table.Chosen)
    async def act_open(self) -> None:
        if (here := self.table.current) is not None:
            await self.show_state(here.entry)

    async def show_state(self, entry: JournalEntry, asked: date | None = None) -> None:
        """The case as it was after an entry, or at the end of a day."""
        await self.app.push_screen(AsItWasScreen(entry, asked, self.go_to))

    def go_to(self, entry_id: int) -> None:
        """Put the cursor on an entry."""
        if entry_id in self.table.ids:
            self.table.move(self.table.ids.index(entry_id))

    async def act_day(self) -> None:
        async def chosen(day: date | None) -> None:
            if day is not None:
                await self.show_day(day)

        await self.app.push_screen(Prompt(self.words("history.ask_day"), self.read_day, self.app.say), chosen)

    def read_day(self, typed: str) -> date | Reason:
        """A day as people type it, on which there is something to see."""
        read = understand("date", typed, self.app.today)
        if isinstance(read, Reason):
            return read
        day = date.fromisoformat(str(read))
        if day > self.app.today:
            return Reason("history_day_ahead", {"day": day})
        began = day_of(self.app.reader.entries(self.table.ids[-1:])[0].at)
        return Reason("history_day_before", {"day": day, "began": began}) if day < began else day

    async def show_day(self, day: date) -> None:
        """The case as it was at the end of a day in Shanghai."""
        number = self.app.reader.last_before(self.case_id, utc(day.toordinal() + 1))
        if number is not None:
            self.go_to(number)
            await self.show_state(self.app.reader.entries([number])[0], day)

    def why_not_take_back(self) -> Reason | None:
        here = self.table.current
        return Reason("history_no_step", {}) if here is None else self.app.not_mine(here.entry)

    def why_not_do_again(self) -> Reason | None:
        here = self.table.current
        if here is not None and here.standing.stands:
            return Reason("history_stands", {})
        return self.why_not_take_back()

    async def act_take_back(self) -> None:
        if (here := self.table.current) is not None:
            await self.app.take_back(here.entry, here.standing)

    act_do_again = act_take_back
    # from the palette, undo means the step under the cursor here, never one somewhere else
    why_not_undo, why_not_redo = why_not_take_back, why_not_do_again
    act_undo = act_redo = act_take_back

    def act_copy(self) -> None:
        if (here := self.table.current) is not None:
            lines = step(here.entry, self.case, self.app.language, COPIED, whole=self.whole)
            self.app.copy_to_clipboard(plain(lines))
            self.tell(self.words("history.copied"))


def _points(of: Step, name: str) -> list[Cell]:
    told = of.entry.answered
    return [Cell("-", "table--dim") if told is None else Cell(str(told[name]))]
