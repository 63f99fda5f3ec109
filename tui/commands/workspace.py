"""`dabiao`: the workspace on the screen."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from datetime import date

from models.access import key_of
from models.reading import Reader
from models.today import today
from models.workspace import Target, Workspace
from tui.collecting import give_back, settle
from tui.commands.session import DONE, Failed, Session
from tui.text import LANGUAGES

_CANNOT_DRAW = frozenset({"", "dumb", "unknown"})


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Opens the workspace; an empty one is made where there is none yet."""
    needs_terminal(session)
    return show(session, session.target)


def needs_terminal(session: Session) -> None:
    """`Failed` with a sentence where no screen can be drawn."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Failed(session.text("terminal.none"))
    if (kind := session.environ.get("TERM", "").lower()) in _CANNOT_DRAW:
        raise Failed(session.text("terminal.dumb", term=kind))


def show(session: Session, target: Target) -> int:
    """Shows a workspace until its screen is left; the exit code."""
    gc.disable()  # what is loaded now stays: looking through it for garbage only costs time
    with session.workspace(target, create=True) as workspace:
        from tui.app import DabiaoApp

        clock = None if session.environ.get("DABIAO_TODAY", "").strip() else _clock
        author = session.author if key_of(session.author) is not None else session.author._replace(origin="tui")
        language = _language(session, workspace)
        app = DabiaoApp(workspace, author, session.today, language, clock=clock, backing_up=True)
        settle()
        give_back()
        app.run()
    for sentence in app.last_words:
        session.tell(sentence)
    return app.return_code or DONE


def _clock() -> date:
    return today(os.environ)


def _language(session: Session, workspace: Workspace) -> str:
    """The language asked for, else the consultant's own, else the usual one."""
    if session.asked:
        return session.language
    with Reader(workspace) as reader:
        preferred = reader.preference(session.author.name, "language")
    return preferred if preferred in LANGUAGES else session.language
