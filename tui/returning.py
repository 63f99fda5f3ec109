"""A session comes back to where its consultant was: kept soon after it changes, whatever ends the program then."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from textual import work
from textual.css.query import NoMatches

from models.workspace import WorkspaceError
from tui import last_place
from tui.crash import CRASHED
from tui.keeping import Keeping
from tui.last_place import Place
from tui.patience import HURRY, KEEP_AFTER
from tui.screens.cases import CasesScreen

RESTS = 6  # looks after which the cursor is held to rest: it moves all day, and each writing is one


class Returning(Keeping, inherit_bindings=False):
    """A session that looks where it is twice a second, and keeps that once it has stood still."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.last = last_place.read(self.own.get("place"))
        self.keyed = False  # whether a key was pressed: from then on nothing opens by itself
        self.came_back = False  # whether it is where it was
        self._seen, self._still = self.last, 0

    def on_mount(self) -> None:
        self.set_interval(KEEP_AFTER, self.look_where)

    def show_stamp(self, stamp: str) -> None:
        """What opens a case is loaded now."""
        super().show_stamp(stamp)
        if not self.came_back:
            self.come_back()

    @work(group="come back", exit_on_error=False)
    async def come_back(self) -> None:
        """Open the case that was open, unless it is gone, or somebody has pressed a key already."""
        first, last = self.screen_stack[0], self.last
        if isinstance(first, CasesScreen):
            await first.rows_are_there.wait()
        try:
            free = not self.keyed and len(self.screen_stack) == 1
            if free and last.opened is not None and self.reader.rows([last.opened]):
                await self.open_where(last.opened, last.part)
        finally:
            self.came_back = True

    async def open_where(self, case_id: int, part: str) -> None:
        """Open a case at its part; where something in it was left unfinished, there."""
        from tui.unfinished import places

        left = [place for place in places(self.reader.unfinished(self.author.name)) if place.case_id == case_id]
        if left and left[0].path:
            await self.open_case(case_id, left[0].path, left[0].part)
        else:
            await self.open_case(case_id, part=part)

    async def open_case(self, case_id: int, at: str = "", part: str = "facts") -> None:
        """Open a case."""
        raise NotImplementedError

    # --- keeping it

    @property
    def where(self) -> Place | None:
        """Where the session is; None where that is not to be kept, not known yet, or its screens are taken down."""
        first = self.screen_stack[0] if self.screen_stack else None
        if not self.is_running or self.visiting or not self.came_back:
            return None
        if not isinstance(first, CasesScreen) or not first.is_mounted:
            return None
        shown = [screen.shown_case for screen in self.views if screen.shown_case is not None]
        opened, part = shown[-1] if shown else (None, "")
        try:
            return Place(first.field.value, first.wanted or first.table.current_id, opened, part)
        except NoMatches:  # the screens are being taken down
            return None

    def look_where(self) -> None:
        """Keep the place, once it has been the same for one look; where only the cursor moved, for some more."""
        place = self.where
        if place is None:
            return
        self._still = self._still + 1 if place == self._seen else 0
        self._seen = place
        only_the_cursor = place._replace(case=None) == self.last._replace(case=None)
        if place != self.last and self._still == (RESTS if only_the_cursor else 1):
            self.last, self.own["place"] = place, last_place.kept(place)
            self.keep_place()

    @work(thread=True, group="write", exit_on_error=False)
    def keep_place(self) -> None:
        """Keep the place; where it cannot be done nothing is lost."""
        with suppress(WorkspaceError):
            self.write_preference("place")

    def exit(self, *arguments: Any, **named: Any) -> None:
        """The session ends: where it is now is where it was last."""
        self._seen = self.where or self._seen
        super().exit(*arguments, **named)

    def on_unmount(self) -> None:
        """The end in good order, a line that was dropped among them. After a crash no case opens by itself."""
        place = self._seen
        if self._return_code == CRASHED:
            place = place._replace(opened=None, part="")
        if place != self.last:
            self.home.patience, self.own["place"] = HURRY, last_place.kept(place)
            with suppress(WorkspaceError):
                self.write_preference("place")
