"""One command on a case, as the screens give it: written in a thread, or why nothing was changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from engine.document import Invalid
from engine.reason import Reason
from models.change import Change
from models.refusals import Conflict, Refused
from models.workspace import WorkspaceError
from tui.patience import written

if TYPE_CHECKING:
    from models.writing import Saved
    from tui.app import DabiaoApp


async def commit(
    app: DabiaoApp, case_id: int, changes: Sequence[Change], command: str = "set", batch: str | None = None
) -> Reason | None:
    """Write changes of a case as one command and show them; the reason where that could not be done.

    Commands with one `batch` are taken back together.
    """
    from models.writing import change

    who, today, workspace = app.author, app.today, app.workspace
    return await _done(
        app, lambda: change(workspace, case_id, changes, by=who, today=today, command=command, batch=batch)
    )


async def advance(
    app: DabiaoApp, case_id: int, to: str, told: Mapping[str, Any], day: str | None = None
) -> Reason | None:
    """Take a case to another stage, on a day as ISO text, and show it; the reason where that could not be done."""
    from models.writing import advance as take

    who, today, workspace = app.author, app.today, app.workspace
    on = None if day is None else date.fromisoformat(day)
    return await _done(app, lambda: take(workspace, case_id, to, told, by=who, today=today, day=on))


async def _done(app: DabiaoApp, do: Callable[[], Saved]) -> Reason | None:
    try:
        await written(app.workspace, do)
    except Conflict:
        app.look()
        return Reason("part_conflict", {})
    except (Refused, WorkspaceError) as error:
        return error.reason
    except Invalid as invalid:
        return invalid.problems[0].reason
    app.look()
    return None
