"""A task in words. Those of a plan are phrases (`models.what_if.tasks`), so that they read in either language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.lever_phrases import Phrase, names, read
from engine.policy import Policy
from models.what_if import lever_names
from tui.text import text


def said(task: Mapping[str, Any], policy: Policy, language: str) -> str:
    """What is to be done."""
    what = str(task["what"])
    phrase = read(what, lever_names(policy)) if "what_if" in task else None
    if not isinstance(phrase, Phrase) or phrase.month is None:
        return what
    name = names(phrase.lever, language)[0]
    return text("task.begin" if phrase.begins else "task.finish", language, name=name)


def mark(task: Mapping[str, Any], today: date) -> str:
    """`[x]` done, `[!]` not done and its day is past, `[ ]` still to be done."""
    if "done" in task:
        return "[x]"
    return "[!]" if str(task["due"]) < today.isoformat() else "[ ]"
