"""`dabiao score`: the assessment of applicant files and of cases."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from engine.assessment import Assessment, Line, assess
from engine.facts import Applicant
from engine.report import because, report
from engine.words import word
from tui.columns import aligned
from tui.commands.applicants import answer_each, paths_in_words
from tui.commands.session import Session


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Scores each source in order; one that is wrong does not stop the others."""
    session.policy.law(arguments.law or session.day)  # before anything is printed

    def answer(source: str, applicant: Applicant) -> None:
        assessment = assess(applicant, session.policy, session.day, arguments.law)
        if session.as_json:
            session.document(report(assessment, session.language))
            return
        for line in _shown(session, applicant, source, assessment):
            session.out(line)

    return answer_each(session, arguments.sources, answer)


def _shown(session: Session, applicant: Applicant, source: str, found: Assessment) -> Iterator[str]:
    language = session.language
    yield "  ".join((applicant.name or source, str(found.on), found.law.document))
    verdict = session.text("score.vetoed" if found.vetoes else "score.reached" if found.reached else "score.short")
    may = session.text("score.eligible" if found.eligible else "score.ineligible")
    total = session.text("score.total", total=found.total, threshold=found.threshold, proven=found.proven)
    yield "  ".join((total, verdict, may))
    yield from aligned((_cells(session, line) for line in found.lines), frozenset({2, 3})) if found.lines else ()
    for title, items in (
        ("vetoes", [word(f"veto.{kind}", language) for kind in found.vetoes]),
        ("ineligible_because", [word(f"ineligible.{why}", language) for why in found.ineligible_because]),
        ("assumed", paths_in_words(found.assumed, language)),
        ("missing", paths_in_words(found.missing, language)),
    ):
        if items:
            yield session.text(f"score.{title}", items=word("list.and", language).join(items))
    if any(line.provisional and line.counted for line in found.lines):
        yield session.text("score.provisional")


def _cells(session: Session, line: Line) -> tuple[str, ...]:
    points = str(line.points) if line.counted else session.text("score.not_counted", points=line.points)
    proven = session.text("score.proven", points=line.proven) if line.proven else ""
    mark = "~ " if line.provisional else ""
    name = word(f"indicator.{line.indicator}", session.language)
    return ("", name, points, proven, mark + because(line, session.language))
