"""The risks of a case: the severest first, and below or beside them the facts they rest on, on one time axis."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import Static

from engine.lanes import concerned, lanes
from engine.policy import NoLaw, load
from engine.reason import Reason
from engine.risks import Found, Risk, risks
from engine.spans import Lane
from tui.lane_plotting import NAMES, drawn, framed, legend
from tui.plotting import Sign
from tui.screens.line_moves import LineMoves, Moving
from tui.screens.stored_part import StoredPart
from tui.widgets import risks as told
from tui.widgets.assessment import named
from tui.widgets.lanes import Lanes
from tui.widgets.line import Line
from tui.widgets.lines import Entry, Lines, plain
from tui.widgets.plot import Plot
from tui.widgets.table import MARK

WIDE = 110  # cells from which the lanes stand beside the risks
COPIED = 72  # cells of a line that is copied
YEARS = ((2, 1), (5, 2), (10, 5), None)  # how many years before and after today are drawn; at last all there are


class RisksScreen(LineMoves, StoredPart):
    """What stands against an application, or will."""

    SCOPES = ("risks", "part", "list")
    PART = "risks"

    def __init__(self, case_id: int) -> None:
        super().__init__(case_id)
        self.found = Found((), ())
        self.lanes: list[Lane] = []
        self.years = len(YEARS) - 1

    def body(self) -> ComposeResult:
        findings = Lines(lambda width: list(self.entries(width)))
        findings.grows = True
        with Container(id="sides"):
            yield findings
            with Vertical():
                yield Line(id="titles")
                yield Plot()
                yield Lanes()
                yield Static(id="legend", markup=False)

    @property
    def findings(self) -> Lines:
        """The risks."""
        return self.query_one(Lines)

    @property
    def drawing(self) -> Lanes:
        """The lanes."""
        return self.query_one(Lanes)

    @property
    def lines(self) -> Moving:
        return self.drawing if self.focused is self.drawing else self.findings

    def on_mount(self) -> None:
        self.focus_now(self.findings)
        self.read()
        self.reword()

    # --- what it is about

    def read(self) -> None:
        """Read the case and look for its risks."""
        super().read()
        today = self.app.today
        self.lanes = lanes(self.applicant, today)
        try:
            self.found = risks(self.applicant, load(), today)
        except NoLaw:  # before there was one, nothing could be returned
            self.found = Found((), ())

    @property
    def here(self) -> Risk | None:
        """The risk under the cursor."""
        target = self.findings.target
        return self.found.risks[int(target.removeprefix(told.RISK))] if target.startswith(told.RISK) else None

    @property
    def fact_here(self) -> str:
        """The fact that what is under the cursor rests on before all, or lacks; "" where there is none."""
        if self.here is None:
            return self.findings.target.removeprefix(told.FACT)
        return next((target for target, _ in named(self.here.paths, self.case, self.app.language)), "")

    # --- what it shows

    def draw(self) -> None:
        """The header, the risks, the lanes."""
        self.draw_top(f"{self.called}  {self.words('scope.risks')}")
        self.findings.show()
        self.draw_lanes()

    def entries(self, width: int) -> Iterator[Entry]:
        """The risks, and what cannot be judged."""
        return told.entries(self.found, self.case, self.app.today, self.app.language, width)

    def draw_lanes(self) -> None:
        """The lanes in their frame, with what the risk under the cursor rests on."""
        width = self.drawing.scrollable_content_region.width - len(MARK)
        if width <= NAMES:  # not yet placed: that comes with a resize
            return
        today, language, here = self.app.today, self.app.language, self.here
        frame = framed(self.lanes, today, YEARS[self.years], width)
        picked = [] if here is None else concerned(self.lanes, here.paths, here.reason.values)
        picture = drawn(self.lanes, frame, today, picked, language)
        self.drawing.show(picture)
        margin = Sign(" " * (len(MARK) + NAMES))
        self.query_one(Plot).show([[margin, *line] for line in picture.axis])
        self.query_one("#legend", Static).update(legend(picture.marks, language))
        self.query_one("#titles", Line).show(self.words("lanes.title", first=frame.first, last=frame.last))

    @on(Lines.Turned)
    def turned(self) -> None:
        """Another risk is under the cursor."""
        self.draw_lanes()
        self.refresh_footer()

    def on_resize(self) -> None:
        self.set_class(self.size.width >= WIDE, "-wide")
        self.call_after_refresh(self.draw_lanes)

    # --- actions

    def why_not_open(self) -> Reason | None:
        return None if self.fact_here else Reason("risks_no_fact", {})

    @on(Lines.Chosen)
    def act_open(self) -> None:
        """Back to the facts, to the one the risk rests on, or that is not known."""
        if self.fact_here:
            self.app.back_to_case(self.fact_here)

    def act_other_side(self) -> None:
        self.focus_now(self.findings if self.focused is self.drawing else self.drawing)

    def act_longer(self) -> None:
        self._look(1)

    def act_shorter(self) -> None:
        self._look(-1)

    def _look(self, step: int) -> None:
        """Draw more years, or fewer."""
        self.years = max(0, min(self.years + step, len(YEARS) - 1))
        self.draw_lanes()

    def act_copy(self) -> None:
        self.app.copy_to_clipboard(f"{self.called}\n{plain(list(self.entries(COPIED)))}")
        self.tell(self.words("risks.copied"))
