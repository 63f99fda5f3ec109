"""`dabiao plan`: ways to the threshold for applicant files and cases."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from datetime import date

from engine.facts import Applicant
from engine.plan import Option, Plan, Refusal
from engine.plan_report import plan_report
from engine.planner import plan
from engine.words import say, word
from tui.columns import aligned
from tui.commands.applicants import answer_each
from tui.commands.session import Failed, Session


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Tells each source's ways, from the day asked about on, or up to `--by`."""
    on, by = session.day, arguments.by
    if by is not None and by < on:
        raise Failed(session.text("plan.backwards", by=by, on=on))
    session.policy.law(on)  # before anything is printed
    shunned: list[str] = []

    def answer(source: str, applicant: Applicant) -> None:
        found = plan(applicant, session.policy, on, by)
        if session.as_json:
            session.document(plan_report(found, session.language))
            return
        session.out("  ".join((applicant.name or source, _head(session, found))))
        for line in (*_options(session, found), *_refused(session, found)):
            session.out(line)
        if not found.reached:
            shunned[:] = _shunned(session, found)

    code = answer_each(session, arguments.sources, answer)
    for line in shunned:  # the same for everybody
        session.out(line)
    return code


def _head(session: Session, found: Plan) -> str:
    values = {"on": found.on, "total": found.total, "threshold": found.threshold, "by": found.by}
    return session.text("plan.head" if found.by is None else "plan.head_by", **values)


def _options(session: Session, found: Plan) -> Iterator[str]:
    if found.because is not None:
        yield say(found.because, session.language)
    for number, option in enumerate(found.options, 1):
        yield "  ".join((f"{number}.", *_merits(session, option)))
        for line in _steps(session, option):
            yield f"    {line}"
    if any(option.provisional for option in found.options):
        yield session.text("score.provisional")
    if any(step.lever.grade == "GK" for option in found.options for step in option.steps):
        yield session.text("plan.unsourced")


def _merits(session: Session, option: Option) -> Iterator[str]:
    """Day, points, cost, sureness."""
    low, high = option.cost
    yield session.text("plan.reached", day=option.reached_on)
    yield session.text("plan.total", total=f"{'~' * option.provisional}{option.total}")
    if high:
        yield session.text("plan.cost" if low < high else "plan.cost_exact", low=low, high=high)
    else:
        yield session.text("plan.free")
    yield word(f"sure.{option.sure}", session.language)


def _steps(session: Session, option: Option) -> Iterator[str]:
    for number, step in enumerate(option.steps, 1):
        detail = say(step.detail, session.language)
        yield session.text("plan.step", number=number, month=str(step.start), detail=detail)
    if not option.steps:
        yield session.text("plan.no_step")
    if option.lost_on is not None:
        yield session.text("plan.lost", day=option.lost_on)
    if option.to_settle:
        still = [word(f"ineligible.{why}", session.language) for why in option.to_settle]
        yield session.text("plan.ineligible", items=word("list.and", session.language).join(still))


def _refused(session: Session, found: Plan) -> Iterator[str]:
    """What comes too late, and what lacks something."""
    yield from _table(session, "plan.too_late", _grouped(session, found.too_late), by=found.by)
    yield from _table(session, "plan.needs", _grouped(session, (r for r in found.not_offered if not r.idle)))


def _shunned(session: Session, found: Plan) -> Iterator[str]:
    """What is not offered at all, with its risk."""
    rows = [(word(f"lever.{way.id}", session.language), say(way.reason, session.language)) for way in found.shunned]
    yield ""
    yield from _table(session, "plan.shunned", rows)


def _grouped(session: Session, refusals: Iterable[Refusal]) -> list[tuple[str, str]]:
    """Levers that are refused for the same reason, in one line."""
    levers: dict[str, list[str]] = {}
    for refusal in refusals:
        because = say(refusal.reason, session.language)
        levers.setdefault(because, []).append(word(f"lever.{refusal.lever.id}", session.language))
    return [(word("list.and", session.language).join(names), because) for because, names in levers.items()]


def _table(session: Session, title: str, rows: list[tuple[str, str]], by: date | None = None) -> Iterator[str]:
    if rows:
        yield session.text(title, by=by)
        yield from aligned(("", name, because) for name, because in rows)
