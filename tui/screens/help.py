"""The keys of a screen, each with what it does, and why not where it cannot be done now."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from textual.app import ComposeResult

from tui import actions
from tui.screens.list_moves import ListMoves
from tui.screens.view import View
from tui.widgets.line import Line
from tui.widgets.table import Cell, Column, Table


class Entry(NamedTuple):
    """A line of help: a heading, or keys with what they do and why not now."""

    keys: str
    does: str
    why_not: str = ""
    heading: bool = False


def entries(view: View) -> list[Entry]:
    """The help of a screen, its own scopes first, from the registry."""
    found: list[Entry] = []
    for scope in view.scopes():
        found.append(Entry("", view.words(f"scope.{scope}"), heading=True))
        for action in actions.actions((scope,)):
            reason = view.why_not(action)
            found.append(
                Entry(
                    " ".join(actions.display(key) for key in action.keys),
                    view.words(f"action.{action.id}"),
                    "" if reason is None else view.app.say(reason),
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

    def fetch(self, ids: Sequence[int]) -> list[Entry]:
        return [self.entries[index] for index in ids]

    def reword(self) -> None:
        self.entries = entries(self.of)
        self.head(self.words("scope.help"), self.words(f"scope.{self.of.SCOPES[0]}"))
        self.table.show_columns(
            [
                Column(self.words("column.key"), 14, lambda entry: [Cell(entry.keys, _style(entry))]),
                Column(self.words("column.does"), 24, lambda entry: [Cell(entry.does, _style(entry))]),
                Column(self.words("column.why_not"), 0, lambda entry: [Cell(entry.why_not, "table--dim")]),
            ],
            self.query_one("#titles", Line),
        )
        self.table.show(array("q", range(len(self.entries))), self.table.cursor)
        super().reword()

    def act_leave(self) -> None:
        self.app.pop_screen()

    act_help = act_leave


def _style(entry: Entry) -> str:
    if entry.heading:
        return "table--heading"
    return "table--dim" if entry.why_not else ""
