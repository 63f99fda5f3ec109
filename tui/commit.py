"""One command on a case, as the screens give it: written in a thread, or why nothing was changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.document import Invalid
from engine.reason import Reason
from models.change import Change
from models.refusals import Conflict, Refused
from models.workspace import WorkspaceError
from tui.patience import written

if TYPE_CHECKING:
    from tui.app import DabiaoApp


async def commit(app: DabiaoApp, case_id: int, changes: Sequence[Change], command: str = "set") -> Reason | None:
    """Write changes of a case as one command and show them; the reason where that could not be done."""
    from models.writing import change

    who, today, workspace = app.author, app.today, app.workspace
    try:
        await written(workspace, lambda: change(workspace, case_id, changes, by=who, today=today, command=command))
    except Conflict:
        app.look()
        return Reason("part_conflict", {})
    except (Refused, WorkspaceError) as error:
        return error.reason
    except Invalid as invalid:
        return invalid.problems[0].reason
    app.look()
    return None
