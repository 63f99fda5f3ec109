"""That somebody saw what is masked, or took it out: entries of the journal without a value.

Reading goes on where nothing can be written just now: whoever asks decides what to do about it.
"""

from collections.abc import Sequence

from models.author import Author
from models.change import Change
from models.journal import Line, keys_of, record
from models.sealing import EXPORT, LOOK
from models.today import moment
from models.transaction import transaction
from models.workspace import Workspace

_LISTED = 500  # cases by number in one entry


def looked(workspace: Workspace, case_id: int, *, by: Author) -> None:
    """Somebody has seen the whole numbers of a case. `WorkspaceError` where it cannot be written."""
    author = by.cleaned()
    with transaction(workspace) as session:
        if keys_of(session, [case_id]):
            record(session, [Line(case_id, [])], at=moment(), by=author, command=LOOK)


def exported(workspace: Workspace, command: str, cases: Sequence[int], *, by: Author) -> None:
    """A command has put out whole numbers of cases: which command, how many and which cases, in one entry about no
    case. `WorkspaceError` where it cannot be written."""
    author = by.cleaned()
    told = {"command": command, "count": len(cases), "cases": list(cases[:_LISTED])}
    with transaction(workspace) as session:
        record(session, [Line(None, [Change(EXPORT, None, told)])], at=moment(), by=author, command=EXPORT)
