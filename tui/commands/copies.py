"""`dabiao backup --list` and `--expire`: the copies that are kept by themselves, and their end."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from models import backups, replaced
from models.connection import explain_os
from models.settings import Backups
from tui.columns import aligned
from tui.commands.session import DONE, Failed, Session


class Copy(NamedTuple):
    """A copy: the day it is from, what kind it is, where, and how large."""

    day: str
    kind: str
    path: Path
    bytes: int


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Lists the copies, those that have expired removed first where that is wanted."""
    settings = session.settings.backups
    with session.workspace() as workspace:
        path = workspace.path
        try:
            gone = _expired(session, path, settings, arguments.expire) if arguments.expire is not None else []
            left = sorted(_copies(path, settings))
        except OSError as error:
            raise Failed(session.say(explain_os(error, path).reason)) from None
    if session.as_json:
        session.document(
            {
                "removed": [str(file) for file in gone],
                "copies": [{**one._asdict(), "path": str(one.path)} for one in left],
                "longest_days": settings.longest_days,
            }
        )
        return DONE
    for file in gone:
        session.tell(session.text("backup.removed", path=file))
    rows = [(one.day, session.text(f"backup.kind.{one.kind}"), str(one.path)) for one in left]
    for line in aligned(rows):
        session.out(line)
    session.tell(session.text("backup.copies", count=len(left), days=settings.longest_days))
    return DONE


def _expired(session: Session, path: Path, settings: Backups, before: date | bool) -> list[Path]:
    """Removes what is older than the settings say, or than a day; the newest backup stays."""
    day = session.today - timedelta(days=settings.longest_days) if isinstance(before, bool) else before
    return backups.expire(path, settings, day)


def _copies(path: Path, settings: Backups) -> Iterator[Copy]:
    for one in backups.automatic(path, settings):
        yield Copy(one.day, "daily" if one.daily else "before", one.path, one.path.stat().st_size)
    for file in replaced.found(path):
        day = replaced.day_of(path, file)
        yield Copy("" if day is None else day.isoformat(), "replaced", file, file.stat().st_size)
