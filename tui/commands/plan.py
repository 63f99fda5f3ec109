"""`dabiao plan`: ways to the threshold for applicant files and cases, and the last safe days before it is needed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from engine.backward import Ahead, ahead
from engine.backward_report import ahead_report
from engine.exams import load as load_exams
from engine.facts import Applicant
from engine.needs import needs
from engine.plan import Plan
from engine.plan_report import plan_report
from engine.planner import plan
from engine.words import say
from tui import backward_words
from tui.columns import aligned
from tui.commands.applicants import answer_each
from tui.commands.session import Failed, Session
from tui.plan_words import merits, refused, remarks, shunned, steps
from tui.text import text


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Tells each source's ways, from the day asked about on, or up to `--by`, and the steps before its needs."""
    on, by = session.day, arguments.by
    if by is not None and by < on:
        raise Failed(session.text("plan.backwards", by=by, on=on))
    session.policy.law(on)  # before anything is printed
    risky: list[str] = []

    def answer(source: str, applicant: Applicant) -> None:
        found = plan(applicant, session.policy, on, by)
        needed = ahead(applicant, needs(applicant, load_exams(), on, by), on)
        if session.as_json:
            backward = ahead_report(needed, session.language)
            session.document({**plan_report(found, session.language), "backward": backward})
            return
        session.out("  ".join((applicant.name or source, _head(session, found))))
        for line in (*_options(session, found), *_refused(session, found), *_backward(session, needed)):
            session.out(line)
        if not found.reached:
            risky[:] = ["", *_table(text("plan.shunned", session.language), shunned(found, session.language))]

    code = answer_each(session, arguments.sources, answer)
    if session.as_json and (cases := [int(one) for one in arguments.sources if one.isascii() and one.isdigit()]):
        with session.workspace() as workspace:  # each way tells the facts as they will be, numbers and all
            session.note_export(workspace, "plan", cases)
    for line in risky:  # the same for everybody
        session.out(line)
    return code


def _head(session: Session, found: Plan) -> str:
    values = {"on": found.on, "total": found.total, "threshold": found.threshold, "by": found.by}
    return session.text("plan.head" if found.by is None else "plan.head_by", **values)


def _options(session: Session, found: Plan) -> Iterator[str]:
    language = session.language
    if found.because is not None:
        yield say(found.because, language)
    for number, option in enumerate(found.options, 1):
        yield "  ".join((f"{number}.", *merits(option, language)))
        for line in steps(option, language):
            yield f"    {line}"
    yield from remarks(found, language)


def _refused(session: Session, found: Plan) -> Iterator[str]:
    """What comes too late, and what lacks something."""
    language = session.language
    yield from _table(session.text("plan.too_late", by=found.by), refused(found.too_late, language))
    yield from _table(text("plan.needs", language), refused((r for r in found.not_offered if not r.idle), language))


def _backward(session: Session, needed: list[Ahead]) -> Iterator[str]:
    """Each need, its steps in order of their last safe days, and the chances that are left."""
    language = session.language
    for each in needed:
        yield ""
        yield f"{backward_words.heading(each.need, language)}  {backward_words.verdict(each.plan, language)}"
        rows = [
            (
                f"{backward_words.mark(step)} {backward_words.step_name(step, language)}",
                *backward_words.when(step, language),
                backward_words.reasons(step, language),
            )
            for step in each.plan.steps
        ]
        if rows:
            yield from aligned(rows)
        for chance in each.chances:
            yield f"  {backward_words.chance(chance, language)}"
        for line in backward_words.remarks(each, language):
            yield f"  {line}"


def _table(title: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    if rows:
        yield title
        yield from aligned(("", name, because) for name, because in rows)
