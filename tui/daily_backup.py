"""The backup of the day, made behind the screen by whichever session looks first."""

from __future__ import annotations

from datetime import date
from time import sleep
from typing import TYPE_CHECKING

from textual.worker import Worker, get_current_worker

from models.reading import Stopped
from models.workspace import WorkspaceError

if TYPE_CHECKING:
    from engine.document import Problem
    from tui.background import Background

FIRST = 3  # seconds after the start: the first keys come first
AGAIN = 600  # seconds: somebody else's may have failed, or the disk have room again
_REST = 0.0005  # seconds, now and then: keys do not wait for the work


class DailyBackup:
    """Looks whether the day's backup is there, and makes it where it is not. What is in the way is told once a day."""

    def __init__(self, app: Background) -> None:
        self._app = app
        self._worker: Worker[None] | None = None
        self._told: set[tuple[date, str]] = set()

    def begin(self) -> None:
        """Look soon after the start, and again and again."""
        self._app.set_timer(FIRST, self.look)
        self._app.set_interval(AGAIN, self.look)

    def look(self) -> None:
        """Make the day's backup where nobody has, in a thread."""
        if self._worker is None or self._worker.is_finished:
            self._worker = self._app.run_worker(self._make, thread=True, group="backup", exit_on_error=False)

    def _make(self) -> None:
        from models import backups, settings

        worker = get_current_worker()

        def stopped() -> bool:
            sleep(_REST)
            return worker.is_cancelled

        loaded = settings.load()
        told = {problem.key: self._wrong(str(loaded.file), problem) for problem in loaded.problems}
        try:
            made = backups.daily(self._app.home, self._app.today, loaded.settings.backups, stopped=stopped)
        except Stopped:
            return
        except WorkspaceError as error:
            why = error.reason.values.get("why", error.reason)
            told[error.reason.code] = self._app.text("app.backup_failed", why=self._app.say(why))
        else:
            for flaw in made.flaws if made is not None else ():
                told[flaw.code] = self._app.text("cli.backup.flaw", flaw=self._app.say(flaw))
        self._tell(told)

    def _wrong(self, file: str, problem: Problem) -> str:
        what = ": ".join(part for part in (problem.key, self._app.say(problem.reason)) if part)
        return f"{what} · {file}"  # a line that is too short for both has what is wrong

    def _tell(self, messages: dict[str, str]) -> None:
        """Say each thing once a day."""
        new = {about: message for about, message in messages.items() if (self._app.today, about) not in self._told}
        self._told |= {(self._app.today, about) for about in new}
        if new:
            self._app.call_from_thread(self._app.tell_warning, "  ".join(new.values()))
