"""What one consultant types in a case, kept in the workspace as drafts soon after each key, and dropped there when it
is done with. What a text means, and whether the case can take it, is told by `open_case` alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

from models.workspace import Workspace, WorkspaceError
from tui.patience import written


class Typed(NamedTuple):
    """What was typed at a field; where the field was left, also what stood there when it was opened and whether its
    row is new."""

    text: str
    left: bool = False
    saw: Any = None
    new: bool = False


class KeptDrafts:
    """The drafts of a case in the workspace. `unkept` is what could not be written, as on a full disk, until it can.

    `order` is held while something is written of the case, by commands too: one after the other. `kept` are the
    fields that have a draft already.
    """

    def __init__(
        self, workspace: Workspace, case_id: int, by: str, order: asyncio.Lock, kept: Iterable[str] = ()
    ) -> None:
        self.workspace = workspace
        self.case_id = case_id
        self.by = by
        self.unkept: dict[str, Typed] = {}
        self._order = order
        self._kept = set(kept)
        self._done_with: set[str] = set()  # drafts that are kept and shall not be any more

    async def keep(self, typed: Mapping[str, Typed], *, again: bool = False) -> None:
        """Keep what was typed: when this returns it is on disk. `WorkspaceError` where it cannot be: it is `unkept`.

        `again`: it is `unkept` already, and what has been typed at a field since is not put back.
        """
        from models.writing import save_drafts

        async with self._order:
            if again:
                typed = {path: what for path, what in typed.items() if self.unkept.get(path) is what}
            texts = {path: what.text for path, what in typed.items()}
            try:
                await written(self.workspace, partial(save_drafts, self.workspace, self.case_id, self.by, texts))
            except WorkspaceError:
                self.unkept |= typed
                raise
            self._kept |= typed.keys()
            self._done_with -= typed.keys()
            for path in typed:
                self.unkept.pop(path, None)

    def keep_all_now(self) -> None:
        """Keep all that could not be kept so far, as drafts. `WorkspaceError` where that still cannot be done."""
        from models.writing import save_drafts

        save_drafts(self.workspace, self.case_id, self.by, {path: what.text for path, what in self.unkept.items()})
        self.unkept.clear()

    def committed(self, paths: Iterable[str]) -> None:
        """A command has written these fields, and dropped their drafts itself."""
        self._kept -= set(paths)

    async def drop(self, paths: Iterable[str]) -> None:
        """Drop what was typed at these fields; a draft that cannot be dropped just now goes with a later `clear`."""
        for path in paths:
            self.unkept.pop(path, None)
            if path in self._kept:
                self._kept.discard(path)
                self._done_with.add(path)
        with suppress(WorkspaceError):
            await self.clear()

    async def clear(self) -> None:
        """Drop the drafts that are done with and still kept. `WorkspaceError` where that cannot be done."""
        from models.writing import clear_drafts

        async with self._order:
            if paths := sorted(self._done_with):
                await written(self.workspace, partial(clear_drafts, self.workspace, self.case_id, self.by, paths))
                self._done_with -= set(paths)
