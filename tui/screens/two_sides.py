"""A screen with a left and a right side; a narrow terminal shows one of them at a time."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from tui.screens.view import View

NARROW = 70  # cells below which one side is shown at a time
WIDE = 110  # cells from which the left side gets its share of the width


class TwoSides(View):
    """Answers the action `other_side`; the keys go to the side that has the focus."""

    @property
    def sides(self) -> tuple[Widget, Widget]:
        """The left side and the right one."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        self.fit(self.app.size.width, update=False)  # what it is made of is styled when it is there
        yield from super().compose()

    def on_resize(self) -> None:
        self.fit(self.size.width)

    def fit(self, width: int, *, update: bool = True) -> None:
        """Show what there is room for in so many cells."""
        self.set_class(width < NARROW, "-narrow", update=update)
        self.set_class(width >= WIDE, "-wide", update=update)

    def focus_side(self, number: int) -> None:
        """Go to the left (0) or the right (1) side."""
        self.set_class(number == 1, "-right")
        self.focus_now(self.sides[number])

    def act_other_side(self) -> None:
        self.focus_side(0 if self.focused is self.sides[1] else 1)
