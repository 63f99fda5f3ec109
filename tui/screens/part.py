"""What the parts of a case have in common: each is a screen, and the same keys lead from one to any other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from engine.exams import load as load_exams
from engine.facts import Applicant
from engine.needs import Need, needs
from engine.reason import Reason
from engine.words import word
from models.change import Change
from tui import actions
from tui.commit import commit
from tui.screens.view import View
from tui.widgets.footer import Footer
from tui.widgets.header import Header
from tui.widgets.parts import PartsLine
from tui.widgets.status import Status

# in the order of `tab`
PARTS = ("facts", "time", "plan", "what_if", "materials", "form", "progress", "risks", "notes", "history")


def screen_of(part: str, case_id: int) -> Part:
    """A part of a case, by its name in the registry."""
    from tui.screens.parts import SCREENS

    return SCREENS[part](case_id)


class Part(View):
    """A part of a case. The facts lie beneath; another part stands on them, one at a time.

    A subclass says which `PART` it is, has the scope `part` among its own, and calls `draw_parts`.
    """

    PART: ClassVar[str]

    def __init__(self, case_id: int) -> None:
        super().__init__()
        self.case_id = case_id

    def compose(self) -> ComposeResult:
        yield Header()
        yield PartsLine()
        yield from self.body()
        yield Status()
        yield Footer()

    @property
    def shown_case(self) -> tuple[int, str] | None:
        return self.case_id, self.PART

    def needs_of(self, applicant: Applicant, need_by: str | None) -> list[Need]:
        """The days on which the points are needed as seen today, the nearest first; `need_by` is the case's own."""
        wanted = None if need_by is None else date.fromisoformat(need_by)
        return needs(applicant, load_exams(), self.app.today, wanted)

    def draw_parts(self, needed: Sequence[Need]) -> None:
        """The line of the parts, with the days on which the points are needed next."""
        names = [
            (
                part,
                actions.display(self.app.own_keys.of(actions.BY_ID[f"part.{part}"])[0]),
                self.words(f"action.part.{part}"),
            )
            for part in PARTS
        ]
        said = [self.said(needed[0], length) for length in ("", "_short", "_least")] if needed else []
        self.query_one(PartsLine).show(names, self.PART, said)

    def said(self, need: Need, length: str = "") -> str:
        """When the points are needed, for what, how many days are left; with little room `_short`, at last `_least`."""
        today, (first, last) = self.app.today, need.span
        if need.coming is None or need.coming.exam is None:
            return self.words(f"need.day{length}", first=first, days=(first - today).days)
        exam, running = need.coming.exam, first <= today
        return self.words(
            f"need.exam_now{length}" if running else f"need.exam{length}",
            exam=word(f"exam.{exam.kind}", self.app.language),
            year=exam.year,
            yy=f"{exam.year % 100:02}",
            forecast=self.words("need.forecast") if exam.forecast_from is not None else "",
            first=first,
            last=last,
            days=((last if running else first) - today).days,
        )

    async def settle(self) -> None:
        """Have what is open in this part committed before another one is shown."""

    async def change(self, changes: Sequence[Change], command: str = "set") -> bool:
        """Write changes of the case as one command; where that cannot be done, say why, and nothing is changed."""
        reason = await commit(self.app, self.case_id, changes, command)
        if reason is not None:
            self.warn(self.app.say(reason))
        return reason is None

    # --- actions

    async def show_part(self, part: str) -> None:
        """Show another part of the case."""
        if part == self.PART:
            return
        await self.settle()
        if self.PART == "facts":
            await self.app.push_screen(screen_of(part, self.case_id))
        elif part == "facts":
            self.app.pop_screen()
        else:
            await self.app.switch_screen(screen_of(part, self.case_id))

    @on(PartsLine.Chosen)
    async def part_chosen(self, event: PartsLine.Chosen) -> None:
        await self.show_part(event.part)

    async def act_facts(self) -> None:
        await self.show_part("facts")

    async def act_time(self) -> None:
        await self.show_part("time")

    async def act_plan(self) -> None:
        await self.show_part("plan")

    async def act_what_if(self) -> None:
        await self.show_part("what_if")

    async def act_materials(self) -> None:
        await self.show_part("materials")

    async def act_form(self) -> None:
        await self.show_part("form")

    async def act_progress(self) -> None:
        await self.show_part("progress")

    async def act_stage(self) -> None:
        """To the stages that may follow."""
        await self.show_part("progress")

    async def act_risks(self) -> None:
        await self.show_part("risks")

    async def act_notes(self) -> None:
        await self.show_part("notes")

    async def act_history(self) -> None:
        await self.show_part("history")

    async def act_next_part(self) -> None:
        await self.show_part(PARTS[(PARTS.index(self.PART) + 1) % len(PARTS)])

    async def act_undo(self) -> None:
        """Take back this consultant's last command in the case."""
        self.app.turn_back("undo", in_case=self.case_id)

    async def act_redo(self) -> None:
        """Do again what was taken back last in the case."""
        self.app.turn_back("redo", in_case=self.case_id)

    async def act_insurance(self) -> None:
        """The insurance month by month."""
        await self.settle()
        from tui.screens.insurance import InsuranceScreen

        await self.app.push_screen(InsuranceScreen(self.case_id))

    async def act_log(self) -> None:
        """Log a line (记一笔)."""
        await self.settle()
        from tui.screens.log import log

        await log(self.app, self.case_id)

    def why_not_forget(self) -> Reason | None:
        from tui import forgetting

        return forgetting.why_not(self.app)

    async def act_forget(self) -> None:
        """Erase the case for good."""
        from tui import forgetting

        await self.settle()
        await forgetting.ask(self.app, self.case_id)

    @property
    def whole(self) -> bool:
        """Whether ID numbers and phone numbers of the case are shown whole."""
        return self.app.sees_whole(self.case_id)

    def act_reveal(self) -> None:
        """Show ID numbers and phone numbers whole, or masked again."""
        self.app.reveal(self.case_id)

    async def act_previous(self) -> None:
        await self._go(-1)

    async def act_next(self) -> None:
        await self._go(1)

    async def _go(self, step: int) -> None:
        """The same part of another case, in the order of the list."""
        await self.settle()
        other = self.app.neighbour(self.case_id, step)
        if other is None:
            self.warn(self.words("case.no_other"))
        else:
            await self.show_case(other)

    async def show_case(self, case_id: int) -> None:
        """The same part of another case, in the place of this one."""
        from tui.screens.case import CaseScreen

        app = self.app
        await app.pop_screen()
        facts = app.screen
        if isinstance(facts, CaseScreen):
            await facts.show_case(case_id)
        if facts is app.screen:  # and the other case is there
            await app.push_screen(screen_of(self.PART, case_id))

    async def act_leave(self) -> None:
        await self.settle()
        self.app.pop_screen()
