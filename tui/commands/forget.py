"""`dabiao forget`: a client's case erased for good, once their name was typed back."""

from __future__ import annotations

import argparse
import sys

from engine.cleaning import clean
from models.forgetting import called, forget
from models.refusals import Refused, refused
from tui.commands.session import DONE, NO, Failed, Session
from tui.forgetting import told


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Erases the case and tells what still holds the client; exit code 1 where remains could not be removed yet."""
    with session.workspace() as workspace:
        name = called(workspace, arguments.id)
        if name is None:
            raise Failed(session.say(refused("no_case", id=arguments.id).reason))
        given = arguments.yes if arguments.yes is not None else _asked(session, arguments.id, name)
        if clean(given) != name:
            raise Failed(session.text("forget.other_name", id=arguments.id))
        try:
            done = forget(
                workspace,
                arguments.id,
                by=session.author,
                today=session.today,
                settings=session.settings.backups,
            )
        except Refused as error:
            raise Failed(session.say(error.reason)) from None
    if session.as_json:
        session.document(
            {
                "id": done.case_id,
                "entry": done.entry,
                "others": list(done.others),
                "copies_until": None if done.until is None else done.until.isoformat(),
                "left": None if done.left is None else session.say(done.left),
            }
        )
    else:
        for sentence in told(done, session.language):
            session.tell(sentence)
    return NO if done.left is not None else DONE


def _asked(session: Session, case_id: int, name: str) -> str:
    """What whoever sits at the terminal types; without one nobody can be asked."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Failed(session.text("forget.needs_yes"))
    session.tell(session.text("forget.warning", id=case_id, name=name))
    sys.stderr.write(session.text("forget.type_name") + " ")
    sys.stderr.flush()
    return sys.stdin.readline()
