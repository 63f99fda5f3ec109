"""The views of a consultant, each with its key and how many cases it has; the key picks it at once."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from textual import events, on, work
from textual.app import ComposeResult
from textual.worker import Worker, get_current_worker

from engine.reason import Reason
from models.query_spoken import spoken
from tui import saved_views
from tui.finding import Counter
from tui.saved_views import SavedView, named
from tui.screens.list_moves import ListMoves
from tui.screens.prompt import Prompt
from tui.screens.view import View
from tui.signs import fold
from tui.widgets.line import Line
from tui.widgets.table import Cell, Column, Table

NAME = 20  # cells of a view's name


class ViewPrompt(Prompt[SavedView]):
    """Asks for the name of a view; the key it will have is shown beside what is typed."""

    def told(self, understood: SavedView) -> str:
        return f"{understood.key}  {understood.name}"


class ViewsScreen(ListMoves, View):
    """Views to pick from; `pick` is given the line of the one that is picked, once the screen is left."""

    SCOPES = ("views", "list")

    def __init__(self, line: str, pick: Callable[[str], None]) -> None:
        super().__init__()
        self.line = line
        self.pick = pick
        self.views: list[SavedView] = []
        self.counts: dict[str, int | None] = {}  # by line; None for one that cannot be read
        self.counter = Counter()

    def body(self) -> ComposeResult:
        yield Line(id="titles")
        yield Table(self.fetch, "views")

    @property
    def table(self) -> Table[SavedView]:
        return self.query_one("#views", Table)

    def on_mount(self) -> None:
        self.focus_now(self.table)
        self.read()
        here = saved_views.of_line(self.views, self.line)
        self.table.move(self.views.index(here) if here is not None else 0)
        self.reword()
        self.count()

    def on_unmount(self) -> None:
        self.counter.stop()

    # --- what it shows

    def read(self) -> None:
        """The views as they are now."""
        self.views = saved_views.read(self.app.own.get("views"), self.app.language)
        self.table.show(array("q", range(len(self.views))), self.table.cursor)

    def fetch(self, ids: Sequence[int]) -> list[SavedView]:
        return [self.views[number] for number in ids]

    @work(thread=True, exclusive=True, group="count", exit_on_error=False)
    def count(self) -> None:
        """Count the cases of each view in a thread of its own; it ends with the screen."""
        worker: Worker[None] = get_current_worker()
        lines = [view.line for view in self.views]
        for line, counted in self.counter.count(self.app.workspace, lines, self.app.today, self.app.author.name):
            if worker.is_cancelled:
                return
            self.app.call_from_thread(self.show_count, line, counted)

    def show_count(self, line: str, count: int | None) -> None:
        """Show how many cases a line has."""
        self.counts[line] = count
        if self.is_mounted:
            self.table.reread()

    def reword(self) -> None:
        words = self.words

        def count(of: SavedView) -> list[Cell]:
            if of.line not in self.counts:
                return [Cell("…", "table--dim")]
            found = self.counts[of.line]
            return [Cell("?", "table--warning") if found is None else Cell(str(found))]

        self.head(self.words("scope.views"))
        self.read()
        shown: list[Column[SavedView]] = [
            Column(words("column.key"), 4, lambda of: [Cell(of.key, "table--heading")]),
            Column(words("column.view"), NAME, lambda of: [Cell(of.name)]),
            Column(words("column.cases"), 8, count, right=True),
            Column(words("column.filter"), 0, lambda of: [Cell(spoken(of.line, self.app.language), "table--dim")]),
        ]
        self.table.show_columns(shown, self.query_one("#titles", Line))
        super().reword()

    def changed(self) -> None:
        self.count()

    def new_day(self) -> None:
        self.reword()
        self.count()

    # --- actions

    def on_key(self, event: events.Key) -> None:
        """The key of a view picks it."""
        typed = fold(event.character or "")
        picked = next((view for view in self.views if view.key == typed), None)
        if picked is not None:
            event.stop()
            event.prevent_default()
            self.take(picked)

    def take(self, view: SavedView) -> None:
        """Show the cases of a view."""
        self.app.pop_screen()
        self.pick(view.line)

    def _why_not(self) -> Reason | None:
        return None if self.table.current is not None else Reason("views_none", {})

    why_not_choose = why_not_rename = why_not_remove = _why_not

    @on(Table.Chosen)
    def act_choose(self) -> None:
        view = self.table.current
        if view is not None:
            self.take(view)

    async def act_rename(self) -> None:
        """Another name, or with a key before it another key."""
        view = self.table.current
        if view is None:
            return
        others = [each for each in self.views if each is not view]

        def read(typed: str) -> SavedView | Reason:
            found = named(typed, others, view.line, view.key)
            if found is not None and found.name in {each.name for each in others}:
                return Reason("views_name_taken", {"name": found.name})
            return found or Reason("views_full", {})

        def answered(renamed: SavedView | None) -> None:
            if renamed is not None:
                self.keep([renamed if each is view else each for each in self.views])

        await self.app.push_screen(ViewPrompt(self.words("views.ask_name"), read, self.app.say), answered)

    async def act_remove(self) -> None:
        view = self.table.current
        if view is not None:
            await self.app.ask(
                "views.ask_remove", lambda: self.keep([each for each in self.views if each is not view]), name=view.name
            )

    def keep(self, views: Sequence[SavedView]) -> None:
        """Keep these views, and show them."""
        said = saved_views.kept(views)
        if said is None:
            self.warn(self.app.say(Reason("views_full", {})))
            return
        self.app.prefer("views", said)
        self.reword()

    def act_leave(self) -> None:
        self.app.pop_screen()
