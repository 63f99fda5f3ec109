"""One thing the policy says, opened: all of its note and sources, and what else stands under its heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.policy import load
from engine.words import word
from tui.policy_words import Item, in_text, items, marks
from tui.screens.of_lines import OfLines
from tui.widgets.lines import Entry, wrapped
from tui.widgets.table import Cell

WIDEST = 100


class PassageScreen(OfLines):
    """A version of the law, a question it leaves open, or figures that stand in one place; by its key."""

    SCOPES = ("passage", "list")

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key

    def reword(self) -> None:
        self.items = items(load(), self.app.today, self.app.language)
        self.head(self.item.heading, "  ".join(marks(self.item, self.app.language)), right="")
        self.lines.show()
        super().reword()

    @property
    def item(self) -> Item:
        """What is opened."""
        return next(item for item in self.items if item.key == self.key)

    def entries(self, width: int) -> Iterator[Entry]:
        """All that is to be said, in a width."""
        item, width = self.item, min(width, WIDEST)
        yield from self.part("", item.said, width, "value")
        yield from self.part("days", filter(None, [item.days]), width, "value")
        yield from self.part("law", filter(None, [item.law]), width, "value")
        read = "  ".join(filter(None, [item.grade, item.checked]))
        yield from self.part("source", [*item.sources, *filter(None, [read])], width, "value")
        yield from self.part("note", item.notes, width, "reason" if item.open else "value")
        yield from self.part("others", self.others, width, "dim")

    @property
    def others(self) -> Iterator[str]:
        """What else is said under the same heading, each in a line."""
        for other in self.items:
            if other.heading == self.item.heading and other.key != self.key:
                yield "  ".join(
                    filter(None, [other.days, word("list.and", self.app.language).join(other.said), other.grade])
                )

    def part(self, label: str, said: Iterable[str], width: int, style: str) -> Iterator[Entry]:
        """Sentences under their label; nothing where there are none."""
        lines = [Entry(cells) for each in said for cells in wrapped(each, width, style, "  " if label else "")]
        if lines:
            if label:
                yield Entry([Cell(self.words(f"policy.label.{label}"), "label")])
            yield from lines
            yield Entry([])

    # --- actions

    def act_copy(self) -> None:
        """Copy it with its source."""
        self.app.copy_to_clipboard(in_text(self.item, self.app.language))
        self.tell(self.words("policy.copied"))

    def act_leave(self) -> None:
        self.app.pop_screen()
