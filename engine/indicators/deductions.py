"""Deductions (convention 14): they add up, each until its anniversary; and the veto."""

from collections.abc import Iterator
from datetime import date

from engine.facts import Offence
from engine.months import add_years
from engine.moved import Moved
from engine.outcome import Outcome, Where
from engine.policy import Law
from engine.reason import Reason
from engine.scope import Scope


def _deduction(kind: str, scope: Scope, law: Law, on: date) -> Outcome | None:
    years = law.figures[f"{kind}.years"]
    active = [(n, o) for n, o in scope.offence if o.kind == kind and o.date <= on < add_years(o.date, years)]
    if not active:
        return None
    ends = max(add_years(o.date, years) for _, o in active)
    reason = Reason("line.deduction", {"times": len(active), "years": years, "ends": str(ends)})
    facts = (Where("offence", [n for n, _ in active]),)
    return Outcome(law.figures[f"{kind}.points"] * len(active), reason, (f"{kind}.points", f"{kind}.years"), facts)


def deduction_days(scope: Scope, law: Law, after: date, until: date) -> Iterator[date]:
    """Days of offences, and those from which they count no more; whatever their kind, for there are few."""
    for _, o in scope.offence:
        yield o.date
        if o.kind != "serious_crime":
            yield add_years(o.date, law.figures[f"{o.kind}.years"])


def deduction_because(moved: Moved) -> Reason:
    """An offence, or the end of a deduction."""
    if not moved.rises:
        return Reason("because.deduction_begins", {})
    assert moved.before is not None  # it was there
    return Reason("because.deduction_ends", {"years": moved.before.reason.values["years"]})


def false_materials(scope: Scope, law: Law, on: date) -> Outcome | None:
    """提供虚假材料."""
    return _deduction("false_materials", scope, law, on)


def detention(scope: Scope, law: Law, on: date) -> Outcome | None:
    """行政拘留."""
    return _deduction("detention", scope, law, on)


def sentence(scope: Scope, law: Law, on: date) -> Outcome | None:
    """一般刑事犯罪."""
    return _deduction("sentence", scope, law, on)


def vetoes(offences: list[Offence], on: date) -> list[str]:
    """The offences that veto from their date on: serious crime, in every version of the law."""
    return sorted({o.kind for o in offences if o.kind == "serious_crime" and o.date <= on})
