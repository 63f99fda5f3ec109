"""Risks of the months paid: payer, gaps, back-pay, tax, base, double payment (process 4 R07 to R11)."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from engine import bounds
from engine.facts import Insurance
from engine.months import Month
from engine.risks.found import YEAR, Case, Looks, Risk, Severity, Unknown, because, remedy

SHANGHAI = "上海"
CONTRIBUTION_BASE = "contribution_base"


class _Row(NamedTuple):
    """A row that is paid, cut to the months looked at; `last` is the month of the day where it is still being paid."""

    path: str
    row: Insurance
    first: Month
    last: Month

    @property
    def here(self) -> bool:
        """Whether the months are paid in Shanghai."""
        return self.row.province in {None, SHANGHAI}


def look(case: Case) -> Looks:
    """All of the months paid."""
    if not any(row.evidence != "rejected" for row in case.applicant.insurance):
        yield Unknown("insurance_gap", ("insurance",))
        return
    rows = list(_rows(case))
    yield from _payer(case, rows)
    yield from _gap(case)
    yield from _back_paid(case, rows)
    yield from _tax(case, rows)
    yield from _base(case)
    yield from _limits(case, rows)
    yield from islice(_overlap(case, rows), bounds.ROWS)  # pairs are many more than rows, and nobody reads them


def _rows(case: Case) -> Iterator[_Row]:
    """The rows with a month among the last that any window looks at."""
    begin = Month(case.month - case.thresholds.recent_months)
    for n, row in enumerate(case.applicant.insurance):
        if row.evidence == "rejected" or row.from_ is None or row.from_ > case.month:
            continue
        last = case.month if row.to is None or row.to > case.month else row.to
        if last >= begin:
            yield _Row(f"insurance.{n}", row, Month(max(row.from_, begin)), Month(last))


def _span(some: Iterable[_Row]) -> dict[str, object]:
    rows = list(some)
    first, last = min(row.first for row in rows), max(row.last for row in rows)
    return {"first": first, "last": last, "months": len({m for row in rows for m in range(row.first, row.last + 1)})}


def _lasts(case: Case, rows: Iterable[_Row]) -> bool:
    """Whether a row still goes on in the month of the day, or did in the one before."""
    return any(row.last >= case.month - 1 for row in rows)


def _found(case: Case, risk: str, severity: Severity, rows: list[_Row], form: str = "", **values: object) -> Risk:
    indicator = "insurance_years"
    return Risk(
        risk,
        severity,
        because(risk, form, **_span(rows), **values),
        remedy(risk, form if form == "tax" else ""),
        tuple(row.path for row in rows),
        indicator,
        case.counted(indicator),
    )


def _payer(case: Case, rows: list[_Row]) -> Looks:
    """Paid by another unit than the contract's: the months do not count, and one that goes on stops the application."""
    job = case.applicant.employment
    name = job.employer if job is not None else None
    wrong = [row for row in rows if row.here and row.row.payer_matches_contract is False]
    dispatched = job is not None and job.dispatched is True
    named = [
        row
        for row in rows
        if row.here
        and row.row.payer_matches_contract is None
        and row.row.to is None
        and not dispatched
        and None not in (name, row.row.employer)
        and row.row.employer != name
    ]
    if wrong:
        yield _found(case, "payer_mismatch", "block" if _lasts(case, wrong) else "high", wrong)
    if named:
        payer = str(named[0].row.employer)
        yield _found(case, "payer_mismatch", "high", named, "named", payer=payer, employer=name)
    yield from _other_taxpayer(case, rows)


def _other_taxpayer(case: Case, rows: list[_Row]) -> Looks:
    """Income tax declared by another unit than the one that paid the insurance of the month (三统一)."""
    for n, tax in enumerate(case.applicant.tax):
        if tax.evidence == "rejected" or tax.payer is None or tax.from_ is None:
            continue
        last = tax.to or case.month
        other = [
            row
            for row in rows
            if row.here
            and row.row.employer not in {None, tax.payer}
            and row.row.payer_matches_contract is not False
            and row.first <= last
            and row.last >= tax.from_
        ]
        if other:
            found = _found(
                case, "payer_mismatch", "high", other, "tax", payer=tax.payer, employer=other[0].row.employer
            )
            yield Risk(
                found.risk,
                found.severity,
                found.reason,
                found.remedy,
                (*found.paths, f"tax.{n}"),
                found.indicator,
                found.points,
            )
            return


def _gap(case: Case) -> Looks:
    """Months without any payment, and what the conditions of an application ask for (O1)."""
    insured, law, month = case.scope.insured, case.law, case.month
    window, least = law.figures["eligible.window"], law.figures["eligible.months"]
    recent = insured.months(month - window, month - 1)
    points = case.counted("insurance_years")
    if not insured.pays(month):
        reason = because("insurance_gap", "now", month=month)
        yield Risk("insurance_gap", "block", reason, remedy("insurance_gap", "now"), ("insurance",), points=points)
    if recent < least:
        reason = because("insurance_gap", "few", months=recent, window=window, least=least)
        yield Risk("insurance_gap", "block", reason, remedy("insurance_gap", "few"), ("insurance",), points=points)
    begin = month - case.thresholds.recent_months
    missing = [
        (Month(earlier_last + 1), Month(later_first - 1))
        for (later_first, _), (_, earlier_last) in zip(insured.paid, insured.paid[1:], strict=False)
        if later_first - 1 >= begin and earlier_last + 1 <= month - 1
    ]
    for first, last in missing:
        severity: Severity = "high" if last >= month - YEAR else "medium"
        reason = because("insurance_gap", first=first, last=last, months=last - first + 1)
        yield Risk(
            "insurance_gap",
            severity,
            reason,
            remedy("insurance_gap"),
            ("insurance",),
            "contribution_base" if case.counted("contribution_base") else "insurance_years",
            case.counted("contribution_base") or points,
        )


def _back_paid(case: Case, rows: list[_Row]) -> Looks:
    """补缴: paid afterwards, which counts nowhere."""
    paid = [row for row in rows if row.here and row.row.pay_kind == "back_paid"]
    if paid:
        recent = any(row.last >= case.month - YEAR for row in paid)
        yield _found(case, "back_paid", "high" if recent else "medium", paid)


def _tax(case: Case, rows: list[_Row]) -> Looks:
    """Income tax that does not agree with the base: said so, or as the declared income shows."""
    said = [row for row in rows if row.here and row.row.tax_matches is False]
    if said:
        found = _found(case, "tax_mismatch", "high", said)
        yield _of_base(case, found)
    elif shown := list(_declared_otherwise(case, rows)):
        _, base, income = shown[0]
        found = _found(case, "tax_mismatch", "medium", [row for row, *_ in shown], "income", base=base, income=income)
        yield _of_base(case, found)


def _of_base(case: Case, found: Risk) -> Risk:
    points = case.counted("contribution_base")
    if not points:
        return found
    return Risk(
        found.risk, found.severity, found.reason, found.remedy, found.paths, "contribution_base", points, found.day
    )


def _declared_otherwise(case: Case, rows: list[_Row]) -> Iterator[tuple[_Row, int, int]]:
    for row in rows:
        base = row.row.base
        if not row.here or base is None or row.row.tax_matches is True:
            continue
        for tax in case.applicant.tax:
            if tax.evidence == "rejected" or tax.income is None or tax.from_ is None:
                continue
            meets = row.first <= (tax.to or case.month) and row.last >= tax.from_
            if meets and 100 * abs(tax.income - base) > case.thresholds.tax_tolerance_percent * base:
                yield row, base, tax.income
                break


def _base(case: Case) -> Looks:
    """The band of the contribution base is lost within the year as things go on (R10)."""
    now = case.counted(CONTRIBUTION_BASE)
    if not now:
        return
    for step in case.ahead.steps[1:]:
        change = next((change for change in step.changes if change.indicator == CONTRIBUTION_BASE), None)
        if change is not None and change.after < now:
            severity: Severity = "medium" if step.reached else "high"
            reason = because("base_dropped", day=step.day, before=now, after=change.after, total=step.total)
            paths = ("insurance",)
            yield Risk(
                "base_dropped",
                severity,
                reason,
                remedy("base_dropped"),
                paths,
                CONTRIBUTION_BASE,
                now - change.after,
                step.day,
            )
            return


def _limits(case: Case, rows: list[_Row]) -> Looks:
    """A base below the lower or above the upper limit of its months."""
    for row in rows:
        base = row.row.base
        if not row.here or base is None or row.row.pay_kind in {"exempt", "deferred"}:
            continue
        for month in range(row.first, row.last + 1):
            limits = case.law.wages.contribution(Month(month))
            if limits is None:
                continue
            _, upper, lower = limits
            if not lower <= base <= upper:
                values = {"month": Month(month), "base": base, "lower": lower, "upper": upper}
                reason = because("base_out_of_limits", "low" if base < lower else "high", **values)
                points = case.counted(CONTRIBUTION_BASE)
                indicator = CONTRIBUTION_BASE if points else None
                yield Risk(
                    "base_out_of_limits", "medium", reason, remedy("base_out_of_limits"), (row.path,), indicator, points
                )
                break


def _overlap(case: Case, rows: list[_Row]) -> Looks:
    """One month paid in two places, or by two units (R11)."""
    for n, one in enumerate(rows):
        for other in rows[n + 1 :]:
            first, last = max(one.first, other.first), min(one.last, other.last)
            apart = one.here != other.here or (
                one.row.province not in {None, SHANGHAI} and one.row.province != other.row.province
            )
            two = None not in (one.row.employer, other.row.employer) and one.row.employer != other.row.employer
            if first > last or not (apart or two):
                continue
            severity: Severity = "high" if last >= case.month - YEAR else "medium"
            who = [row.row.employer or row.row.province or SHANGHAI for row in (one, other)]
            reason = because(
                "overlapping_payers", first=Month(first), last=Month(last), months=last - first + 1, payers=who
            )
            yield Risk(
                "overlapping_payers",
                severity,
                reason,
                remedy("overlapping_payers"),
                (one.path, other.path),
                "insurance_years",
                case.counted("insurance_years"),
            )
