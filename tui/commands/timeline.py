"""`dabiao timeline`: the days on which the score of applicant files and of cases moves, and why."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from engine.facts import Applicant
from engine.months import add_years
from engine.report import timeline_report
from engine.timeline import Step, Timeline, timeline
from engine.words import say, word
from tui.columns import aligned
from tui.commands.applicants import answer_each
from tui.commands.session import Failed, Session

_YEARS = 10  # as far as one looks where no end is given


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Tells each source's steps, from the day asked about to `--until`."""
    on = session.day
    until = arguments.until or (add_years(on, _YEARS) if on.year + _YEARS <= date.max.year else date.max)
    if until < on:
        raise Failed(session.text("timeline.backwards", until=until, on=on))
    session.policy.law(on)  # before anything is printed

    def answer(source: str, applicant: Applicant) -> None:
        found = timeline(applicant, session.policy, on, until)
        if session.as_json:
            session.document(timeline_report(found, session.language))
            return
        session.out("  ".join((applicant.name or source, session.text("timeline.span", on=on, until=until))))
        for line in (*_steps(session, found), *_told(session, found)):
            session.out(line)

    return answer_each(session, arguments.sources, answer)


def _steps(session: Session, found: Timeline) -> Iterator[str]:
    rows = [
        (
            "",
            str(step.day),
            f"{'~' * step.provisional}{step.total}",
            _verdict(session, step, found),
            _why(session, step),
        )
        for step in found.steps
    ]
    yield from aligned(rows, frozenset({2}))


def _verdict(session: Session, step: Step, found: Timeline) -> str:
    if step.vetoed:
        return session.text("score.vetoed")
    if step.reached:
        return session.text("score.reached")
    return session.text("timeline.short", gap=found.threshold - step.total)


def _why(session: Session, step: Step) -> str:
    causes = [
        session.text(
            "timeline.change",
            indicator=word(f"indicator.{change.indicator}", session.language),
            points=f"{change.after - change.before:+d}",
            because=say(change.because, session.language),
        )
        for change in step.changes
    ]
    if step.because is not None:
        causes.append(say(step.because, session.language))
    return word("list.also", session.language).join(causes)


def _told(session: Session, found: Timeline) -> Iterator[str]:
    """What follows from the steps: in, out, what carries it, what can be spared, and the renewal."""
    language, first, lost = session.language, found.first_reached, found.first_lost
    if first is None:
        yield session.text("timeline.never", until=found.until)
    else:
        already = first == found.steps[0].day
        yield session.text("timeline.reached_already" if already else "timeline.first_reached", day=first)
        yield session.text("timeline.first_lost" if lost else "timeline.never_lost", day=lost, until=found.until)
    if found.carried_by:
        names = [word(f"indicator.{name}", language) for name in found.carried_by]
        yield session.text("timeline.carried_by", items=word("list.and", language).join(names))
    for name, slack in found.slack.items():
        indicator = word(f"indicator.{name}", language)
        yield session.text("timeline.slack", indicator=indicator, because=say(slack.reason, language))
    if found.renewal:
        verdict, total = _verdict(session, found.renewal, found), found.renewal.total
        yield session.text("timeline.renewal", day=found.renewal.day, total=total, verdict=verdict)
    if found.steps[1:]:
        yield session.text("timeline.assuming")
    if any(step.provisional for step in found.steps):
        yield session.text("score.provisional")
