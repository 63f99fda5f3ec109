"""The filter line: what is typed in it narrows the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input, Static

from tui import actions

if TYPE_CHECKING:
    from tui.screens.filtered import Filtered
    from tui.screens.view import View


class FilterInput(Input):
    """The field of the filter; letters are letters in it."""

    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings("filter")]

    # the field is as wide as the line, whatever is typed: no new layout of the screen at every key
    virtual_size = Reactive(Size(0, 0), repaint=False)

    def __init__(self, line: str = "") -> None:
        super().__init__(line, select_on_focus=False, id="filter")
        self.cursor_blink = False

    async def action_act(self, action_id: str) -> None:
        """A key of the filter line was pressed."""
        await cast("View", self.screen).perform(actions.BY_ID[action_id])

    def watch_selection(self) -> None:
        """The cursor has moved: what may follow there is another thing. After a key that is typed it is told anyway."""
        if self.is_mounted and cast("Filtered", self.screen).asked == self.value:
            cast("Filtered", self.screen).draw_wrong()

    def action_cursor_right(self, select: bool = False) -> None:
        """At the end of the line the way on leads into what is offered there."""
        hinted = cast("Filtered", self.screen)
        if not select and self.cursor_at_end and self.selection.is_empty and hinted.why_not_take_hint() is None:
            hinted.act_take_hint()
        else:
            super().action_cursor_right(select)

    def add(self, text: str) -> None:
        """Put text at the end, as if it had been typed there."""
        self.value += " ".join(text.split("\n"))
        self.cursor_position = len(self.value)


class Filter(Horizontal):
    """The sign of the filter and its field, with a line in it to begin with."""

    def __init__(self, line: str = "") -> None:
        super().__init__()
        self.line = line

    def compose(self) -> ComposeResult:
        yield Static("/", markup=False)
        yield FilterInput(self.line)
