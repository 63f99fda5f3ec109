"""The notes of a case: what is to be done by when, what was said and done, what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from textual import on

from engine.policy import load
from engine.reason import Reason
from models.change import Change
from models.office_fields import office_field
from models.paths import get, new_id
from tui.commit import commit
from tui.open_row import OpenRow, draft_of
from tui.screens.of_lines import OfLines
from tui.screens.row_form import RowForm
from tui.screens.stored_part import StoredPart
from tui.typed import Value
from tui.widgets import notes
from tui.widgets.lines import Entry, Lines, plain
from tui.widgets.notes import FEES, NOTES, TASKS

COPIED = 100  # cells of a line that is copied
ASKED: Mapping[str, tuple[str, ...]] = {
    TASKS: ("what", "due", "owner"),
    NOTES: ("text", "on"),
    FEES: ("what", "amount", "due", "stage", "received"),
}
"""The fields of each list that are asked for; the first two are needed."""
TICKED: Mapping[str, str] = {TASKS: "done", FEES: "received"}
"""The field in which Enter keeps the day on which something was done."""


class NotesScreen(StoredPart, OfLines):
    """Tasks, log and fees of a case."""

    SCOPES = ("notes", "part", "list")
    PART = "notes"

    def on_mount(self) -> None:
        self.call_next(self.go_on)

    async def go_on(self) -> None:
        """Go on with a row that was typed and not taken."""
        for name in notes.LISTS:
            typed = draft_of(self.app.reader, self.case_id, self.app.author.name, name)
            if typed is not None:
                await self.ask(name, typed.row_id, typed.fields)
                break

    def draw(self) -> None:
        self.draw_top(f"{self.called}  {self.words('scope.notes')}")
        self.lines.show()

    def entries(self, width: int) -> Iterator[Entry]:
        """Tasks, log and fees."""
        return notes.entries(self.case, self.app.today, load(), self.app.language, width, self.app.own_keys)

    # --- what the cursor is on

    @property
    def here(self) -> tuple[str, Mapping[str, Any] | None]:
        """The list the cursor is in, and the row of it."""
        name, _, row_id = self.lines.target.partition(".")
        return name or TASKS, get(self.case, f"{name}.{row_id}") if row_id else None

    def why_not_edit(self) -> Reason | None:
        return None if self.here[1] is not None else Reason("notes_no_row", {})

    why_not_remove = why_not_edit
    why_not_tick = why_not_edit

    # --- actions

    @on(Lines.Chosen)
    async def act_tick(self) -> None:
        """A task is done, or is not; a fee is received, or is not; a line of the log is edited."""
        name, row = self.here
        if row is None:
            await self.act_add()
        elif (field := TICKED.get(name)) is None:
            await self.act_edit()
        else:
            was = row.get(field)
            await self.change([Change(f"{name}.{row['id']}.{field}", was, None if was else self.app.today.isoformat())])

    async def act_add(self) -> None:
        """A new row in the list the cursor is in."""
        await self.ask(self.here[0], new_id(), {})

    async def act_edit(self) -> None:
        """The row under the cursor, in its form."""
        name, row = self.here
        if row is not None:
            await self.ask(name, row["id"], {})

    async def act_remove(self) -> None:
        """Take the row under the cursor away."""
        name, row = self.here
        if row is not None and await self.change([Change(f"{name}.{row['id']}", row, None)]):
            self.tell(self.words("notes.removed"))

    async def ask(self, name: str, row_id: str, typed: Mapping[str, str]) -> None:
        """Ask for the fields of a row, new or there already."""
        path, who = f"{name}.{row_id}", self.app.author.name
        stored = get(self.case, path)
        row = OpenRow(self.app.workspace, self.case_id, who, path, typed, kept=bool(typed))
        title = f"{self.called}  {self.words(f'notes.new_{name}' if stored is None else f'notes.edit_{name}')}"
        begun: Mapping[str, Any] = stored or ({"on": self.app.today.isoformat()} if name == NOTES else {})

        async def take(values: Mapping[str, Value]) -> Reason | None:
            reason = await commit(self.app, self.case_id, self.taken(name, row_id, stored, values))
            if reason is None:
                self.lines.go_to(path)
            return reason

        fields = [office_field(f"{name}.{field}") for field in ASKED[name]]
        await self.app.push_screen(RowForm(title, row, fields, begun, take, needed=ASKED[name][:2]))

    def taken(
        self, name: str, row_id: str, stored: Mapping[str, Any] | None, values: Mapping[str, Value]
    ) -> list[Change]:
        """What a form that was filled in changes."""
        if stored is None:
            row = {key: value for key, value in values.items() if value is not None}
            if name == NOTES:
                row["by"] = self.app.author.name
            if name == FEES:
                row["agreed"] = self.app.today.isoformat()
            return [Change(f"{name}.{row_id}", None, {"id": row_id, **row})]
        changed = {key: value for key, value in values.items() if value != stored.get(key)}
        return [Change(f"{name}.{row_id}.{key}", stored.get(key), value) for key, value in changed.items()]

    def act_copy(self) -> None:
        self.app.copy_to_clipboard(f"{self.called}\n{plain(list(self.entries(COPIED)))}")
        self.tell(self.words("notes.copied"))
