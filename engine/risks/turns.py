"""The days on which the risks of an applicant may be others, for who keeps them until then (`models.deriving`).

Named by the facts they rest on, and not evaluated: on each something may come, go or weigh differently, and between
two of them nothing does.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from engine.exams import load as load_exams
from engine.facts import Applicant, Insurance, Tax
from engine.indicators.title import NEED_BASE
from engine.months import Month, add_years
from engine.needs import coming_turns
from engine.policy import Law, Policy
from engine.risks.found import YEAR
from engine.risks.thresholds import Thresholds, load
from engine.timeline import Timeline

_DAY = timedelta(days=1)


def turns(
    applicant: Applicant, policy: Policy, on: date, ahead: Timeline, thresholds: Thresholds | None = None
) -> Iterator[date]:
    """The days after `on`, as far as `ahead` looks; `ahead` is the score from `on` on."""
    least, law = thresholds or load(), policy.law(on)
    days = [
        *_ends(applicant, least),
        *_records(applicant, law, least),
        *_children(applicant, on, least),
        *_score(ahead, least),
        *(Month(month).first_day() for month in _months(applicant, law, Month.of(on), Month.of(ahead.until), least)),
        *(law.from_ for law in policy.laws),
    ]
    yield from (day for day in days if on < day <= ahead.until)


def _before(day: date | None, days: int) -> list[date]:
    """The days on which what ends on a day comes near, and is over."""
    return [] if day is None else [day - timedelta(days=days), day + _DAY]


def _ends(applicant: Applicant, least: Thresholds) -> Iterator[date]:
    if (job := applicant.employment) is not None:
        yield from _before(job.contract_until, least.contract_days)
    if (permit := applicant.permit) is not None:
        yield from _before(permit.valid_until, least.permit_days)
        yield from _before(permit.lease_registered_until, least.lease_days)
    if (notice := applicant.notice) is not None:
        yield from _before(notice.valid_until, least.points_days)


def _records(applicant: Applicant, law: Law, least: Thresholds) -> Iterator[date]:
    """What was done and when: schooling, work, titles, offences."""
    for row in applicant.education:
        yield from _before(row.report_valid_until, 0)
    for title in applicant.qualification:
        yield from [title.obtained] if title.obtained is not None else []
    for offence in applicant.offence:
        yield offence.date
        if offence.kind != "serious_crime":
            yield add_years(offence.date, law.figures[f"{offence.kind}.years"])
    yield from (job.from_ for job in applicant.work if job.from_ is not None)
    for end in (*(row.graduated for row in applicant.education), *(job.to for job in applicant.work)):
        if end is not None:
            yield end
            yield end + _DAY
            yield end + timedelta(days=least.cv_gap_days + 1)
            yield end + timedelta(days=least.cv_gap_long_days + 2)


def _children(applicant: Applicant, on: date, least: Thresholds) -> Iterator[date]:
    for child in applicant.child:
        yield from _before(child.permit_valid_until, least.child_permit_days)
        yield from _before(child.study_proof_until, least.study_proof_days)
        if child.born is not None:
            yield add_years(child.born, least.study_proof_age)
    yield from coming_turns(applicant, load_exams(), on)


def _score(ahead: Timeline, least: Thresholds) -> Iterator[date]:
    """A line that counts otherwise, now or at the end of the time that is looked at in advance."""
    far = [*ahead.steps[1:], *([ahead.renewal] if ahead.renewal is not None else [])]
    for step in far:
        yield step.day
        yield step.day + _DAY
        yield add_years(step.day, -least.base_ahead_years)
        yield add_years(step.day, -least.base_ahead_years) + _DAY


def _months(applicant: Applicant, law: Law, now: int, last: int, least: Thresholds) -> set[int]:
    """The months in which a window takes in or lets go a month that is unlike the one before it."""
    rows = [row for row in applicant.insurance if row.evidence != "rejected"]
    declared = [row for row in applicant.tax if row.evidence != "rejected"]
    spells: list[Insurance | Tax] = [*rows, *declared]
    changes = {month for row in spells for month in (row.from_, row.to and row.to + 1) if month is not None}
    wages = law.wages
    begin = now - max(YEAR, least.recent_months) - 2
    span = range(begin, last + 1) if rows else ()
    limits = {m for m in span if wages.contribution(Month(m)) != wages.contribution(Month(m - 1))}
    references = {m for m in span if wages.reference(m) != wages.reference(m - 1)}
    recent = least.recent_months
    found = {at + n for at in changes | limits for n in (0, 1, YEAR, YEAR + 1, recent, recent + 1)}
    titled = any(f"{title.kind}.{title.level}" in NEED_BASE for title in applicant.qualification)
    counted = changes | references if titled else changes
    window = max(YEAR, law.figures["eligible.window"], law.figures["title.base_window"]) + 2
    found |= {at + n for at in counted if at + window > now for n in range(window)}
    return {month for month in found if now < month <= last}
