"""The newest backup, to be told beside what a backup is for: a workspace that is gone or damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.reason import Reason
    from models.settings import Settings

LOST = frozenset({"workspace.lost", "workspace.vanished", "workspace.corrupt"})


def _office() -> Settings:
    from models.settings import load

    return load().settings


def backup_for(reason: Reason, settings: Callable[[], Settings] = _office) -> Path | None:
    """The newest automatic backup of the workspace that a reason says is lost; None where it says something else, or
    where there is none. The `settings` say where backups are; they are not read for nothing."""
    if reason.code not in LOST:
        return None
    from models.backups import newest

    return newest(Path(reason.values["path"]), settings().backups)
