"""Title or skill grade (convention 6)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from engine.facts import Qualification
from engine.indicators.insurance import longest_window, resting
from engine.indicators.windows import Need, Slack, slack, window_because, window_days
from engine.insured import AtBase, last_month
from engine.months import Month
from engine.moved import Moved
from engine.outcome import Outcome, Where, assumed
from engine.policy import Law
from engine.reason import Reason
from engine.scope import Scope

NEED_BASE = frozenset({"title.senior", "title.intermediate", "skill.1", "skill.2"})
"""The grades that earn only where months were paid at the reference."""


class _Held(NamedTuple):
    points: int
    row: int
    figure: str
    lacks: Reason | None
    qualification: Qualification


def title(scope: Scope, law: Law, on: date) -> Outcome | None:
    """Points of the best qualification that passes; the higher ones also need months at 1x of the reference."""
    known = [(n, q) for n, q in scope.qualification if q.level is not None and q.kind is not None]
    if not known:
        return None
    months, tenths = law.figures["title.base_window"], law.figures["title.base_tenths"]
    seen = scope.insured.window(law, last_month(law, Month.of(on)), longest_window(law))
    base = seen.reaching(tenths, months)
    # Order of rows does not matter: among equals the one obtained first, then the sentence, decides what is shown
    held = sorted((_held(n, q, law, on, base) for n, q in known), key=_rank)
    best = next((h for h in held if h.lacks is None), None)
    above = next((h for h in held if h.lacks is not None and h.points > (best.points if best else -1)), None)
    shown = best or above
    assert shown is not None
    q = shown.qualification
    needs_base = shown.figure in NEED_BASE
    figures = (shown.figure, *(("title.base_months", "title.base_window", "title.base_tenths") if needs_base else ()))
    facts: tuple[Where, ...] = (Where("qualification", (shown.row,)),)
    if best is None:
        assert shown.lacks is not None
        return Outcome(0, shown.lacks, figures, facts)
    taken = assumed("qualification", shown.row, matches_post=q.matches_post)
    if q.kind == "title":
        taken = (*assumed("qualification", shown.row, while_in_shanghai=q.while_in_shanghai), *taken)
    if needs_base:
        rows, assumptions = resting(seen, tenths, months)
        facts, taken = (*facts, *rows), (*taken, *assumptions)
    reason = Reason("line.title", {"grade_word": f"grade.{shown.figure}"})
    provisional = needs_base and base.provisional
    return Outcome(best.points, reason, figures, facts, taken, above and above.lacks, provisional)


def title_days(scope: Scope, law: Law, after: date, until: date) -> Iterator[date]:
    """Days on which qualifications are obtained; first days of months in which the base they need is there or gone."""
    if scope.qualification:
        yield from (q.obtained for _, q in scope.qualification if q.obtained)
        yield from window_days(scope, law, after, until, [_need(law)])


def title_because(moved: Moved) -> Reason:
    """A qualification, or the months at the base it needs."""
    grade = moved.values("grade_word")
    if moved.rises and moved.after and dict(moved.scope.qualification)[moved.after.row].obtained == moved.day:
        return Reason("because.obtained", grade)
    need = _need(moved.law)
    return window_because(moved, "title_base", {**grade, "need": need.months, "window": need.window})


def title_slack(held: Outcome, scope: Scope, law: Law, on: date) -> Slack | None:
    """The months at the base a title needs that may still be missed before its points are lost."""
    figure = held.figures[0]
    if not held.points or figure not in NEED_BASE:
        return None
    return slack(scope, law, on, _need(law), "title", {"grade_word": f"grade.{figure}"})


def _need(law: Law) -> Need:
    return Need(*(law.figures[f"title.base_{part}"] for part in ("months", "window", "tenths")))


def _rank(held: _Held) -> tuple[int, bool, str, str, int]:
    lacks = held.lacks.code if held.lacks else ""
    return (-held.points, held.lacks is not None, str(held.qualification.obtained), lacks, held.row)


def _held(n: int, q: Qualification, law: Law, on: date, base: AtBase) -> _Held:
    figure = f"{q.kind}.{q.level}"
    points = law.figures[figure]
    grade = {"grade_word": f"grade.{figure}"}
    lacks = None
    if not points:
        lacks = Reason("lacks.grade_earns_nothing", grade)
    elif q.obtained is None:
        lacks = Reason("lacks.obtained_unknown", grade)
    elif q.obtained > on:
        lacks = Reason("lacks.obtained_later", {**grade, "day": str(q.obtained)})
    elif q.kind == "title" and q.while_in_shanghai is False:
        lacks = Reason("lacks.title_elsewhere", grade)
    elif q.matches_post is False:
        lacks = Reason("lacks.title_post", grade)
    elif figure in NEED_BASE and base.months < law.figures["title.base_months"]:
        need, span = law.figures["title.base_months"], law.figures["title.base_window"]
        lacks = Reason("lacks.title_base", {**grade, "have": base.months, "need": need, "window": span})
    return _Held(points, n, figure, lacks, q)
