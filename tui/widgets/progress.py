"""How far a case is, as lines: what may come next, the four clocks, the renewal, the application, the way so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from rich.cells import cell_len

from engine.application import Application
from engine.policy import load
from engine.reason import Reason
from engine.words import say, word
from engine.workflow.clocks import Clock, Renewal
from engine.workflow.deadlines import Deadline
from engine.workflow.stages import Next
from engine.workflow.standing import Standing
from tui import form, task_words
from tui.text import text
from tui.widgets.lines import Entry, wrapped
from tui.widgets.table import Cell

NEXT, APPLICATION, COPY, FACT = "next:", "application:", "copy:", "fact:"
"""What a line's target begins with; behind it the stage, the id, the text to copy, the path of a fact."""
MARKS = {"forward": "→", "back": "←", "aside": "·"}
Applicant = Mapping[str, Any]


class Seen(NamedTuple):
    """What is to be said of a case on a day."""

    standing: Standing
    stage: str
    since: date
    usual: date | None
    legal: date | None
    waiting_on: str | None
    step: Reason
    following: Sequence[Next]
    clocks: Sequence[Clock]
    renewal: Renewal | None
    deadlines: Sequence[Deadline]


def entries(seen: Seen, today: date, language: str, width: int) -> Iterator[Entry]:
    """All of it."""
    yield from _now(seen, today, language, width)
    yield Entry([])
    yield from _following(seen, language, width)
    yield from _renewal(seen.renewal, language, width)
    yield Entry([])
    yield from _clocks(seen.clocks, today, language, width)
    yield Entry([])
    yield from _days(seen.deadlines, today, language, width)
    yield from _applications(seen.standing, language, width)
    yield from _way(seen.standing, language, width)


def _now(seen: Seen, today: date, language: str, width: int) -> Iterator[Entry]:
    stage = word(f"status.{seen.stage}", language)
    parts = [stage]
    parts.append(text("progress.since", language, day=seen.since, days=max((today - seen.since).days, 0)))
    if seen.usual is not None:
        parts.append(text("progress.usual", language, day=seen.usual))
    if seen.legal is not None:
        parts.append(text("progress.legal", language, day=seen.legal))
    if seen.waiting_on is not None:
        parts.append(text("progress.waiting_on", language, who=word(f"waiting_on.{seen.waiting_on}", language)))
    late = seen.usual is not None and seen.usual < today
    yield from (Entry(cells) for cells in wrapped("  ".join(parts), width, "bad" if late else "title"))
    yield from (Entry(cells) for cells in wrapped(say(seen.step, language), width, "value", " "))


def _following(seen: Seen, language: str, width: int) -> Iterator[Entry]:
    yield Entry([Cell(text("progress.following", language), "title")])
    for each in seen.following:
        mark = MARKS[each.kind]
        name = word(f"status.{each.stage}", language)
        style = "dim" if each.closed is not None else "value"
        closed = "" if each.closed is None else f"  ✗ {say(each.closed, language)}"
        target = f"{NEXT}{each.stage}"
        yield from (Entry(cells, target) for cells in wrapped(f"{name}{closed}", width, style, " ", f"{mark} "))


def _renewal(found: Renewal | None, language: str, width: int) -> Iterator[Entry]:
    if found is None:
        return
    yield Entry([])
    yield Entry([Cell(text("progress.renewal", language, day=found.since), "title")])
    yield from (Entry(cells) for cells in wrapped(say(found.because, language), width, "value", " "))
    if found.insurance_months is not None:
        said = text("progress.months", language, months=found.insurance_months)
        yield Entry([Cell(f" {said}", "value")], f"{COPY}{found.insurance_months}")
    for grade in found.grades:
        if grade.grade is not None:
            name = word(f"school_grade.{grade.grade}", language)
            estimated = text("progress.estimated", language) if grade.estimated else ""
            said = text("progress.grade", language, name=grade.name or "-", grade=name, estimated=estimated)
            yield Entry([Cell(f" {said}", "value")], f"{COPY}{name}")
    if not found.compared:
        yield from (Entry(cells) for cells in wrapped(text("progress.not_compared", language), width, "dim", " "))
    elif not found.differences:
        yield Entry([Cell(f" {text('progress.no_difference', language)}", "good")])
    for difference in found.differences:
        path = f"applicant.{difference.path}"
        said = f"{_name(path, language)}  {_value(path, difference.before, language)} → "
        said += _value(path, difference.after, language)
        yield from (Entry(cells, f"{FACT}{path}") for cells in wrapped(said, width, "change", " "))


def _clocks(found: Sequence[Clock], today: date, language: str, width: int) -> Iterator[Entry]:
    yield Entry([Cell(text("progress.clocks", language), "title")])
    for clock in found:
        name = word(f"clock.{clock.code}", language)
        state = _state(clock, language)
        since = "" if clock.since is None else f"  {text('progress.from', language, day=clock.since)}"
        ahead = ""
        if clock.next is not None:
            days = (clock.next - today).days
            key = "progress.next" if days >= 0 else "progress.past"
            ahead = f"  {text(key, language, day=clock.next, days=abs(days))}"
        style = "bad" if clock.next is not None and clock.next < today else "value"
        room = width - cell_len(f" {name}  {state}{since}")
        beside, below = (ahead, "") if cell_len(ahead) <= room else ("", ahead)
        yield Entry([Cell(f" {name}  ", "label"), Cell(f"{state}{since}{beside}", style)])
        if below:
            yield Entry([Cell(f" {below}", style)])
        for reason in (clock.next_reason, clock.then):
            yield from (Entry(cells) for cells in wrapped(say(reason, language), width, "because", "   "))


def _state(clock: Clock, language: str) -> str:
    if clock.state == "none" and clock.code == "employer":
        return "-"
    table = {"application": "status", "employer": "value.employment.points_account"}.get(clock.code)
    return word(f"{table or f'{clock.code}_state'}.{clock.state}", language)


def _days(found: Sequence[Deadline], today: date, language: str, width: int) -> Iterator[Entry]:
    if not found:
        return
    yield Entry([Cell(text("progress.days", language), "title")])
    policy = load()
    for each in found:
        days = (each.day - today).days
        mark = "!" if days < 0 else "*" if each.hard else " "
        style = "bad" if days < 0 else "value"
        left = f"{mark} {each.day} {days:>5}  "
        target = f"{FACT}applicant.{each.path}" if each.path and _is_fact(each.path) else ""
        said = task_words.due(each, policy, language)
        yield from (Entry(cells, target) for cells in wrapped(said, width, style, "", left))
    yield Entry([])


def _applications(standing: Standing, language: str, width: int) -> Iterator[Entry]:
    if not standing.applications:
        return
    yield Entry([Cell(text("progress.applications", language), "title")])
    for row in reversed(standing.applications):
        yield from _application(row, language, width)
    yield Entry([])


def _application(row: Application, language: str, width: int) -> Iterator[Entry]:
    target = f"{APPLICATION}{row.id}"
    kind = word(f"application_kind.{row.kind}", language)
    outcome = word(f"outcome.{row.outcome}", language) if row.outcome else text("progress.open", language)
    parts = [kind, text("progress.opened", language, day=row.opened), outcome]
    if row.attempt > 1:
        parts.append(text("progress.attempt", language, number=row.attempt))
    yield Entry([Cell(f" {'  '.join(parts)}", "value")], target)
    known = row.model_dump(mode="json", exclude_none=True)
    for name in ("district", "acceptance_point", "receipt", "system_status", "degree_checked", "archive_checked"):
        if name in known:
            said = f"{form.name(f'applications.{row.id}.{name}', language)}  "
            said += _value(f"applications.{row.id}.{name}", known[name], language)
            yield from (Entry(cells, target) for cells in wrapped(said, width, "because", "   "))
    for each in row.returns:
        where = word(f"return_where.{each.where}", language)
        reasons = word("list.and", language).join(word(f"return_reason.{reason}", language) for reason in each.reasons)
        papers = word("list.and", language).join(word(f"paper.{code}", language) for code in each.papers)
        answer = "" if each.answer_by is None else text("progress.answer_by", language, day=each.answer_by)
        answered = "" if each.answered is None else text("progress.answered", language, day=each.answered)
        said = "  ".join(filter(None, (str(each.on), where, reasons, papers, each.text, answer, answered)))
        style = "because" if each.answered else "bad"
        yield from (Entry(cells, target) for cells in wrapped(said, width, style, "   ", "↩ "))


def _way(standing: Standing, language: str, width: int) -> Iterator[Entry]:
    if not standing.steps:
        return
    yield Entry([Cell(text("progress.way", language), "title")])
    for step in reversed(standing.steps):
        because = f"  {step.because}" if step.because else ""
        said = f"{step.on}  {word(f'status.{step.stage}', language)}{because}"
        yield from (Entry(cells) for cells in wrapped(said, width, "dim", " "))


def _is_fact(path: str) -> bool:
    return not path.startswith(("papers.", "applications.", "tasks.", "fees."))


def _name(path: str, language: str) -> str:
    try:
        return form.name(path, language)
    except KeyError:
        return path


def _value(path: str, value: Any, language: str) -> str:
    if value is None:
        return "-"
    try:
        return form.shown(form.of(path), value, language)
    except KeyError:
        return str(value)
