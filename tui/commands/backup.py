"""`dabiao backup`: a copy of the workspace while it is in use, checked before it is given its name."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from models import backups
from models.reading import Reader, Stopped
from tui.commands.session import DONE, NO, Session, failing


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Makes the backup; what is wrong with the journal itself is told, and the backup is kept. Or tells of the copies
    there are, or removes the old ones."""
    if arguments.listed or arguments.expire is not None:
        from tui.commands import copies

        return copies.run(session, arguments)
    with session.workspace() as workspace, failing(session):
        file = _file(session, workspace.path, arguments.file)
        if arguments.file is not None:  # it leaves the place where the program sees to its end; the copy says so too
            with Reader(workspace) as reader:
                session.note_export(workspace, "backup", reader.ids())
        try:
            # asked now and then, so that ctrl+c is heard before the end
            made = backups.make(workspace.path, file, replace=arguments.replace, stopped=lambda: False)
        except Stopped:
            raise KeyboardInterrupt from None
    head = made.head
    assert head is not None
    flaws = [session.say(flaw) for flaw in made.flaws]
    for flaw in flaws:
        session.tell(session.text("backup.flaw", flaw=flaw))
    if session.as_json:
        session.document(
            {
                "path": str(made.path),
                "entries": head.last,
                "head": head.hash,
                "cases": made.cases,
                "bytes": made.bytes,
                "flaws": flaws,
            }
        )
    else:
        session.tell(
            session.text("backup.done", path=made.path, entries=head.last, cases=made.cases, size=_size(made.bytes))
        )
    return NO if flaws else DONE


def _file(session: Session, path: Path, given: str | None) -> Path:
    """The file asked for; in a directory, or where the automatic ones are, one named by day and time."""
    if given is None:
        return backups.in_directory(path, backups.ready(path, session.settings.backups))
    file = Path(given).expanduser().absolute()
    return backups.in_directory(path, file) if given.endswith(os.sep) or file.is_dir() else file


def _size(count: int) -> str:
    for unit in ("KB", "MB"):
        count = -(-count // 1024)
        if count < 1024:
            return f"{count} {unit}"
    return f"{-(-count // 1024)} GB"
