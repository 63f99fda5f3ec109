"""Foreseeing what would come of a change to many cases, and doing it: in a thread, with a way to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from textual import work

from engine.policy import load
from engine.reason import Reason
from engine.words import word
from models.reading import Reader
from models.rows import StoredCase
from models.workspace import WorkspaceError
from tui.screens.case_columns import NAMED, shown_name
from tui.screens.view import View

if TYPE_CHECKING:
    from models.bulk import Ask, Outcome
    from models.workspace import Workspace
    from tui.app import DabiaoApp

Now = Literal["choosing", "foreseeing", "foreseen", "doing", "taking_back", "done"]
GOING_ON: tuple[Now, ...] = ("foreseeing", "doing", "taking_back")


class Wish(NamedTuple):
    """What is to be done with the cases: in the words of a language, asked of each, the command it is told as in the
    journal.

    `then` is done in the place of changing them, once it is foreseen what it would be done with. `taker` gets a brief
    of how the cases stood. `doubt` is told beside what is foreseen, and asked about before it is done.
    """

    words: Callable[[str], str]
    ask: Ask
    command: str = "set"
    then: Literal["change", "letters"] = "change"
    taker: str | None = None
    doubt: Reason | None = None


def show(app: DabiaoApp, how: Callable[..., None], *what: object) -> None:
    """Show something from the worker's thread; where the session has ended, the work is done to its end all the same.

    A screen that is gone does not know its `app` any more in there.
    """
    if not app.is_running:
        return
    try:
        app.call_from_thread(how, *what)
    except (RuntimeError, CancelledError):  # it ended in between
        if app.is_running:
            raise


class Running(View):
    """Looks at all cases, changes them, stops. `draw` shows how far it is."""

    ids: Sequence[int]
    wish: Wish | None = None
    now: Now = "choosing"
    outcome: Outcome | None = None
    brief: str | None = None
    _stop: threading.Event

    def draw(self) -> None:
        """Draw all anew."""

    def foresee(self, wish: Wish) -> None:
        """Look at every case, without writing anything."""
        self.wish = wish
        self.begin("foreseeing")
        self.look_ahead(wish)

    def do(self, wish: Wish) -> None:
        """Do it."""
        self.begin("doing")
        self.carry_out(wish)

    def choose_again(self) -> None:
        """Back to the choices."""

    def begin(self, now: Now) -> None:
        """Something goes on from now, with a way to stop it."""
        self.now, self.outcome = now, None
        self._stop = threading.Event()
        self.draw()

    @work(thread=True, group="many", exit_on_error=False)
    def look_ahead(self, wish: Wish) -> None:
        """Foresee in a thread of its own."""
        from models.bulk import foresee

        app, goes_on, tell = self.app, self.goes_on(self._stop), self.heard(self.app)
        run = partial(foresee, app.workspace, self.ids, wish.ask, goes_on=goes_on, tell=tell)
        self.run_through(app, run, "foreseen")

    @work(thread=True, group="many", exit_on_error=False)
    def carry_out(self, wish: Wish) -> None:
        """Change the cases in a thread of its own."""
        from models.bulk import carry_out
        from tui.brief_words import brief

        app, goes_on, tell = self.app, self.goes_on(self._stop), self.heard(self.app)

        def run() -> Outcome:
            # who sees their own cases alone sees them no more once they are another's
            stood = self.cases(app.workspace) if wish.taker is not None else {}
            outcome = carry_out(
                app.workspace,
                self.ids,
                wish.ask,
                by=app.author,
                today=app.today,
                command=wish.command,
                policy=load(),
                goes_on=goes_on,
                tell=tell,
            )
            if wish.taker is not None and not outcome.stopped:
                handed = [stood[case_id] for case_id in outcome.changed if case_id in stood]
                lines = brief(handed, wish.taker, app.author.name, app.today, load(), app.language)
                self.brief = "\n".join(lines)
            return outcome

        self.run_through(app, run, "done")

    def cases(self, workspace: Workspace) -> dict[int, StoredCase]:
        """The cases as they stand."""
        with Reader(workspace) as reader:
            return {case.id: case for case in map(reader.case, self.ids) if case is not None}

    def run_through(self, app: DabiaoApp, run: Callable[[], Outcome], then: Now) -> None:
        """Run in the worker's thread, and show how it ended."""
        try:
            outcome = run()
        except WorkspaceError as error:
            show(app, self.failed, error.reason)
        else:
            show(app, self.ended, outcome, then)

    def goes_on(self, stop: threading.Event) -> Callable[[], bool]:
        """Until somebody stops it."""
        return lambda: not stop.is_set()

    def heard(self, app: DabiaoApp) -> Callable[[Outcome], None]:
        """Some more cases are through, as the worker tells."""
        return partial(show, app, self.show_outcome)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show how far it is now: the worker waits for that, and then goes on with its own."""
        if self.stands:
            self.outcome = replace(outcome, changed=[*outcome.changed], refused={**outcome.refused})
            self.draw()

    def ended(self, outcome: Outcome, then: Now) -> None:
        """It is through, or was stopped."""
        if not self.stands:
            self.ended_behind(outcome, then)
            return
        self.outcome, self.now = outcome, then
        if outcome.stopped and then == "foreseen":
            self.choose_again()
            self.tell(self.words("many.stopped"))
            return
        if then == "done":
            self.app.look()
        self.draw()
        if self.now == "foreseen":
            letters = "_letters" if self.wish is not None and self.wish.then == "letters" else ""
            self.tell(self.words(f"many.ready{letters}" if outcome.changed else "many.ready_nothing"))
        elif self.now == "done" and outcome.failed is not None:
            self.warn(self.words("many.failed", why=self.app.say(outcome.failed), count=len(outcome.changed)))
        elif self.now == "done" and self.brief is not None and outcome.changed:
            self.app.copy_to_clipboard(self.brief)
            self.tell(self.words("many.handed_over"))
        elif self.now == "done" and outcome.left:
            self.warn(self.left_changed(outcome))
        elif self.now == "done":
            self.tell(self.words("many.taken_back" if outcome.stopped else "many.finished"))

    def ended_behind(self, outcome: Outcome, then: Now) -> None:
        """It was left while it went on: what has become of it is told where one is now."""
        if then != "done":
            return
        self.app.look()
        if outcome.failed is not None:
            why = self.app.say(outcome.failed)
            self.app.tell_warning(self.words("many.failed", why=why, count=len(outcome.changed)))
        elif outcome.left:
            self.app.tell_warning(self.left_changed(outcome))
        else:
            self.app.tell_warning(self.words("many.taken_back" if outcome.stopped else "many.finished"))

    def left_changed(self, outcome: Outcome) -> str:
        """Which cases stay changed though it was stopped."""
        return self.words("many.left", count=len(outcome.left), names=self.first_names(outcome.left))

    def first_names(self, ids: Sequence[int]) -> str:
        """The first few of these cases by name."""
        names = word("list.and", self.app.language).join(map(shown_name, self.app.reader.rows(ids[:NAMED])))
        return f"{names}{'…' if len(ids) > NAMED else ''}"

    def failed(self, reason: Reason) -> None:
        """The workspace could not be read or written."""
        if self.stands:
            self.choose_again()
            self.warn(self.app.say(reason))
