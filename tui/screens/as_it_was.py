"""A case as it was after a step, or on a day: the facts of then beside those of now, and what was answered then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from textual import on
from textual.app import ComposeResult

from engine.policy import load as load_policy
from engine.reason import Reason
from models.entries import JournalEntry, Standing
from models.history import States
from models.paths import get, row_of
from models.today import local
from tui import difference, telling
from tui.as_it_was import AsItWas, as_it_was
from tui.difference import Fact
from tui.screens.line_moves import LineMoves
from tui.screens.two_sides import NARROW, TwoSides
from tui.widgets import as_it_was as drawn
from tui.widgets import assessment
from tui.widgets.ground import Beside
from tui.widgets.lines import Entry, Lines, plain


class AsItWasScreen(LineMoves, TwoSides):
    """The state after an entry; `asked` is the day at whose end it is looked at. `moved` is told the entry's number."""

    SCOPES = ("then", "list")

    def __init__(self, entry: JournalEntry, asked: date | None, moved: Callable[[int], None]) -> None:
        super().__init__()
        assert entry.case_id is not None
        self.case_id = entry.case_id
        self.entry = entry
        self.asked = asked
        self.moved = moved
        self.only_differences = False

    def body(self) -> ComposeResult:
        self.read_anew()
        self.then = Lines(self.then_lines, "left")
        self.answer = Lines(lambda width: drawn.answer(self.state, self.app.language, width), "right")
        with Beside():
            yield self.then
            yield self.answer

    @property
    def sides(self) -> tuple[Lines, Lines]:
        return self.then, self.answer

    @property
    def lines(self) -> Lines:
        return self.answer if self.focused is self.answer else self.then

    def on_mount(self) -> None:
        self.focus_now(self.then)
        self.reword()

    def read_anew(self) -> None:
        """Read all of it: the journal may be another one, where a backup was restored."""
        self.states = States(partial(self.app.reader.changes, self.case_id))
        self.read()

    def read(self) -> None:
        """Read the state, and what is different now."""
        self.state: AsItWas = as_it_was(self.app.reader, self.states, self.entry, load_policy(), self.asked)
        tree, now = self.state.tree, self.state.now
        self.facts: list[Fact] = [] if tree is None or now is None else difference.facts(tree, now)

    # --- what it shows

    def reword(self) -> None:
        self.draw()
        super().reword()

    def draw(self) -> None:
        """The header, and both sides."""
        self.head(self.heading(), "", "" if self.state.tree is None else self.difference())
        for side in self.sides:
            side.show()

    def heading(self) -> str:
        """Whose case, and as of when."""
        when = (
            self.words("history.after_step", at=local(self.entry.at), who=self.entry.by)
            if self.asked is None
            else self.words("history.end_of_day", day=self.asked)
        )
        name = telling.name_of(self.state.tree) or self.words("case.nameless", id=self.case_id)
        return f"{name}  {when}"

    def difference(self) -> str:
        """In how many places the case is another one now."""
        count = sum(fact.differs for fact in self.facts)
        return self.words("history.differs", count=count) if count else self.words("history.as_now")

    def then_lines(self, width: int) -> list[Entry]:
        """The step itself, then the facts after it."""
        language = self.app.language
        shown = difference.differences(self.facts) if self.only_differences else self.facts
        whole = self.app.sees_whole(self.case_id)
        return [
            *drawn.step(self.entry, self.state.tree, language, width, whole=whole),
            *drawn.facts(shown, language, width, whole=whole),
        ]

    def changed(self) -> None:
        if not self.is_mounted:
            return
        if self.app.reader.entries([self.entry.id]) != [self.entry]:  # a backup was restored meanwhile
            self.app.pop_screen()
            return
        self.read_anew()
        self.draw()

    # --- actions

    def act_reveal(self) -> None:
        """Show ID numbers and phone numbers whole, or masked again."""
        self.app.reveal(self.case_id)

    def why_not_open(self) -> Reason | None:
        target = self.lines.target
        row = row_of(target)
        if not target:
            return Reason("line_no_fact", {})
        if not target.startswith(assessment.LINE) and row is not None and get(self.state.now, row) is None:
            return Reason("history_gone_now", {})
        return None

    async def act_open(self) -> None:
        await self.open(self.lines.target)

    @on(Lines.Chosen)
    async def chosen(self, event: Lines.Chosen) -> None:
        await self.open(event.target)

    async def open(self, target: str) -> None:
        """A line of the score of then: its rule. A fact: to what it is now, in the case."""
        from tui.screens.line import LineScreen

        if not target.startswith(assessment.LINE):
            if self.why_not_open() is None:
                self.app.back_to_case(target)
            return
        indicator = target.removeprefix(assessment.LINE)
        state = self.state
        if state.counted is not None and state.tree is not None:
            line = next(line for line in state.counted.lines if line.indicator == indicator)
            await self.app.push_screen(LineScreen(line, state.tree, self.go_to))

    def go_to(self, path: str) -> None:
        """Put the cursor on a fact of then."""
        self.focus_side(0)
        self.then.go_to(path)

    def act_only_differences(self) -> None:
        self.only_differences = not self.only_differences
        self.draw()

    def act_older(self) -> None:
        self._step(1)

    def act_newer(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        """To the entry before (1) or after (-1) this one."""
        ids = self.app.reader.entry_ids(self.case_id)
        place = ids.index(self.entry.id) + step
        if not 0 <= place < len(ids):
            self.warn(self.words("history.no_older" if step == 1 else "history.no_newer"))
            return
        self.entry, self.asked = self.app.reader.entries(ids[place : place + 1])[0], None
        self.moved(self.entry.id)
        self.read()
        self.draw()

    @property
    def standing(self) -> Standing:
        """Whether what the step did stands."""
        return self.app.reader.standing([self.entry.id])[self.entry.id]

    def why_not_take_back(self) -> Reason | None:
        return self.app.not_mine(self.entry)

    def why_not_do_again(self) -> Reason | None:
        return Reason("history_stands", {}) if self.standing.stands else self.app.not_mine(self.entry)

    async def act_take_back(self) -> None:
        await self.app.take_back(self.entry, self.standing)

    act_do_again = act_take_back
    # from the palette, undo means this step here, never one somewhere else
    why_not_undo, why_not_redo = why_not_take_back, why_not_do_again
    act_undo = act_redo = act_take_back

    def act_copy(self) -> None:
        answer = drawn.answer(self.state, self.app.language, NARROW)
        shown = plain([*self.then_lines(NARROW), Entry([]), *answer])
        self.app.copy_to_clipboard(f"{self.heading()}  {self.difference()}\n{shown}")
        self.tell(self.words("history.copied"))

    def act_facts(self) -> None:
        self.app.back_to_case()

    def act_leave(self) -> None:
        self.app.pop_screen()
