"""The line in the list of cases that offers what was left unfinished, and the key that leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from engine.reason import Reason
from tui import actions
from tui.screens.view import View
from tui.widgets.line import Line

if TYPE_CHECKING:
    from tui.unfinished import Place


class Leftovers(View):
    """Answers `drafts` for a screen that has a line `left`."""

    def __init__(self) -> None:
        super().__init__()
        self.visited: set[tuple[int, str]] = set()

    def unfinished(self) -> list[Place]:
        """What this consultant left unfinished, by case, the newest first."""
        from tui.unfinished import places

        return places(self.app.reader.unfinished(self.app.author.name))

    def draw_left(self) -> None:
        """Offer what was left; not before the facts are loaded, so that the first frame does not wait."""
        if self.app.stamp is None or not self.is_mounted:
            return
        from tui.unfinished import line

        words = line(self.unfinished(), self.app.own_keys.of(actions.BY_ID["cases.drafts"])[0], self.app.language)
        self.set_class(bool(words), "-left")
        self.query_one("#left", Line).show(f"  {words}")

    def on_screen_resume(self) -> None:
        self.draw_left()

    def why_not_drafts(self) -> Reason | None:
        return None if self.app.reader.unfinished(self.app.author.name) else Reason("nothing_unfinished", {})

    async def act_drafts(self) -> None:
        """Go to what was left last; pressed again, to the one before."""
        from tui.quick import PREFIX
        from tui.screens.new_case import NewCaseScreen
        from tui.screens.quick import QuickScreen
        from tui.unfinished import next_of, told

        found = self.unfinished()
        place = next_of(found, self.visited)
        if place is None:  # it is open in another session
            self.warn(self.app.say(Reason("nothing_unfinished", {})))
            return
        if place.key in self.visited:
            self.visited.clear()
        self.visited.add(place.key)
        if not place.case_id:
            quick = any(path.startswith(PREFIX) for path in place.texts)
            await self.app.push_screen((QuickScreen if quick else NewCaseScreen)(place.form))
        elif place.there and place.path:
            await self.app.open_case(place.case_id, place.path, place.part)
        else:
            key = "drafts.ask_unknown" if place.there else "drafts.ask_gone"
            texts = told(place.texts, self.app.language)
            await self.app.ask(key, lambda: self.throw_away(place), id=place.case_id, name=place.name, texts=texts)

    @work(thread=True, group="write", exit_on_error=False)
    def throw_away(self, place: Place) -> None:
        """Forget what was typed in a case that is gone."""
        from models import writing

        writing.clear_drafts(self.app.workspace, place.case_id, self.app.author.name, list(place.texts))
        self.app.call_from_thread(self.thrown_away)

    def thrown_away(self) -> None:
        """Say that it is forgotten."""
        self.draw_left()
        self.tell(self.words("drafts.thrown_away"))
