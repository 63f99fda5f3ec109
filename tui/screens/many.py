"""Many cases changed at once: what is to be done, what would come of it, and then doing it, with a way to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from textual import on, work
from textual.app import ComposeResult

from engine.policy import load
from engine.reason import Reason
from engine.words import word
from engine.workflow import STATUSES, Status
from engine.workflow.points import DERIVED
from models.workspace import WorkspaceError
from tui.log_line import Logged, read
from tui.screens.case_columns import shown_name
from tui.screens.line_moves import LineMoves
from tui.screens.prompt import Prompt
from tui.screens.view import View
from tui.signs import clean
from tui.text import say
from tui.widgets.lines import Entry, Lines, wrapped
from tui.widgets.table import Cell

if TYPE_CHECKING:
    from models.bulk import Ask, Outcome

STAGE, DO = "stage:", "do:"  # what a line's target begins with
NAMED = 3  # cases that are named for each reason

Now = Literal["choosing", "foreseeing", "foreseen", "doing", "done"]


class ManyScreen(LineMoves, View):
    """What to do with the cases that are selected. Nothing is written before Enter on what was foreseen."""

    SCOPES = ("many", "list")

    def __init__(self, ids: Sequence[int]) -> None:
        super().__init__()
        self.ids = ids
        self.now: Now = "choosing"
        self.wanted = ""  # what is to be done, in words
        self.ask_of: Ask | None = None
        self.command = "set"
        self.outcome: Outcome | None = None
        self._stop = threading.Event()

    def body(self) -> ComposeResult:
        yield Lines(lambda width: list(self.entries(width)))

    @property
    def lines(self) -> Lines:
        return self.query_one(Lines)

    def on_mount(self) -> None:
        self.focus_now(self.lines)
        self.reword()

    def on_unmount(self) -> None:
        """Whatever is going on ends; a change that is half done is taken back."""
        self._stop.set()

    # --- what it shows

    def reword(self) -> None:
        self.draw()
        super().reword()

    def draw(self) -> None:
        """The header, and the lines."""
        count = self.words("many.count", count=len(self.ids))
        self.head(f"{self.words('scope.many')}  {count}", "", f"{self.app.author.name}  {self.app.today}")
        self.lines.show()
        self.refresh_footer()

    def entries(self, width: int) -> Iterator[Entry]:
        """What may be done; once that is chosen, what would come of it, or came."""
        if self.now == "choosing":
            yield from self.choices()
            return
        yield from (Entry(cells) for cells in wrapped(self.wanted, width, "title"))
        yield Entry([])
        outcome = self.outcome
        if outcome is None or self.now in ("foreseeing", "doing"):
            done = 0 if outcome is None else outcome.done
            yield Entry([Cell(self.words(f"many.{self.now}", done=done, count=len(self.ids)), "value")])
        if outcome is None:
            return
        if outcome.stopped:
            yield from self.what_stopped(outcome, width)
            return
        tense = "did" if self.now in ("doing", "done") else "will"
        yield Entry([Cell(self.words(f"many.{tense}", count=len(outcome.changed)), "good")])
        if outcome.same:
            yield Entry([Cell(self.words("many.same", count=outcome.same), "dim")])
        yield from self.refusals(outcome, width)

    def what_stopped(self, outcome: Outcome, width: int) -> Iterator[Entry]:
        """It was stopped: nothing is changed, but for cases that somebody else has changed since."""
        if not outcome.left:
            yield Entry([Cell(self.words("many.stopped"), "bad")])
            return
        names = word("list.and", self.app.language).join(map(shown_name, self.app.reader.rows(outcome.left[:NAMED])))
        more = "…" if len(outcome.left) > NAMED else ""
        said = self.words("many.left", count=len(outcome.left), names=f"{names}{more}")
        yield from (Entry(cells) for cells in wrapped(said, width, "bad"))

    def choices(self) -> Iterator[Entry]:
        """All that can be done with many cases."""
        for what in ("consultant", "tag", "untag", "task"):
            yield Entry([Cell(self.words(f"many.{what}"), "value")], f"{DO}{what}")
        yield Entry([])
        yield Entry([Cell(self.words("many.stages"), "label")])
        for status in STATUSES:
            if status not in DERIVED[1:]:
                yield Entry([Cell(f" {word(f'status.{status}', self.app.language)}", "value")], f"{STAGE}{status}")

    def refusals(self, outcome: Outcome, width: int) -> Iterator[Entry]:
        """Why cases are left out, with the first of each."""
        if not outcome.refused:
            return
        yield Entry([])
        yield Entry([Cell(self.words("many.refused", count=len(outcome.refused)), "bad")])
        because: dict[str, list[int]] = {}
        for case_id, reason in outcome.refused.items():
            because.setdefault(self.app.say(reason), []).append(case_id)
        for said, ids in sorted(because.items(), key=lambda each: -len(each[1])):
            names = [shown_name(row) for row in self.app.reader.rows(ids[:NAMED])]
            more = "…" if len(ids) > NAMED else ""
            line = f"{len(ids)}  {said}  ({word('list.and', self.app.language).join(names)}{more})"
            yield from (Entry(cells) for cells in wrapped(line, width, "because", " "))

    # --- what is wanted

    @on(Lines.Chosen)
    async def act_take(self) -> None:
        """Choose what is under the cursor; on what was foreseen, do it; on what is done, leave."""
        if self.now == "choosing":
            await self.choose(self.lines.target)
        elif self.now == "foreseen":
            self.do()
        elif self.now == "done":
            self.app.pop_screen()

    def why_not_take(self) -> Reason | None:
        if self.now in ("foreseeing", "doing"):
            return Reason("many_wait", {})
        if self.now == "foreseen" and self.outcome is not None and not self.outcome.changed:
            return Reason("many_nothing", {})
        return None

    async def choose(self, target: str) -> None:
        """Ask for what belongs to it, and foresee what would come of it."""
        if target.startswith(STAGE):
            await self.choose_stage(target.removeprefix(STAGE))  # type: ignore[arg-type]
        elif target == f"{DO}task":
            await self.ask("many.ask_task", self.read_task, self.want_task)
        elif target:
            what = target.removeprefix(DO)
            await self.ask(f"many.ask_{what}", clean, lambda said: self.want(what, said))

    async def ask(self, key: str, understood: Callable[[str], str | Reason], then: Callable[[str], None]) -> None:
        """Ask for a line; without one nothing is done."""

        def answered(said: str | None) -> None:
            if said is not None:
                then(said)

        language = self.app.language
        prompt: Prompt[str] = Prompt(self.words(key), understood, lambda why: say(why, language))
        await self.app.push_screen(prompt, answered)

    def read_task(self, typed: str) -> str | Reason:
        """A task wants its day behind it."""
        found = read(typed, self.app.today)
        if isinstance(found, Reason):
            return found
        return typed if found.follow_up is not None else Reason("many_no_day", {})

    def want(self, what: str, said: str) -> None:
        """Another consultant, a tag more or less."""
        from models import wishes

        nobody = said in (self.words("many.nobody"), "-")
        asks = {
            "consultant": lambda: wishes.to_consultant(None if nobody else said),
            "tag": lambda: wishes.tagged(said),
            "untag": lambda: wishes.untagged(said),
        }
        self.foresee(f"{self.words(f'many.{what}')}  {said}", asks[what](), "set")

    def want_task(self, typed: str) -> None:
        """A task with its day."""
        from models.wishes import with_task

        found = read(typed, self.app.today)
        if isinstance(found, Logged) and found.follow_up is not None:
            said = f"{self.words('many.task')}  {found.text}  {found.follow_up}"
            self.foresee(said, with_task(found.text, found.follow_up), "set")

    async def choose_stage(self, to: Status) -> None:
        """Ask why, which may be left open, and foresee the stage."""
        from models.wishes import to_stage

        def answered(because: str | None) -> None:
            told = {"because": because} if because else {}
            said = self.words("many.to_stage", stage=word(f"status.{to}", self.app.language), because=because or "")
            self.foresee(said.strip(), to_stage(to, told, self.app.today, load()), "stage")

        language = self.app.language
        prompt: Prompt[str] = Prompt(self.words("many.ask_because"), clean, lambda why: say(why, language))
        await self.app.push_screen(prompt, answered)

    # --- foreseeing and doing

    def foresee(self, wanted: str, ask: Ask, command: str) -> None:
        """Look at every case, without writing anything."""
        self.wanted, self.ask_of, self.command = wanted, ask, command
        self.begin("foreseeing")
        self.look_ahead()

    def do(self) -> None:
        """Do it."""
        self.begin("doing")
        self.carry_out()

    def begin(self, now: Now) -> None:
        """Something goes on from now, with a way to stop it."""
        self.now, self.outcome = now, None
        self._stop = threading.Event()
        self.draw()

    @work(thread=True, group="many", exit_on_error=False)
    def look_ahead(self) -> None:
        """Foresee in a thread of its own."""
        from models.bulk import foresee

        assert self.ask_of is not None
        stop = self._stop
        self.run_through(
            lambda: foresee(self.app.workspace, self.ids, self.ask_of, goes_on=self.goes_on(stop), tell=self.heard),  # type: ignore[arg-type]
            "foreseen",
        )

    @work(thread=True, group="many", exit_on_error=False)
    def carry_out(self) -> None:
        """Change the cases in a thread of its own."""
        from models.bulk import carry_out

        assert self.ask_of is not None
        app, stop = self.app, self._stop
        self.run_through(
            lambda: carry_out(
                app.workspace,
                self.ids,
                self.ask_of,  # type: ignore[arg-type]
                by=app.author,
                today=app.today,
                command=self.command,
                policy=load(),
                goes_on=self.goes_on(stop),
                tell=self.heard,
            ),
            "done",
        )

    def run_through(self, run: Callable[[], Outcome], then: Now) -> None:
        """Run in the worker's thread, and show how it ended."""
        try:
            outcome = run()
        except WorkspaceError as error:
            self.app.call_from_thread(self.failed, error.reason)
        else:
            self.app.call_from_thread(self.ended, outcome, then)

    def goes_on(self, stop: threading.Event) -> Callable[[], bool]:
        """Until somebody stops it."""
        return lambda: not stop.is_set()

    def heard(self, outcome: Outcome) -> None:
        """Some more cases are through, as the worker tells."""
        self.app.call_from_thread(self.show_outcome, outcome)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show how far it is."""
        if self.is_mounted:
            self.outcome = outcome
            self.draw()

    def ended(self, outcome: Outcome, then: Now) -> None:
        """It is through, or was stopped."""
        if not self.is_mounted:
            return
        self.outcome = outcome
        self.now = "done" if outcome.stopped and then == "done" else "choosing" if outcome.stopped else then
        if then == "done":
            self.app.look()
        self.draw()
        if self.now == "foreseen":
            self.tell(self.words("many.ready" if outcome.changed else "many.ready_nothing"))
        elif self.now == "done" and outcome.failed is not None:
            self.warn(self.words("many.failed", why=self.app.say(outcome.failed), count=len(outcome.changed)))
        elif self.now == "done":
            self.tell(self.words("many.taken_back" if outcome.stopped else "many.finished"))

    def failed(self, reason: Reason) -> None:
        """The workspace could not be read or written."""
        if self.is_mounted:
            self.now = "choosing"
            self.draw()
            self.warn(self.app.say(reason))

    def act_leave(self) -> None:
        """Stop what goes on; one step back; from the choices to the list."""
        if self.now in ("foreseeing", "doing"):
            self._stop.set()
            self.tell(self.words("many.stopping"))
        elif self.now == "foreseen":
            self.now, self.outcome = "choosing", None
            self.draw()
        else:
            self.app.pop_screen()
