"""The plan of a case as lines: the options with their steps, what is not offered; back from the days of each need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from engine.backward import Ahead, in_time
from engine.child_needs import ChildNeed
from engine.plan import Option, Plan
from engine.policy import Policy
from engine.reason import Reason
from engine.words import say, word
from tui import backward_words, task_words
from tui.plan_words import merits, refused, remarks, shunned, steps
from tui.text import text
from tui.widgets.lines import Entry, wrapped
from tui.widgets.table import Cell

OPTION = "option:"  # what the target of an option begins with; its number follows
TASK = "task:"  # that of a task; its id follows


class Kept(NamedTuple):
    """The plan that is kept: the day since when, its line as people write it, where it leads now, its tasks."""

    since: str
    line: str
    reached: date | None
    wrong: bool
    tasks: Sequence[Mapping[str, Any]]


def plan_kept(kept: Kept, today: date, policy: Policy, language: str, width: int) -> Iterator[Entry]:
    """The plan that is kept, and what is to be done for it by when."""
    yield Entry([Cell(text("plan.kept", language, day=kept.since), "title")])
    yield from _said(kept.line, width, "value")
    if kept.wrong:
        yield from _said(text("plan.kept_wrong", language), width, "bad")
    if kept.reached is not None:
        yield from _said(text("plan.kept_reached", language, day=kept.reached), width, "good")
    else:
        yield from _said(text("plan.kept_never", language), width, "bad")
    for task in kept.tasks:
        mark = task_words.mark(task, today)
        style = {"[x]": "dim", "[!]": "bad"}.get(mark, "value")
        words = f"{mark} {task['due']} {task_words.said(task, policy, language)}"
        yield from (Entry(cells, f"{TASK}{task['id']}") for cells in wrapped(words, width, style))
    yield Entry([])


def entries(found: Plan, needed: Sequence[Ahead], language: str, width: int) -> Iterator[Entry]:
    """All that a plan says, in a width."""
    yield Entry([Cell(text("plan.today", language, total=found.total, threshold=found.threshold), "title")])
    if found.because is not None:
        yield from _said(say(found.because, language), width, "good" if found.reached else "bad")
    for number, option in enumerate(found.options, 1):
        yield Entry([])
        yield from _option(number, option, needed, language, width)
    yield Entry([])
    for remark in remarks(found, language):
        yield from _said(remark, width, "dim")
    yield from _table("plan.needs", refused((r for r in found.not_offered if not r.idle), language), language, width)
    if not found.reached:
        yield from _table("plan.shunned", shunned(found, language), language, width)


def _option(number: int, option: Option, needed: Sequence[Ahead], language: str, width: int) -> Iterator[Entry]:
    reached, points, cost, sure = merits(option, language)
    target = f"{OPTION}{number}"
    yield Entry([Cell(f"{number}. ", "number"), Cell(reached, "total"), Cell(f"  {points}", "good")], target)
    yield Entry([Cell("   "), Cell(f"{cost}  {sure}", "value")], target)
    for each in needed[:1]:
        yield from (Entry(cells, target) for cells in _in_time(option, each, language, width))
    for line in steps(option, language):
        yield from (Entry(cells, target) for cells in wrapped(line, width, "because", "   "))


def _in_time(option: Option, each: Ahead, language: str, width: int) -> list[list[Cell]]:
    """Whether the option is there in time for what comes next, and for which of its days."""
    if not each.chances or each.need.coming is None or each.need.coming.exam is None:
        return []
    exam = f"{word(f'exam.{each.need.coming.exam.kind}', language)} {each.need.coming.exam.year}"
    chance = in_time(each, option.reached_on)
    if chance is None:
        return wrapped(text("plan.not_in_time", language, exam=exam), width, "bad", "   ")
    event = word(f"exam.event.{chance.event}", language)
    return wrapped(text("plan.in_time", language, exam=exam, event=event, day=chance.day), width, "good", "   ")


def _table(title: str, rows: Sequence[tuple[str, str]], language: str, width: int) -> Iterator[Entry]:
    if rows:
        yield Entry([])
        yield Entry([Cell(text(title, language), "label")])
        for name, because in rows:
            yield from (Entry(cells) for cells in wrapped(name, width, "value", "  "))
            yield from (Entry(cells) for cells in wrapped(because, width, "dim", "    "))


def _said(words: str, width: int, style: str) -> Iterator[Entry]:
    yield from (Entry(cells) for cells in wrapped(words, width, style))


def backward(needed: Sequence[Ahead], lacking: Sequence[ChildNeed], language: str, width: int) -> Iterator[Entry]:
    """What each need still lacks, the steps before it with their last safe days, and the chances that are left."""
    lacks = {each.path: each.lacks for each in lacking}
    if not needed:
        yield from _said(text("backward.none", language), width, "dim")
    for place, each in enumerate(needed):
        if place:
            yield Entry([])
        path = each.need.coming.path if each.need.coming is not None else ""
        yield from _need(each, lacks.get(path, ()), f"need:{place}", language, width)


def _need(each: Ahead, lacks: Sequence[Reason], target: str, language: str, width: int) -> Iterator[Entry]:
    plan = each.plan
    yield from (Entry(c, target) for c in wrapped(backward_words.heading(each.need, language), width, "title"))
    state = {"gone": "bad", "tight": "draft"}.get(plan.state, "good")
    yield from _said(backward_words.verdict(plan, language), width, state)
    for lack in lacks:
        yield from (Entry(cells) for cells in wrapped(say(lack, language), width, "bad", "  ", "· "))
    for number, step in enumerate(plan.steps):
        style = {"gone": "bad", "tight": "draft"}.get(step.state, "value")
        day, left = backward_words.when(step, language)
        head = f"{backward_words.mark(step)} {backward_words.step_name(step, language)}  {day}  {left}"
        to = f"{target}:{number}"
        yield from (Entry(cells, to) for cells in wrapped(head, width, style))
        yield from (Entry(c, to) for c in wrapped(backward_words.reasons(step, language), width, "because", "    "))
    if each.chances:
        yield Entry([Cell(text("backward.chances", language), "label")])
    for chance in each.chances:
        late = chance.hand_in.state == "gone"
        yield from (
            Entry(cells)
            for cells in wrapped(backward_words.chance(chance, language), width, "bad" if late else "good", "  ")
        )
    for remark in backward_words.remarks(each, language):
        yield from _said(remark, width, "dim")
