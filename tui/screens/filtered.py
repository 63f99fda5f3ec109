"""A list with a filter line above it: the keys that lead into the line and out of it, and what is wrong in it."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.timer import Timer
from textual.widgets import Input
from textual.worker import get_current_worker

from engine.policy import load
from engine.reason import Reason
from models.in_use import InUse, in_use
from models.query import Query, QueryError, parse
from models.reading import Reader
from models.unused_names import names_in, unused
from tui import actions
from tui.filter_hints import Hint, hints, piece, taken
from tui.finding import PAUSE
from tui.pace import Pace
from tui.screens.view import View
from tui.widgets.filter import FilterInput
from tui.widgets.line import Line
from tui.widgets.table import Table

FELT = 0.05  # seconds; a look that takes longer is felt by who works meanwhile
QUIET = 0.6  # seconds without a key before such a look
PUT_OFF = 20  # times in a row that it waits for that, under keys that never end


class Filtered(View):
    """A subclass composes `Filter`, the `Line`s `titles` and `wrong` and a `Table`, and looks in `search`."""

    NOTHING: ClassVar[str] = ""  # the words for a list in which nobody stands yet

    def __init__(self) -> None:
        super().__init__()
        self.asked: str | None = None  # the line that was last looked for
        self.wrong: QueryError | None = None
        self.looked = False  # whether anything was looked for to its end: before that nobody knows how much there is
        self.in_use = InUse()
        self.hints: list[Hint] = []
        self.unused: tuple[str, list[Reason]] = ("", [])  # a line, and what is said of the names in it no case has
        self.behind = False  # others have written since it was last looked for
        self.pace = Pace()
        self.later: Timer | None = None  # until which what others wrote rests
        self._put_off = 0  # times in a row, for keys that came

    def others_wrote(self, *, cases: bool) -> None:
        """Another draft or setting is nothing to look through all cases for, unless drafts are asked for."""
        if not cases and not (self.is_mounted and self.asks_for_drafts()):
            return
        self.behind = True
        if self.is_current:
            self.reread()
            self.catch_up()

    def on_screen_resume(self) -> None:
        """Back from another screen: what was changed there is shown at once, where it stands now a little later."""
        self.reread()
        self.catch_up()

    def reread(self) -> None:
        """The rows in sight, as they are now."""
        for table in self.query(Table):
            table.reread()

    def catch_up(self) -> None:
        """Look for what others wrote, where the last look was long enough ago: many write, and each look is through
        all cases; one that is felt waits for a pause in the keys. Beneath another screen it waits until one comes
        back."""
        if not self.behind or not self.is_mounted or not self.is_current:
            return
        if self.later is not None:
            self.later.stop()
            self.later = None
        rest = self.pace.rest or self._until_quiet()
        if rest > 0:
            self.later = self.set_timer(rest, self.catch_up)
        else:
            self.behind, self._put_off = False, 0
            self.changed()

    def _until_quiet(self) -> float:
        if self.pace.took < FELT or self.app.quiet >= QUIET or self._put_off >= PUT_OFF:
            return 0.0
        self._put_off += 1
        return QUIET - self.app.quiet

    def asks_for_drafts(self) -> bool:
        """Whether the line has to do with drafts."""
        try:
            return " draft " in parse(self.field.value, self.app.today, self.app.author.name).where
        except QueryError:
            return False

    @property
    def field(self) -> FilterInput:
        """The filter line."""
        return self.query_one(FilterInput)

    @property
    def rows(self) -> Table[object]:
        """The list."""
        return self.query_one(Table)

    def search(self, *, again: bool = False, pause: float = 0.0) -> None:
        """Look for what the filter line says; a wrong line is told and leaves the list as it is.

        `again`: for the list that is there, of which something may have changed. `pause`: seconds to wait for a key.
        """
        raise NotImplementedError

    def query_typed(self) -> Query | None:
        """What the line asks for; None where it is wrong, which is shown."""
        self.asked = self.field.value
        self.wrong, query = None, None
        try:
            query = parse(self.asked, self.app.today, self.app.author.name)
        except QueryError as error:
            self.wrong = error
        self.draw_wrong()
        return query

    def draw_wrong(self) -> None:
        """What is wrong with the filter, in the place of the titles; before that, how it may go on at the cursor."""
        before, self.hints = self.hints, self.offered()
        if bool(before) != bool(self.hints):
            self.refresh_footer()  # whether there is something to complete
        typed = self.typed_before
        here = piece(typed)
        at_cursor = self.wrong is None or (here is not None and here.start <= self.wrong.start <= len(typed))
        hinting = bool(self.hints) and at_cursor
        self.set_class(hinting, "-hinting")
        self.set_class(self.wrong is not None and not hinting, "-wrong")
        if hinting:
            said = "   ".join(f"{hint.text} {hint.means}".strip() for hint in self.hints)
            self.query_one("#wrong", Line).show(f"  {actions.BY_ID['filter.take_hint'].keys[0]}  {said}")
        elif self.wrong is not None:
            self.query_one("#wrong", Line).show(f"  {self.app.say(self.wrong.reason)}")

    def known(self, count: int) -> int | str:
        """A number of what was found; three dots until it is known."""
        return count if self.looked else "…"

    def say_nothing(self) -> None:
        """What is to be read where there is no row: none fits the filter, or there is none at all."""
        self.rows.nothing = self.nothing_found()[0] if self.field.value.strip() else self.words(self.NOTHING)

    def nothing_found(self) -> list[str]:
        """What is to be read where no case fits the filter; once they are looked up, first the names no case has."""
        line = self.field.value
        if self.unused[0] != line:
            self.unused = line, []
            if names_in(line):
                self.look_for_unused(line)
        nothing = self.words("cases.nothing_found", key=self.app.own_keys[f"{self.SCOPES[0]}.filter"])
        return [*map(self.app.say, self.unused[1]), nothing]

    @work(thread=True, exclusive=True, group="unused", exit_on_error=False)
    def look_for_unused(self, line: str) -> None:
        """Look for the names in a line that no case has, in a thread of its own, once nobody types."""
        worker = get_current_worker()
        if worker.cancelled_event.wait(PAUSE):
            return
        with Reader(self.app.workspace) as reader:
            known = self.in_use if any(self.in_use) else in_use(reader)
            found = unused(line, reader, known, self.app.today, self.app.author.name)
        if found and not worker.is_cancelled:
            self.app.call_from_thread(self.show_unused, line, found)

    def show_unused(self, line: str, found: list[Reason]) -> None:
        """Say what is wrong with the names in a line, where it still is the line."""
        if self.is_mounted and self.field.value == line:
            self.unused = line, found
            self.say_nothing()
            self.rows.refresh()

    @property
    def typed_before(self) -> str:
        """The line as far as the cursor."""
        return self.field.value[: self.field.cursor_position]

    def offered(self) -> list[Hint]:
        """How the line may go on, while one types at the end of a term; not before the rules and words are loaded."""
        field, app = self.field, self.app
        after = field.value[field.cursor_position :]
        if self.focused is not field or after[:1].strip() or app.stamp is None:
            return []
        return hints(self.typed_before, self.in_use, app.language, app.today, load().threshold)

    @work(thread=True, exclusive=True, group="in use", exit_on_error=False)
    def look_up_in_use(self) -> None:
        """Look in a thread of its own for what may be typed."""
        with Reader(self.app.workspace) as reader:
            self.in_use = in_use(reader)

    def reword(self) -> None:
        self.field.placeholder = self.words("cases.placeholder")
        self.draw_wrong()
        if self.NOTHING and self.asked is not None:
            self.say_nothing()
        super().reword()

    def footer_scopes(self) -> tuple[str, ...]:
        return ("filter",) if self.focused is self.field else self.SCOPES

    def scopes(self) -> tuple[str, ...]:
        return (*self.SCOPES, "filter", "app")

    @on(Table.Typed)
    def text_in_list(self, event: Table.Typed) -> None:
        """Writing that reaches the list starts its filter."""
        self.begin_filter(event.text)

    def begin_filter(self, text: str) -> None:
        """Go on in the filter line, with a text at its end."""
        self.act_filter()
        self.field.add(text)

    def on_descendant_focus(self) -> None:
        self.refresh_footer()
        if self.focused is self.field:
            self.look_up_in_use()
        self.draw_wrong()

    # --- actions

    def act_filter(self) -> None:
        self.focus_now(self.field)

    def act_to_list(self) -> None:
        self.focus_now(self.rows)

    async def act_leave(self) -> None:
        """Escape clears the filter; from an empty one it leads to the list, from the list itself back."""
        if self.field.value:
            self.field.value = ""
        elif self.focused is self.field:
            self.act_to_list()
        else:
            await self.app.act_back()

    def why_not_take_hint(self) -> Reason | None:
        return None if self.offered() else Reason("no_hint", {})

    def act_take_hint(self) -> None:
        """Put the likeliest way on in the place of what is typed before the cursor."""
        field = self.field
        after = field.value[field.cursor_position :]
        before = taken(self.typed_before, self.offered()[0])
        field.value = before + after
        field.cursor_position = len(before)

    def why_not_clear(self) -> Reason | None:
        return None if self.field.value else Reason("nothing_to_clear", {})

    def act_clear(self) -> None:
        self.field.value = ""

    @on(Input.Changed, "#filter")
    def filter_changed(self) -> None:
        """Look again, where the line says something else."""
        if self.field.value != self.asked:
            self.search_typed()

    def search_typed(self) -> None:
        """A key was typed in the filter."""
        self.search()
