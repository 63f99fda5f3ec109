"""The plan of a case: ways to the threshold on the left; on the right, back from the days on which it is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.worker import Worker, get_current_worker

from engine.backward import Ahead, ahead
from engine.child_needs import ChildNeed, child_needs
from engine.exams import load as load_exams
from engine.facts import Applicant
from engine.months import add_years
from engine.needs import Need
from engine.plan import Option, Plan
from engine.planner import plan
from engine.policy import NoLaw, load
from engine.reason import Reason
from engine.timeline import first_reached
from models.change import Change
from models.keeping_plan import TASKS, dropped, kept, tasks_of, the_plan
from models.what_if import carried_out, tasks
from models.what_if_line import by_place, line_of
from tui.screens.line_moves import LineMoves
from tui.screens.stored_part import StoredPart
from tui.screens.two_sides import TwoSides
from tui.widgets import ways
from tui.widgets.ground import Beside
from tui.widgets.lines import Entry, Lines, plain
from tui.widgets.table import Cell

AHEAD = 10  # years in which a plan that is kept is looked for at the threshold
COPIED = 72  # cells of a line that is copied


class Needed(NamedTuple):
    """What the days on which the points are needed ask for: the steps before each, and what the children lack."""

    plans: Sequence[Ahead]
    lacking: Sequence[ChildNeed]


class PlanScreen(LineMoves, TwoSides, StoredPart):
    """The ways to the threshold and the backward plan of a case."""

    SCOPES = ("plan", "part", "list")
    PART = "plan"

    def __init__(self, case_id: int) -> None:
        super().__init__(case_id)
        self.found: Plan | None = None
        self.needed: Needed | None = None
        self.the_kept: ways.Kept | None = None

    def body(self) -> ComposeResult:
        left = Lines(lambda width: list(self.left(width)), "left")
        right = Lines(lambda width: list(self.right(width)), "right")
        with Beside():
            yield left
            yield right

    @property
    def sides(self) -> tuple[Lines, Lines]:
        left, right = self.query(Lines)
        return left, right

    @property
    def lines(self) -> Lines:
        return self.sides[1] if self.focused is self.sides[1] else self.sides[0]

    def on_mount(self) -> None:
        self.focus_now(self.sides[0])
        self.read()
        self.reword()

    # --- what it is about

    def read(self) -> None:
        """Read the case and have it counted: that takes longer than a key may."""
        super().read()
        if self.stored is not None:
            self.the_kept = self.plan_kept()
            self.count(self.applicant, self.needs, self.app.today)

    def plan_kept(self) -> ways.Kept | None:
        """The plan of the case carried out on the facts as they are now."""
        row, today = the_plan(self.case), self.app.today
        if row is None:
            return None
        outcome = carried_out(self.applicant, row["line"], load(), today)
        reached = first_reached(outcome.applicant, load(), today, add_years(today, AHEAD))
        line = by_place(row["line"], self.case, load())
        return ways.Kept(row["kept"], line, reached, bool(outcome.wrong), tasks_of(self.case, row["id"]))

    @work(thread=True, exclusive=True, group="plan", exit_on_error=False)
    def count(self, applicant: Applicant, needs: Sequence[Need], today: date) -> None:
        """Find the ways and the last safe days, and show them."""
        worker = get_current_worker()
        try:
            needed = Needed(ahead(applicant, needs, today), ())
            needed = needed._replace(lacking=child_needs(applicant, load(), load_exams(), today))
            self.show_found(worker, needed, None)
            self.show_found(worker, needed, plan(applicant, load(), today))
        except NoLaw:  # before there was one, nothing was to be reached
            self.show_found(worker, needed, None)

    def show_found(self, worker: Worker[None], needed: Needed, found: Plan | None) -> None:
        """Show what was found, unless something newer is looked for by now."""
        if not worker.is_cancelled:
            self.app.call_from_thread(self.counted, needed, found)

    def counted(self, needed: Needed, found: Plan | None) -> None:
        """Show what was found; until the ways are found anew, those found before stay."""
        self.needed, self.found = needed, found or self.found
        if self.is_mounted:
            self.show_sides()
            self.refresh_footer()

    # --- what it shows

    def draw(self) -> None:
        """Header and both sides."""
        self.draw_top(f"{self.called}  {self.words('scope.plan')}")
        self.show_sides()

    def show_sides(self) -> None:
        """Lay out both sides anew."""
        for side in self.sides:
            side.show()

    def left(self, width: int) -> Iterator[Entry]:
        """The ways to the threshold."""
        if self.the_kept is not None:
            yield from ways.plan_kept(self.the_kept, self.app.today, load(), self.app.language, width)
        if self.found is None:
            yield Entry([Cell(self.words("plan.counting"), "dim")])
        else:
            needed = self.needed.plans if self.needed is not None else ()
            yield from ways.entries(self.found, needed, self.app.language, width)

    def right(self, width: int) -> Iterator[Entry]:
        """Back from the days on which the points are needed."""
        if self.needed is None:
            yield Entry([Cell(self.words("plan.counting"), "dim")])
        else:
            yield from ways.backward(self.needed.plans, self.needed.lacking, self.app.language, width)

    # --- actions

    @property
    def option(self) -> Option | None:
        """The option under the cursor."""
        target = self.sides[0].target
        if self.lines is not self.sides[0] or self.found is None or not target.startswith(ways.OPTION):
            return None
        return self.found.options[int(target.removeprefix(ways.OPTION)) - 1]

    @property
    def task_here(self) -> Mapping[str, Any] | None:
        """The task under the cursor."""
        target = self.sides[0].target
        if self.lines is not self.sides[0] or self.the_kept is None or not target.startswith(ways.TASK):
            return None
        return next((task for task in self.the_kept.tasks if target == f"{ways.TASK}{task['id']}"), None)

    def why_not_keep(self) -> Reason | None:
        if self.option is not None and not self.option.steps:
            return Reason("plan_waits", {})
        return None if self.option is not None or self.task_here is not None else Reason("plan_no_option", {})

    @on(Lines.Chosen)
    async def act_keep(self) -> None:
        """Take the option under the cursor as the plan; a task under the cursor is done, or is not."""
        if (task := self.task_here) is not None:
            done = task.get("done")
            now = None if done else self.app.today.isoformat()
            await self.change([Change(f"{TASKS}.{task['id']}.done", done, now)])
        elif (option := self.option) is not None:
            key = "plan.ask_keep" if self.the_kept is None else "plan.ask_keep_instead"
            day = option.reached_on
            await self.app.ask(key, lambda: self.run_worker(self.keep(option), exit_on_error=False), day=day)

    async def keep(self, option: Option) -> None:
        """Make an option the plan of the case, and its steps tasks."""
        line = line_of(option, self.app.language)
        outcome = carried_out(self.applicant, line, load(), self.app.today)
        wanted = tasks(outcome, option.reached_on, self.app.today)
        if await self.change(kept(self.case, None, line, wanted, self.app.today)):
            self.tell(self.words("what_if.is_kept"))

    def why_not_drop(self) -> Reason | None:
        return None if self.the_kept is not None else Reason("plan_none_kept", {})

    async def act_drop(self) -> None:
        """Take the plan away, with what it asks for and is not done."""
        row = the_plan(self.case)
        if row is not None and await self.change(dropped(self.case, row["id"])):
            self.tell(self.words("plan.dropped"))

    async def act_what_if(self) -> None:
        """Try the option under the cursor out beside the real case; without one, go on to the what-ifs."""
        from tui.screens.what_if import WhatIfScreen

        given = "" if self.option is None else line_of(self.option, self.app.language)
        await self.app.switch_screen(WhatIfScreen(self.case_id, given))

    def act_copy(self) -> None:
        told = [*self.left(COPIED), Entry([]), *self.right(COPIED)]
        self.app.copy_to_clipboard(f"{self.called}\n{plain(told)}")
        self.tell(self.words("plan.copied"))
