"""One employer: what is known of it, changed in all its cases at once, and its cases by next step for one visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from textual import on

from engine import fields
from engine.fields import Field
from engine.reason import Reason
from models.change import Change
from models.employers import EMPLOYMENT, NOTE, Employer, employer
from models.history import present
from models.office_fields import office_field
from models.paths import Tree, get, new_id
from models.rows import Row
from tui.commit import commit
from tui.open_row import OpenRow
from tui.screens.of_lines import OfLines
from tui.screens.row_form import RowForm
from tui.typed import Value
from tui.widgets import employer as drawn
from tui.widgets.employer import CASE, CONTACT, CONTACT_FIELDS, FACT, FACTS, HR
from tui.widgets.lines import Entry, Lines, plain

COPIED = 100  # cells of a line that is copied


class EmployerScreen(OfLines):
    """An employer, by its credit code."""

    SCOPES = ("employer", "list")

    def __init__(self, uscc: str) -> None:
        super().__init__()
        self.uscc = uscc
        self.known = Employer(uscc, {}, (), 0)
        self.newest: Tree = {}
        self.newest_id = 0
        self.cases: list[Row] = []

    # --- what it is about

    def read(self) -> None:
        """Read its cases, and what they say of it."""
        reader = self.app.reader
        ids = reader.of_employer(self.uscc)
        stored = [case for case in map(reader.case, ids) if case is not None]
        self.cases = [case.row for case in stored]
        trees = [present(case) for case in stored]
        self.newest, self.newest_id = (trees[0], stored[0].id) if trees else ({}, 0)
        self.known = employer(self.uscc, trees)

    # --- what it shows

    def reword(self) -> None:
        self.draw()
        super().reword()

    def draw(self) -> None:
        """The header, and the lines."""
        name = self.known.facts.get(f"{EMPLOYMENT}.employer") or self.uscc
        self.head(str(name))
        self.lines.show()

    def entries(self, width: int) -> Iterator[Entry]:
        """Facts, contacts, cases."""
        return drawn.entries(
            self.known,
            self.cases,
            self.app.language,
            width,
            self.app.own_keys,
            whole=self.app.sees_whole(self.newest_id),
        )

    def changed(self) -> None:
        if self.is_mounted:
            self.read()
            self.draw()
            self.refresh_footer()

    # --- actions

    def why_not_edit(self) -> Reason | None:
        return None if self.newest_id else Reason("employers_none", {})

    why_not_add = why_not_edit

    def why_not_remove(self) -> Reason | None:
        return None if self.lines.target.removeprefix(CONTACT) != self.lines.target else Reason("employer_contact", {})

    @on(Lines.Chosen)
    async def act_open(self) -> None:
        """Open the case under the cursor; a fact or a contact is edited."""
        target = self.lines.target
        if target.startswith(CASE):
            await self.app.open_case(int(target.removeprefix(CASE)))
        else:
            await self.act_edit()

    async def act_edit(self) -> None:
        """What is known of the employer, or the contact under the cursor, in a form."""
        target = self.lines.target
        if target.startswith(CONTACT):
            await self.ask_contact(target.removeprefix(CONTACT) or new_id())
        elif target == f"{FACT}{NOTE}":
            await self.ask("", [office_field(NOTE)], self.newest)
        else:
            asked = [fields.field(path.removeprefix("applicant.")) for path in FACTS if path != NOTE]
            await self.ask(EMPLOYMENT, asked, get(self.newest, EMPLOYMENT) or {})

    async def act_add(self) -> None:
        """Another contact."""
        await self.ask_contact(new_id())

    async def ask_contact(self, row_id: str) -> None:
        """A contact in a form, new or there already."""
        path = f"{HR}.{row_id}"
        if get(self.newest, path) is not None:
            self.app.note_look(self.newest_id)  # in the form it is whole
        asked = [fields.field(f"employment.hr.{name}") for name in CONTACT_FIELDS]
        await self.ask(path, asked, get(self.newest, path) or {}, new=get(self.newest, path) is None)

    async def ask(self, path: str, asked: list[Field], stored: Mapping[str, Any], *, new: bool = False) -> None:
        """Ask for facts of the employer, and write what is changed into all its cases."""
        row = OpenRow(self.app.workspace, self.newest_id, self.app.author.name, path, {})
        case_id = self.newest_id

        async def take(values: Mapping[str, Value]) -> Reason | None:
            if new:
                changes = [Change(path, None, {key: value for key, value in values.items() if value is not None})]
            else:
                changed = {key: value for key, value in values.items() if value != stored.get(key)}
                changes = [Change(row.at(key), stored.get(key), value) for key, value in changed.items()]
            return await commit(self.app, case_id, changes, "employer") if changes else None

        told = [self.words("employer.all_cases", count=self.known.cases)]
        await self.app.push_screen(RowForm(self.words("scope.employer"), row, asked, stored, take, told))

    async def act_remove(self) -> None:
        """Take the contact under the cursor away, in all cases."""
        path = f"{HR}.{self.lines.target.removeprefix(CONTACT)}"
        person = get(self.newest, path)
        if person is not None:
            reason = await commit(self.app, self.newest_id, [Change(path, person, None)], "employer")
            if reason is not None:
                self.warn(self.app.say(reason))

    def why_not_chase(self) -> Reason | None:
        return None if self.cases else Reason("employers_none", {})

    why_not_hand_in = why_not_chase

    async def act_chase(self) -> None:
        """What the contacts are asked for, for all cases of the employer in one letter."""
        from tui.screens.chasing import ChasingScreen

        await self.app.push_screen(ChasingScreen([row.id for row in self.cases], "hr"))

    async def act_hand_in(self) -> None:
        """What is handed in for its cases in one visit."""
        from tui.screens.hand_in import HandInScreen

        name = self.known.facts.get(f"{EMPLOYMENT}.employer") or self.uscc
        await self.app.push_screen(HandInScreen(str(name), [row.id for row in self.cases]))

    why_not_reveal = why_not_edit

    def act_reveal(self) -> None:
        """Show ID numbers and phone numbers of the contacts whole, or masked again; its newest case says so."""
        self.app.reveal(self.newest_id)

    def act_copy(self) -> None:
        self.app.copy_to_clipboard(plain(list(self.entries(COPIED))))
        self.tell(self.words("employer.copied"))

    def act_leave(self) -> None:
        self.app.pop_screen()
