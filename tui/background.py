"""What goes on behind the screens: the day moving on, other people's changes, scores brought up to the day."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual import work
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.worker import Worker, WorkerState, get_current_worker

from engine.reason import Reason
from models.query import parse
from models.reading import Reader
from models.workspace import Workspace, WorkspaceError
from tui import crash, own_keys
from tui.collecting import settle
from tui.daily_backup import DailyBackup
from tui.demo_visit import DemoVisit
from tui.inks import Inks
from tui.lost import backup_for
from tui.moved_words import moved_words
from tui.patience import BUSY, PATIENCE
from tui.screens.press import YES, Press
from tui.screens.view import View
from tui.terminal import TerminalDriver
from tui.text import say, text

CHUNK = 100  # cases derived anew under one lock: others' edits wait for no more

if TYPE_CHECKING:
    from models.rederiving import Moved
    from models.writing import Author


class Background(Inks, inherit_bindings=False):
    """A session: one workspace, one consultant, a day and a language.

    `stamp` is what the scores of the day are marked with; None until the rules are loaded.
    """

    def __init__(
        self,
        workspace: Workspace,
        author: Author,
        today: date,
        language: str,
        clock: Callable[[], date] | None,
        *,
        backing_up: bool,
    ) -> None:
        super().__init__()
        self.workspace = self.home = workspace
        workspace.patience = PATIENCE
        self.author = author
        self.today = today
        self.language = language
        self.stamp: str | None = None
        self.session = os.urandom(8).hex()
        self.reader = Reader(workspace)
        self.own = self.reader.preferences(author.name)  # this consultant's settings
        self.own_keys = own_keys.read(self.own.get(own_keys.PREFERENCE))
        self._one_setting = threading.Lock()
        self._clock_of_day = clock or (lambda: today)
        self._version, self._mark = self.reader.data_version(), self.reader.cases_mark()
        self._restore = self.reader.latest_restore()
        self.access = self.reader.access(author)  # what this consultant may
        self.last_words: list[str] = []  # told on the terminal once the screens are gone
        self.daily_backup = DailyBackup(self) if backing_up else None
        self.demo = DemoVisit(self)

    def text(self, key: str, /, **values: object) -> str:
        """The words of a key of the screens' catalogue, in the language of the session."""
        return text(key, self.language, **{"press": self.own_keys, **values})

    def say(self, reason: Reason) -> str:
        """A reason in the language of the session; the newest backup with it, where one is wanted now."""
        sentence, backup = say(reason, self.language, self.own_keys), backup_for(reason)
        return sentence if backup is None else f"{sentence}  {self.text('cli.restore.newest', file=backup)}"

    @property
    def views(self) -> list[View]:
        """Our screens that stand, from the first one up; none while the application ends."""
        if not self.is_running:
            return []
        return [screen for screen in self.screen_stack if isinstance(screen, View) and screen.is_mounted]

    @property
    def view(self) -> View | None:
        """The screen in front, where it is one of ours and not a question on top of it."""
        return self.screen if isinstance(self.screen, View) else None

    # --- from start to end

    def get_driver_class(self) -> type[Driver]:
        found = super().get_driver_class()
        return TerminalDriver if found is LinuxDriver else found

    def on_mount(self) -> None:
        if not self.is_headless:
            crash.watch(asyncio.get_running_loop())
        self.set_interval(1, self.each_second)
        self.call_after_refresh(self.derive_anew)
        if self.daily_backup is not None:
            self.daily_backup.begin()
        if (kept := self.home.kept_plain) is not None:
            self.call_after_refresh(self.tell_warning, self.text("cli.key.kept_plain", file=kept))

    def on_unmount(self) -> None:
        self.reader.close()
        self.demo.throw_away()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        self.tell_failed_work(event)

    def tell_failed_work(self, event: Worker.StateChanged) -> None:
        """What a worker could not do is told: by its reason, or by the place in the log."""
        error = event.worker.error
        if event.state is not WorkerState.ERROR or error is None or not self.views:
            return
        reason = error.reason if isinstance(error, WorkspaceError) else None
        message = self.text("app.worker_failed", place=crash.log(error) or "-") if reason is None else self.say(reason)
        self.views[-1].warn(message)

    # --- time and other people

    def each_second(self) -> None:
        """Look around; not while the application ends."""
        if self.is_running:
            self.look()

    def look(self) -> None:
        """Has the day moved on, has somebody changed something?"""
        day = self._clock_of_day()
        if day > self.today:
            self.today = day
            self.derive_anew()
            for view in self.views:
                view.new_day()
            if self.daily_backup is not None:
                self.daily_backup.look()
        renewed = self.reader.renew()
        version = self.reader.data_version()
        if renewed or version != self._version:
            self._version = version
            if self.sent_out():
                return
            mark = self.reader.cases_mark()
            cases, self._mark = renewed or mark != self._mark, mark
            for view in self.views:
                if view in self.screen_stack:  # the one below may have led back, as where its case is gone
                    view.others_wrote(cases=cases)
            self.look_for_a_restore()

    def sent_out(self) -> bool:
        """Whether this consultant may no longer be here, or no longer see all they see: then the session ends, with
        what was being typed kept. What they may do besides follows at once."""
        before, self.access = self.access, self.reader.access(self.author)
        now = self.access
        if now.refused is not None:
            self.send_out(self.say(now.refused))
        elif now.reach != before.reach:
            self.send_out(self.text("app.reach_changed"))
        elif now != before:
            for view in self.views:
                view.reword()
        return now.refused is not None or now.reach != before.reach

    def send_out(self, why: str) -> None:
        """End the session, and say why once the terminal is given back."""
        if self.return_code is None:
            self.last_words.append(why)
            self.exit()

    def look_for_a_restore(self) -> None:
        """Has a backup taken the place of the workspace? Then what people see may be older than what they saw."""
        restore = self.reader.latest_restore()
        if restore is not None and restore != self._restore:
            self.tell_warning(self.text("app.restored", who=restore.by, backup=restore.note))
        self._restore = restore

    @work(thread=True, exclusive=True, group="derive", exit_on_error=False)
    def derive_anew(self) -> None:
        """Bring scores up to the day, some cases at a time, behind a usable screen.

        It also loads what writes and assesses, the parts of a case, and the words a filter knows, after the first
        frame, so that the first edit, the first case and the first letter do not wait.
        """
        from engine.policy import load
        from models import deriving, new_day, writing  # noqa: F401
        from tui.screens import parts  # noqa: F401

        parse("a", self.today, self.author.name)
        settle()
        worker = get_current_worker()
        day, workspace = self.today, self.workspace
        self.call_from_thread(self.show_stamp, deriving.stamp(load(), day))
        while not worker.is_cancelled:
            try:
                moved = new_day.bring_up(
                    workspace, day, self.session, limit=CHUNK, goes_on=lambda: not worker.is_cancelled
                )
            except new_day.Busy:
                worker.cancelled_event.wait(new_day.LEASE.total_seconds())  # another session is at it
            except WorkspaceError as error:
                if error.reason.code != BUSY:
                    raise
                worker.cancelled_event.wait(PATIENCE)  # others come first
            else:
                self.call_from_thread(self.tell_moved, moved)
                return

    def show_stamp(self, stamp: str) -> None:
        """From now on, scores with another stamp than this are shown as older ones."""
        self.stamp = stamp
        for view in self.views:
            view.changed()

    def tell_moved(self, moved: Sequence[Moved]) -> None:
        """Say whose score the calendar has moved."""
        if self.workspace.seen_by is not None:  # the calendar brings up all, and tells of what is seen
            seen = {row.id for row in self.reader.rows([one.case_id for one in moved])}
            moved = [one for one in moved if one.case_id in seen]
        if not moved or not self.views:
            return
        told = moved_words(moved, self.reader, self.language)
        self.look()
        self.views[0].tell(told)

    # --- what is asked and told

    async def ask(self, key: str, yes: Callable[[], object], **values: object) -> None:
        """Ask a question of the catalogue; `yes` is called when the answer is yes."""

        def answered(pressed: str | None) -> None:
            if pressed in YES:
                yes()

        await self.push_screen(Press(self.text(key, **values), warning=True), answered)

    def tell_reason(self, reason: Reason) -> None:
        """Say in the status line why something was not done."""
        self.tell_warning(self.say(reason))

    def tell_warning(self, message: str) -> None:
        """Say in the status line what everybody should know, or why something was not done."""
        if self.views:
            front = self.screen if hasattr(self.screen, "warn") else self.views[-1]
            front.warn(message)

    def prefer(self, name: str, value: str) -> None:
        """Keep a setting of this consultant's own."""
        self.own[name] = value
        self._keep_preference(name)

    @work(thread=True, group="write", exit_on_error=False)
    def _keep_preference(self, name: str) -> None:
        self.write_preference(name)

    def write_preference(self, name: str) -> None:
        """Write a setting as it is now, one after the other: the last to write has the last word."""
        from models import writing

        with self._one_setting:
            writing.set_preference(self.home, self.author.name, name, self.own[name])

    # --- another workspace: the demo

    @property
    def visiting(self) -> bool:
        """Whether the demo is shown in place of the workspace."""
        return self.workspace is not self.home

    def use(self, workspace: Workspace) -> None:
        """Show another workspace."""
        reader = Reader(workspace)  # where that fails, the one in use stays
        self.reader.close()
        self.workspace, self.reader = workspace, reader
        workspace.patience = PATIENCE
        self._version, self._mark = self.reader.data_version(), self.reader.cases_mark()
        self._restore = self.reader.latest_restore()
        self.access = self.reader.access(self.author)
        if self.access.refused is not None:
            self.send_out(self.say(self.access.refused))
            return
        for view in self.views:
            view.changed()
        self.derive_anew()

    def leave_demo(self) -> None:
        """Back to the workspace; the demo is thrown away."""
        self.use(self.home)
        self.demo.throw_away()
