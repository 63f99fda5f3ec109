"""Years of public service and of work in outer areas (convention 11)."""

from collections.abc import Iterator
from datetime import date, timedelta

from engine.facts import Service
from engine.months import add_years, full_years
from engine.moved import Moved
from engine.outcome import Outcome, Where, assumed
from engine.policy import Law
from engine.reason import Reason
from engine.scope import Scope

_DAY = timedelta(days=1)
_WHERE_ONE_LIVES = ("suburb", "lingang")


def _rows(scope: Scope, kind: str, on: date) -> list[tuple[int, Service]]:
    return [
        (n, row)
        for n, row in scope.service
        if row.kind == kind
        and row.from_
        and row.from_ <= on
        and not (row.lives_there is False and kind in _WHERE_ONE_LIVES)
    ]


def _served(rows: list[tuple[int, Service]], on: date) -> int:
    """Full years served, the days served laid end to end from the first row's start."""
    stretches = _stretches(rows, on)
    if not stretches:
        return 0  # begun on this very day
    start = stretches[0][0]
    return full_years(start, start + sum((end - begin for begin, end in stretches), timedelta()))


def _stretches(rows: list[tuple[int, Service]], on: date) -> list[tuple[date, date]]:
    """The time served before a day: first days, and the days after the last ones; no day of it twice.

    A row serves up to the day, or to the day after its end; where rows overlap, the later one goes on from the other.
    """
    stretches: list[tuple[date, date]] = []
    upto = date.min
    for first, end in sorted(
        (row.from_, on if row.to is None else min(on, row.to + _DAY)) for _, row in rows if row.from_
    ):
        begin = max(first, upto)
        if end > begin:
            stretches.append((begin, end))
            upto = end
    return stretches


def _points(years: int, per_year: int, from_years: int, law: Law) -> int:
    if years < from_years:
        return 0
    # open question: whether the years before counting starts count once it has started
    return per_year * (years if law.parameters["service.counts_back"] == "yes" else years - from_years + 1)


def public_service(scope: Scope, law: Law, on: date) -> Outcome | None:
    """Points for each full year in a field of public service, once the years to start with are served; no cap."""
    rows = _rows(scope, "public", on)
    if not rows:
        return _not_begun(scope, {"public"}, on, ("public_service.per_year", "public_service.from_years"))
    names = ("public_service.per_year", "public_service.from_years")
    per_year, from_years = law.figures[names[0]], law.figures[names[1]]
    years = _served(rows, on)
    points = _points(years, per_year, from_years, law)
    facts = (Where("service", [n for n, _ in rows]),)
    code = "line.service" if points else "lacks.service_years"
    return Outcome(points, Reason(code, {"years": years, "need": from_years}), names, facts)


def suburb(scope: Scope, law: Law, on: date) -> Outcome | None:
    """Points for full years worked and lived in an outer area or in Lingang, whichever gives more; capped."""
    found: list[tuple[int, int, str, Outcome]] = []
    for kind in _WHERE_ONE_LIVES:
        rows = _rows(scope, kind, on)
        if not rows:
            continue
        names = ("suburb.per_year", "suburb.cap", f"{kind}.from_years")
        need = law.figures[names[2]]
        years = _served(rows, on)
        points = min(law.figures["suburb.cap"], _points(years, law.figures["suburb.per_year"], need, law))
        code = "line.suburb" if points else "lacks.suburb_years"
        reason = Reason(code, {"area_word": f"value.service.kind.{kind}", "years": years, "need": need})
        facts = (Where("service", [n for n, _ in rows]),)
        taken = (
            tuple(w for n, row in rows for w in assumed("service", n, lives_there=row.lives_there)) if points else ()
        )
        found.append((points, years - need, kind, Outcome(points, reason, names, facts, taken)))
    if found:
        return max(found, key=lambda item: item[:3])[3]
    elsewhere = [n for n, row in scope.service if row.kind in _WHERE_ONE_LIVES and row.lives_there is False]
    names = ("suburb.per_year", "suburb.cap", "suburb.from_years")
    if elsewhere:
        return Outcome(0, Reason("lacks.lives_there", {}), names, (Where("service", elsewhere),))
    return _not_begun(scope, {"suburb", "lingang"}, on, names)


def _not_begun(scope: Scope, kinds: set[str], on: date, names: tuple[str, ...]) -> Outcome | None:
    coming = [(row.from_, n) for n, row in scope.service if row.kind in kinds and row.from_ and row.from_ > on]
    if not coming:
        return None
    day, n = min(coming)
    return Outcome(0, Reason("lacks.begins", {"day": str(day)}), names, (Where("service", (n,)),))


def _completing(scope: Scope, kind: str, until: date) -> Iterator[date]:
    """The days with which a further full year is served."""
    years, served = 1, timedelta()
    stretches = _stretches(_rows(scope, kind, until), until)
    for begin, end in stretches:
        start = stretches[0][0]
        while start.year + years <= end.year and (year := add_years(start, years) - start) <= served + (end - begin):
            yield begin + (year - served)
            years += 1
        served += end - begin


def public_service_days(scope: Scope, law: Law, after: date, until: date) -> Iterator[date]:
    """Days with which a year of public service is full."""
    return _completing(scope, "public", until)


def public_service_because(moved: Moved) -> Reason:
    """A further year of public service."""
    return Reason("because.service", moved.values("years"))


def suburb_days(scope: Scope, law: Law, after: date, until: date) -> Iterator[date]:
    """Days with which a year in an outer area or in Lingang is full."""
    for kind in _WHERE_ONE_LIVES:
        yield from _completing(scope, kind, until)


def suburb_because(moved: Moved) -> Reason:
    """A further year in an outer area or in Lingang."""
    return Reason("because.suburb", moved.values("area_word", "years"))
