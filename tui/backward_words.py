"""A backward plan in words, for the screen and for the command: what it is for, its steps with their last days."""

from __future__ import annotations

from collections.abc import Iterator

from engine.backward import Ahead, BackwardPlan, Chance, Step
from engine.needs import Need
from engine.words import say, word
from tui.exam_words import exam_name
from tui.text import text

GONE, TIGHT = "!", "?"  # before a step that is too late, and one that may be: marks for a screen without colour


def heading(need: Need, language: str) -> str:
    """What the points are needed for, for whom, and on which days."""
    if need.coming is None or need.coming.exam is None:
        return text("backward.day", language, day=need.span.first)
    said = " ".join(filter(None, (exam_name(need.coming.exam, language), need.coming.child.name)))
    return text("backward.span", language, what=said, first=need.span.first, last=need.span.last)


def verdict(plan: BackwardPlan, language: str) -> str:
    """What has to be filed, and whether there is time for it."""
    kind = word(f"step.kind.{plan.kind}", language)
    return kind if not plan.steps else f"{kind} · {word(f'step.state.{plan.state}', language)}"


def mark(step: Step) -> str:
    """`!` where it is too late, `?` where it may be."""
    return {"gone": GONE, "tight": TIGHT}.get(step.state, " ")


def when(step: Step, language: str) -> tuple[str, str]:
    """The last safe day of a step, and how many days are left; at best, where that is another day."""
    day, slack = step.pessimistic
    left = _left(slack, language)
    if step.optimistic.day != day:
        left = text("backward.at_best", language, left=left, day=step.optimistic.day)
    return str(day), left


def step_name(step: Step, language: str) -> str:
    """What a step is called."""
    return word(f"step.{step.code}", language)


def reasons(step: Step, language: str) -> str:
    """How long a step takes and why, and what to mind."""
    return word("list.also", language).join(say(reason, language) for reason in (step.reason, *step.notes))


def chance(found: Chance, language: str) -> str:
    """A day by which a notice still opens a way, and the last safe day to hand in for it."""
    day, slack = found.hand_in.pessimistic
    event = word(f"exam.event.{found.event}", language)
    return text("backward.chance", language, event=event, by=found.day, day=day, left=_left(slack, language))


def remarks(each: Ahead, language: str) -> Iterator[str]:
    """What the days rest on."""
    if each.plan.forecast_years:
        years = word("list.and", language).join(map(str, each.plan.forecast_years))
        yield text("backward.forecast_years", language, years=years)
    exam = each.need.coming.exam if each.need.coming is not None else None
    if exam is not None and exam.forecast_from is not None:
        yield word("exam.forecast_from", language, year=exam.forecast_from)


def _left(slack: int, language: str) -> str:
    if slack < 0:
        return text("backward.past", language, days=-slack)
    return text("backward.left", language, days=slack)
