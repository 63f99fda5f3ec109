"""The list of cases: one table over any number of them, filtered as one types."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from engine.reason import Reason
from tui import actions
from tui.last_place import NOWHERE, Place
from tui.screens.arranging import Arranging
from tui.screens.case_columns import shown_name
from tui.screens.leftovers import Leftovers
from tui.screens.list_moves import ListMoves
from tui.screens.previewing import Previewing
from tui.screens.searching import Searching, place
from tui.screens.selecting import Selecting
from tui.widgets.filter import Filter
from tui.widgets.ground import Beside
from tui.widgets.line import Line
from tui.widgets.lines import Lines
from tui.widgets.table import Table


class CasesScreen(Selecting, Searching, ListMoves, Arranging, Previewing, Leftovers):
    """All cases, or those a filter finds; it begins where its consultant was `last`."""

    SCOPES = ("cases", "list")

    def __init__(self, last: Place = NOWHERE) -> None:
        super().__init__()
        self.line = last.line
        self.wanted = last.case
        self.openable = False  # whether there is a row to open, as the footer shows it

    def body(self) -> ComposeResult:
        yield Filter(self.line)
        preview = Lines(self.preview_entries, "preview")
        preview.can_focus = False
        with Beside():
            with Vertical():
                yield Line(id="titles")
                yield Line(id="wrong")
                yield Table(self.fetch, "cases")
                yield Static(id="nothing", markup=False)
            yield preview
        yield Line(id="left")
        yield Line(id="signs")

    def on_mount(self) -> None:
        self.focus_now(self.table)
        self.search()
        self.reword()

    # --- drawing

    def reword(self) -> None:
        self.draw_titles()
        self.draw()
        self.draw_left()
        self.draw_signs()
        self.draw_preview()
        super().reword()

    def draw(self) -> None:
        """Draw everything but the rows."""
        app = self.app
        counted = "" if self.total is None else f"{self.total}"
        if self.field.value.strip():
            counted = f"{'…' if self.shown is None else self.shown} / {counted}"
        if self.table.picked:
            counted = f"{counted}  {self.words('cases.selected', count=len(self.table.picked))}"
        name = self.words("app.demo" if app.workspace.kind == "demo" else "app.name")
        where = "  ".join(filter(None, [name, self.words("scope.cases"), self.view_shown]))
        self.head(where, counted)
        self.draw_nothing()

    def draw_nothing(self) -> None:
        """What to do where there is no case, or none is found."""
        nothing = self.shown == 0 and self.wrong is None
        self.set_class(nothing, "-nothing")
        if nothing == self.openable:  # the first case came, or the last one went
            self.openable = not nothing
            self.refresh_footer()
        if nothing:
            said = self.nothing_found() if self.total else [self.words("cases.empty")]
            self.query_one("#nothing", Static).update("\n".join(said))

    def say_nothing(self) -> None:
        self.draw_nothing()

    def on_screen_resume(self) -> None:
        """Back from the views: the one that is shown may have another name, or none."""
        if self.is_mounted:
            self.draw()

    def draw_signs(self) -> None:
        """The line by which a person can judge how wide this terminal draws, while it is asked."""
        self.set_class(self.app.asks, "-signs")
        key = actions.display(self.app.own_keys.of(actions.BY_ID["app.signs"])[0])
        self.query_one("#signs", Line).show(f"  {self.words('signs.judge', key=key)}")

    def on_resize(self) -> None:
        self.place_preview()
        self.draw_titles()

    # --- others, another day

    def changed(self) -> None:
        self.search(again=True)
        self.draw_left()

    def others_wrote(self, *, cases: bool) -> None:
        super().others_wrote(cases=cases)
        if not cases:
            self.draw_left()

    def new_day(self) -> None:
        self.draw_titles()
        self.draw()
        self.search(again=True)

    # --- cases

    def why_not_open(self) -> Reason | None:
        return None if self.table.current else Reason("no_case_here", {})

    why_not_copy = why_not_open
    why_not_log = why_not_stage = why_not_chase = why_not_open

    @on(Table.Chosen)
    async def act_open(self) -> None:
        row = self.table.current
        if row is not None:
            await self.app.open_case(row.id)

    def act_copy(self) -> None:
        row = self.table.current
        if row is not None:
            self.app.copy_to_clipboard(f"{row.id} {shown_name(row)}")
            self.tell(self.words("cases.copied", what=f"{row.id} {shown_name(row)}"))

    async def act_many(self) -> None:
        """What may be done with all that are selected at once."""
        from tui.screens.many import ManyScreen

        await self.app.push_screen(ManyScreen(self.selected))

    def why_not_clear(self) -> Reason | None:
        return None if self.table.picked else super().why_not_clear()

    def act_clear(self) -> None:
        """The selection first, then the filter."""
        if not self.drop_selection():
            super().act_clear()

    async def act_stage(self) -> None:
        """Open the case under the cursor at the stages that may follow; of several, all of them at once."""
        if self.table.picked:
            await self.act_many()
            return
        row = self.table.current
        if row is not None:
            await self.app.open_case(row.id, part="progress")

    async def act_log(self) -> None:
        """Log a line of the case under the cursor."""
        from tui.screens.log import log

        row = self.table.current
        if row is not None:
            await log(self.app, row.id)

    def why_not_forget(self) -> Reason | None:
        from tui import forgetting

        if self.table.picked:
            return Reason("forget_one_by_one", {})
        return Reason("no_case_here", {}) if self.table.current is None else forgetting.why_not(self.app)

    async def act_forget(self) -> None:
        """Erase the case under the cursor for good."""
        from tui import forgetting

        if (row := self.table.current) is not None:
            await forgetting.ask(self.app, row.id)

    async def act_chase(self) -> None:
        """What is asked for of the cases that are selected, letter by letter."""
        from tui.screens.chasing import ChasingScreen

        await self.app.push_screen(ChasingScreen(self.selected))

    async def act_new(self) -> None:
        """Ten answers on the phone, which become a case."""
        from tui.screens.quick import QuickScreen

        await self.app.push_screen(QuickScreen())

    async def act_new_form(self) -> None:
        """A case of whatever is known of the client."""
        from tui.screens.new_case import NewCaseScreen

        await self.app.push_screen(NewCaseScreen())

    def why_not_demo(self) -> Reason | None:
        return Reason("only_when_empty", {}) if self.total else None

    def act_demo(self) -> None:
        self.tell(self.words("cases.building_demo"))
        self.app.demo.begin()

    def step(self, case_id: int, step: int) -> int | None:
        """The case before (-1) or after (1) one in the order of the list; the cursor goes there with it."""
        ids = self.table.ids
        here = self.table.cursor
        if self.table.current_id != case_id:
            found = place(ids, case_id)
            if found is None:
                return None
            here = found
        if not 0 <= here + step < len(ids):
            return None
        self.table.move(here + step)
        return ids[here + step]
