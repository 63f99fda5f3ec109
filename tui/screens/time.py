"""The time of a case: the score over the years, each step of it with its cause, and what follows from them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from engine.assessment import assess
from engine.document import validate
from engine.facts import Applicant
from engine.months import add_months, add_years
from engine.needs import Need
from engine.policy import NoLaw, load
from engine.reason import Reason
from engine.timeline import Change, Step, Timeline, timeline
from engine.who_applies import who_applies
from engine.words import say, word
from tui.columns import wrap
from tui.plotting import GUTTER, Drawing, Frame, Mark, framed
from tui.screens.case_columns import shown_name
from tui.screens.list_moves import ListMoves
from tui.screens.stored_part import StoredPart
from tui.timeline_words import moved, points, told, verdict
from tui.widgets.line import Line
from tui.widgets.plot import Plot
from tui.widgets.table import Cell, Column, Table

YEARS = (1, 2, 3, 5, 10)  # how far ahead one may look
FARTHEST = YEARS[-1]
BEFORE = 5  # of what is looked ahead, a fifth is shown before today
WIDE = 100  # cells from which names and verdicts have the room they would like
TALL = 36  # lines of the screen from which the plot is higher


class Happening(NamedTuple):
    """A line below the plot: a step, and one of the changes it consists of; the first one says the step's total."""

    step: Step
    change: Change | None
    first: bool


class Spouse(NamedTuple):
    """The spouse's own case, and how its score goes."""

    case_id: int
    name: str
    ahead: Timeline


class TimeScreen(ListMoves, StoredPart):
    """The score of a case through time."""

    SCOPES = ("time", "part", "list")
    PART = "time"

    def __init__(self, case_id: int) -> None:
        super().__init__(case_id)
        self.ahead: Timeline | None = None
        self.behind: tuple[Step, ...] = ()
        self.spouse: Spouse | None = None
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
        today = self.app.today
        self.ahead = _counted(self.applicant, today, add_years(today, FARTHEST))
        behind = _counted(self.applicant, _before(today, FARTHEST), today)
        self.behind = behind.steps if behind is not None else ()
        self.spouse = self._spouse()
        here = self.here
        self.happenings = list(_happenings(self.ahead)) if self.ahead is not None else []
        days = [happening.step.day for happening in self.happenings]
        place = days.index(here.step.day) if here is not None and here.step.day in days else 0
        self.table.show(array("q", range(len(self.happenings))), place)

    def _spouse(self) -> Spouse | None:
        """The spouse's own case, where there is one: found by the ID number, in this case or in the other."""
        stored = None if self.stored is None else self.app.reader.spouse(self.case_id, self.stored.document)
        if stored is None or self.ahead is None:
            return None
        found = timeline(validate(stored.document), load(), self.app.today, self.ahead.until)
        return Spouse(stored.id, shown_name(stored.row), found)

    @property
    def here(self) -> Happening | None:
        """The happening under the cursor."""
        return self.table.current

    @property
    def span(self) -> tuple[date, date]:
        """The days that are plotted."""
        today, years = self.app.today, self.years or self._enough()
        return _before(today, years), add_years(today, years)

    def _enough(self) -> int:
        """As many years as it takes to see the next need and the first day at the threshold."""
        wanted = [need.span.last for need in self.needs[:1]]
        if self.ahead is not None:
            wanted += [day for day in (self.ahead.first_reached, self.ahead.first_lost) if day is not None]
        last = max(wanted, default=self.app.today)
        return next((years for years in YEARS[1:] if add_years(self.app.today, years) >= last), FARTHEST)

    # --- what it shows

    def reword(self) -> None:
        self.draw_titles()
        super().reword()

    def draw(self) -> None:
        """Header, plot and what is told."""
        if self.stored is None:
            return
        first, last = self.span
        standing = self.ahead.steps[0] if self.ahead is not None else None
        now = f"{points(standing)}" if standing is not None else "-"
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
        if self.ahead is None:
            return [self.words("case.no_law")]
        join = word("list.also", self.app.language).join
        lines = [join(told(self.ahead, self.app.language))]
        if self.spouse is not None:
            lines.append(self.spouse_line(self.spouse))
        return lines

    def spouse_line(self, spouse: Spouse) -> str:
        """Who of the two had better apply, and when that turns."""
        assert self.ahead is not None
        now, *turns = who_applies(self.ahead, spouse.ahead)
        names = {0: self.words("time.self"), 1: spouse.name, None: self.words("time.either")}
        said = self.words(
            "time.spouse",
            name=spouse.name,
            id=spouse.case_id,
            own=now.totals[0],
            theirs=now.totals[1],
            better=names[now.better],
        )
        if turns:
            said += self.words("time.turns", day=turns[0].day, better=names[turns[0].better])
        return said

    @on(Table.Moved)
    def draw_plot(self) -> None:
        """The plot, with the day of the step under the cursor marked."""
        plot, ahead = self.plot, self.ahead
        if ahead is None or not plot.size.width:
            plot.show([])
            return
        first, last = self.span
        steps = (*self.behind, *ahead.steps[1:]) if self.behind else ahead.steps
        curves = [steps] if self.spouse is None else [steps, self.spouse.ahead.steps]
        self.frame = framed(first, last, curves, ahead.threshold, plot.size)
        drawing = Drawing(self.frame, ahead.threshold)
        for need in self.needs:
            drawing.need(Mark(need.span, self._name_of(need)))
        drawing.line_at_threshold()
        if self.spouse is not None:
            drawing.other(self.spouse.ahead.steps)
        drawing.curve(steps)
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

        def total(of: Happening) -> list[Cell]:
            return [Cell(points(of.step) if of.first else "", "table--good" if of.step.reached else "")]

        def standing(of: Happening) -> list[Cell]:
            assert self.ahead is not None
            gap = f"{of.step.total - self.ahead.threshold:+d}"
            short = words("timeline.vetoed_short") if of.step.vetoed else gap
            said = short if narrow else verdict(of.step, self.ahead, language)
            return [Cell(said if of.first else "", "table--good" if of.step.reached else "table--dim")]

        def line(of: Happening) -> list[Cell]:
            return [Cell(word(f"indicator.{of.change.indicator}", language) if of.change else "")]

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
            Column(words("column.line"), 10 if narrow else 18, line),
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
        place = YEARS.index(self.years or self._enough()) + step
        self.years = YEARS[max(0, min(place, len(YEARS) - 1))]
        self.draw()

    def why_not_open(self) -> Reason | None:
        return None if self.here is not None and self.here.change is not None else Reason("time_no_line", {})

    @on(Table.Chosen)
    async def act_open(self) -> None:
        """Open the line that moves, as it is counted on that day."""
        from tui.screens.line import LineScreen

        here = self.here
        if here is None or here.change is None:
            return
        found = assess(self.applicant, load(), here.step.day)
        line = next((line for line in found.lines if line.indicator == here.change.indicator), None)
        if line is None:  # it has no points any more, and so no line: the day before it had
            before = assess(self.applicant, load(), here.step.day - timedelta(days=1))
            line = next((line for line in before.lines if line.indicator == here.change.indicator), None)
        if line is not None:
            await self.app.push_screen(LineScreen(line, self.case, self.app.back_to_case))

    def why_not_spouse(self) -> Reason | None:
        return None if self.spouse is not None else Reason("time_no_spouse", {})

    async def act_spouse(self) -> None:
        if self.spouse is not None:
            await self.show_case(self.spouse.case_id)

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


def _counted(applicant: Applicant, on: date, until: date) -> Timeline | None:
    """The timeline; None before there was a law."""
    try:
        return timeline(applicant, load(), on, until)
    except NoLaw:
        return None


def _before(today: date, years: int) -> date:
    """Where the plot begins when so many years ahead are shown."""
    return add_months(today, -12 * years // BEFORE)


def _happenings(ahead: Timeline) -> Iterator[Happening]:
    for step in ahead.steps:
        changes: list[Change | None] = [*step.changes]
        if step.because is not None or not changes:
            changes.append(None)
        for number, change in enumerate(changes):
            yield Happening(step, change, number == 0)
