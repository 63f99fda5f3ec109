"""A person is forgotten: their case and all that is kept of it, in the database and in every copy that is restored.

The journal keeps one entry without values: who, when, which number. Its earlier entries stay, and the chain over them;
what they said cannot be read any more, as the key of the case is gone. The list of erased cases (`erasure_list`) is
written first: whatever cuts this off, the next one who opens the workspace finishes it.
"""

from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from engine.reason import Reason
from models import atomic, backups, erasure_list, replaced
from models.access import is_owner_of
from models.author import Author
from models.connection import WorkspaceError, connect, explain_os
from models.erasing import erase, known_last, others_naming, wipe
from models.erasure_list import Line as Listed
from models.journal import Line, record
from models.paths import APPLICANT
from models.refusals import refused
from models.sealing import FORGET
from models.settings import Backups
from models.today import moment
from models.transaction import driver_of, explained, locked, transaction
from models.workspace import Workspace

FINISHER = Author("dabiao", "erasure")  # who finishes what somebody began, or what an older copy does not know of


class Forgotten(NamedTuple):
    """What was done: the entry that says so, the other cases that still hold the client's numbers, and the day until
    which copies may hold the case (None: there is none). `left` is what could not be done, and stays to be done."""

    case_id: int
    entry: int | None
    others: Sequence[int]
    until: date | None
    left: Reason | None = None


def may_forget(workspace: Workspace, by: Author) -> bool:
    """Whether somebody may erase cases: an owner."""
    with closing(workspace.connect()) as connection:
        return is_owner_of(connection, workspace.path, by)


def called(workspace: Workspace, case_id: int) -> str | None:
    """What a client is called, to be typed back: the name, else the nickname, else the number, as for a case that is
    erased already; None where there never was such a case."""
    with closing(connect(workspace.path)) as connection, explained(workspace.path):
        if connection.execute("SELECT 1 FROM entry WHERE case_id = ? LIMIT 1", (case_id,)).fetchone() is None:
            return None
        applicant = (known_last(connection, case_id) or {}).get(APPLICANT) or {}
    return applicant.get("name") or (applicant.get("contact") or {}).get("called") or str(case_id)


def forget(workspace: Workspace, case_id: int, *, by: Author, today: date, settings: Backups) -> Forgotten:
    """Erases a case. Of one that is erased already the remains are looked for once more, and no entry is made.

    `Refused` where somebody may not, or there never was such a case; `WorkspaceError` where it cannot be written, and
    then nothing has changed.
    """
    author = by.cleaned()
    if not may_forget(workspace, author):
        raise refused("not_owner")
    path = workspace.path
    with closing(connect(path)) as connection, explained(path):
        line = erasure_list.line(connection, case_id, moment())
        tree = known_last(connection, case_id)
        others = others_naming(connection, case_id, tree) if tree else []
    if line is None:
        raise refused("no_case", id=case_id)
    places = _places(path, settings)
    try:
        erasure_list.add(places, [line])
        entry = _carried_out(workspace, [line], author)
    except OSError as error:
        erasure_list.take_out(places, line)
        raise explain_os(error, erasure_list.beside(path)) from None
    except BaseException:
        erasure_list.take_out(places, line)
        raise
    copies = [*_automatic(path, settings), *replaced.found(path)]
    until = today + timedelta(days=settings.longest_days) if copies else None
    return Forgotten(case_id, entry, others, until, _wiped(workspace))


def finish(workspace: Workspace, lines: Iterable[Listed]) -> None:
    """Erases cases that were erased before: the file is a copy from an earlier day, or somebody was cut off."""
    if wanted := list(lines):
        _carried_out(workspace, wanted, FINISHER)
        _wiped(workspace)


def write_down(erased: Iterable[int]) -> list[Line]:
    """What the journal says of cases that were erased."""
    return [Line(case_id, [], erased=True) for case_id in erased]


def _carried_out(workspace: Workspace, lines: Sequence[Listed], by: Author) -> int | None:
    with transaction(workspace) as session:
        connection = driver_of(session)
        wanted = [one.case_id for one in erasure_list.overdue(connection, lines)]
        for case_id in wanted:
            erase(connection, case_id)
        entries = record(session, write_down(wanted), at=moment(), by=by, command=FORGET) if wanted else []
    return entries[0] if entries else None


def _wiped(workspace: Workspace) -> Reason | None:
    """Takes the remains out of the file and its log; what kept it from that."""
    path = workspace.path
    try:
        with locked(path, workspace.patience), explained(path):
            if workspace.engine is not None:
                workspace.engine.dispose()  # its connection may hold pages as they were
            done = wipe(path)
        with suppress(OSError):
            atomic.clear(path.parent)  # copies that somebody who was cut off has left
    except WorkspaceError as error:
        return Reason("forget.not_wiped", {"why": error.reason})
    return None if done else Reason("forget.log_in_use", {})


def _places(path: Path, settings: Backups) -> list[Path]:
    directory = backups.place(path, settings)
    found = [erasure_list.beside(path), erasure_list.of_person()]
    return [*found, directory / erasure_list.IN_DIRECTORY] if directory.is_dir() else found


def _automatic(path: Path, settings: Backups) -> list[backups.Automatic]:
    with suppress(OSError):
        return backups.automatic(path, settings)
    return []
