"""`dabiao set`: fields of a case changed from a script, all of them as one command or none."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from engine.document import Invalid, Problem
from engine.words import word
from models.assignments import assignment, carry_out
from models.history import present
from models.paths import Tree, copied, word_of
from models.reading import Reader
from models.refusals import Clash, Conflict, Refused, refused
from tui.commands.applicants import shown
from tui.commands.session import DONE, Failed, Session
from tui.commands.show import show


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Changes the case and prints it."""
    from models.journal import differences
    from models.writing import change

    with session.workspace() as workspace:
        with Reader(workspace) as reader:
            case = reader.case(arguments.id)
        if case is None:
            raise Failed(session.say(refused("no_case", id=arguments.id).reason))
        before = present(case)
        try:
            after, touched = _wanted(before, arguments.assignments)
            changes = differences(before, after, touched)
            saved = change(workspace, case.id, changes, by=session.author, today=session.today)
        except Invalid as invalid:
            raise Failed(*(_said(session, problem) for problem in invalid.problems)) from None
        except Conflict as conflict:
            raise Failed(*(_clash(session, item) for item in conflict.items)) from None
        except Refused as refusal:
            raise Failed(session.say(refusal.reason)) from None
        for notice in saved.notices:
            session.tell(session.say(notice))
        if saved.entry is None:
            session.tell(session.text("set.nothing_changed"))
        show(session, workspace, case.id, brief=True)
    return DONE


def _wanted(before: Tree, given: Sequence[str]) -> tuple[Tree, list[str]]:
    """The case as it is to be, and the paths that were named; `Invalid` with what is wrong in any of them."""
    after: Tree = copied(before)
    touched: list[str] = []
    problems: list[Problem] = []
    for argument in given:
        try:
            touched.append(carry_out(after, before, assignment(argument)))
        except Invalid as invalid:
            problems += invalid.problems
    if problems:
        raise Invalid(problems)
    return after, touched


def _said(session: Session, problem: Problem) -> str:
    value = "" if problem.value is None else shown(problem.value)
    return ": ".join(part for part in (problem.key, value, session.say(problem.reason)) if part)


def _clash(session: Session, item: Clash) -> str:
    now = "-" if item.now is None else shown(item.now)
    return session.text(
        "set.clash", field=word(word_of(item.path), session.language), now=now, who=item.who or "?", at=item.at or "?"
    )
