"""Talent while recognised (convention 10) and the best award (convention 13)."""

from collections.abc import Iterator
from datetime import date, timedelta

from engine.moved import Moved
from engine.outcome import Outcome, Where, assumed
from engine.policy import Law
from engine.reason import Reason
from engine.scope import Scope


def talent(scope: Scope, law: Law, on: date) -> Outcome | None:
    """Points of each kind whose dates hold the day; the two kinds add up."""
    rows = [(n, row) for n, row in scope.talent if row.kind is not None and row.from_ is not None]
    if not rows:
        return None
    held = [(n, row) for n, row in rows if row.from_ and row.from_ <= on and (row.to is None or on <= row.to)]
    kinds = sorted({str(row.kind) for _, row in held})
    figures = tuple(f"talent.{kind}" for kind in kinds or [str(rows[0][1].kind)])
    points = sum(law.figures[f"talent.{kind}"] for kind in kinds)
    facts = (Where("talent", [n for n, _ in held or rows]),)
    if points:
        reason = Reason("line.talent", {"kinds_word": [f"value.talent.kind.{kind}" for kind in kinds]})
        return Outcome(points, reason, figures, facts)
    if kinds:
        return Outcome(0, Reason("lacks.not_in_law", {"version": law.version}), figures, facts)
    coming = [row.from_ for _, row in rows if row.from_ and row.from_ > on]
    if coming:
        return Outcome(0, Reason("lacks.begins", {"day": str(min(coming))}), figures, facts)
    ended = max(row.to for _, row in rows if row.to)
    return Outcome(0, Reason("lacks.ended", {"day": str(ended)}), figures, facts)


def talent_days(scope: Scope, law: Law, after: date, until: date) -> Iterator[date]:
    """First days of recognitions, and the days after their ends."""
    for _, row in scope.talent:
        if row.from_:
            yield row.from_
        if row.to:
            yield row.to + timedelta(days=1)


def talent_because(moved: Moved) -> Reason:
    """The kinds that are recognised now, or are no more."""
    had, has = (outcome.reason.values.get("kinds_word", []) if outcome else [] for outcome in moved[-2:])
    more, less, code = (has, had, "begins") if moved.rises else (had, has, "ends")
    return Reason(f"because.talent_{code}", {"kinds_word": [kind for kind in more if kind not in less]})


def award(scope: Scope, law: Law, on: date) -> Outcome | None:
    """Points of the best award granted by the day while working in Shanghai."""
    rows = [(n, row) for n, row in scope.award if row.level is not None]
    if not rows:
        return None
    # the best that passes first, then the best of the others; among equals the earliest granted
    ranked = sorted(rows, key=lambda item: (-law.figures[f"award.{item[1].level}"], str(item[1].granted), item[0]))
    for n, row in ranked:
        if row.granted and row.granted <= on and row.while_in_shanghai is not False:
            reason = Reason("line.award", {"level_word": f"value.award.level.{row.level}"})
            figure = f"award.{row.level}"
            taken = assumed("award", n, while_in_shanghai=row.while_in_shanghai)
            return Outcome(law.figures[figure], reason, (figure,), (Where("award", (n,)),), taken)
    n, row = ranked[0]
    if row.granted is None:
        lacks = Reason("lacks.granted_unknown", {})
    elif row.granted > on:
        lacks = Reason("lacks.begins", {"day": str(row.granted)})
    else:
        lacks = Reason("lacks.award_elsewhere", {})
    return Outcome(0, lacks, (f"award.{row.level}",), (Where("award", (n,)),))


def award_days(scope: Scope, law: Law, after: date, until: date) -> Iterator[date]:
    """Days on which awards are granted."""
    return (row.granted for _, row in scope.award if row.granted)


def award_because(moved: Moved) -> Reason:
    """An award."""
    return Reason("because.granted", moved.values("level_word"))
