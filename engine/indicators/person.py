"""Age (convention 1) and a spouse with Shanghai hukou (convention 13)."""

from collections.abc import Iterator
from datetime import date

from engine.months import add_years, anniversaries, full_years
from engine.moved import Moved
from engine.outcome import Outcome, Where
from engine.policy import Law
from engine.reason import Reason
from engine.scope import Scope


def age(scope: Scope, law: Law, on: date) -> Outcome | None:
    """Points by age in full years; 0 under the youngest and over the oldest age."""
    born, figures = scope.born, law.figures
    if born is None:
        return None
    years = full_years(born, on)
    names = ("age.cap", "age.least", "age.least_from", "age.step", "age.youngest", "age.oldest")
    facts = (Where(scope.born_from),)
    taken = facts if scope.born_from == "birth_year" else ()
    if years < figures["age.youngest"]:
        reason = Reason("line.age_young", {"years": max(years, 0), "youngest": figures["age.youngest"]})
        return Outcome(0, reason, names, facts, taken)
    if years > figures["age.oldest"]:
        reason = Reason("line.age_old", {"years": years, "oldest": figures["age.oldest"]})
        return Outcome(0, reason, names, facts, taken)
    least, least_from = figures["age.least"], figures["age.least_from"]
    steps = max(least_from - years, 0)
    points = min(figures["age.cap"], least + figures["age.step"] * steps)
    return Outcome(points, Reason("line.age", {"years": years}), names, facts, taken)


def age_days(scope: Scope, law: Law, after: date, until: date) -> Iterator[date]:
    """Birthdays."""
    if scope.born is not None:
        yield from anniversaries(scope.born, after, until)


def age_because(moved: Moved) -> Reason:
    """A birthday."""
    assert moved.after is not None  # born once, an age ever after
    return Reason("because.birthday", {"years": moved.after.reason.values["years"]})


def spouse(scope: Scope, law: Law, on: date) -> Outcome | None:
    """Points by full years since the marriage to a spouse who holds Shanghai hukou, up to the cap."""
    held = scope.spouse
    if held is None or not held.shanghai_hukou or held.married is None:
        return None
    years = max(full_years(held.married, on), 0)
    names = ("spouse.per_year", "spouse.cap")
    per_year, cap = law.figures["spouse.per_year"], law.figures["spouse.cap"]
    points = min(cap, per_year * years)
    lacks = None
    if points < cap:
        day = add_years(held.married, years + 1)
        lacks = Reason("lacks.next_day", {"day": str(day), "more": min(per_year, cap - points)})
    code = "line.spouse_cap" if points == cap else "line.spouse" if years else "line.spouse_none"
    reason = Reason(code, {"years": years, "married": str(held.married)})
    return Outcome(points, reason, names, (Where("spouse"),), (), lacks)


def spouse_days(scope: Scope, law: Law, after: date, until: date) -> Iterator[date]:
    """Anniversaries of the wedding."""
    if scope.spouse is not None and scope.spouse.married is not None:
        yield from anniversaries(scope.spouse.married, after, until)


def spouse_because(moved: Moved) -> Reason:
    """A further year of marriage."""
    return Reason("because.married", moved.values("years"))
