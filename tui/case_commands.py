"""The commands on one open case: each written in a thread, one after the other, and waited for.

What a change comes to can be worked out while nobody waits for it yet.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from engine.policy import Policy
from models.change import Change
from models.workspace import Workspace
from tui.patience import written

if TYPE_CHECKING:
    from models.author import Author
    from models.working_out import Foreseen
    from models.writing import Saved, Undone

T = TypeVar("T")


class CaseCommands:
    """What one consultant does to a case. Each raises as the command of `models.writing`; `order` is that of all that
    is written of the case."""

    def __init__(self, workspace: Workspace, author: Author, case_id: int, policy: Policy, order: asyncio.Lock) -> None:
        self._workspace = workspace
        self._author = author
        self._case_id = case_id
        self._policy = policy
        self._order = order
        self._foreseen: Foreseen | None = None

    async def foresee(self, changes: Sequence[Change], today: date) -> None:
        """Work out what changes would come to. Nothing is written."""
        from models.working_out import foresee

        async with self._order:
            self._foreseen = await asyncio.to_thread(
                foresee, self._workspace, self._case_id, changes, self._policy, today
            )

    async def change(self, changes: Sequence[Change], today: date) -> Saved:
        """Change the case; another status is a step on its way, on the conditions that hold for one."""
        return await self._write(lambda: self._changed(changes, today))

    def _changed(self, changes: Sequence[Change], today: date) -> Saved:
        from models.writing import advance, change

        of, whose, pack = (self._workspace, self._case_id), self._author, self._policy
        step = next((change for change in changes if change.path == "status" and change.after is not None), None)
        if step is None:
            return change(*of, changes, by=whose, today=today, policy=pack, foreseen=self._foreseen)
        also = [change for change in changes if change is not step]
        return advance(*of, step.after, {}, by=whose, today=today, policy=pack, also=also)

    async def undo(self, today: date) -> Undone:
        """Take back this person's last command on the case alone."""
        from models.writing import undo

        return await self._step(partial(undo, alone=True), today)

    async def redo(self, today: date) -> Undone:
        """Do again what was taken back."""
        from models.writing import redo

        return await self._step(redo, today)

    async def _step(self, step: Callable[..., Undone], today: date) -> Undone:
        return await self._write(
            lambda: step(self._workspace, by=self._author, today=today, case_id=self._case_id, policy=self._policy)
        )

    async def _write(self, do: Callable[[], T]) -> T:
        async with self._order:
            return await written(self._workspace, do)
