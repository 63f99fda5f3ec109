"""The form of one row the office keeps (a task, a fee, what a stage asks for): a line a field, understood as typed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.timer import Timer
from textual.widgets import Input, Static

from engine.fields import Field
from engine.reason import Reason
from models.workspace import WorkspaceError
from tui import actions, form
from tui.columns import in_lines
from tui.log_line import ahead
from tui.open_row import OpenRow
from tui.patience import KEEP_AFTER
from tui.screens.view import View
from tui.typed import Value, matching, understand
from tui.widgets.left_field import LeftField

LONGEST = 400  # characters of one field
LEAST = 20  # cells there are beside a field at least
Take = Callable[[Mapping[str, Value]], Awaitable[Reason | None]]


class RowInput(LeftField):
    """One field of a row."""

    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings("row_form")]

    def __init__(self, field: Field) -> None:
        super().__init__(select_on_focus=False, max_length=LONGEST)
        self.cursor_blink = False
        self.field = field

    @property
    def key(self) -> str:
        """The name of the field in its row."""
        return self.field.path.rpartition(".")[2]

    async def action_act(self, action_id: str) -> None:
        """A key of the form was pressed in the field."""
        await cast("View", self.screen).perform(actions.BY_ID[action_id])


class RowForm(View):
    """Asks for the fields of a row. `take` is given what was understood, by field, and does it or says why not.

    What is typed is a draft until it is taken or thrown away; `typed` is such a draft to go on with.
    """

    SCOPES = ("row_form",)

    def __init__(
        self,
        title: str,
        row: OpenRow,
        fields: Sequence[Field],
        values: Mapping[str, Any],
        take: Take,
        told: Sequence[str] = (),
        needed: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.title_said = title
        self.row = row
        self.asked = fields
        self.values = values
        self.take = take
        self.told = told
        self.needed = frozenset(needed)
        self.begun: Mapping[str, str] = {}
        self._keeper: Timer | None = None
        self._left = False

    def body(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static("\n".join(self.told), id="told", markup=False)
            for field in self.asked:
                with Horizontal(classes="fact"):
                    yield Static(classes="label", markup=False)
                    yield RowInput(field)
                    yield Static(classes="note", markup=False)

    def on_mount(self) -> None:
        language = self.app.language
        if not self.row.typed:
            self.row.take_up(self.app.reader)
        for field in self.fields:
            stored = form.typed(field.field, self.values.get(field.key), language)
            with field.prevent(Input.Changed):
                field.value = self.row.typed.get(field.key, stored)
            field.cursor_position = len(field.value)
        self.begun = self.written
        self.app.holders.append(self.row)
        self.focus_now(self.fields[0])
        self.reword()

    def on_unmount(self) -> None:
        """The screen is left, or the session ends, in the middle of a field: what was typed is kept."""
        if not self._left:
            with suppress(WorkspaceError):
                self.row.keep_all_now()
        self.app.let_go(self.row)

    def holds(self, holder: object) -> bool:
        return holder is self.row

    @property
    def fields(self) -> list[RowInput]:
        """The lines, in their order."""
        return list(self.query(RowInput))

    @property
    def written(self) -> dict[str, str]:
        """What stands in the lines now, by field."""
        return {field.key: field.value for field in self.fields}

    @property
    def here(self) -> RowInput | None:
        """The line that is typed in."""
        return next((field for field in self.fields if field is self.focused), None)

    # --- what it shows

    def reword(self) -> None:
        app = self.app
        self.head(self.title_said)
        for field, label in zip(self.fields, self.query(".label").results(Static), strict=True):
            mark = " *" if field.key in self.needed else ""
            label.update(f"{form.label(field.field, app.language)}{mark}")
        self.draw_notes()
        super().reword()

    def understood(self, field: RowInput) -> Value | Reason:
        """What is typed in a field, understood, or why not."""
        if field.field.kind == "date" and (day := ahead(field.value, self.app.today)) is not None:
            return day.isoformat()
        options = form.options(field.field, self.app.language)
        return understand(field.field.kind, field.value, self.app.today, options=options)

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw_notes)

    def draw_notes(self) -> None:
        """Beside each field: what was understood or why not; in a choice that is being made, what there is."""
        language = self.app.language
        for field, note in zip(self.fields, self.query(".note").results(Static), strict=True):
            read = self.understood(field)
            wrong = isinstance(read, Reason) and field is not self.focused
            options = form.options(field.field, language)
            if options and field is self.focused:
                typed = field.value.rpartition(",")[2] if field.field.kind == "choices" else field.value
                known = {option.label for option in options}
                left = options if field.value in known else matching(options, typed)
                items = [f"{options.index(option) + 1} {option.label}" for option in left]
                said = "\n".join(in_lines(items, max(note.content_size.width, LEAST)))
            elif isinstance(read, Reason):
                said = self.app.say(read) if wrong else ""
            else:
                shown = form.typed(field.field, read, language)
                said = f"→ {shown}" if shown and shown != field.value.strip() else ""
            note.set_class(wrong, "-wrong")
            note.update(said)

    # --- typing

    @on(Input.Changed)
    def typed_on(self) -> None:
        self.row.typed = self.written
        self.draw_notes()
        if self._keeper is None:
            self._keeper = self.set_timer(KEEP_AFTER, self.keep_typed)

    async def keep_typed(self) -> None:
        """Keep what is typed as a draft; where that cannot be done, say so."""
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper = None
        if self._left or not self.row.typed:
            return
        left = await self.row.keep()
        if left.reason is not None:
            self.warn(self.app.say(self.app.not_kept(left.reason)))

    # --- actions

    async def act_next(self) -> None:
        """Enter: the next field; in the last one, it is taken."""
        if self.here is self.fields[-1]:
            await self.act_take()
        else:
            self.step(1)

    def act_down(self) -> None:
        self.step(1)

    def act_up(self) -> None:
        self.step(-1)

    def step(self, by: int) -> None:
        """Go to another field."""
        fields = self.fields
        at = fields.index(self.here) if self.here is not None else 0
        self.focus_now(fields[max(0, min(at + by, len(fields) - 1))])
        fields[max(0, min(at + by, len(fields) - 1))].scroll_visible(animate=False)
        self.draw_notes()

    async def act_take(self) -> None:
        """Take what is typed; what is wrong or lacking is told, and its field is where the keys then go."""
        values: dict[str, Value] = {}
        for field in self.fields:
            read = self.understood(field)
            if read is None and field.key in self.needed:
                read = Reason("row_needed", {"field": form.label(field.field, self.app.language)})
            if isinstance(read, Reason):
                self.focus_now(field)
                self.draw_notes()
                self.warn(self.app.say(read))
                return
            values[field.key] = read
        reason = await self.take(values)
        if reason is not None:
            self.warn(self.app.say(reason))
            return
        await self.leave()

    async def act_throw_away(self) -> None:
        """Drop what is typed."""
        await self.leave()

    async def leave(self) -> None:
        """Nothing of the form is open any more."""
        self._left = True
        await self.row.done()
        self.app.pop_screen()

    async def act_leave(self) -> None:
        """Put the form by; what was typed is a draft, also what came together with Esc."""
        if self.row.typed or self.written != self.begun:
            self.row.typed = self.written
        await self.keep_typed()
        self.app.pop_screen()
