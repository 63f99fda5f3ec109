"""The quick assessment (电话速测): ten answers in the order of a call, each with its points, and what is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, ClassVar

from textual import work
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from engine.plan import Option
from engine.policy import load
from engine.reason import Reason
from engine.words import word
from models.workspace import WorkspaceError
from tui import plan_words
from tui.heard import Heard
from tui.quick import FIELDS, PREFIX, Estimate, asked, estimate, letter, need_said
from tui.screens.new_case import NewCaseScreen

PAUSE = 0.4  # seconds without a key after which the nearest way is looked for
OF_THE_SCORE = frozenset({"schooling", "title", "insured", "base"})


class QuickScreen(NewCaseScreen):
    """Ten answers, each of which may stay open; they become a case."""

    SCOPES: ClassVar[tuple[str, ...]] = ("quick", "new_case")
    ASKED: ClassVar = FIELDS

    class WayFound(Message):
        """The nearest way to the threshold, for the answers it was looked for."""

        def __init__(self, document: Mapping[str, Any], way: Option | None) -> None:
            super().__init__()
            self.document = document
            self.way = way

    def __init__(self, form: str = "") -> None:
        super().__init__(form)
        self.found: Estimate | None = None
        self.way: Option | None = None
        self.way_of: Mapping[str, Any] | None = None

    def beneath(self) -> Iterable[Widget]:
        return (Static(id="result", markup=False),)

    def label(self, path: str) -> str:
        return self.words(path)

    def example(self, path: str) -> str:
        said = self.words(f"quick.example.{path.removeprefix(PREFIX)}")
        return self.words("quick.such_as", example=said)

    def document(self) -> dict[str, Any]:
        return self.estimated().document

    def known_by(self, typed: Mapping[str, str]) -> dict[str, str | None]:
        found = estimate(typed, load(), self.app.today).document
        contact = found.get("contact", {})
        phone = contact.get("phone")  # whoever gives one is found by it: of a 李女士 there are many
        return {
            "id_number": found.get("id_number"),
            "phone": phone,
            "called": contact.get("called") if not phone else None,
        }

    def estimated(self) -> Estimate:
        """What is typed, understood and counted."""
        return estimate(self.typed, load(), self.app.today)

    # --- what it shows

    def draw_notes(self) -> None:
        """Beside each answer what was understood and earns; beneath what it comes to."""
        self.found = found = self.estimated()
        for field, note in zip(self.fields, self.query(".note").results(Static), strict=True):
            answer = field.path.removeprefix(PREFIX)
            said = found.answers[answer]
            wrong = isinstance(said, Reason) and field is not self.focused
            note.set_class(wrong, "-wrong")
            note.update(self.app.say(said) if isinstance(said, Reason) else self.earned(answer, said))
        if found.document != self.way_of:
            self.way = None
        self.draw_result()
        if found.document != self.way_of and not found.counted.reached:
            self.look_for_way(found.document)

    def earned(self, answer: str, said: Heard) -> str:
        """What an answer comes to, and what is still to be asked for it."""
        assert self.found is not None
        points = self.found.points(answer)
        earned = "" if points is None else self.words("quick.points", points=points)
        if points and not self.found.counts(answer):
            earned = self.words("quick.not_counted", points=points)
        open_ = [self.words(f"quick.open.{key}") for key in said.open if key != answer]
        still = self.words("quick.still", items=word("list.and", self.app.language).join(open_)) if open_ else ""
        return "  ".join(filter(None, (earned, still)))

    def draw_result(self) -> None:
        """The total, what is still to be asked, the nearest way, the child."""
        found, language = self.found, self.app.language
        if found is None:
            return
        counted = found.counted
        gap = counted.threshold - counted.total
        key = "quick.vetoed" if counted.vetoes else "quick.reached" if counted.reached else "quick.short"
        said = [self.words(key, total=counted.total, threshold=counted.threshold, gap=max(gap, 0))]
        if found.open:
            said.append(self.words("quick.to_ask", items=asked(found, language)))
        if not counted.reached and self.way is not None and self.way_of == found.document:
            steps = "  ".join(plan_words.steps(self.way, language))
            said.append(self.words("quick.way", day=self.way.reached_on, steps=steps))
        if found.need is not None:
            days = (found.need.span.first - self.app.today).days
            what = need_said(found.need, language)
            said.append(self.words("quick.need", what=what, day=found.need.span.first, days=days))
        self.query_one("#result", Static).update("\n".join(said))

    def on_descendant_focus(self) -> None:
        """A field that is left says what was not understood in it."""
        if self.is_mounted and self.found is not None:
            self.draw_notes()

    # --- the nearest way

    @work(thread=True, exclusive=True, group="way", exit_on_error=False)
    def look_for_way(self, document: Mapping[str, Any]) -> None:
        """Look for the nearest way once nobody types, in a thread of its own."""
        from engine.document import validate
        from engine.planner import plan

        worker = get_current_worker()
        if worker.cancelled_event.wait(PAUSE):
            return
        options = plan(validate(document), load(), self.app.today).options
        if not worker.is_cancelled:
            self.post_message(self.WayFound(document, options[0] if options else None))

    def on_quick_screen_way_found(self, event: WayFound) -> None:
        """Show it, unless something else has been typed since."""
        if self.found is not None and event.document == self.found.document:
            self.way, self.way_of = event.way, event.document
            self.draw_result()

    # --- actions

    def why_not_copy(self) -> Reason | None:
        return None if self.typed else Reason("nothing_typed", {})

    def act_copy(self) -> None:
        """What may be written to the client; it promises nothing."""
        found = self.estimated()
        way = self.way if self.way_of == found.document else None
        self.app.copy_to_clipboard(letter(found, way, self.app.today, self.app.language))
        self.tell(self.words("quick.copied"))

    @property
    def status(self) -> str:
        """It is a simulation once an answer earns points besides the age."""
        counts = any(self.typed.get(f"{PREFIX}{answer}") for answer in OF_THE_SCORE)
        return "simulated" if counts else "lead"

    def keep_besides(self, case_id: int) -> None:
        """What was said, word for word, as the first line of the log."""
        from models.change import Change
        from models.paths import new_id
        from models.writing import change

        app, today = self.app, self.app.today
        answers = (self.words("quick.answer", asked=self.words(path), said=said) for path, said in self.said.items())
        said = word("list.also", app.language).join(answers)
        note = {"on": _day(today), "by": app.author.name, "text": self.words("quick.log", said=said)}
        with suppress(WorkspaceError):  # the case is there; what was said is in its facts
            changes = [Change(f"notes.{new_id()}", None, note)]
            change(app.workspace, case_id, changes, by=app.author, today=today, command="log")

    async def act_create(self) -> None:
        self.said = self.typed
        await super().act_create()


def _day(day: date) -> str:
    return day.isoformat()
