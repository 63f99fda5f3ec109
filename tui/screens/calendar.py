"""The calendar: a month, and what falls on its days: deadlines, ends of points and permits, scores that drop."""

from __future__ import annotations

from calendar import Calendar
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from engine.exams import Exam
from engine.exams import load as load_exams
from engine.months import add_months
from engine.reason import Reason
from engine.words import word
from engine.working_days import is_working_day
from models.query import Query
from models.reading import Reader
from models.rows import Happening
from models.rows import Row as CaseRow
from tui.columns import pad
from tui.exam_words import exam_name
from tui.screens.case_columns import deadline_name, shown_name
from tui.screens.filtered_lines import FilteredLines
from tui.widgets.filter import Filter
from tui.widgets.line import Line
from tui.widgets.lines import Entry, Lines
from tui.widgets.table import Cell

CASE = "case:"  # what a line's target begins with; behind it the day and the number of the case
MOST = 2000  # so many of a month are shown
CELL = 10  # cells of a day in the month
WEEKS = Calendar(firstweekday=0)


def target(each: Happening) -> str:
    """The target of a line: a day, and the case in which it is one."""
    return f"{CASE}{each.day} {each.case_id} {each.kind}"


class CalendarScreen(FilteredLines):
    """A month of all cases, or of those a filter finds."""

    SCOPES = ("calendar", "list")

    def __init__(self) -> None:
        super().__init__()
        self.month = date.min
        self.found: list[Happening] = []
        self.rows_of: dict[int, CaseRow] = {}
        self.begins = True  # the month is another one: the cursor has no place in it yet

    def body(self) -> ComposeResult:
        yield Filter()
        yield Line(id="wrong")
        yield Static(id="month", markup=False)
        yield Lines(lambda width: list(self.entries(width)))

    def on_mount(self) -> None:
        self.month = self.app.today.replace(day=1)
        self.focus_now(self.lines)
        self.reword()
        self.search()

    # --- what it is about

    @property
    def last(self) -> date:
        """The last day of the month."""
        return add_months(self.month, 1) - timedelta(days=1)

    def search(self, *, again: bool = False, pause: float = 0.0) -> None:
        query = self.query_typed()
        if query is not None:
            self.look(query, self.month, self.last)

    @work(thread=True, exclusive=True, group="calendar", exit_on_error=False)
    def look(self, query: Query, first: date, last: date) -> None:
        """Look for what falls on the days of the month in a thread of its own; the next key ends it."""
        worker: Worker[None] = get_current_worker()
        with Reader(self.app.workspace) as reader, self.pace.looking():
            found = reader.calendar(first, last, query, MOST)
            rows = {row.id: row for row in reader.rows(dict.fromkeys(each.case_id for each in found))}
        if not worker.is_cancelled:
            self.app.call_from_thread(self.show_found, found, rows)

    def show_found(self, found: list[Happening], rows: dict[int, CaseRow]) -> None:
        """Show the month."""
        if self.is_mounted:
            self.looked = True
            self.found, self.rows_of = found, rows
            self.draw()
            if self.begins:
                self.begins = False
                self.to_today()
            self.refresh_footer()

    def to_today(self) -> None:
        """The cursor on today's first, else on the next to come, of the month of today; else on the last before."""
        today = self.app.today
        if self.found and self.month <= today <= self.last:
            first = next((each for each in self.found if each.day >= today.isoformat()), self.found[-1])
            self.lines.go_to(target(first))

    # --- what it shows

    def reword(self) -> None:
        self.draw()
        super().reword()

    def draw(self) -> None:
        """The header, the month, and what falls on its days."""
        said = self.words("calendar.month", month=str(self.month)[:7], count=self.known(len(self.found)))
        self.head(self.words("scope.calendar"), said)
        self.lines.show()
        self.draw_month()

    @on(Lines.Turned)
    def draw_month(self) -> None:
        """The days of the month with how much falls on each; that of the cursor in brackets, today with a star."""
        counts = Counter(each.day for each in self.found)
        here = self.day_here
        rows = ["".join(pad(f" {word(f'weekday.{number}', self.app.language)}", CELL) for number in range(7))]
        for week in WEEKS.monthdatescalendar(self.month.year, self.month.month):
            rows.append("".join(self.cell(day, counts.get(day.isoformat(), 0), here) for day in week))
        self.query_one("#month", Static).update("\n".join(rows))

    def cell(self, day: date, count: int, here: str) -> str:
        """One day: its number, `·` where offices are closed, how much falls on it."""
        if day.month != self.month.month:
            return " " * CELL
        closed = "" if is_working_day(day) else "·"
        star = "*" if day == self.app.today else ""
        number = f"[{day.day}]" if day.isoformat() == here else f" {day.day}{star}"
        return f"{number}{closed} {count or ''}".ljust(CELL)

    @property
    def day_here(self) -> str:
        """The day of the line under the cursor."""
        return self.lines.target.removeprefix(CASE).partition(" ")[0]

    def entries(self, width: int) -> Iterator[Entry]:
        """The days on which something falls, and what."""
        language = self.app.language
        days = {day: list(each) for day, each in groupby(self.found, key=lambda each: each.day)}
        exams = self.exams()
        if self.looked and not days and not exams:
            yield Entry([Cell(self.words("calendar.nothing"), "dim")])
        for day in sorted({*days, *exams}):
            working = "" if is_working_day(date.fromisoformat(day)) else f"  {self.words('calendar.closed')}"
            weekday = word(f"weekday.{date.fromisoformat(day).weekday()}", language)
            yield Entry([Cell(f"{day}  {weekday}{working}", "title")])
            for said in exams.get(day, ()):
                yield Entry([Cell(f"   {said}", "reason")])
            for each in days.get(day, ()):
                row = self.rows_of.get(each.case_id)
                name = shown_name(row) if row is not None else f"#{each.case_id}"
                stage = "" if row is None else word(f"status.{row.stage}", language)
                what = self.what(each)
                style = "bad" if day < self.app.today.isoformat() and each.kind == "deadline" else "value"
                cells = [Cell(f"   {name}  ", style), Cell(what, style), Cell(f"  {stage}", "dim")]
                yield Entry(cells, target(each))
        if len(self.found) >= MOST:
            yield Entry([Cell(self.words("calendar.more", count=MOST), "dim")])

    def what(self, each: Happening) -> str:
        """What falls on a day."""
        if each.kind == "deadline" and each.code is not None:
            return deadline_name(each.code, self.app.language)
        return self.words(f"calendar.{each.kind}")

    def exams(self) -> dict[str, list[str]]:
        """The days of the month on which the points are asked for by a school or an examination."""
        language, found = self.app.language, dict[str, list[str]]()
        for exam in self.exams_of_the_year():
            for day, key in ((exam.span.first, "calendar.exam_first"), (exam.span.last, "calendar.exam_last")):
                if self.month <= day <= self.last:
                    said = self.words(key, exam=exam_name(exam, language))
                    found.setdefault(day.isoformat(), []).append(said)
        return found

    def exams_of_the_year(self) -> Sequence[Exam]:
        """Examinations whose days may lie in the month: those of this year and the next."""
        calendar = load_exams()
        kinds = ("primary", "junior", "zhongkao", "gaokao")
        every = (calendar.exam(kind, year) for year in (self.month.year, self.month.year + 1) for kind in kinds)
        return [exam for exam in every if exam is not None]

    def changed(self) -> None:
        if self.is_mounted:
            self.search(again=True)

    def new_day(self) -> None:
        self.search(again=True)
        super().new_day()

    # --- actions

    def why_not_open(self) -> Reason | None:
        return None if self.lines.target else Reason("today_nobody", {})

    @on(Lines.Chosen)
    async def act_open(self) -> None:
        """Open the case under the cursor at its progress."""
        _, _, rest = self.lines.target.removeprefix(CASE).partition(" ")
        number = rest.partition(" ")[0]
        if number:
            await self.app.open_case(int(number), part="progress")

    def act_earlier(self) -> None:
        """The month before."""
        self.go_to(add_months(self.month, -1))

    def act_later(self) -> None:
        """The month after."""
        self.go_to(add_months(self.month, 1))

    def act_this_month(self) -> None:
        """The month of today."""
        self.go_to(self.app.today.replace(day=1))

    def go_to(self, month: date) -> None:
        """Show another month."""
        self.month, self.begins = month, True
        self.search()
