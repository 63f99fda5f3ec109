"""The facts of a case as a list: lines that fold, the cursor on one of them, an editor in the place of one."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset
from textual.message import Message

from models.paths import row_of
from tui.open_case import OpenCase, Preview
from tui.outline import Item, ancestors, named, outline
from tui.signs import clean
from tui.widgets import fact_lines
from tui.widgets.editor import FieldEditor, LineEdit
from tui.widgets.lines import CellView, Drawn
from tui.widgets.table import MARK, Cell


class FactList(CellView):
    """What is shown of an open case. `new_rows` are rows that were begun and hold nothing yet; `editor` and `preview`
    are drawn in the place of a field's line and below it."""

    class Turned(Message):
        """A field was opened or left, or is looked for: other keys apply."""

    class Moved(Message):
        """The cursor is on another line."""

    def __init__(self, case: OpenCase, classes: str | None = None) -> None:
        super().__init__(classes)
        self.begin(case)

    def begin(self, case: OpenCase) -> None:
        """Hold a case, to be shown from its first fact on."""
        self.case = case
        self.unfolded = {"applicant"}
        self.new_rows: list[str] = []
        self.items: list[Item] = []
        self.lines: list[tuple[int, int]] = []
        self.cursor = 0
        self.editor: FieldEditor | None = None
        self.preview: Preview | None = None
        self.looking_for: LineEdit | None = None
        self.found = False
        self._unfolded_before: set[str] = set()
        self._began_at = ""
        self._below: dict[int, list[list[Cell]]] = {}
        self._room = 0  # cells the lines were laid out for
        for path in case.drafts:
            self.unfolded.update(ancestors(path))
        self.draw_anew()

    # --- what is in it

    def on_mount(self) -> None:
        self.rebuild()

    def placed(self) -> None:
        self.rebuild()

    @property
    def item(self) -> Item:
        """The line under the cursor."""
        return self.items[self.cursor]

    @property
    def width(self) -> int:
        """Cells for a line's words."""
        return max(self.scrollable_content_region.width - len(MARK), 20)

    @property
    def rows_to_be(self) -> list[str]:
        """The paths of rows that are shown and not stored: new ones, those of drafts, the one being edited."""
        edited = None if self.editor is None else row_of(self.editor.path)
        return list(dict.fromkeys([*self.new_rows, *self.case.rows_in_drafts, *([edited] if edited else [])]))

    def rebuild(self, keep: str | None = None) -> None:
        """Lay the lines out anew; the cursor stays on its line, or on the nearest one left."""
        path = keep or (self.item.path if self.items else "")
        self.items = outline(self.case.case, self.unfolded, self.rows_to_be)
        places = {item.path: place for place, item in enumerate(self.items)}
        before, self.cursor = self.cursor, places.get(path, min(self.cursor, len(self.items) - 1))
        self.lay_out()
        self.redraw()
        if self.cursor != before:
            self.post_message(self.Moved())

    def lay_out(self) -> None:
        """Say anew which lines there are: those of the items, and what stands below some."""
        language, width = self.case.language, self.width
        self._room = width
        self._below = {}
        self.lines = []
        for place, item in enumerate(self.items):
            if self.editor is not None and item.path == self.editor.path and self.preview is not None:
                below = fact_lines.below_editor(item, self.editor, self.preview, self.case, width, language)
            else:
                below = fact_lines.below_field(item, self.case, width, language)
            if below:
                self._below[place] = below
            self.lines.extend((place, line) for line in range(len(below) + 1))
        self.set_height(len(self.lines))
        self._follow()

    def _follow(self) -> None:
        """Keep the cursor's line, and what stands below it, in sight."""
        first = self.lines.index((self.cursor, 0))
        last = first + len(self._below.get(self.cursor, ()))
        top, height = self.scroll_offset.y, self.size.height
        if height and last >= top + height:
            top = last - height + 1
        top = min(top, first)
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
        if self.editor is not None:
            column = fact_lines.caret(self.item, self.editor, self.width, self.case.language)
            place = Offset(len(MARK) + column, first - top)
            self.app.cursor_position = self.content_region.offset + place

    def show_content(self) -> None:
        """Bring what was unfolded under the cursor into sight, as much of it as there is room for."""
        last = self.cursor
        while last + 1 < len(self.items) and self.items[last + 1].path.startswith(f"{self.item.path}."):
            last += 1
        first, end = self.lines.index((self.cursor, 0)), len(self.lines)
        if last + 1 < len(self.items):
            end = self.lines.index((last + 1, 0))
        if (top := min(end - self.size.height, first)) > self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)

    # --- drawing

    def drawn(self, number: int) -> Drawn:
        if number >= len(self.lines):
            return Drawn()
        place, below = self.lines[number]
        return Drawn(tuple(self._cells(place, below)), place == self.cursor and below == 0 and self.has_focus)

    def _cells(self, place: int, below: int) -> list[Cell]:
        item = self.items[place]
        if below:
            return self._below[place][below - 1]
        if self.editor is not None and item.path == self.editor.path:
            return fact_lines.editing(item, self.editor, self._room, self.case.language)
        folded = item.path not in self.unfolded
        return fact_lines.head(item, self.case, self._room, folded=folded, language=self.case.language)

    # --- moving

    def move(self, place: int) -> None:
        """Put the cursor on a line."""
        place = max(0, min(place, len(self.items) - 1))
        if place != self.cursor:
            before, self.cursor = self.cursor, place
            self._follow()
            for moved in (before, place):
                self.refresh_line(self.lines.index((moved, 0)))
            self.post_message(self.Moved())

    def go_to(self, path: str) -> None:
        """Put the cursor on a field, unfolding what it stands in."""
        self.unfolded.update(ancestors(path))
        self.rebuild(keep=path)

    # --- finding a field by its name

    def find_by_name(self, typed: str) -> None:
        """Look for a field by its name, from now on as one types."""
        self.looking_for = LineEdit(typed, len(typed))
        self._unfolded_before, self._began_at = set(self.unfolded), self.item.path
        self._look()

    def seek(self, name: str) -> None:
        """Do an action of the registry while a field is looked for: the next one that is called so, the end."""
        if self.looking_for is None:
            return
        match name:
            case "find_next":
                self._look(1)
            case "find_previous":
                self._look(-1)
            case "found" | "find_back":
                self.looking_for = None
                if name == "find_back":
                    self.unfolded = self._unfolded_before
                    self.rebuild(keep=self._began_at)
                self.post_message(self.Turned())

    def type_in_search(self, event: events.Key) -> bool:
        """A letter more or less of the name that is looked for; False where the key is none of editing."""
        assert self.looking_for is not None
        if event.character is not None and event.is_printable:
            self.look_for(event.character)
        elif self.looking_for.key(event.key):
            self._look()
        else:
            return False
        return True

    def look_for(self, typed: str) -> None:
        """More of the name is there."""
        assert self.looking_for is not None
        self.looking_for.insert(typed)
        self._look()

    def _look(self, step: int = 0) -> None:
        """Go to the line that is most likely meant, or from the cursor's to the next likely one."""
        typed = clean(self.looking_for.text if self.looking_for else "").lower()
        paths = named(self.case.case, self.rows_to_be, typed, self.case.language) if typed else []
        self.found = bool(paths) or not typed
        self.post_message(self.Turned())
        if not paths:
            return
        here = self.item.path
        at = paths.index(here) + step if here in paths and step else 0
        self.unfolded = set(self._unfolded_before)  # what was only passed by on the way folds again
        self.go_to(paths[at % len(paths)])
