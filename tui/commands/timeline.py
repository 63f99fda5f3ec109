"""`dabiao timeline`: the days on which the score of applicant files and of cases moves, and why."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from engine.facts import Applicant
from engine.months import add_years
from engine.report import timeline_report
from engine.timeline import Timeline, timeline
from engine.words import word
from tui.columns import aligned
from tui.commands.applicants import answer_each
from tui.commands.session import Failed, Session
from tui.timeline_words import causes, points, told, verdict

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
    language = session.language
    also = word("list.also", language)
    rows = [
        ("", str(step.day), points(step), verdict(step, found, language), also.join(causes(step, language)))
        for step in found.steps
    ]
    yield from aligned(rows, frozenset({2}))


def _told(session: Session, found: Timeline) -> Iterator[str]:
    yield from told(found, session.language)
    if found.steps[1:]:
        yield session.text("timeline.assuming")
    if any(step.provisional for step in found.steps):
        yield session.text("score.provisional")
