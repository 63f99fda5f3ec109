"""A session that locks its screen once no key has come for some time, or at once where that is asked for.

What was typed is kept before, as it always is half a second after the last key; what works behind the screen goes on.
Nothing comes in front of the locked screen, and nothing takes it away, but its own answer: screens that want to be
shown meanwhile are shown after it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from textual import events, work
from textual.await_complete import AwaitComplete
from textual.screen import Screen
from textual.worker import Worker

from engine.reason import Reason
from tui import pin
from tui.collecting import tidy
from tui.judging import Judging
from tui.last_place import Place
from tui.screens.locked import Locked
from tui.screens.view import View
from tui.signs import clean

AFTER, PIN = "lock_after", "pin"  # a person's own settings: minutes, the PIN as it is kept
USUAL = 15  # minutes, until the office's settings are read
LONGEST = 240  # minutes
_AT_WORK = frozenset({"many", "demo", "write", "keep"})  # workers whose end somebody waits for at the screen
_MINUTE = 60
PAUSE = 0.1  # seconds after a key, in which what it led to is drawn
PUT_OFF = 30  # times in a row that looking around waits so long, under keys that never end
_MOUSE = (events.MouseDown, events.MouseScrollUp, events.MouseScrollDown)


class Idle(Judging, inherit_bindings=False):
    """`ticks` is a clock that only ever goes on, in seconds. `locked` is the screen that is in front while locked."""

    def __init__(self, *arguments: Any, ticks: Callable[[], float] = time.monotonic, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.ticks = ticks
        self.locked: Locked | None = None
        self.office_minutes: int | None = None  # of `settings.toml`; None until it is read
        self.ends = False  # without a PIN: whether the session ends instead
        self._last_key = ticks()
        self._put_off = 0
        self._wanted = False  # asked for, and waiting for a command to end
        self._held_back: list[Callable[[], object]] = []
        self._day, self._allowed = self.today, self.access  # when it was locked

    # --- when

    @property
    def minutes(self) -> int:
        """After how many minutes without a key it locks; 0 is never. A person may choose less than the office."""
        office = USUAL if self.office_minutes is None else self.office_minutes
        own = self.own.get(AFTER) or ""
        chosen = int(own) if own.isascii() and own.isdigit() and len(own) < 4 else 0
        return min(filter(None, (office, chosen)), default=0)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, _MOUSE):
            self.touched()
        await super().on_event(event)

    def touched(self) -> None:
        """Somebody is there: a key has come."""
        self._last_key = self.ticks()

    def each_second(self, *, again: bool = False) -> None:
        """Tidy up and look around, but not under a key: what that leads to is drawn first."""
        if self._put_off and not again:
            return
        quiet = self.ticks() - self._last_key
        if quiet < PAUSE and self._put_off < PUT_OFF:
            self._put_off += 1
            self.set_timer(PAUSE, partial(self.each_second, again=True))
            return
        self._put_off = 0
        tidy(quiet)
        super().each_second()

    def look(self) -> None:
        """Is it time to lock?"""
        super().look()
        if self.office_minutes is None:
            self.office_minutes = USUAL
            self.learn()
        if self.locked is not None or not self.is_running:
            return
        idle = self.ticks() - self._last_key
        if self._wanted or (self.minutes and idle >= self.minutes * _MINUTE):
            self.lock(asked=self._wanted)

    @work(thread=True, group="settings", exit_on_error=False)
    def learn(self) -> None:
        """Read what the office has settled."""
        from models.settings import load

        office = load().settings.lock
        self.office_minutes, self.ends = office.minutes, office.ends

    # --- locking

    def act_lock(self) -> None:
        self.lock(asked=True)

    def lock(self, *, asked: bool) -> None:
        """Lock now, or once the command that runs is done. Where the office wants it so, a session without a PIN that
        nobody works at ends instead."""
        self._wanted = asked
        if any(worker.is_running and worker.group in _AT_WORK for worker in self.workers):
            return
        self._wanted = False
        if self.ends and not asked and not pin.is_one(self.own.get(PIN)):
            self.end_locked("lock.ended", minutes=self.minutes)
            return
        locked = Locked(self.own.get(PIN))
        super().push_screen(locked)
        self.locked = locked
        self._day, self._allowed = self.today, self.access

    def end_locked(self, key: str, **values: object) -> None:
        """End the session in good order: the place and what was typed are kept."""
        self.last_words.append(self.text(key, **values))
        self.exit()

    def unlock(self) -> None:
        """Take the locked screen away, and show what was held back meanwhile."""
        self.locked = None
        super().pop_screen()
        for view in self.views:
            if self.today != self._day:
                view.new_day()
            if self.access != self._allowed:
                view.reword()
            if view in self.screen_stack:  # the one below may have led back, as where its case is gone
                view.changed()
        held, self._held_back = self._held_back, []
        for show in held:
            show()
        self.on_resize(events.Resize(self.size, self.size))

    def on_resize(self, event: events.Resize) -> None:
        """The window has another size."""

    # --- nothing in front of it, and nothing behind it changes what is there

    @property
    def views(self) -> list[View]:
        """Our screens that stand; while locked none: they look around once it is open again."""
        return super().views if self.locked is None else []

    @property
    def where(self) -> Place | None:
        """Where the session is; while locked where it was."""
        return super().where if self.locked is None else None

    def tell_warning(self, message: str) -> None:
        """Say what everybody should know; while locked, afterwards."""
        if self.locked is None:
            super().tell_warning(message)
        else:
            self._held_back.append(lambda: self.tell_warning(message))

    def tell_failed_work(self, event: Worker.StateChanged) -> None:
        """What a worker could not do while it was locked is told afterwards."""
        if self.locked is None:
            super().tell_failed_work(event)
        else:
            self._held_back.append(lambda: super(Idle, self).tell_failed_work(event))

    def push_screen(self, screen: Any, *arguments: Any, **settings: Any) -> Any:
        """Show a screen; while locked, afterwards."""
        if self.locked is None:
            return super().push_screen(screen, *arguments, **settings)
        self._held_back.append(lambda: self.push_screen(screen, *arguments, **settings))
        return _nothing()

    def pop_screen(self) -> AwaitComplete:
        """Take the screen in front away; not while it is the locked one."""
        return super().pop_screen() if self.locked is None else _nothing()

    def switch_screen(self, screen: Screen[Any] | str) -> AwaitComplete:
        """Show another screen instead of the one in front; not while that is the locked one."""
        return super().switch_screen(screen) if self.locked is None else _nothing()

    # --- a person's own settings

    async def act_lock_after(self) -> None:
        """Ask after how many minutes it is to lock for this person."""
        from tui.screens.prompt import Prompt

        office = self.office_minutes or 0
        most = office or LONGEST

        def read(typed: str) -> int | Reason:
            number = clean(typed)
            fits = number.isascii() and number.isdigit() and len(number) < 4 and int(number) <= most
            return int(number) if fits else Reason("lock_minutes", {"most": most})

        def answered(minutes: int | None) -> None:
            if minutes is not None:
                self.prefer(AFTER, str(minutes))
                self.tell_lock()

        await self.push_screen(Prompt(self.text("lock.ask_minutes", most=most), read, self.say), answered)

    async def act_pin(self) -> None:
        """Ask for a new PIN, twice."""
        from tui.screens.secret import Secret

        def first(typed: str | None) -> None:
            if typed is None:
                return
            if typed == Secret.NONE:
                self.prefer(PIN, "")
                self.tell_lock("lock.pin_gone")
            else:
                self.push_screen(Secret(self.text("lock.ask_again"), self.say, same=typed), again)

        def again(typed: str | None) -> None:
            if typed is not None:
                self.prefer(PIN, pin.hashed(typed))
                self.tell_lock("lock.pin_kept")

        await self.push_screen(Secret(self.text("lock.ask_pin", least=pin.SHORTEST), self.say), first)

    def tell_lock(self, key: str = "lock.after") -> None:
        """Say how it stands."""
        if self.view is not None:
            key = key if key != "lock.after" or self.minutes else "lock.never"
            self.view.tell(self.text(key, minutes=self.minutes))


def _nothing() -> AwaitComplete:
    nothing: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call]
    return nothing
