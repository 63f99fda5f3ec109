"""A timeline in words, for the screen and for the command: verdicts, causes, what follows from the steps."""

from __future__ import annotations

from collections.abc import Iterator

from engine.timeline import Change, Step, Timeline
from engine.words import say, word
from tui.text import text


def points(step: Step) -> str:
    """The points of a step; `~` before those that rest on figures not yet published."""
    return f"{'~' * step.provisional}{step.total}"


def verdict(step: Step, found: Timeline, language: str) -> str:
    """Vetoed, reached, or how far short."""
    if step.vetoed:
        return text("timeline.vetoed", language)
    if step.reached:
        return text("timeline.reached", language)
    return text("timeline.short", language, gap=found.threshold - step.total)


def causes(step: Step, language: str) -> Iterator[str]:
    """Why a step is one: each line that moves, by how much and why; then what lies in no line."""
    for change in step.changes:
        yield text(
            "timeline.change",
            language,
            indicator=word(f"indicator.{change.indicator}", language),
            points=moved(change),
            because=say(change.because, language),
        )
    if step.because is not None:
        yield say(step.because, language)


def moved(change: Change) -> str:
    """By how many points a line moves."""
    return f"{change.after - change.before:+d}"


def told(found: Timeline, language: str) -> Iterator[str]:
    """What follows from the steps: in, out, what carries it, what can be spared, and the renewal."""
    first, lost = found.first_reached, found.first_lost
    if first is None:
        yield text("timeline.never", language, until=found.until)
    else:
        already = first == found.steps[0].day
        yield text("timeline.reached_already" if already else "timeline.first_reached", language, day=first)
        if lost is not None:
            yield text("timeline.first_lost", language, day=lost)
        else:
            yield text("timeline.never_lost", language, until=found.until)
    if found.carried_by:
        names = [word(f"indicator.{name}", language) for name in found.carried_by]
        yield text("timeline.carried_by", language, items=word("list.and", language).join(names))
    for name, slack in found.slack.items():
        indicator = word(f"indicator.{name}", language)
        yield text("timeline.slack", language, indicator=indicator, because=say(slack.reason, language))
    if found.renewal:
        said = verdict(found.renewal, found, language)
        yield text("timeline.renewal", language, day=found.renewal.day, total=found.renewal.total, verdict=said)
