"""The case under the cursor in a few lines beside the list, on screens that have the room."""

from __future__ import annotations

import asyncio

from textual import on, work

from engine.reason import Reason
from tui.screens.view import View
from tui.widgets.lines import Entry, Lines
from tui.widgets.table import Table

ROOM = 120  # cells of a screen from which on there is a preview
ROOMY = 160  # from which on it is wider
REST = 0.1  # seconds the cursor rests on a case before it is read


class Previewing(View):
    """Answers `preview` for a screen that has a table of cases and `Lines` of the class `preview`."""

    previewed: int | None = None  # the case that is shown beside the list

    @property
    def preview(self) -> Lines:
        """What is shown beside the list."""
        return self.query_one(".preview", Lines)

    @property
    def previews(self) -> bool:
        """Whether there is one: there is room, and this consultant wants it."""
        return self.size.width >= ROOM and self.app.own.get("preview") != "off"

    def place_preview(self) -> None:
        """Show the preview, or give its room to the list."""
        self.set_class(self.previews, "-preview")
        self.set_class(self.size.width >= ROOMY, "-roomy")
        self.cursor_moved()

    def preview_entries(self, width: int) -> list[Entry]:
        """The lines of the case; none until the rules are loaded, which the first frame does not wait for."""
        if self.previewed is None or self.app.stamp is None:
            return []
        from engine.policy import load
        from tui.widgets.preview import entries

        stored = self.app.reader.case(self.previewed, self.app.stamp)
        if stored is None:
            return []
        return entries(stored, self.app.today, load(), self.app.language, width)

    @on(Table.Moved)
    def cursor_moved(self) -> None:
        """Show another case, where any is shown."""
        if self.previews:
            self.follow()

    @work(exclusive=True, group="preview", exit_on_error=False)
    async def follow(self) -> None:
        """Show another case once the cursor rests; the next key comes first."""
        await asyncio.sleep(REST)
        self.previewed = self.query_one("#cases", Table).current_id
        self.preview.show()

    def draw_preview(self) -> None:
        """Draw it anew: in another language, on another day, or as somebody has changed the case."""
        if self.previews:
            self.preview.show()

    def why_not_preview(self) -> Reason | None:
        return None if self.size.width >= ROOM else Reason("preview_no_room", {"width": ROOM})

    def act_preview(self) -> None:
        """Show the case beside the list, or do not."""
        self.app.prefer("preview", "off" if self.previews else "on")
        self.place_preview()
