"""The line of a what-if while it is typed: kept as a draft soon after each key, until it is left."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial

from engine.words import word
from models.keeping_plan import WHAT_IFS
from models.reading import Reader
from models.workspace import Workspace, WorkspaceError
from tui.open_case import Left
from tui.patience import written


def draft_of(reader: Reader, case_id: int, by: str) -> tuple[str, str] | None:
    """The id of the what-if whose line was typed and not left, and its text; None where there is none."""
    typed = [draft for draft in reader.drafts(case_id, by) if draft.path.startswith(f"{WHAT_IFS}.")]
    return (typed[-1].path.split(".")[1], typed[-1].text) if typed else None


class OpenLine:
    """What one consultant types as the line of a what-if.

    `was` is the line that is stored, as they last saw it; None for a new one. `unkept` is what could not be kept so
    far.
    """

    def __init__(self, workspace: Workspace, case_id: int, by: str, row_id: str, text: str, was: str | None) -> None:
        self.workspace = workspace
        self.case_id = case_id
        self.by = by
        self.row_id = row_id
        self.text = text
        self.was = was
        self.unkept: Mapping[str, str] = {}
        self._kept: str | None = None
        self._order = asyncio.Lock()

    @property
    def path(self) -> str:
        """Where the line stands in the case."""
        return f"{WHAT_IFS}.{self.row_id}.line"

    async def keep(self) -> Left:
        """Keep what is typed: when this returns it is on disk, or `unkept`."""
        async with self._order:
            text = self.text
            if text == self._kept:
                return Left("same")
            try:
                await written(self.workspace, partial(self._keep, text))
            except WorkspaceError as error:
                self.unkept = {self.path: text}
                return Left("failed", error.reason)
            self.unkept, self._kept = {}, text
        return Left("saved")

    async def keep_again(self) -> Left:
        """Try anew to keep what could not be kept."""
        return await self.keep()

    def keep_all_now(self) -> None:
        """Keep what is typed, at the end. `WorkspaceError` where that cannot be done."""
        if self.text != self._kept:
            self.unkept = {self.path: self.text}
            self._keep(self.text)
        self.unkept, self._kept = {}, self.text

    def unkept_words(self, language: str) -> list[str]:
        """What could not be kept, for whoever typed it."""
        return [f"{word(f'write.field.{WHAT_IFS}', language)}: {text}" for text in self.unkept.values()]

    async def done(self) -> None:
        """The line is left: no draft is needed any more."""
        async with self._order:
            from models.writing import clear_drafts

            await written(self.workspace, partial(clear_drafts, self.workspace, self.case_id, self.by, [self.path]))
            self.unkept = {}

    def _keep(self, text: str) -> None:
        from models.writing import save_drafts

        save_drafts(self.workspace, self.case_id, self.by, {self.path: text})
