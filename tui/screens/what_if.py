"""What-ifs of a case: up to three lines of changes beside the real case, recounted at every key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer
from textual.widgets import Input, Static

from engine.months import add_years
from engine.policy import NoLaw, load
from engine.reason import Reason
from models.change import Change
from models.keeping_plan import WHAT_IFS, dropped, kept, written
from models.office import SIDE_BY_SIDE
from models.paths import new_id
from models.side_by_side import Column, beside, day_to_compare, next_day, real
from models.what_if import dated, tasks
from models.what_if_line import by_id, by_place, lever_names
from tui import actions
from tui.open_row import OpenRow, draft_of
from tui.patience import KEEP_AFTER
from tui.screens.line_moves import LineMoves
from tui.screens.stored_part import StoredPart
from tui.what_if_hints import Hint, hints, taken
from tui.widgets import what_if
from tui.widgets.lines import Entry, Lines, plain
from tui.widgets.table import MARK, Cell
from tui.widgets.what_if import LINE

YEARS = 10  # so far is looked ahead
COPIED = 100  # cells of a line that is copied


class LineInput(Input):
    """The line of a what-if while it is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings("what_if_line")]

    def __init__(self) -> None:
        super().__init__(select_on_focus=False)
        self.cursor_blink = False

    async def action_act(self, action_id: str) -> None:
        """A key of the line was pressed."""
        await self.screen.action_act(action_id)  # type: ignore[attr-defined]


class WhatIfScreen(LineMoves, StoredPart):
    """The what-ifs of a case."""

    SCOPES = ("what_if", "part", "list")
    PART = "what_if"

    def __init__(self, case_id: int, given: str = "") -> None:
        super().__init__(case_id)
        self.given = given  # a line to begin with, as an option of the plan gives one
        self.columns: list[Column] = []
        self.day: date | None = None  # until somebody chooses: when the what-ifs get there
        self.line: OpenRow | None = None
        self.was: str | None = None  # the line that is stored, as it was last seen here; None for a new one
        self._timer: Timer | None = None

    def body(self) -> ComposeResult:
        yield Lines(lambda width: list(self.entries(width)))
        yield LineInput()
        yield Static(id="reasons", markup=False)
        yield Static(id="hints", markup=False)

    @property
    def lines(self) -> Lines:
        return self.query_one(Lines)

    @property
    def field(self) -> LineInput:
        return self.query_one(LineInput)

    def on_mount(self) -> None:
        self.focus_now(self.lines)
        self.read()
        self.reword()
        draft = draft_of(self.app.reader, self.case_id, self.app.author.name, WHAT_IFS)
        if draft is not None:
            self.open_line(draft.row_id, draft.fields["line"])
        elif self.given:
            self.open_line(new_id(), self.given)

    # --- what it is about

    def read(self) -> None:
        """Read the case, and carry its what-ifs out on the facts as they are."""
        super().read()
        if self.stored is None:
            return
        today, policy = self.app.today, load()
        try:
            case = real(self.applicant, policy, today, add_years(today, YEARS))
        except NoLaw:
            self.columns = []
            return
        what_ifs = (beside(case, row["id"], row["line"], policy, row.get("kept")) for row in self.rows)
        self.columns = [case, *what_ifs]

    @property
    def rows(self) -> Sequence[dict[str, str]]:
        """The what-ifs as they are stored."""
        return list(self.case.get(WHAT_IFS, []))

    # --- what it shows

    def draw(self) -> None:
        """Header, lines and columns."""
        self.draw_top(f"{self.called}  {self.words('scope.what_if')}")
        if self.line is not None:
            self.recount()
        else:
            self.lines.show()

    def entries(self, width: int) -> Iterator[Entry]:
        """All columns side by side, and above them the lines of the what-ifs, unless one is typed."""
        if not self.columns:
            return
        day, language = self.day or day_to_compare(self.columns), self.app.language
        if self.line is not None:
            yield from what_if.side_by_side(self.columns, day, load(), language, width, self.line.row_id)
        else:
            shown = [by_place(column.line, self.case, load()) for column in self.columns[1:]]
            yield from what_if.entries(self.columns, shown, day, load(), language, width, self.app.own_keys)

    # --- a line, while it is typed

    def open_line(self, row_id: str, text: str) -> None:
        """Type the line of a what-if, new or there already."""
        self.was = next((row["line"] for row in self.rows if row["id"] == row_id), None)
        path, who = f"{WHAT_IFS}.{row_id}", self.app.author.name
        self.line = OpenRow(self.app.workspace, self.case_id, who, path, {"line": text})
        self.app.holders.append(self.line)
        self.set_class(True, "-typing")
        field = self.field
        with field.prevent(Input.Changed):
            field.value = text
        field.cursor_position = len(text)
        self.focus_now(field)
        self.refresh_footer()
        self.recount()

    @on(Input.Changed)
    def recount(self) -> None:
        """Carry out what is typed, beside the rest, and offer how it may go on."""
        if self.line is None:
            return
        line = self.line
        line.typed = {"line": self.field.value}
        if self.columns:
            typed = self.put_beside(line)
            width = max(self.size.width - len(MARK) - 1, 20)
            self.query_one("#reasons", Static).update(_told(what_if.reasons(typed, self.app.language, width)))
            self.lines.show()
        offered = "   ".join(f"{hint.text} {hint.means}".strip() for hint in self.offered(line.typed["line"]))
        self.query_one("#hints", Static).update(offered)
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(KEEP_AFTER, self.keep)

    def put_beside(self, line: OpenRow) -> Column:
        """Carry out what is typed, in the place of what is stored."""
        place = next((n for n, column in enumerate(self.columns) if column.row_id == line.row_id), len(self.columns))
        kept = self.columns[place].kept if place < len(self.columns) else None
        typed = beside(self.columns[0], line.row_id, line.typed["line"], load(), kept)
        self.columns[place : place + 1] = [typed]
        return typed

    async def keep(self) -> None:
        """Keep what is typed as a draft; where that cannot be done, say so."""
        if self.line is not None:
            left = await self.line.keep()
            if left.became == "failed" and left.reason is not None:
                self.warn(self.app.say(self.app.not_kept(left.reason)))

    async def settle(self) -> None:
        """Leave the line that is typed: it is kept as it stands, also where something in it is not right yet."""
        line = self.line
        if line is None:
            return
        if self._timer is not None:
            self._timer.stop()
        line.typed = {"line": self.field.value}
        if not await self.commit(line):
            await self.keep()
            return
        await line.done()
        self.close_line()

    async def commit(self, line: OpenRow) -> bool:
        """Store the line; whether it is stored, or there was nothing to store."""
        text = by_id(line.typed["line"], self.case, load())
        row = next((row for row in self.rows if row["id"] == line.row_id), None)
        if row is not None and row["line"] not in (self.was, text):  # somebody else has written there meanwhile
            self.was = row["line"]
            self.warn(self.words("what_if.changed_since", line=by_place(row["line"], self.case, load())))
            return False
        is_plan = row is not None and "kept" in row and bool(self.columns)  # before the first law nothing makes tasks
        edits = self.keeping(line.row_id, text) if is_plan and text else written(self.case, line.row_id, text)
        return not edits or await self.change(edits)

    def close_line(self) -> None:
        """The line is left."""
        left, self.line = self.line, None
        self.set_class(False, "-typing")
        self.focus_now(self.lines)
        self.read()
        self.draw()
        if left is not None:
            self.app.let_go(left)
            self.lines.go_to(f"{LINE}{left.row_id}")
        self.refresh_footer()

    def on_unmount(self) -> None:
        if self.line is not None:
            self.app.let_go(self.line)

    def holds(self, holder: object) -> bool:
        return holder is self.line

    # --- keys

    def footer_scopes(self) -> tuple[str, ...]:
        return ("what_if_line",) if self.line is not None else self.SCOPES

    def scopes(self) -> tuple[str, ...]:
        return (*self.SCOPES, "what_if_line", "app")

    async def act_done(self) -> None:
        await self.settle()

    def act_take_hint(self) -> None:
        """Take the first of what is offered for what stands in the line now; keys may be ahead of what is drawn."""
        offered = self.offered(self.field.value)
        if offered:
            self.field.value = taken(self.field.value, offered[0])
            self.field.cursor_position = len(self.field.value)

    def offered(self, line: str) -> list[Hint]:
        """How a line may go on."""
        return hints(line, self.case["applicant"], lever_names(load()), self.app.language)

    def _typing(self) -> Reason | None:
        return None if self.line is not None else Reason("case_no_field", {})

    why_not_done = why_not_take_hint = _typing

    @property
    def column(self) -> Column | None:
        """The what-if that is typed, or the one under the cursor."""
        row_id = self.line.row_id if self.line is not None else self.lines.target.removeprefix(LINE)
        return next((column for column in self.columns[1:] if column.row_id == row_id), None)

    def _no_column(self) -> Reason | None:
        return None if self.column is not None else Reason("what_if_none_here", {})

    why_not_drop = why_not_keep_it = _no_column

    def why_not_add(self) -> Reason | None:
        beside = [column for column in self.columns[1:] if not column.kept]
        return Reason("fact.what_ifs", {"most": SIDE_BY_SIDE}) if len(beside) >= SIDE_BY_SIDE else None

    async def act_edit(self) -> None:
        """Type in the line under the cursor, or in a new one."""
        if self.column is not None:
            self.open_line(self.column.row_id, by_place(self.column.line, self.case, load()))
        elif (reason := self.why_not_add()) is not None:
            self.warn(self.app.say(reason))
        else:
            self.act_add()

    @on(Lines.Chosen)
    async def chosen(self) -> None:
        await self.act_edit()

    def act_add(self) -> None:
        self.open_line(new_id(), "")

    async def act_drop(self) -> None:
        """Take the what-if under the cursor away, with what it asks for where it is the plan."""
        if self.column is not None:
            await self.change(dropped(self.case, self.column.row_id))

    async def act_keep_it(self) -> None:
        """Make the what-if under the cursor the plan of the case."""
        await self.settle()
        if self.column is None or self.line is not None:
            return
        column = self.column
        if column.outcome is not None and column.outcome.wrong:
            self.warn(self.words("what_if.not_right"))
        elif await self.change(self.keeping(column.row_id, column.line)):
            self.tell(self.words("what_if.is_kept"))

    def keeping(self, row_id: str, line: str) -> list[Change]:
        """What makes a line the plan: with its months, so that they stay what the tasks say."""
        column = beside(self.columns[0], row_id, line, load())
        assert column.outcome is not None
        wanted = tasks(column.outcome, column.ahead.first_reached, self.app.today)
        return kept(self.case, row_id, dated(column.outcome, load()), wanted, self.app.today)

    def act_earlier(self) -> None:
        self._walk(-1)

    def act_later(self) -> None:
        self._walk(1)

    def _walk(self, step: int) -> None:
        """Compare on the next day on which any column changes, or the one before."""
        if not self.columns:
            return
        day = next_day(self.columns, self.day or day_to_compare(self.columns), step)
        if day is not None:
            self.day = day
            self.lines.show()

    def act_copy(self) -> None:
        self.app.copy_to_clipboard(f"{self.called}\n{plain(list(self.entries(COPIED)))}")
        self.tell(self.words("what_if.copied"))


def _told(lines: Iterable[Sequence[Cell]]) -> str:
    return "\n".join("".join(cell.text for cell in line) for line in lines)
