"""`dabiao set`: fields of a case changed from a script, all of them as one command or none."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from engine.document import Invalid, Problem
from engine.fields import parse_value
from engine.reason import Reason
from engine.words import word
from engine.workflow import STATUSES
from models.assignments import assignment, carry_out
from models.history import present
from models.paths import Tree, copied, word_of
from models.reading import Reader
from models.refusals import Clash, Conflict, Refused, refused
from models.stage_fields import asked
from tui.commands.applicants import shown
from tui.commands.session import DONE, Failed, Session
from tui.commands.show import show

STEP = "step."  # before what is told with a stage


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Changes the case and prints it."""
    from models.journal import differences
    from models.writing import advance, change

    with session.workspace() as workspace:
        with Reader(workspace) as reader:
            case = reader.case(arguments.id)
        if case is None:
            raise Failed(session.say(refused("no_case", id=arguments.id).reason))
        before = present(case)
        try:
            stage, told, rest = _stage(arguments.assignments, case.status)
            after, touched = _wanted(before, rest)
            changes = differences(before, after, touched)
            if stage is not None:
                day = told.pop("day", None)
                saved = advance(
                    workspace,
                    case.id,
                    stage,
                    told,
                    by=session.author,
                    today=session.today,
                    day=None if day is None else date.fromisoformat(day),
                    also=changes,
                )
            else:
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


def _stage(given: Sequence[str], now: str) -> tuple[str | None, dict[str, Any], list[str]]:
    """The stage asked for where it is not `now`, what is told with it (`step.receipt=…`), the other assignments.

    `Invalid` for what is told without a stage, or is not asked with one.
    """
    stage: str | None = None
    told: dict[str, Any] = {}
    rest: list[str] = []
    for argument in given:
        wanted = assignment(argument)
        key = wanted.path.removeprefix(STEP)
        if wanted.path == "status" and wanted.value.strip() in STATUSES and wanted.value.strip() != now:
            stage = wanted.value.strip()
        elif key != wanted.path:
            try:
                told[key] = parse_value(asked(key), wanted.value)
            except KeyError:
                raise Invalid([Problem(wanted.path, wanted.value, Reason("set.no_step", {"key": key}))]) from None
        else:
            rest.append(argument)
    if told and stage is None:
        raise Invalid([Problem(f"{STEP}{next(iter(told))}", None, Reason("set.step_alone", {}))])
    return stage, told, rest


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
