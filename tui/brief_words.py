"""The brief that goes with cases handed to another: what stands, who must move, what was promised, what we hold.

Markdown that reads as plain text too. What people typed is on one line and means nothing in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from engine.document import validate
from engine.policy import NoLaw, Policy
from engine.words import word
from models.agenda import TASK, agenda
from models.history import present
from models.papers import Owed, papers
from models.rows import StoredCase
from tui.task_words import due
from tui.text import text

_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>#|~])")


def brief(cases: Sequence[StoredCase], taker: str, by: str, today: date, policy: Policy, language: str) -> list[str]:
    """All of it, line by line; the cases in their order."""
    lines = [
        f"# {text('brief.title', language, count=len(cases), taker=plain(taker))}",
        "",
        text("brief.head", language, by=plain(by), day=today),
    ]
    for case in cases:
        lines += ["", *_case(case, today, policy, language)]
    return lines


def plain(typed: object) -> str:
    """What somebody typed, on one line, without a meaning of its own."""
    return _MEANS_SOMETHING.sub(r"\\\1", " ".join(str(typed).split()))


def _case(case: StoredCase, today: date, policy: Policy, language: str) -> Iterator[str]:
    row, tree = case.row, present(case)
    applicant = validate(case.document)
    yield f"## {case.id} {plain(row.name or row.called or '-')}"
    yield ""
    stage = word(f"status.{row.stage}", language)
    waiting = word(f"waiting_on.{row.waiting_on}", language) if row.waiting_on else "-"
    yield f"- {text('brief.stage', language, stage=stage, since=row.here_since, waiting=waiting)}"
    days = agenda(tree, applicant, today, policy)
    for found in days:
        if found.code != TASK:
            yield f"- {_day(found.day, today, language)} {plain(due(found, policy, language))}"
    try:
        listed = papers(tree, applicant, policy, today)[1]
    except NoLaw:  # before there was one nothing was to be proved
        listed = []
    owed = word("list.and", language).join(_owed(paper, language) for paper in listed if paper.owed)
    if owed:
        yield f"- {text('brief.owed', language, papers=owed)}"
    promised = [found for found in days if found.code == TASK]
    for found in promised:
        day, what = _day(found.day, today, language), plain(due(found, policy, language))
        yield f"- {text('brief.promise', language, what=what, day=day)}"
    for paper in case.office.get("papers", ()):
        if "held_by" in paper:
            name = word(f"paper.{paper['code']}", language)
            since = paper.get("held_since", "-")
            yield f"- {text('brief.held', language, paper=name, who=plain(paper['held_by']), since=since)}"


def _day(day: date, today: date, language: str) -> str:
    return text("brief.overdue", language, day=day) if day < today else day.isoformat()


def _owed(found: Owed, language: str) -> str:
    name = word(f"paper.{found.item.code}", language)
    promised = (found.row or {}).get("promised")
    return text("brief.promised", language, paper=name, day=promised) if promised else name
