"""What may be done with many cases, and what has to be asked for it: a tag, a day, a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from engine.policy import load
from engine.reason import Reason
from engine.words import word
from engine.workflow import STATUSES, Status
from engine.workflow.points import DERIVED
from tui.log_line import Logged, read
from tui.screens.many_running import Running, Wish
from tui.screens.prompt import Prompt
from tui.signs import clean
from tui.text import say, text
from tui.widgets.lines import Entry, Lines
from tui.widgets.table import Cell

STAGE, DO = "stage:", "do:"  # what a line's target begins with
AT_ONCE = ("consultant", "tag", "untag", "task", "letters", "asked", "hand_over")


class Asking(Running):
    """The choices; what is chosen is foreseen once it is known what is wanted."""

    chosen = ""  # the target of the choice that was made last

    if TYPE_CHECKING:

        @property
        def lines(self) -> Lines:
            """The lines that are shown."""

    def choices(self) -> Iterator[Entry]:
        """All that can be done with many cases."""
        for what in AT_ONCE:
            yield Entry([Cell(self.words(f"many.{what}"), "value")], f"{DO}{what}")
        yield Entry([])
        yield Entry([Cell(self.words("many.stages"), "label")])
        for status in STATUSES:
            if status not in DERIVED[1:]:
                yield Entry([Cell(f" {word(f'status.{status}', self.app.language)}", "value")], f"{STAGE}{status}")

    def choose_again(self) -> None:
        """Back to the choices, with the cursor on the one that was made."""
        self.now, self.outcome = "choosing", None
        self.draw()
        self.lines.go_to(self.chosen)

    async def choose(self, target: str) -> None:
        """Ask for what belongs to it, and foresee what would come of it."""
        self.chosen = target
        what = target.removeprefix(DO)
        if target.startswith(STAGE):
            await self.choose_stage(target.removeprefix(STAGE))  # type: ignore[arg-type]
        elif what in ("letters", "asked"):
            self.want_papers(letters=what == "letters")
        elif what == "hand_over":
            await self.ask("many.ask_hand_over", self.read_taker, self.want_handed_over)
        elif what == "task":
            await self.ask("many.ask_task", self.read_task, self.want_task)
        elif target:
            await self.ask(f"many.ask_{what}", clean, lambda said: self.want(what, said))

    async def ask(self, key: str, understood: Callable[[str], str | Reason], then: Callable[[str], None]) -> None:
        """Ask for a line; without one nothing is done."""

        def answered(said: str | None) -> None:
            if said is not None:
                then(said)

        await self.app.push_screen(self.prompt(key, understood), answered)

    def prompt(self, key: str, understood: Callable[[str], str | Reason]) -> Prompt[str]:
        """The question."""
        language = self.app.language
        return Prompt(self.words(key), understood, lambda why: say(why, language))

    def read_task(self, typed: str) -> str | Reason:
        """A task wants its day behind it."""
        found = read(typed, self.app.today)
        if isinstance(found, Reason):
            return found
        return typed if found.follow_up is not None else Reason("many_no_day", {})

    def read_taker(self, typed: str) -> str | Reason:
        """Cases are handed over to somebody who works here."""
        name, there = clean(typed).strip(), self.app.reader.active_people()
        return name if name in there else Reason("write.no_person", {"who": name, "names": there})

    def want_handed_over(self, taker: str) -> None:
        """Another consultant, with a brief of how the cases stand."""
        from models.wishes import to_consultant

        self.foresee(Wish(_named("hand_over", taker), to_consultant(taker), "hand_over", taker=taker))

    def want(self, what: str, said: str) -> None:
        """Another consultant, a tag more or less."""
        from models import wishes
        from models.unused_names import stranger

        nobody = said in (self.words("many.nobody"), "-")
        to_somebody = what == "consultant" and not nobody
        doubt = stranger(said, self.app.reader, self.app.author.name) if to_somebody else None
        asks = {
            "consultant": lambda: wishes.to_consultant(None if nobody else said),
            "tag": lambda: wishes.tagged(said),
            "untag": lambda: wishes.untagged(said),
        }
        self.foresee(Wish(_named(what, said), asks[what](), doubt=doubt))

    def want_task(self, typed: str) -> None:
        """A task with its day."""
        from models.wishes import with_task

        found = read(typed, self.app.today)
        if isinstance(found, Logged) and found.follow_up is not None:
            said = f"{found.text}  {found.follow_up}"
            self.foresee(Wish(_named("task", said), with_task(found.text, found.follow_up)))

    def want_papers(self, *, letters: bool) -> None:
        """The letters that ask for papers; or that these were asked for."""
        from models.wishes import asked_for_papers

        ask = asked_for_papers(self.app.today, load())
        if letters:
            self.foresee(Wish(partial(text, "many.letters"), ask, then="letters"))
        else:
            self.foresee(Wish(partial(text, "many.asked"), ask, "chase"))

    async def choose_stage(self, to: Status) -> None:
        """Ask why, which may be left open, and foresee the stage."""
        from models.wishes import to_stage

        def answered(because: str | None) -> None:
            told = {"because": because} if because else {}

            def said(language: str) -> str:
                stage = word(f"status.{to}", language)
                return text("many.to_stage", language, stage=stage, because=because or "").strip()

            self.foresee(Wish(said, to_stage(to, told, self.app.today, load()), "stage"))

        await self.app.push_screen(self.prompt("many.ask_because", clean), answered)


def _named(what: str, said: str) -> Callable[[str], str]:
    """What is to be done, and with what, in the words of a language."""
    return lambda language: f"{text(f'many.{what}', language)}  {said}"
