"""Investment: tax paid by the applicant's companies, or local jobs they give (convention 9)."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from engine.facts import Investment
from engine.moved import Moved
from engine.outcome import Outcome, Where
from engine.policy import Law
from engine.reason import Reason
from engine.scope import Scope


def investment(scope: Scope, law: Law, on: date) -> Outcome | None:
    """Points by the average of the three calendar years before the day's year; tax or jobs, the better; capped."""
    rows = [(n, row) for n, row in scope.investment if row.company is not None and row.year is not None]
    if not rows:
        return None
    figures = law.figures
    span = figures["investment.years"]
    years = range(on.year - span, on.year)
    companies: dict[str, list[tuple[int, Investment]]] = {}
    for n, row in rows:
        if row.year in years:
            companies.setdefault(row.company or "", []).append((n, row))
    # rows of one company and year are refused, so three rows are three years
    whole = [row for held in companies.values() if len(held) == span for row in held]
    tax, jobs = _average(whole, "tax_paid", span), _average(whole, "local_staff", span)
    by_tax = _points(tax, figures["investment.tax_unit"], law)
    by_jobs = _points(jobs, figures["investment.jobs_unit"], law)
    kind, points, unit = ("jobs", by_jobs, "jobs_unit") if by_jobs > by_tax else ("tax", by_tax, "tax_unit")
    names = ("investment.cap", f"investment.{unit}", "investment.per_unit", "investment.years")
    told = {"first": years[0], "last": years[-1], "tax": int(tax), "jobs": int(jobs)}
    if not whole:
        code = "lacks.investment_years"
    else:
        code = f"line.investment_{kind}" if points else "lacks.investment_average"
    facts = (Where("investment", sorted(n for n, _ in whole)),)
    return Outcome(points, Reason(code, told), names, facts)


def investment_days(scope: Scope, law: Law, after: date, until: date) -> Iterator[date]:
    """First days of the years in whose three years before there is a row."""
    span = law.figures["investment.years"]
    years = {row.year + n for _, row in scope.investment if row.year is not None for n in range(1, span + 2)}
    return (date(year, 1, 1) for year in sorted(years))


def investment_because(moved: Moved) -> Reason:
    """Other three years are averaged."""
    assert moved.after is not None  # rows stay rows
    values = moved.after.reason.values
    return Reason("because.calendar_year", {"first": values["first"], "last": values["last"]})


def _average(rows: list[tuple[int, Investment]], figure: str, years: int) -> Fraction:
    """The applicant's part of a figure, averaged over the years; exact. A share left out is the whole."""
    total = sum(
        (Fraction(1 if row.share is None else row.share) * (getattr(row, figure) or 0) for _, row in rows), Fraction()
    )
    return total / years


def _points(average: Fraction, unit: int, law: Law) -> int:
    return min(law.figures["investment.cap"], law.figures["investment.per_unit"] * (average // unit))
