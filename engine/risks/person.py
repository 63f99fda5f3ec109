"""Risks of the file of the person: archive, curriculum vitae, offences (process 4 R16, R17, R20, R21)."""

from datetime import date, timedelta

from engine.months import add_years
from engine.risks.found import Case, Looks, Risk, Severity, Unknown, because, remedy

_DAY = timedelta(days=1)


def look(case: Case) -> Looks:
    """Archive, curriculum vitae, offences."""
    yield from _archive(case)
    yield from _curriculum(case)
    yield from _offences(case)


def _archive(case: Case) -> Looks:
    """An archive is never kept by the person, and must be somewhere (A1, A2)."""
    where = case.applicant.archive.location if case.applicant.archive is not None else None
    path = ("archive.location",)
    if where is None:
        yield Unknown("archive_at_risk", path)
    elif where in {"self", "lost", "unknown"}:
        severity: Severity = "medium" if where == "unknown" else "high"
        reason = because("archive_at_risk", where_word=f"value.archive.location.{where}")
        yield Risk("archive_at_risk", severity, reason, remedy("archive_at_risk", where), path)


def _curriculum(case: Case) -> Looks:
    """工作经历 has no holes: the last school, then work or 待业 up to the day (D4)."""
    work = [(f"work.{n}", row) for n, row in enumerate(case.applicant.work) if row.from_ is not None]
    if not work:
        yield Unknown("cv_gap", ("work",))
        return
    spans = [(row.from_, row.to or case.on) for _, row in work if row.from_ is not None]
    spans += [
        (row.enrolled, row.graduated)
        for row in case.applicant.education
        if row.enrolled is not None and row.graduated is not None and row.form in {"full_time", "overseas"}
    ]
    reached = _left_school(case) or min(first for first, _ in spans)
    for first, last in [*sorted(spans), (case.on, case.on)]:
        days = (first - reached).days - 1
        if days >= case.thresholds.cv_gap_days:
            severity: Severity = "high" if days > case.thresholds.cv_gap_long_days else "medium"
            reason = because("cv_gap", first=reached + _DAY, last=first - _DAY, days=days)
            yield Risk("cv_gap", severity, reason, remedy("cv_gap"), tuple(path for path, _ in work))
        reached = max(reached, last)


def _left_school(case: Case) -> date | None:
    """The end of the schooling that came before the first job; None where it is not known."""
    begun = min(row.from_ for row in case.applicant.work if row.from_ is not None)
    done = [
        row.graduated
        for row in case.applicant.education
        if row.graduated is not None and row.graduated <= begun and row.form in {"full_time", "overseas", None}
    ]
    return max(done, default=None)


def _offences(case: Case) -> Looks:
    for n, row in enumerate(case.applicant.offence):
        if row.date > case.on:
            continue
        path, kind = (f"offence.{n}",), {"kind_word": f"value.offence.kind.{row.kind}"}
        if row.kind == "serious_crime":
            reason = because("offence", "veto", **kind, day=row.date)
            yield Risk("offence", "block", reason, remedy("offence", "veto"), path)
            continue
        ends = add_years(row.date, case.law.figures[f"{row.kind}.years"])
        if case.on < ends:
            points = -case.law.figures[f"{row.kind}.points"]
            reason = because("offence", **kind, day=row.date, points=points, ends=ends)
            yield Risk("offence", "high", reason, remedy("offence", ends=ends), path, row.kind, points, ends)
