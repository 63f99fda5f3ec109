"""The screen while it is locked: the program's name, who works here, and one line. Nothing of any case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, getters
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from tui import pin

if TYPE_CHECKING:
    from tui.idle import Idle

FREE = 3  # wrong tries before one has to wait
MOST = 10  # after which the session ends: whoever it is logs in again
_LONGEST_WAIT = 60  # seconds


class Locked(Screen[None]):
    """Takes every key, until Enter (after the PIN, where there is one) opens the screen again."""

    AUTO_FOCUS = ""
    line = getters.query_one("#locked-line", Static)

    def __init__(self, kept: str | None) -> None:
        super().__init__()
        self.kept = kept if pin.is_one(kept) else None
        self.typed = ""
        self.tries = 0
        self.not_before = 0.0

    @property
    def session(self) -> Idle:
        """The session that is locked."""
        from tui.idle import Idle

        assert isinstance(self.app, Idle)
        return self.app

    def compose(self) -> ComposeResult:
        yield Static(self.session.text("app.name"), id="locked-name", markup=False)
        yield Static(self.session.author.name, id="locked-who", markup=False)
        yield Static(id="locked-line", markup=False)

    def on_mount(self) -> None:
        self.show("lock.pin" if self.kept else "lock.enter")

    def show(self, key: str, **values: object) -> None:
        """Say one line, in the language of the session."""
        self.line.update(self.session.text(key, **values))

    def on_key(self, event: events.Key) -> None:
        """A key: part of the PIN, its end, or the end of the session."""
        event.stop()
        event.prevent_default()
        if event.key in ("ctrl+q", "ctrl+c"):
            self.session.exit()
        elif event.key == "enter":
            self.answer()
        elif self.kept is None:
            self.show("lock.enter")
        else:
            self.type(event)

    def type(self, event: events.Key) -> None:
        """Part of the PIN: of it only how many signs it has is shown."""
        if event.key == "backspace":
            self.typed = self.typed[:-1]
        elif event.key == "escape":
            self.typed = ""
        elif event.character is not None and event.is_printable:
            self.typed = (self.typed + event.character)[: pin.LONGEST]
        if self.typed:
            self.line.update("•" * len(self.typed))
        else:
            self.show("lock.pin")

    def answer(self) -> None:
        """Enter: is it the PIN?"""
        typed, self.typed = self.typed, ""
        if self.kept is None:
            self.session.unlock()
            return
        if not typed:
            self.show("lock.pin")
            return
        now = self.session.ticks()
        if now < self.not_before:
            self.show("lock.wait", seconds=int(self.not_before - now) + 1)
        elif pin.matches(typed, self.kept):
            self.session.unlock()
        else:
            self.wrong(now)

    def wrong(self, now: float) -> None:
        """A wrong PIN: the next try has to wait longer and longer; after too many the session ends."""
        self.tries += 1
        if self.tries >= MOST:
            self.session.end_locked("lock.too_often", tries=self.tries)
        elif self.tries >= FREE:
            wait = min(2 ** (self.tries - FREE + 1), _LONGEST_WAIT)
            self.not_before = now + wait
            self.show("lock.wrong_wait", seconds=wait)
        else:
            self.show("lock.wrong")
