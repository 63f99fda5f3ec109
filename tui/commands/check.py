"""`dabiao check`: what stands against an application, or will; the answer is no where it would be returned."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from engine.facts import Applicant
from engine.risks import Found, risks
from engine.risks.report import report
from engine.words import say, word
from tui.commands.applicants import answer_each, paths_in_words
from tui.commands.session import DONE, NO, Session


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Checks each source in order; one that is wrong does not stop the others."""
    session.policy.law(session.day)  # before anything is printed
    blocked = False

    def answer(source: str, applicant: Applicant) -> None:
        nonlocal blocked
        found = risks(applicant, session.policy, session.day)
        blocked = blocked or any(risk.severity == "block" for risk in found.risks)
        if session.as_json:
            session.document(report(found, session.day, session.language))
            return
        session.out(f"{applicant.name or source}  {session.day}")
        for line in _told(session, found):
            session.out(line)

    code = answer_each(session, arguments.sources, answer)
    return NO if code == DONE and blocked else code


def _told(session: Session, found: Found) -> Iterator[str]:
    language = session.language
    if not found.risks:
        yield session.text("check.none")
    for risk in found.risks:
        severity, name = word(f"severity.{risk.severity}", language), word(f"risk.{risk.risk}", language)
        days = risk.days(session.day)
        left = "" if days is None else session.text("check.left" if days >= 0 else "check.past", days=abs(days))
        points = session.text("check.points", points=risk.points) if risk.points else ""
        yield "  ".join(filter(None, (f"[{severity}] {name}", left, points)))
        yield f"    {say(risk.reason, language)}"
        yield f"    → {say(risk.remedy, language)}"
    if found.unknown:
        names = [word(f"risk.{unknown.risk}", language) for unknown in found.unknown]
        paths = [path for unknown in found.unknown for path in unknown.paths]
        facts = paths_in_words(dict.fromkeys(paths), language)
        yield session.text(
            "check.unknown", risks=word("list.and", language).join(names), facts=word("list.and", language).join(facts)
        )
