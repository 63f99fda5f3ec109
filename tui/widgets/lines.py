"""Lines of styled text that scroll; the cursor goes from one to the next of those that lead somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.style import Style
from textual import events, getters
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.strip import Strip

from engine.cleaning import clean
from tui.columns import wrap
from tui.inks import Inks
from tui.widgets.own_lines import Frame
from tui.widgets.scrolling import Scrolling
from tui.widgets.table import MARK, Cell

STRIPS_KEPT = 256


class Drawn(NamedTuple):
    """A line as it is drawn: its cells, and whether the cursor is on it."""

    cells: tuple[Cell, ...] = ()
    here: bool = False


class CellView(Scrolling, can_focus=True, inherit_bindings=False):
    """Scrolling lines of cells, whose styles are the names of component classes. Whatever changes what they say calls
    `redraw`, which sends no more than the lines that are different now."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"cells--plain"}

    if TYPE_CHECKING:
        app = getters.app(Inks)

    grows = False  # whether it is as high as its lines, by the style sheet
    # else how many lines there are changes what can be scrolled to, and not where things stand
    virtual_size = Reactive(Size(0, 0), repaint=False)

    def __init__(self, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._seen: dict[int, Drawn] = {}
        self._known: dict[Drawn, Strip] = {}  # what another case has as well is drawn already
        self._known_in: tuple[object, ...] = ()

    def drawn(self, number: int) -> Drawn:
        """A line by its number; an empty one where there is none."""
        raise NotImplementedError

    def set_height(self, lines: int) -> None:
        """Say how many lines there are."""
        self.virtual_size = Size(0, lines)
        if self.grows:
            self.refresh(layout=True)
        else:
            self._scroll_update(self.virtual_size)

    def draw_anew(self) -> None:
        """Draw all lines there are, from the first one on, whatever was drawn before."""
        self._seen.clear()
        if self.is_mounted:
            self.scroll_to(y=0, animate=False)
            self.refresh()

    def redraw(self) -> None:
        """Draw the lines in sight that say something else than what was last drawn there."""
        if not self._seen:  # all are still to be drawn
            return
        top = self.scroll_offset.y
        for number in range(top, top + self.size.height):
            if self._seen.get(number) != self.drawn(number):
                self.refresh_line(number)

    def placed(self) -> None:
        """Lay the lines out for the room there is now; they are drawn next."""

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        # Textual tells a size by a message, after it has drawn: the first frame would be empty, and a second one follow
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if changed and size:
            self._seen.clear()
            self.placed()
        return changed

    def on_focus(self) -> None:
        self.redraw()

    def on_blur(self) -> None:
        self.redraw()

    def own_lines(self, heights: Sequence[int], frame: Frame) -> Iterator[Strip]:
        top, base, inks = self.scroll_offset.y, self.get_component_rich_style("cells--plain"), self.app.inks
        if (frame, base, inks) != self._known_in:
            self._known.clear()
            self._known_in = frame, base, inks
        for number in (top + y for y in heights):
            line = self._seen[number] = self.drawn(number)
            self._known[line] = strip = self._known.pop(line, None) or self._strip(line, frame, base)
            yield strip
        while len(self._known) > STRIPS_KEPT:  # the one that was not drawn for the longest time
            del self._known[next(iter(self._known))]

    def _strip(self, line: Drawn, frame: Frame, base: Style) -> Strip:
        ink = self.app.ink
        if line.here:
            base += ink("cursor")
        runs = [(text, base + ink(name) if name else base) for text, name in line.cells]
        return frame.line([(MARK if line.here else " " * len(MARK), base), *runs], base)


def wrapped(words: str, width: int, style: str, indent: str = "", first: str = "") -> list[list[Cell]]:
    """Words on as many lines as they need; `first` stands before the first one, as much room before the others."""
    lines = wrap(clean(words), max(width - len(indent) - len(first), 8))
    return [
        [Cell(indent), Cell(first if number == 0 else " " * len(first), style), Cell(line, style)]
        for number, line in enumerate(lines)
    ]


class Entry(NamedTuple):
    """A line; `target` is where it leads, "" for one that only stands there."""

    cells: Sequence[Cell]
    target: str = ""


def plain(entries: Sequence[Entry]) -> str:
    """Lines as text, as they are copied."""
    return "\n".join("".join(cell.text for cell in entry.cells).rstrip() for entry in entries).strip("\n")


class Lines(CellView):
    """Lines of which some lead somewhere. `lay_out` gives them for a width, anew whenever that or what they say
    changes."""

    class Chosen(Message):
        """The line under the cursor is to be opened."""

        def __init__(self, target: str) -> None:
            super().__init__()
            self.target = target

    class Turned(Message):
        """The cursor is on a line that leads elsewhere."""

    def __init__(self, lay_out: Callable[[int], list[Entry]], classes: str | None = None) -> None:
        super().__init__(classes)
        self.lay_out = lay_out
        self.begin()

    def begin(self) -> None:
        """Begin at the top, with other lines."""
        self.entries: list[Entry] = []
        self.cursor = -1
        self._told = ""  # where the line led of which was told that the cursor is on it
        self._moved = False  # until then the view stays at the top, wherever the first line is that leads somewhere
        self.draw_anew()

    @property
    def target(self) -> str:
        """Where the line under the cursor leads."""
        return self.entries[self.cursor].target if 0 <= self.cursor < len(self.entries) else ""

    def show(self) -> None:
        """Lay the lines out anew; the cursor stays on the line that leads where it led."""
        if not self.size.width:  # not yet placed: that comes with a resize
            return
        kept = self.target
        self.entries = self.lay_out(max(self.scrollable_content_region.width - len(MARK), 20))
        leading = self._leading()
        same = [place for place in leading if self.entries[place].target == kept]
        self.cursor = (same or leading or [-1])[0]
        self.set_height(len(self.entries))
        if self._moved:
            self._follow()
        self.redraw()
        self._tell()

    def _tell(self) -> None:
        if self.target != self._told:
            self._told = self.target
            self.post_message(self.Turned())

    def _leading(self) -> list[int]:
        return [place for place, entry in enumerate(self.entries) if entry.target and not self._goes_on(place)]

    def _goes_on(self, place: int) -> bool:
        """Whether a line only goes on with what the one above says."""
        return place > 0 and self.entries[place - 1].target == self.entries[place].target

    def move(self, step: int) -> None:
        """Move the cursor by so many lines that lead somewhere; without any, the view."""
        leading = self._leading()
        if not leading:
            self.scroll_relative(y=step, animate=False)
            return
        at = leading.index(self.cursor) + step if self.cursor in leading else 0
        self._moved = True
        self.cursor = leading[max(0, min(at, len(leading) - 1))]
        self._follow()
        self.redraw()
        self._tell()

    def go_to(self, target: str) -> None:
        """Put the cursor on the line that leads somewhere."""
        place = next((place for place in self._leading() if self.entries[place].target == target), None)
        if place is not None:
            self._moved, self.cursor = True, place
            self._follow()
            self.redraw()
            self._tell()

    def _follow(self) -> None:
        if self.cursor < 0:
            return
        leading = self._leading()
        top, height = self.scroll_offset.y, self.size.height
        if leading and self.cursor == leading[0]:
            top = min(top, 0)
        elif self.cursor < top:
            top = self.cursor
        last = self.cursor
        while last + 1 < len(self.entries) and self._goes_on(last + 1):
            last += 1
        if leading and self.cursor == leading[-1]:
            last = len(self.entries) - 1
        if height and last >= top + height:
            top = min(last - height + 1, self.cursor)
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)

    def perform(self, name: str) -> None:
        """Do a moving action of the registry."""
        page = max(self.size.height - 2, 1)
        steps = {"down": 1, "up": -1, "page_down": page, "page_up": -page, "first": -len(self.entries)}
        self.move(steps.get(name, len(self.entries)))

    def placed(self) -> None:
        self.show()

    def on_click(self, event: events.Click) -> None:
        place = self.scroll_offset.y + event.y
        target = self.entries[place].target if place < len(self.entries) else ""
        leading = [number for number in self._leading() if self.entries[number].target == target]
        if target and leading:
            self.cursor = leading[0]
            self.redraw()
            self._tell()
            self.post_message(self.Chosen(target))

    def drawn(self, number: int) -> Drawn:
        if number >= len(self.entries):
            return Drawn()
        return Drawn(tuple(self.entries[number].cells), number == self.cursor and self.has_focus)
