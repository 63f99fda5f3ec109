"""`dabiao restore`: a backup in the place of the workspace; what it replaces is kept."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from engine.words import word
from models import restoring
from models.standing import Standing
from models.today import local
from tui.commands.session import DONE, Failed, Session, failing


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Restores the backup, after asking where something would be lost."""

    def sure(standing: Standing) -> bool:
        for sentence in _doubts(session, standing):
            session.tell(sentence)
        return arguments.yes or _asked(session)

    with failing(session):
        source = Path(arguments.file).expanduser().absolute()
        done = restoring.restore(session.target, source, by=session.author, sure=sure)
    if done is None:
        raise Failed(session.text("restore.not_done"))
    if session.as_json:
        session.document(
            {
                "path": str(done.path),
                "from": str(done.source),
                "kept": None if done.kept is None else str(done.kept),
                "entries": done.head.last,
                "head": done.head.hash,
                "cases": done.cases,
                "erased": list(done.erased),
            }
        )
    else:
        session.tell(session.text("restore.done", source=done.source, entries=done.head.last, cases=done.cases))
        if done.erased:
            erased = word("list.and", session.language).join(map(str, done.erased))
            session.tell(session.text("restore.erased", cases=erased))
        if done.kept is not None:
            session.tell(session.text("restore.kept", kept=done.kept))
    return DONE


def _doubts(session: Session, standing: Standing) -> list[str]:
    """What speaks against it: what would be lost, and what is wrong with the backup."""
    doubts = [session.text("backup.flaw", flaw=session.say(flaw)) for flaw in standing.flaws]
    if standing.how in {"unreadable", "locked"}:
        doubts.append(session.text(f"restore.{standing.how}", path=session.target.path))
        if standing.entries:
            doubts.append(session.text("restore.by_anchor", entries=standing.entries))
    elif standing.how != "older":
        when = local(standing.last) if standing.last else "-"
        doubts.append(
            session.text(
                f"restore.{standing.how}", entries=standing.entries, cases=standing.cases, when=when, who=standing.by
            )
        )
    return doubts


def _asked(session: Session) -> bool:
    """The answer of whoever sits at the terminal; without one nobody can be asked."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Failed(session.text("restore.needs_yes"))
    sys.stderr.write(session.text("restore.sure") + " ")
    sys.stderr.flush()
    return sys.stdin.readline().strip() in {"y", "Y", "ｙ", "Ｙ"}
