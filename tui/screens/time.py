"""The time of a case: the score over the years, each step of it with its cause, and what follows from them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from engine.needs import Need
from engine.reason import Reason
from engine.who_applies import Turn, who_applies
from engine.words import say, word
from models.rows import StoredCase
from tui.columns import wrap
from tui.course import YEARS, Course, Happening, course_of, years_around, years_to_see
from tui.plotting import GUTTER, Drawing, Frame, Mark, framed
from tui.screens.case_columns import indicator_name, shown_name
from tui.screens.list_moves import ListMoves
from tui.screens.stored_part import StoredPart
from tui.timeline_words import moved, points, told, verdict
from tui.widgets.line import Line
from tui.widgets.plot import Plot
from tui.widgets.table import Cell, Column, Table

WIDE = 100  # cells from which names and verdicts have the room they would like
TALL = 36  # lines of the screen from which the plot is higher


class TimeScreen(ListMoves, StoredPart):
    """The score of a case through time."""

    SCOPES = ("time", "part", "list")
    PART = "time"

    def __init__(self, case_id: int) -> None:
        super().__init__(case_id)
        self.course: Course | None = None  # None before there was a law
        self.years: int | None = None  # until somebody chooses: as far as what matters lies
        self.happenings: list[Happening] = []
        self.frame: Frame | None = None

    def body(self) -> ComposeResult:
        yield Plot()
        yield Static(id="told", markup=False)
        yield Line(id="titles")
        yield Table(self.fetch, "steps")

    @property
    def table(self) -> Table[Happening]:
        return self.query_one("#steps", Table)

    @property
    def plot(self) -> Plot:
        return self.query_one(Plot)

    def on_mount(self) -> None:
        self.focus_now(self.table)
        self.read()
        self.reword()

    def fetch(self, ids: Sequence[int]) -> list[Happening]:
        return [self.happenings[number] for number in ids]

    # --- what it is about

    def read(self) -> None:
        """Read the case and count it through the years."""
        super().read()
        spouse = None if self.stored is None else self.app.reader.spouse(self.case_id, self.stored.document)
        self.course = course_of(self.applicant, self.app.today, spouse)
        here = self.here
        self.happenings = [] if self.course is None else list(self.course.happenings())
        days = [happening.step.day for happening in self.happenings]
        place = days.index(here.step.day) if here is not None and here.step.day in days else 0
        self.table.show(array("q", range(len(self.happenings))), place)

    @property
    def here(self) -> Happening | None:
        """The happening under the cursor."""
        return self.table.current

    @property
    def spouse(self) -> StoredCase | None:
        """The spouse's own case, where there is one."""
        return self.course.spouse.case if self.course is not None and self.course.spouse is not None else None

    @property
    def looks_ahead(self) -> int:
        """How many years are looked ahead."""
        return self.years or years_to_see(self.course, self.needs, self.app.today)

    # --- what it shows

    def reword(self) -> None:
        self.draw_titles()
        super().reword()

    def draw(self) -> None:
        """Header, plot and what is told."""
        if self.stored is None:
            return
        first, last = years_around(self.app.today, self.looks_ahead)
        now = "-" if self.course is None else points(self.course.ahead.steps[0])
        self.draw_top(
            f"{self.called}  {self.words('time.now', points=now)}",
            self.words("time.span", first=str(first)[:7], last=str(last)[:7]),
        )
        room = max(self.size.width - 2, 20)
        lines = [line for said in self.told_lines() for line in wrap(said, room)]
        self.query_one("#told", Static).update("\n".join(lines))
        self.draw_plot()

    def told_lines(self) -> list[str]:
        """What follows from the steps, in a few lines."""
        if self.course is None:
            return [self.words("case.no_law")]
        lines = [self.words("timeline.then").join(told(self.course.ahead, self.app.language))]
        if (spouse := self.course.spouse) is not None:
            lines.append(self.spouse_line(spouse.case, who_applies(self.course.ahead, spouse.ahead)))
        return lines

    def spouse_line(self, spouse: StoredCase, turns: Sequence[Turn]) -> str:
        """Who of the two had better apply, and when that turns."""
        now, *later = turns
        name = shown_name(spouse.row)
        names = {0: self.words("time.self"), 1: name, None: self.words("time.either")}
        own, theirs = now.totals
        better = names[now.better]
        said = self.words("time.spouse", name=name, id=spouse.id, own=own, theirs=theirs, better=better)
        if later:
            said += self.words("time.turns", day=later[0].day, better=names[later[0].better])
        return said

    @on(Table.Moved)
    def draw_plot(self) -> None:
        """The plot, with the day of the step under the cursor marked."""
        plot, course = self.plot, self.course
        if course is None or not plot.size.width:
            plot.show([])
            return
        first, last = years_around(self.app.today, self.looks_ahead)
        threshold = course.ahead.threshold
        curves = [course.steps] if course.spouse is None else [course.steps, course.spouse.ahead.steps]
        self.frame = framed(first, last, curves, threshold, plot.size)
        drawing = Drawing(self.frame, threshold)
        for need in self.needs:
            drawing.need(Mark(need.span, self._name_of(need)))
        drawing.line_at_threshold()
        if course.spouse is not None:
            drawing.other(course.spouse.ahead.steps)
        drawing.curve(course.steps)
        drawing.upright(self.app.today, self.words("time.today"))
        drawing.years()
        if self.here is not None:
            drawing.here(self.here.step.day)
        plot.show(list(drawing.lines()))

    def _name_of(self, need: Need) -> str:
        if need.coming is None or need.coming.exam is None:
            return self.words("time.need_by")
        return word(f"exam.{need.coming.exam.kind}", self.app.language)

    def draw_titles(self) -> None:
        """The columns, and their titles."""
        self.table.show_columns(self.columns(), self.query_one("#titles", Line))

    def columns(self) -> list[Column[Happening]]:
        words, language, narrow = self.words, self.app.language, self.size.width < WIDE
        names = 10 if narrow else 18  # cells of an indicator

        def total(of: Happening) -> list[Cell]:
            return [Cell(points(of.step) if of.first else "", "table--good" if of.step.reached else "")]

        def standing(of: Happening) -> list[Cell]:
            assert self.course is not None
            ahead = self.course.ahead
            gap = f"{of.step.total - ahead.threshold:+d}"
            short = words("timeline.vetoed_short") if of.step.vetoed else gap
            said = short if narrow else verdict(of.step, ahead, language)
            return [Cell(said if of.first else "", "table--good" if of.step.reached else "table--dim")]

        def line(of: Happening) -> list[Cell]:
            return [Cell(indicator_name(of.change.indicator, language, names) if of.change else "")]

        def cause(of: Happening) -> list[Cell]:
            if of.change is not None:
                return [Cell(say(of.change.because, language))]
            if of.step.because is not None:
                return [Cell(say(of.step.because, language), "table--warning")]
            return [Cell(words("time.today"), "table--dim")]

        return [
            Column(words("column.day"), 10, lambda of: [Cell(str(of.step.day) if of.first else "")]),
            Column(words("column.score"), 5, total, right=True),
            Column(words("column.gap" if narrow else "column.verdict"), 4 if narrow else 10, standing, right=narrow),
            Column(words("column.change"), 4, lambda of: [Cell(moved(of.change) if of.change else "")], right=True),
            Column(words("column.line"), names, line),
            Column(words("column.cause"), 0, cause),
        ]

    def on_resize(self) -> None:
        self.set_class(self.size.height >= TALL, "-tall")
        self.draw_titles()
        self.call_after_refresh(self.draw)

    # --- actions

    def act_earlier(self) -> None:
        self.act_up()

    def act_later(self) -> None:
        self.act_down()

    def act_longer(self) -> None:
        self._look(1)

    def act_shorter(self) -> None:
        self._look(-1)

    def _look(self, step: int) -> None:
        """Look farther ahead, or less far."""
        place = YEARS.index(self.looks_ahead) + step
        self.years = YEARS[max(0, min(place, len(YEARS) - 1))]
        self.draw()

    def why_not_open(self) -> Reason | None:
        return None if self.here is not None and self.here.change is not None else Reason("time_no_line", {})

    @on(Table.Chosen)
    async def act_open(self) -> None:
        """Open the line that moves, as it is counted on that day."""
        from tui.screens.line import LineScreen

        here = self.here
        if self.course is None or here is None or here.change is None:
            return
        line = self.course.line(here.change.indicator, here.step.day)
        if line is not None:
            await self.app.push_screen(LineScreen(line, self.case, self.app.back_to_case))

    def why_not_spouse(self) -> Reason | None:
        return None if self.spouse is not None else Reason("time_no_spouse", {})

    async def act_spouse(self) -> None:
        if self.spouse is not None:
            await self.show_case(self.spouse.id)

    def act_copy(self) -> None:
        lines = [self.called, *self.told_lines()]
        for of in self.happenings:
            cells = ["".join(cell.text for cell in column.cells(of)) for column in self.columns()]
            lines.append("  ".join(cell for cell in cells if cell))
        self.app.copy_to_clipboard("\n".join(lines))
        self.tell(self.words("time.copied"))

    @on(Plot.Pointed)
    def pointed(self, event: Plot.Pointed) -> None:
        """Go to the step that holds on the day that was clicked on."""
        if self.frame is not None and event.column >= GUTTER:
            day = self.frame.end_of(event.column - GUTTER)
            before = [place for place, of in enumerate(self.happenings) if of.first and of.step.day <= day]
            self.table.move(before[-1] if before else 0)
