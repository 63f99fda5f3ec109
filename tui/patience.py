"""How long a session waits: before it keeps what is typed and works out what that comes to, and for others who write,
while keys stand still.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from models.workspace import Workspace, WorkspaceError

T = TypeVar("T")
KEEP_AFTER = 0.5  # seconds after a key within which what is typed is kept as a draft
FORESEE_AFTER = 0.1  # seconds after a key within which nobody has gone on typing
BUSY = "workspace.busy"
PATIENCE = 2.0  # seconds; many who write at once are done with sooner
HURRY = 0.2  # seconds, while somebody is known to keep the lock


async def written(workspace: Workspace, do: Callable[[], T]) -> T:
    """Write in a thread. Who has waited in vain waits only shortly from then on, until something could be written."""
    try:
        done = await asyncio.to_thread(do)
    except WorkspaceError as error:
        if error.reason.code == BUSY:
            workspace.patience = HURRY
        raise
    workspace.patience = PATIENCE
    return done
