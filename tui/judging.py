"""Whether this terminal draws ambiguous signs wide: it is asked, where it says nothing a person is, once.

The terminal writes a few such signs and tells where its cursor stands then (CSI 6n). Nothing waits for the answer; it
comes in among the keys and is none of them. tmux and screen answer for themselves, not for the terminal they are shown
in: what they say of narrow signs is no answer. What a person chose goes before what a terminal says.
"""

from __future__ import annotations

import json
import os
from typing import Any

from rich.cells import cell_len
from textual import events

from tui.kept_data import understood
from tui.returning import Returning
from tui.screens.cases import CasesScreen
from tui.simple_signs import SAMPLE
from tui.terminal import TerminalDriver

PREFERENCE = "signs"
CHOSEN_FOR_ALL = "DABIAO_SIGNS"  # `full` or `simple`, for whoever knows the terminals of an office: nobody is asked
FULL, SIMPLE, TOLD = "full", "simple", "told"
ROW, COLUMN = 2, 3  # where the signs are written: shift+f3 is sent as an answer from the first row would be
QUESTION = f"\x1b[{ROW};{COLUMN}H{SAMPLE}\x1b[6n\r\x1b[2K"
PATIENCE = 3.0  # seconds after which a person is asked instead; a later answer still counts
SHOWN = 60  # seconds for which the line stays once keys are pressed


def read(kept: str | None) -> dict[str, str]:
    """What was chosen, by the kind of terminal (`$TERM`); what does not fit is passed over."""
    found = understood(kept)
    if not isinstance(found, dict):
        return {}
    choices = (FULL, SIMPLE, TOLD)
    return {kind: chosen for kind, chosen in found.items() if isinstance(chosen, str) and chosen in choices}


def wide(x: int, y: int) -> bool | None:
    """Whether signs are drawn wide, by where the cursor stands after the sample (from 0); None: that is no answer."""
    beyond = x - (COLUMN - 1) - cell_len(SAMPLE)
    return beyond > 0 if y == ROW - 1 and beyond >= 0 else None


class Judging(Returning, inherit_bindings=False):
    """A session that draws simple signs where its terminal needs them. `asks` while the line for a person is shown."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.terminal_kind = os.environ.get("TERM", "")
        self.chosen_signs = read(self.own.get(PREFERENCE))
        if (chosen := os.environ.get(CHOSEN_FOR_ALL)) in (FULL, SIMPLE):
            self.chosen_signs.setdefault(self.terminal_kind, chosen)
        self.simple_signs = self.chosen_signs.get(self.terminal_kind) == SIMPLE
        self.asks = False
        self._waits = False  # for the terminal's answer
        self._seconds = SHOWN

    def on_mount(self) -> None:
        driver = self._driver
        if self.chosen_signs.get(self.terminal_kind) in (FULL, SIMPLE) or not isinstance(driver, TerminalDriver):
            return
        if driver.input_tty:
            self._waits = True
            driver.write(QUESTION)
            self.set_timer(PATIENCE, self.ask_instead)

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        """The terminal's answer."""
        answer = wide(event.x, event.y) if self._waits else None
        if answer is None:
            return
        self._waits = False
        for_itself = self.terminal_kind.startswith(("tmux", "screen")) or "TMUX" in os.environ
        if not answer and for_itself:
            self.ask_person()
        else:
            self.asks = False
            self.draw_signs(simple=answer)

    def ask_instead(self) -> None:
        """The terminal has not said anything so far."""
        if self._waits:
            self.ask_person()

    def ask_person(self) -> None:
        """Show the line by which a person can judge, the first time in this kind of terminal."""
        if self.terminal_kind not in self.chosen_signs:
            self.asks = True
            self.keep_signs(TOLD)
            self.show_question()

    def look(self) -> None:
        super().look()
        if self.asks and self.keyed:
            self._seconds -= 1
            if self._seconds <= 0:
                self.asks = False
                self.show_question()

    def show_question(self) -> None:
        """Draw the line in the list, or take it away."""
        for view in self.views:
            if isinstance(view, CasesScreen):
                view.draw_signs()

    def keep_signs(self, chosen: str) -> None:
        """Keep what was chosen for this kind of terminal."""
        self.chosen_signs = {**self.chosen_signs, self.terminal_kind: chosen}
        self.prefer(PREFERENCE, json.dumps(self.chosen_signs, sort_keys=True))

    def draw_signs(self, *, simple: bool) -> None:
        """Draw everything anew with these signs."""
        if simple != self.simple_signs:
            self.simple_signs = simple
            for screen in self.screen_stack:
                for widget in screen.walk_children(with_self=True):
                    widget.refresh()
        self.show_question()

    def act_signs(self) -> None:
        """The other signs, from now on and in this kind of terminal."""
        self.asks = self._waits = False
        self.draw_signs(simple=not self.simple_signs)
        self.keep_signs(SIMPLE if self.simple_signs else FULL)
        if self.view is not None:
            self.view.tell(self.text("signs.simple" if self.simple_signs else "signs.full"))
