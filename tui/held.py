"""What one consultant types and has not committed yet: kept as drafts soon after each key, until it is left."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial

from models.workspace import Workspace, WorkspaceError
from tui.open_case import Left
from tui.patience import written


class Held:
    """What is `typed`, by field. `unkept` is what could not be kept so far.

    A subclass says where it is kept (`_keep`) and what a field is called (`name_of`).
    """

    def __init__(self, workspace: Workspace, by: str, typed: Mapping[str, str], *, kept: bool) -> None:
        self.workspace = workspace
        self.by = by
        self.typed = dict(typed)
        self.unkept: Mapping[str, str] = {}
        self._kept: dict[str, str] | None = dict(typed) if kept else None
        self._order = asyncio.Lock()

    async def keep(self) -> Left:
        """Keep what is typed: when this returns it is on disk, or `unkept`."""
        async with self._order:
            typed = dict(self.typed)
            if typed == self._kept:
                return Left("same")
            try:
                await written(self.workspace, partial(self._keep, typed))
            except WorkspaceError as error:
                self.unkept = typed
                return Left("failed", error.reason)
            self.unkept, self._kept = {}, typed
        return Left("saved")

    async def keep_again(self) -> Left:
        """Try anew to keep what could not be kept."""
        return await self.keep()

    def keep_all_now(self) -> None:
        """Keep what is typed, at the end. `WorkspaceError` where that cannot be done."""
        if self.typed != self._kept:
            self.unkept = dict(self.typed)
            self._keep(self.typed)
        self.unkept, self._kept = {}, dict(self.typed)

    def unkept_words(self, language: str) -> list[str]:
        """What could not be kept, for whoever typed it."""
        return [f"{self.name_of(field, language)}: {text}" for field, text in self.unkept.items()]

    def name_of(self, field: str, language: str) -> str:
        """What a field is called."""
        raise NotImplementedError

    def _keep(self, typed: Mapping[str, str]) -> None:
        raise NotImplementedError
