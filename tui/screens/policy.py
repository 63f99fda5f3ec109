"""The policy: which law holds, what it leaves open, and every figure by subject with its days, source and grade."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from textual import on
from textual.app import ComposeResult

from engine.policy import NoLaw, load
from engine.reason import Reason
from engine.words import word
from tui.columns import cut
from tui.filter_hints import Hint
from tui.policy_words import Item, folded, in_text, items, marks, searchable, sources_said
from tui.screens.filtered_lines import FilteredLines
from tui.widgets.filter import Filter
from tui.widgets.lines import Entry, Lines, wrapped
from tui.widgets.table import Cell

WIDEST = 120  # cells of a line: longer ones are hard to read


class PolicyScreen(FilteredLines):
    """All that the policy says on the day of the session, or what of it has the words of the filter."""

    SCOPES = ("policy", "list")

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Item] = []
        self.texts: dict[str, str] = {}  # of all items in all languages, from the first filter on

    def body(self) -> ComposeResult:
        yield Filter()
        yield Lines(lambda width: list(self.entries(min(width, WIDEST))))

    def on_mount(self) -> None:
        self.focus_now(self.lines)
        self.reword()

    # --- what it is about

    def reword(self) -> None:
        self.items, self.texts = items(load(), self.app.today, self.app.language), {}
        super().reword()
        self.field.placeholder = self.words("policy.placeholder")
        self.search()

    def search(self, *, again: bool = False, pause: float = 0.0) -> None:
        """Show what has all words of the line; nothing of it is looked up in the workspace."""
        self.asked, self.looked = self.field.value, True
        self.draw()
        self.refresh_footer()

    def others_wrote(self, *, cases: bool) -> None:
        """Nothing that is written in the workspace changes the policy."""

    def offered(self) -> list[Hint]:
        """Any words may stand in the line."""
        return []

    @property
    def found(self) -> list[Item]:
        """What has all words of the line, in either language."""
        wanted = folded(self.field.value).split()
        if wanted and not self.texts:
            self.texts = searchable(load(), self.app.today)
        return [item for item in self.items if all(each in self.texts[item.key] for each in wanted)]

    @property
    def here(self) -> Item | None:
        """What is under the cursor."""
        return next((item for item in self.items if item.key == self.lines.target), None)

    # --- what it shows

    def draw(self) -> None:
        """The header: how much is open of what counts."""
        count = sum(item.open and item.state == "counts" for item in self.items)
        self.head(self.words("scope.policy"), self.words("policy.open_count", count=count))
        self.lines.show()

    def entries(self, width: int) -> Iterator[Entry]:
        """Each subject with what it says; what counts before what is past."""
        try:
            load().law(self.app.today)
        except NoLaw as none:
            yield Entry([Cell(self.app.say(none.reason), "bad")])
        found = self.found
        if not found:
            yield Entry([Cell(self.words("policy.nothing"), "dim")])
        for number, (heading, same) in enumerate(groupby(found, key=lambda item: item.heading)):
            if number:
                yield Entry([])
            yield Entry([Cell(heading, "title")])
            for item in same:
                yield from (Entry(cells, item.key) for cells in self.said(item, width))

    def said(self, item: Item, width: int) -> Iterator[list[Cell]]:
        """An item: what it says; its days, grade and place; where it was read; what is to be known about it. Of what is
        past the first two, and the second in one line."""
        past, language = item.state == "past", self.app.language
        head = "  ".join([*marks(item, language), word("list.and", language).join(item.said)])
        yield from wrapped(head, width, "dim" if past else "draft" if item.open else "value", "  ")
        if past:
            grounds = "  ".join(filter(None, [item.days, item.grade, sources_said(item, language)]))
            yield [Cell("    "), Cell(cut(grounds, width - 4), "dim")]
            return
        grounds = "  ".join(filter(None, [item.days, item.grade, item.checked, item.article]))
        for each in filter(None, [grounds, sources_said(item, language)]):
            yield from wrapped(each, width, "dim", "    ")
        for note in item.notes:
            yield from wrapped(note, width, "reason" if item.open else "because", "    ")

    # --- actions

    def why_not_open(self) -> Reason | None:
        return None if self.here is not None else Reason("policy_nothing", {})

    why_not_copy = why_not_open

    @on(Lines.Chosen)
    async def act_open(self) -> None:
        """Open what is under the cursor: all of its note and sources, and what else stands under its heading."""
        from tui.screens.passage import PassageScreen

        if self.here is not None:
            await self.app.push_screen(PassageScreen(self.here.key))

    def act_copy(self) -> None:
        """Copy what is under the cursor with its source."""
        if self.here is not None:
            self.app.copy_to_clipboard(in_text(self.here, self.app.language))
            self.tell(self.words("policy.copied"))
