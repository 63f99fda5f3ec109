"""A task, or another day of a case, in words. Tasks of a plan are phrases (`models.what_if.tasks`): they read in either
language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.document import Invalid
from engine.fields import parse_value
from engine.lever_phrases import Phrase, names, read
from engine.policy import Policy
from engine.words import catalogue, say, word
from engine.workflow.deadlines import Deadline
from models.agenda import TASK
from models.assignments import Assignment
from models.what_if_line import lever_names, understood
from tui import form
from tui.text import text


def said(task: Mapping[str, Any], policy: Policy, language: str) -> str:
    """What is to be done."""
    what = str(task["what"])
    if "stage" in task and f"stage_task.{what}" in catalogue(language):
        return word(f"stage_task.{what}", language)
    phrase = read(what, lever_names(policy)) if "what_if" in task else None
    if not isinstance(phrase, Phrase) or phrase.month is None:
        return _assigned(what, policy, language) if "what_if" in task else what
    name = names(phrase.lever, language)[0]
    return text("task.begin" if phrase.begins else "task.finish", language, name=name)


def due(deadline: Deadline, policy: Policy, language: str) -> str:
    """Why a day of a case matters; of a task what is to be done."""
    if deadline.code != TASK:
        return say(deadline.reason, language)
    what, of = deadline.reason.values["what"], str(deadline.reason.values["of"])
    return word("reason.agenda.task", language, what=said({"what": what, of: ""}, policy, language))


def _assigned(what: str, policy: Policy, language: str) -> str:
    """A fact that a plan wants to be another one: `学历 → 本科`; as it was written where it is none."""
    said = understood(what, lever_names(policy))
    if not isinstance(said, Assignment) or said.sign:
        return what
    try:
        field = form.of(said.path)
        value = form.shown(field, parse_value(field, said.value), language) if said.value else ""
    except (KeyError, Invalid):
        return what
    return text("task.assign", language, name=form.name(said.path, language), value=value or "-")


def mark(task: Mapping[str, Any], today: date) -> str:
    """`[x]` done, `[!]` not done and its day is past, `[ ]` still to be done."""
    if "done" in task:
        return "[x]"
    return "[!]" if str(task["due"]) < today.isoformat() else "[ ]"
