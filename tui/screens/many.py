"""Many cases changed at once: what is to be done, what would come of it, and then doing it, with a way to stop."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from engine.reason import Reason
from tui.reasons_alike import as_few
from tui.screens.many_asking import Asking
from tui.screens.many_running import GOING_ON, Wish
from tui.screens.of_lines import OfLines
from tui.widgets.lines import Entry, Lines, wrapped
from tui.widgets.table import Cell

if TYPE_CHECKING:
    from models.bulk import Outcome

__all__ = ("ManyScreen", "Wish")


class ManyScreen(Asking, OfLines):
    """What to do with the cases that are selected. Nothing is written before Enter on what was foreseen.

    With a `wish` it is foreseen at once, and `esc` leads back to where it came from.
    """

    SCOPES = ("many", "list")

    def __init__(self, ids: Sequence[int], wish: Wish | None = None) -> None:
        super().__init__()
        self.ids = ids
        self.wish, self.only = wish, wish is not None
        self._stop = threading.Event()

    def on_mount(self) -> None:
        if self.wish is not None:
            self.foresee(self.wish)

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
        self.head(f"{self.words('scope.many')}  {count}")
        self.lines.show()
        self.refresh_footer()

    def entries(self, width: int) -> Iterator[Entry]:
        """What may be done; once that is chosen, what would come of it, or came."""
        wish, outcome = self.wish, self.outcome
        if self.now == "choosing" or wish is None:
            yield from self.choices()
            return
        yield from (Entry(cells) for cells in wrapped(wish.words(self.app.language), width, "title"))
        if wish.doubt is not None and self.now in ("foreseeing", "foreseen"):
            yield from (Entry(cells) for cells in wrapped(self.app.say(wish.doubt), width, "bad"))
        yield Entry([])
        if self.now == "taking_back":
            left = 0 if outcome is None else len(outcome.changed)
            yield Entry([Cell(self.words("many.taking_back", count=left), "value")])
            return
        if outcome is None or self.now in ("foreseeing", "doing"):
            done = 0 if outcome is None else outcome.done
            yield Entry([Cell(self.words(f"many.{self.now}", done=done, count=len(self.ids)), "value")])
        if outcome is None:
            return
        if outcome.stopped:
            yield from self.what_stopped(outcome, width)
            return
        tense = "did" if self.now in ("doing", "done") else "will_letters" if wish.then == "letters" else "will"
        yield Entry([Cell(self.words(f"many.{tense}", count=len(outcome.changed)), "good")])
        if outcome.same:
            yield Entry([Cell(self.words("many.same", count=outcome.same), "dim")])
        yield from self.refusals(outcome, width)

    def what_stopped(self, outcome: Outcome, width: int) -> Iterator[Entry]:
        """It was stopped: nothing is changed, but for cases that somebody else has changed since."""
        if not outcome.left:
            yield Entry([Cell(self.words("many.stopped"), "bad")])
            return
        yield from (Entry(cells) for cells in wrapped(self.left_changed(outcome), width, "bad"))

    def refusals(self, outcome: Outcome, width: int) -> Iterator[Entry]:
        """Why cases are left out, with the first of each."""
        if not outcome.refused:
            return
        yield Entry([])
        yield Entry([Cell(self.words("many.refused", count=len(outcome.refused)), "bad")])
        because: dict[str, list[int]] = {}
        for reason, ids in as_few(outcome.refused, self.span):
            because.setdefault(self.app.say(reason), []).extend(ids)
        for said, ids in sorted(because.items(), key=lambda each: -len(each[1])):
            line = f"{len(ids)}  {said}  ({self.first_names(ids)})"
            yield from (Entry(cells) for cells in wrapped(line, width, "because", " "))

    def span(self, least: object, most: object) -> str:
        """The figures or days between which those of many cases lie."""
        return self.words("many.span", least=least, most=most)

    # --- actions

    @on(Lines.Chosen)
    async def act_take(self) -> None:
        """Choose what is under the cursor; on what was foreseen, do it; on what is done, leave."""
        if self.now == "choosing":
            await self.choose(self.lines.target)
        elif self.now == "foreseen" and self.wish is not None and self.wish.doubt is not None:
            await self.app.ask("many.ask_doubt", partial(self.do, self.wish))
        elif self.now == "foreseen" and self.wish is not None:
            await self.go_on(self.wish)
        elif self.now == "done":
            self.app.pop_screen()

    async def go_on(self, wish: Wish) -> None:
        """What was foreseen is wanted: the cases are changed, or the letters written."""
        if wish.then == "change" or self.outcome is None:
            self.do(wish)
            return
        from tui.screens.chasing import ChasingScreen

        await self.app.switch_screen(ChasingScreen(self.outcome.changed))

    def why_not_take(self) -> Reason | None:
        if self.now in GOING_ON:
            return self.why_not_undo()
        if self.now == "foreseen" and self.outcome is not None and not self.outcome.changed:
            return Reason("many_nothing", {})
        return None

    def why_not_undo(self) -> Reason | None:
        """What is only half done is not taken back by a second way."""
        if self.now == "taking_back":
            return Reason("many_taking_back", {})
        return Reason("many_wait", {}) if self.now in GOING_ON else None

    why_not_redo = why_not_undo

    def why_not_quit(self) -> Reason | None:
        """Nobody waits for a session that has no screen any more: it is stopped first."""
        return self.why_not_undo() if self.now != "foreseeing" else None

    async def act_quit(self) -> None:
        """End the session."""
        await self.app.act_quit()

    def act_undo(self) -> None:
        """Take back what was done."""
        self.app.act_undo()

    def act_redo(self) -> None:
        """Do again what was taken back."""
        self.app.act_redo()

    def stop(self) -> None:
        """What goes on ends after the chunk; what was changed is taken back."""
        self._stop.set()
        if self.now == "doing":
            self.now = "taking_back"
            self.draw()
        self.tell(self.words("many.stopping"))

    def act_leave(self) -> None:
        """Stop what goes on; one step back; from the choices to the list."""
        if self.now == "foreseeing" and self.only:
            self.app.pop_screen()
        elif self.now in GOING_ON:
            self.stop()
        elif self.now == "foreseen" and not self.only:
            self.choose_again()
        else:
            self.app.pop_screen()
