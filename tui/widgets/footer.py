"""The bottom line: the keys that matter here, from the registry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.widgets import Input

from tui import actions
from tui.own_keys import IN_FIELDS
from tui.widgets.own_lines import BOLD, DIM, OneLine, Run

if TYPE_CHECKING:
    from tui.screens.view import View


class Footer(OneLine):
    """Keys and their names, as many as fit; of a screen's own the first, and help, palette and back always."""

    scopes: tuple[str, ...] = ()

    def show(self, scopes: tuple[str, ...]) -> None:
        """Show the keys of these scopes and of the application."""
        self.scopes = scopes
        self.refresh()

    def entries(self) -> list[tuple[actions.Action, str, str]]:
        """The actions with their key and name, cut to the width; a screen's own go before the application's."""
        view = cast("View", self.screen)
        keys = view.app.own_keys
        typing = isinstance(self.screen.focused, Input) or (bool(self.scopes) and IN_FIELDS.issuperset(self.scopes))
        shown = [action for action in actions.actions((*self.scopes, "app")) if action.footer]
        shown.sort(key=lambda action: action.footer)
        entries = [
            (action, actions.display(key), name)
            for action in shown
            if (name := view.footer_name(action))
            and (key := actions.key_in_field(action) if typing else keys.of(action)[0])
        ]
        while entries and sum(map(_width, entries)) > self.size.width:
            own = [entry for entry in entries if entry[0].scope != "app"]
            entries.remove(own[-1] if own else entries[0])
        return entries

    def runs(self, room: int, base: Style) -> Iterable[Run]:
        view, bold, quiet = cast("View", self.screen), base + BOLD, base + DIM
        for action, key, name in self.entries():
            yield f" {key}", bold
            yield f" {name} ", base if view.why_not(action) is None else quiet

    async def on_click(self, event: events.Click) -> None:
        """A click on a key's name is its key."""
        x = 0
        for entry in self.entries():
            x += _width(entry)
            if event.x < x:
                await cast("View", self.screen).perform(entry[0])
                return


def _width(entry: tuple[actions.Action, str, str]) -> int:
    return cell_len(entry[1]) + cell_len(entry[2]) + 3
