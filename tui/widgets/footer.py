"""The bottom line: the keys that matter here, from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget

from tui import actions
from tui.text import text

if TYPE_CHECKING:
    from tui.screens.view import View


class Footer(Widget):
    """Keys and their names, as many as fit; the last ones (help, palette, back) always."""

    scopes: tuple[str, ...] = ()

    def show(self, scopes: tuple[str, ...]) -> None:
        """Show the keys of these scopes and of the application."""
        self.scopes = scopes
        self.refresh()

    def entries(self) -> list[tuple[actions.Action, str]]:
        """The actions with what is written for them, cut to the width from the middle outwards."""
        language = cast("View", self.screen).app.language
        shown = [action for action in actions.actions((*self.scopes, "app")) if action.footer]
        shown.sort(key=lambda action: action.footer)
        entries = [
            (action, f" {actions.display(action.keys[0])} {text(f'action.{action.id}', language)} ") for action in shown
        ]
        while entries and sum(cell_len(words) for _, words in entries) > self.size.width:
            own = [entry for entry in entries if entry[0].scope != "app"]
            entries.remove(own[-1] if own else entries[0])
        return entries

    def render(self) -> Content:
        parts: list[Content] = []
        view = cast("View", self.screen)
        for action, words in self.entries():
            key = actions.display(action.keys[0])
            style = "$footer-description-foreground" if view.why_not(action) is None else "dim"
            parts.append(Content.assemble(" ", (key, "bold $footer-key-foreground"), (words[1 + len(key) :], style)))
        return Content("").join(parts)

    def on_click(self, event: events.Click) -> None:
        """A click on a key's name is its key."""
        x = 0
        for action, words in self.entries():
            x += cell_len(words)
            if event.x < x:
                cast("View", self.screen).perform(action)
                return
