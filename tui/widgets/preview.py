"""A case in a few lines beside the list: who, how far, the score, the days, what is next, the last word."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from engine.assessment import assess
from engine.document import validate
from engine.exam_lint import KINDS
from engine.masks import in_text
from engine.months import full_years
from engine.policy import NoLaw, Policy
from engine.words import word
from models.agenda import agenda, asking
from models.history import present
from models.rows import Row, StoredCase
from tui import task_words
from tui.screens.case_columns import SOON, shown_name
from tui.text import text
from tui.widgets.lines import Entry, wrapped
from tui.widgets.table import Cell

LINES = 5  # of the score, those with most points
PAPERS = 4  # that are owed, by name


def entries(stored: StoredCase, today: date, policy: Policy, language: str, width: int) -> list[Entry]:
    """What is to be known of a case before it is opened. Counts it anew: some milliseconds."""
    applicant, row, tree = validate(stored.document), stored.row, present(stored)
    age = [text("case.age", language, years=full_years(applicant.born, today))] if applicant.born else []
    lines = [
        *_said("  ".join([shown_name(row), *age]), width, "title"),
        *_said("  ".join(_where(row, today, language)), width, "value"),
        Entry([]),
    ]
    try:
        found = assess(applicant, policy, today)
    except NoLaw:
        lines += _said(text("case.no_law", language), width, "bad")
    else:
        gap = found.threshold - found.total
        verdict = "vetoed" if found.vetoes else "reached" if found.reached else "gap"
        lines.append(
            Entry(
                [
                    Cell(text("case.points", language, points=found.total), "total"),
                    Cell("  " + text("case.proven", language, points=found.proven) + "  ", "value"),
                    Cell(text(f"case.{verdict}", language, gap=gap), "good" if found.reached else "bad"),
                ]
            )
        )
        lines += [entry for veto in found.vetoes for entry in _said(_vetoed(veto, language), width, "bad")]
        counted = sorted((line for line in found.lines if line.counted and line.points), key=lambda line: -line.points)
        for line in counted[:LINES]:
            name = word(f"indicator.{line.indicator}", language)
            lines.append(Entry([Cell(f"{line.points:>5}  ", "points"), Cell(name, "because")]))
    lines += [Entry([]), *_days(row, today, language)]
    due = asking(tree, agenda(tree, applicant, today, policy), today)
    if due:
        style = "bad" if due[0].day < today else "value"
        said = f"{due[0].day}  {task_words.due(due[0], policy, language)}"
        lines += _part("preview.next", [said], width, language, style)
    return [*lines, *_rest(stored, width, language)]


def _vetoed(veto: str, language: str) -> str:
    return text("case.veto", language, veto=word(f"veto.{veto}", language))


def _said(words: str, width: int, style: str) -> list[Entry]:
    return [Entry(cells) for cells in wrapped(words, width, style)]


def _part(key: str, sentences: Sequence[str], width: int, language: str, style: str = "value") -> Iterator[Entry]:
    yield Entry([])
    yield Entry([Cell(text(key, language), "label")])
    for sentence in sentences:
        yield from (Entry(cells) for cells in wrapped(sentence, width, style, "  "))


def _where(row: Row, today: date, language: str) -> Iterator[str]:
    """How far it is, whose move it is and since when, whose case it is."""
    yield word(f"status.{row.stage}", language)
    if row.waiting_on is not None:
        who = word(f"waiting_on.{row.waiting_on}", language)
        yield text("preview.waits", language, who=who, days=row.days_here(today))
    if row.consultant is not None:
        yield text("preview.whose", language, who=row.consultant)


def _days(row: Row, today: date, language: str) -> Iterator[Entry]:
    for name in ("permit_until", "points_until"):
        day = getattr(row, name)
        soon = day is not None and day < (today + SOON).isoformat()
        over = day is not None and day < today.isoformat()
        said = text(f"case.{name}", language, day=f"{day or '-'}{'!' if soon else ''}")
        yield Entry([Cell(said, "bad" if over else "draft" if soon else "value")])


def _rest(stored: StoredCase, width: int, language: str) -> Iterator[Entry]:
    """The papers that are owed, the child that comes to an examination next, the last line of the log."""
    row = stored.row
    if row.owed:
        codes = list(dict.fromkeys(json.loads(row.owed)))
        names = [word(f"paper.{code}", language) for code in codes[:PAPERS]]
        more = [text("preview.more", language, count=len(codes) - PAPERS)] if len(codes) > PAPERS else []
        yield from _part("preview.owed", [*names, *more], width, language)
    if row.exams:
        year, kind, child = json.loads(row.exams)[0]
        name = next((one.get("name") for one in stored.document.get("child", []) if one.get("id") == child), None)
        said = f"{word(f'exam.{KINDS[kind]}', language)} {year}"
        yield from _part("preview.child", [f"{name}  {said}" if name else said], width, language)
    notes = sorted(stored.office.get("notes", []), key=lambda note: str(note["on"]))
    if notes:
        last = notes[-1]
        yield from _part("preview.last", [f"{last['on']} {last['by']}  {in_text(last['text'])}"], width, language)
