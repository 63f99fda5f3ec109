"""The facts of a case: one list of lines, folded and unfolded, in which fields are edited in place.

The list has the focus also while a field is edited, and a field that is left is on disk before the next key is looked
at: so keys typed ahead reach the fields they were meant for, however quickly they come.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from textual import events
from textual.message import Message
from textual.timer import Timer

from engine.reason import Reason
from models.paths import get
from models.workspace import WorkspaceError
from tui import actions, form
from tui.open_case import Left, OpenCase, Preview
from tui.outline import Item, called, fields, row_paths
from tui.patience import FORESEE_AFTER, KEEP_AFTER
from tui.signs import clean
from tui.turned_words import turned_words
from tui.widgets.editor import FieldEditor
from tui.widgets.fact_list import FactList
from tui.widgets.table import is_text

Step = Literal[-1, 0, 1]


class Facts(FactList):
    """The facts of the open case. `previewed` is called with what a text would make of the case, at every key."""

    class Told(Message):
        """Something to say in the status line."""

        def __init__(self, reason: Reason, *, warning: bool = False) -> None:
            super().__init__()
            self.reason = reason
            self.warning = warning

    def __init__(self, case: OpenCase, previewed: Callable[[Preview | None], None], classes: str) -> None:
        self.previewed = previewed
        super().__init__(case, classes)

    def begin(self, case: OpenCase) -> None:
        self.saw: Any = None
        self.was_new = False
        self._keeper: Timer | None = None
        self._foreseer: Timer | None = None
        super().begin(case)

    def reworded(self) -> None:
        """Another case, or it has changed elsewhere, or the language has."""
        self.preview = self._understood()
        self.rebuild()
        self.previewed(self.preview)

    async def perform(self, name: str) -> None:
        """Do an action of the registry; while a field is edited it is left first."""
        if self.editor is not None and name not in ("to_next", "to_previous", "done", "leave_field"):
            await self.leave_editor()
        page = max(self.size.height - 2, 1)
        match name:
            case "down" | "up":
                self.move(self.cursor + (1 if name == "down" else -1))
            case "page_down" | "page_up":
                self.move(self.cursor + (page if name == "page_down" else -page))
            case "first":
                self.move(0)
            case "last":
                self.move(len(self.items) - 1)
            case "edit":
                self._edit()
            case "add":
                self._add()
            case "remove":
                await self._remove()
            case "undo" | "redo":
                await self._undo(name)
            case "find":
                self.find_by_name("")
            case "found" | "find_next" | "find_previous" | "find_back":
                self.seek(name)
            case "mine" | "theirs":
                await self._resolve(mine=name == "mine")
            case "to_next" | "done":
                await self.leave_editor(1, again=name == "to_next")
            case "to_previous":
                await self.leave_editor(-1, again=True)
            case "leave_field":
                await self.leave_editor()

    # --- keys

    async def on_key(self, event: events.Key) -> None:
        if self.editor is not None:
            await self._key_in_field(event, self.editor)
        elif self.looking_for is not None:
            self._key_in_search(event)
        elif event.character is not None and is_text(event.character):
            event.stop()
            self.find_by_name(event.character)
        elif self.item.path in self.case.clashes and (name := meant("clash", event.key)) is not None:
            event.stop()
            await self.perform(name)

    async def _key_in_field(self, event: events.Key, editor: FieldEditor) -> None:
        name = meant("field", event.key)
        if name in ("to_next", "to_previous") and event.key in ("up", "down") and editor.options:
            name = None
        if name is not None:
            event.stop()
            event.prevent_default()
            await self.perform(name)
            return
        if event.character is not None and event.is_printable:
            editor.insert(event.character)
        elif not editor.key(event.key):
            return
        event.stop()
        event.prevent_default()
        self._typed()

    def _key_in_search(self, event: events.Key) -> None:
        name = meant("finding", event.key)
        if name is not None:
            self.seek(name)
        elif not self.type_in_search(event):
            return
        event.stop()
        event.prevent_default()

    async def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if self.editor is not None:
            self.editor.insert(clean(event.text))
            self._typed()
        elif self.looking_for is not None:
            self.look_for(clean(event.text))

    async def on_click(self, event: events.Click) -> None:
        self.seek("found")
        number = self.scroll_offset.y + event.y
        if number >= len(self.lines):
            return
        item = self.items[self.lines[number][0]]
        if self.editor is not None:
            if item.path == self.editor.path:
                return
            await self.leave_editor()
        again = item.path == self.item.path
        self.rebuild(keep=item.path)
        if again or event.chain > 1:
            self._edit()

    # --- editing

    def _edit(self) -> None:
        """Edit a field; unfold or fold a title or a row."""
        item = self.item
        if item.kind == "field":
            self.open_editor(item.path)
        elif item.kind == "title" and item.section.repeats and not self._rows(item):
            self._add()
        else:
            self.unfolded.symmetric_difference_update({item.path})
            self.rebuild()
            self.show_content()

    def _rows(self, item: Item) -> list[str]:
        return row_paths(self.case.case, item.section, self.rows_to_be)

    def open_editor(self, path: str) -> None:
        """Open the editor of a field, with its draft where there is one."""
        item = next((item for item in self.items if item.path == path), None)
        if item is None or item.field is None:
            return
        self.case.taken_up(path)
        self.saw = self.case.clashes[path].now if path in self.case.clashes else get(self.case.case, path)
        self.was_new = item.section.repeats and get(self.case.case, item.parent) is None
        options = form.options(item.field, self.case.language)
        several = item.field.kind == "choices"
        self.editor = FieldEditor.over(path, self.case.text_at(path), options, several=several)
        self._preview()
        self.rebuild(keep=path)
        self.post_message(self.Turned())

    def _typed(self) -> None:
        """A key has changed the text: say what was understood, count, and keep it soon."""
        self._preview()
        self.lay_out()
        self.redraw()
        if self._keeper is None:
            self._keeper = self.set_timer(KEEP_AFTER, self._keep)
        if self._foreseer is not None:
            self._foreseer.stop()
        self._foreseer = self.set_timer(FORESEE_AFTER, self._foresee)

    async def _foresee(self) -> None:
        if self.editor is not None:
            await self.case.foresee(self.editor.path, self.editor.text, self.saw)

    def put_down(self) -> None:
        """The session ends, or the case is left, in the middle of a field: what was typed is kept."""
        self._stop_waiting()
        if self.editor is not None and self.editor.text != self.case.text_at(self.editor.path):
            self.case.keep_now(self.editor.path, self.editor.text)
        self.editor = None

    def _stop_waiting(self) -> None:
        for timer in (self._keeper, self._foreseer):
            if timer is not None:
                timer.stop()
        self._keeper = self._foreseer = None

    def on_unmount(self) -> None:
        self.put_down()

    def _understood(self) -> Preview | None:
        return None if self.editor is None else self.case.preview(self.editor.path, self.editor.text)

    def _preview(self) -> None:
        self.preview = self._understood()
        self.previewed(self.preview)

    async def _keep(self) -> None:
        if self._keeper is None or self.editor is None:
            return
        self._keeper = None
        if self.editor.text == self.case.text_at(self.editor.path):
            return
        try:
            await self.case.keep(self.editor.path, self.editor.text)
        except WorkspaceError as error:
            self.post_message(self.Told(error.reason, warning=True))

    async def leave_editor(self, step: Step = 0, *, again: bool = False) -> None:
        """Commit the field that is edited and go to the next one (or the one before); `again` opens that one's editor
        where it stands in the same row or section."""
        editor = self.editor
        if editor is None:
            return
        self._stop_waiting()
        left = await self.case.leave(editor.path, editor.text, self.saw, new=self.was_new)
        self.editor = None
        self._preview()
        self._told(left)
        here = self.item
        row = here.parent if here.section.repeats else None
        if row is not None and row not in self.new_rows and row not in self._rows(here):
            self.new_rows.append(row)  # its last fact was cleared: it stays in sight while it is being edited
        self.rebuild(keep=editor.path)
        place = self.cursor + step
        if step == 0 or not 0 <= place < len(self.items) or (left.became == "clash" and not again):
            self._forget_empty_rows()
        elif again and self.items[place].parent == here.parent and self.items[place].kind == "field":
            self.open_editor(self.items[place].path)
            return
        elif step == 1 or again:
            self.move(place)
            if row is None or self.items[place].parent != row:
                self._forget_empty_rows()
        self.post_message(self.Turned())

    def _forget_empty_rows(self) -> None:
        """Rows in which nothing was typed are not kept."""
        if self.new_rows:
            self.new_rows = []
            self.rebuild()

    def _told(self, left: Left) -> None:
        for notice in left.notices:
            self.post_message(self.Told(notice))
        if left.became == "clash":
            self.post_message(self.Told(Reason("case_clash", {}), warning=True))
        elif left.became == "failed" and left.reason is not None:
            self.post_message(self.Told(left.reason, warning=True))

    # --- rows

    def _add(self) -> None:
        """A new row of the section under the cursor, or the first field of one without rows that is not known."""
        item = self.item
        path = form.path_of(item.section)
        self.unfolded.add(path)
        if not item.section.repeats:
            inside = fields(item.section, path)
            empty = next((field for field in inside if get(self.case.case, field.path) is None), inside[0])
            self.rebuild()
            self.open_editor(empty.path)
            return
        row = self.case.new_row(item.section.path)
        self.new_rows = [row]
        self.unfolded.add(row)
        self.rebuild()
        self.open_editor(fields(item.section, row)[0].path)

    async def _remove(self) -> None:
        """Remove a row; clear a field, or drop its draft."""
        item = self.item
        if item.kind == "row":
            left = await self.case.remove(item.path)
        elif item.kind == "field" and item.path in self.case.drafts:
            await self.case.discard(item.path)
            left = Left("same")
        elif item.kind == "field":
            left = await self.case.leave(item.path, "", get(self.case.case, item.path))
        else:
            self.post_message(self.Told(Reason("case_no_row_here", {}), warning=True))
            return
        self._told(left)
        if left.became == "saved":
            self.post_message(self.Told(Reason("case_removed", {"what": called(item, self.case.language)})))
        self._preview()
        self.rebuild()

    async def _undo(self, name: str) -> None:
        done = await (self.case.undo() if name == "undo" else self.case.redo())
        if isinstance(done, Reason):
            self.post_message(self.Told(done, warning=True))
        else:
            what = turned_words(done.changes, self.case.case, self.case.language)
            self.post_message(self.Told(Reason(f"case_{name}", {"what": what})))
        self._preview()
        self.rebuild()

    async def _resolve(self, *, mine: bool) -> None:
        path = self.item.path
        left = await self.case.resolve(path, mine=mine)
        if path not in self.case.clashes:
            what = form.name(path, self.case.language)
            self.post_message(self.Told(Reason("case_mine" if mine else "case_theirs", {"what": what})))
        self._told(left)
        self._preview()
        self.rebuild()


def meant(scope: str, key: str) -> str | None:
    """The name of the action of a scope that a key means."""
    found = (action for action in actions.actions((scope,)) for own in action.keys if key in actions.forms(own))
    return next((action.name for action in found), None)
