"""The keys of a screen, each with what it does, and why not where it cannot be done now."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult

from engine.reason import Reason
from tui import actions
from tui.own_keys import IN_FIELDS
from tui.screens.list_moves import ListMoves
from tui.screens.press import DEFAULT, Press
from tui.screens.view import View
from tui.widgets.line import Line
from tui.widgets.table import Cell, Column, Table


class Entry(NamedTuple):
    """A line of help: a heading, or keys with what they do and why not now."""

    keys: str
    does: str
    why_not: str = ""
    heading: bool = False
    action: actions.Action | None = None


def entries(view: View) -> list[Entry]:
    """The help of a screen, its own scopes first, from the registry."""
    found: list[Entry] = []
    for scope in view.scopes():
        found.append(Entry("", view.words(f"scope.{scope}"), heading=True))
        for action in actions.actions((scope,)):
            reason = view.why_not(action)
            found.append(
                Entry(
                    " ".join(actions.display(key) for key in view.app.own_keys.of(action)),
                    view.words(f"action.{action.id}"),
                    "" if reason is None else view.app.say(reason),
                    action=action,
                )
            )
    return found


class HelpScreen(ListMoves, View):
    """All keys of the screen it was called from."""

    SCOPES = ("help", "list")

    def __init__(self, of: View) -> None:
        super().__init__()
        self.of = of
        self.entries: list[Entry] = []

    def body(self) -> ComposeResult:
        yield Line(id="titles")
        yield Table(self.fetch, "keys")

    @property
    def table(self) -> Table[Entry]:
        return self.query_one("#keys", Table)

    def on_mount(self) -> None:
        self.focus_now(self.table)
        self.reword()

    def fetch(self, ids: Sequence[int]) -> list[Entry]:
        return [self.entries[index] for index in ids]

    def reword(self) -> None:
        self.entries = entries(self.of)
        self.head(self.words("scope.help"), self.words(f"scope.{self.of.SCOPES[0]}"), right="")
        self.table.show_columns(
            [
                Column(self.words("column.key"), 14, lambda entry: [Cell(entry.keys, _style(entry))]),
                Column(self.words("column.does"), actions.NAME, lambda entry: [Cell(entry.does, _style(entry))]),
                Column(self.words("column.why_not"), 0, lambda entry: [Cell(entry.why_not, "table--dim")]),
            ],
            self.query_one("#titles", Line),
        )
        self.table.show(array("q", range(len(self.entries))), self.table.cursor)
        super().reword()

    def why_not_change(self) -> Reason | None:
        here = self.table.current
        return None if here is not None and here.action is not None else Reason("keys_no_action", {})

    @on(Table.Chosen)
    async def act_change(self) -> None:
        """Give the action under the cursor another key."""
        here = self.table.current
        if here is None or here.action is None:
            return
        action, own = here.action, self.app.own_keys
        if action.scope in IN_FIELDS:
            self.warn(self.app.say(Reason("keys_in_field", {})))
            return

        def answered(key: str | None) -> None:
            if key is None:
                return
            reason = own.why_not(action, key, self.of.scopes()) if key != DEFAULT else None
            if reason is not None:
                other = reason.values.get("action")
                named = {**reason.values, "action": self.words(f"action.{other}")} if other else reason.values
                self.warn(self.app.say(Reason(reason.code, named)))
                return
            self.app.take_keys(own.given(action, None if key == DEFAULT else key))
            self.reword()
            name = self.words(f"action.{action.id}")
            self.tell(self.words("keys.given", name=name, key=actions.display(self.app.own_keys.of(action)[0])))

        name = self.words(f"action.{action.id}")
        await self.app.push_screen(Press(self.words("keys.ask", name=name)), answered)

    def act_leave(self) -> None:
        self.app.pop_screen()

    act_help = act_leave


def _style(entry: Entry) -> str:
    if entry.heading:
        return "table--heading"
    return "table--dim" if entry.why_not else ""
