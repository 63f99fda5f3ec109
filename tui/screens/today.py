"""What needs somebody now: every case once, by its nearest day; overdue first, with the reason and whose move it is."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult

from engine.document import validate
from engine.policy import load
from engine.reason import Reason
from engine.words import word
from engine.workflow.deadlines import Deadline
from models.agenda import agenda, asking, name_of
from models.change import Change
from models.history import present
from models.paths import new_id
from models.query import Query
from models.reading import Reader
from models.rows import Row as CaseRow
from tui import task_words
from tui.commit import commit
from tui.log_line import ahead
from tui.screens.case_columns import STATUS, short, shown_name, status_name
from tui.screens.filtered_table import FilteredTable
from tui.screens.prompt import Prompt
from tui.text import say as told
from tui.widgets.filter import Filter
from tui.widgets.line import Line
from tui.widgets.table import Cell, Column, Table

AHEAD = 90  # days that are looked ahead
AT_ONCE = 24  # rows that are counted together: each costs a millisecond
DAY = re.compile(r"\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b")
WIDE = 110  # cells from which stage and consultant are shown too


class Queue(NamedTuple):
    """The cases of the queue, in their order, and how many of them are overdue."""

    ids: array[int]
    overdue: int


class Due(NamedTuple):
    """A row: a case, and the day it is about; None where it has none any more."""

    case: CaseRow
    due: Deadline | None


class TodayScreen(FilteredTable[Queue]):
    """The queue of the day; the filter is that of cases."""

    SCOPES = ("today", "list")
    NOTHING = "today.nothing"
    COPIED = "today.copied"

    def __init__(self) -> None:
        super().__init__()
        self.queue = Queue(array("q"), 0)

    def body(self) -> ComposeResult:
        yield Filter()
        yield Line(id="titles")
        yield Line(id="wrong")
        yield Line(id="key")
        yield Table(self.fetch, "today", AT_ONCE)

    @property
    def table(self) -> Table[Due]:
        return self.query_one("#today", Table)

    # --- what it is about

    def find(self, reader: Reader, query: Query) -> Queue:
        """The cases whose day is near, by that day unless the line says how to sort."""
        today = self.app.today
        until = (today + timedelta(days=AHEAD)).isoformat()
        order = query.order if query.keys else "deadline, id"
        near = Query(f"({query.where}) AND deadline <= ?", (*query.parameters, until), order)
        late = Query(f"({query.where}) AND deadline < ?", (*query.parameters, today.isoformat()), "id")
        return Queue(reader.ids(near), reader.count(late))

    def take(self, found: Queue) -> tuple[array[int], int]:
        """The cursor stays on its case, else where it stood."""
        self.queue, ids, here = found, found.ids, self.table.current_id
        if here is not None and here in ids:
            return ids, ids.index(here)
        return ids, min(self.table.cursor, max(len(ids) - 1, 0))

    def fetch(self, ids: Sequence[int]) -> list[Due]:
        return [due for case_id in ids if (due := self.row(case_id)) is not None]

    def row(self, case_id: int) -> Due | None:
        """What is to be said of a case now."""
        stored = self.app.reader.case(case_id)
        if stored is None:
            return None
        tree, today = present(stored), self.app.today
        found = asking(tree, agenda(tree, validate(stored.document), today, load()), today)
        return Due(stored.row, found[0] if found else None)

    # --- what it shows

    def draw(self) -> None:
        """The header: how many there are, and how many are overdue."""
        said = self.words("today.count", count=self.known(len(self.queue.ids)), overdue=self.known(self.queue.overdue))
        self.head(self.words("scope.today"), said)
        self.set_class(not self.app.reader.is_key_confirmed(), "-unconfirmed")
        self.query_one("#key", Line).show(self.words("today.unconfirmed"))

    def columns(self) -> list[Column[Due]]:
        words, language, wide = self.words, self.app.language, self.size.width >= WIDE

        def left(of: Due) -> list[Cell]:
            if of.due is None:
                return [Cell("-", "table--dim")]
            days = (of.due.day - self.app.today).days
            mark = "!" if days < 0 else "*" if of.due.hard else " "
            return [Cell(f"{days}{mark}", "table--over" if days < 0 else "")]

        def who(of: Due) -> list[Cell]:
            party = of.due.waiting_on if of.due is not None else None
            return [Cell(word(f"waiting_on.{party}", language) if party else "-", "" if party else "table--dim")]

        def why(of: Due) -> list[Cell]:
            return [Cell("" if of.due is None else self.said(of.due))]

        def day(of: Due) -> list[Cell]:
            return [Cell("-" if of.due is None else str(of.due.day) if wide else short(of.due.day, self.app.today))]

        shown: list[Column[Due]] = [
            Column(words("column.left"), 5, left, right=True),
            Column(words("column.day"), 10 if wide else 7, day),
            Column(words("column.name"), 12 if wide else 8, lambda of: [Cell(shown_name(of.case))]),
            Column(words("column.waiting_on"), 8 if wide else 6, who),
            Column(words("column.why"), 0, why),
        ]
        if wide:
            stage: Column[Due] = Column(
                words("column.status"), STATUS, lambda of: [Cell(status_name(of.case.stage, language))]
            )
            shown.insert(3, stage)
            shown.append(Column(words("column.consultant"), 10, lambda of: [Cell(of.case.consultant or "")]))
        return shown

    def said(self, due: Deadline) -> str:
        """Why a day matters, in words; where there is little room, days as lists tell them."""
        words = task_words.due(due, load(), self.app.language)
        if self.size.width >= WIDE:
            return words
        return DAY.sub(lambda found: short(date.fromisoformat(found[0]), self.app.today), words)

    def new_day(self) -> None:
        self.table.reread()
        self.search(again=True)
        super().new_day()

    # --- actions

    def why_not_open(self) -> Reason | None:
        return None if self.table.current is not None else Reason("today_nobody", {})

    why_not_copy = why_not_log = why_not_snooze = why_not_open

    @on(Table.Chosen)
    async def act_open(self) -> None:
        """Open the case at its progress."""
        here = self.table.current
        if here is not None:
            await self.app.open_case(here.case.id, part="progress")

    async def act_log(self) -> None:
        """Log a line of the case under the cursor."""
        from tui.screens.log import log

        here = self.table.current
        if here is not None:
            await log(self.app, here.case.id)

    async def act_snooze(self) -> None:
        """Put the day under the cursor off until another, which must be named."""
        here, today = self.table.current, self.app.today
        if here is None or here.due is None:
            return
        case_id, name = here.case.id, name_of(here.due)

        def read(typed: str) -> date | Reason:
            day = ahead(typed, today)
            return day if day is not None and day > today else Reason("today_no_day", {})

        async def answered(day: date | None) -> None:
            if day is not None:
                await self.snooze(case_id, name, day)

        question = self.words("today.ask_snooze", name=shown_name(here.case))
        await self.app.push_screen(Prompt(question, read, lambda why: told(why, self.app.language)), answered)

    async def snooze(self, case_id: int, name: str, day: date) -> None:
        """Do not ask about a deadline of a case until a day."""
        stored = self.app.reader.case(case_id)
        if stored is None:
            return
        row = next((row for row in stored.office.get("snoozes", []) if row["what"] == name), None)
        if row is None:
            change = Change(f"snoozes.{new_id()}", None, {"what": name, "until": day.isoformat()})
        else:
            change = Change(f"snoozes.{row['id']}.until", row["until"], day.isoformat())
        reason = await commit(self.app, case_id, [change], "snooze")
        if reason is not None:
            self.warn(self.app.say(reason))
        else:
            self.tell(self.words("today.snoozed", day=day))
