"""The facts of an applicant side by side on one time axis, as those who review an application lay them side by side:
schooling, work, insurance, contracts, income tax, permit, marriage, children (三统一, process 4 R01, R07 to R11, R17).

What overlaps, what is missing, and what somebody else paid is marked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from engine.facts import Applicant, Child, Insurance
from engine.months import Month
from engine.reason import Reason
from engine.risks.thresholds import Thresholds, load
from engine.schooling import JUNIOR, LEAVING, SENIOR, entered_primary
from engine.spans import Lane, Mark, Marked, Party, Span, cut, foreign, gaps, lasting, overlaps, running

SHANGHAI = "上海"
_REJECTED = "rejected"
_SCHOOLS = (("primary", 0, JUNIOR), ("junior", JUNIOR, SENIOR), ("senior", SENIOR, LEAVING))


def lanes(applicant: Applicant, on: date, thresholds: Thresholds | None = None) -> list[Lane]:
    """All lanes as seen on a day, in one order, also those of which nothing is known; one for each child.

    Rejected rows are left out. A gap of work or contract is one of `thresholds.cv_gap_days` or more.
    """
    least = (thresholds or load()).cv_gap_days
    contracts = list(_contracts(applicant, on))
    found = {
        "schooling": _schooling(applicant, on),
        "work": _work(applicant, on, least),
        "insurance": _insurance(applicant, on, contracts),
        "contract": _in_pieces(contracts, gaps([party.span for party in contracts], on, least)),
        "tax": _tax(applicant, on),
        "permit": _permit(applicant, on),
        "marriage": _marriage(applicant, on),
    }
    made = [_lane(name, Reason(f"lane.{name}", {}), spans) for name, spans in found.items()]
    for n, child in enumerate(applicant.child):
        if child.evidence != _REJECTED:
            path = f"child.{n}"
            named = Reason("lane.child", {}) if child.name is None else _said(child.name)
            made.append(_lane(path, named or Reason("lane.child", {}), _child(child, path, on)))
    return made


def concerned(found: Iterable[Lane], paths: Iterable[str], values: Mapping[str, Any]) -> list[Span]:
    """The spans a risk rests on: those of its facts and, where its values name days, of these those within them."""
    resting = [span for lane in found for span in lane.spans if _related(span.paths, paths)]
    days = _days(values)
    within = [span for span in resting if span.meets(*days)] if days is not None else []
    return within or [span for span in resting if span.mark != "gap"] or resting


def _related(facts: Iterable[str], paths: Iterable[str]) -> bool:
    return any(
        path == fact or path.startswith(f"{fact}.") or fact.startswith(f"{path}.") for path in paths for fact in facts
    )


def _days(values: Mapping[str, Any]) -> tuple[date, date] | None:
    """The days that the values of a reason name, `first`..`last` or `month`; None where they name none."""
    first, last = values.get("first", values.get("month")), values.get("last", values.get("month"))
    if not isinstance(first, str) or not isinstance(last, str):
        return None
    return _day(first, end=False), _day(last, end=True)


def _day(told: str, *, end: bool) -> date:
    if len(told) > len("2015-07"):
        return date.fromisoformat(told)
    month = Month.parse(told)
    return month.last_day() if end else month.first_day()


def _lane(name: str, called: Reason, spans: Iterable[Span]) -> Lane:
    return Lane(name, called, tuple(sorted(spans, key=lambda span: (span.first, span.last))))


def _said(what: str | None) -> Reason | None:
    return None if what is None else Reason("lane.said", {"what": what})


def _in_pieces(parties: Sequence[Party], holes: Iterable[Span]) -> Iterator[Span]:
    """Spans cut where they overlap, and the gaps between them."""
    for party, marked in zip(parties, overlaps(parties), strict=True):
        yield from cut(party.span, marked)
    yield from holes


def _schooling(applicant: Applicant, on: date) -> Iterator[Span]:
    """Stages of schooling; two at once are marked (专本套读). One of which only the end is known is a day."""
    stages = []
    for n, row in enumerate(applicant.education):
        label = None if row.level is None else Reason("lane.word", {"what_word": f"value.education.level.{row.level}"})
        span = lasting(row.enrolled, row.graduated, on, label, f"education.{n}")
        if row.evidence != _REJECTED and span is not None:
            day = span.last if row.enrolled is None else span.first
            stages.append(Party(replace(span, first=day), unit=f"{n}"))
    return _in_pieces(stages, ())


def _work(applicant: Applicant, on: date, least: int) -> Iterator[Span]:
    """工作经历 with its holes; full-time schooling before and between leaves none."""
    jobs, studied = [], []
    for n, row in enumerate(applicant.work):
        idle = row.unemployed is True
        label = Reason("lane.unemployed", {}) if idle else _said(row.unit)
        span = lasting(row.from_, row.to, on, label, f"work.{n}")
        if span is not None:
            jobs.append(Party(span, unit=None if idle else row.unit))
    for n, school in enumerate(applicant.education):
        if school.evidence != _REJECTED and school.form in {"full_time", "overseas"} and school.graduated is not None:
            studied.append(Span(school.enrolled or school.graduated, school.graduated, paths=(f"education.{n}",)))
    if not jobs:
        return iter(())
    begun = min(party.span.first for party in jobs)
    before = max((span for span in studied if span.last <= begun), key=lambda span: span.last, default=None)
    since = before.last if before is not None else begun
    beside = [span for span in studied if span.last >= since]
    return _in_pieces(jobs, gaps([*beside, *(party.span for party in jobs)], on, least))


def _insurance(applicant: Applicant, on: date, contracts: Sequence[Party]) -> Iterator[Span]:
    """Months paid: where, by whom, when; the months that no row names are gaps, that of the day included."""
    rows = [
        (row, Party(span, row.province or SHANGHAI, row.employer))
        for n, row in enumerate(applicant.insurance)
        if row.evidence != _REJECTED
        and (span := _months(row.from_, row.to, on, _said(_whose(row)), f"insurance.{n}")) is not None
    ]
    parties = [party for _, party in rows]
    dispatched = applicant.employment is not None and applicant.employment.dispatched is True
    under_contract = running(contracts)
    for (row, party), marked in zip(rows, overlaps(parties), strict=True):
        span = party.span
        marked += [Marked(span.first, span.last, mark) for mark in _marks_of(row)]
        if party.place == SHANGHAI and row.payer_matches_contract is None and not dispatched:
            marked += foreign(span, row.employer, under_contract)
        yield from cut(span, marked)
    yield from gaps([party.span for party in parties], Month.of(on).last_day())


def _whose(row: Insurance) -> str | None:
    """What is told of a row: the place where that is not Shanghai, else the payer."""
    return row.province if row.province not in {None, SHANGHAI} else row.employer


def _marks_of(row: Insurance) -> Iterator[Mark]:
    if row.province not in {None, SHANGHAI}:
        yield "elsewhere"
    if row.pay_kind == "back_paid":
        yield "back_paid"
    if row.payer_matches_contract is False:
        yield "other_payer"
    if row.tax_matches is False:
        yield "tax_differs"


def _months(first: Month | None, last: Month | None, on: date, label: Reason | None, path: str) -> Span | None:
    """Whole months as days; a row without an end goes on in the month of the day."""
    begin = None if first is None else first.first_day()
    end = None if last is None else last.last_day()
    return lasting(begin, end, on if last is not None else Month.of(on).last_day(), label, path)


def _contracts(applicant: Applicant, on: date) -> Iterator[Party]:
    """The present contract and the others."""
    job = applicant.employment
    if job is not None:
        until = None if job.open_ended is True else job.contract_until
        paths = ("employment.contract_from", "employment.contract_until", "employment.employer")
        span = lasting(job.contract_from, until, on, _said(job.employer), *paths)
        if span is not None:
            yield Party(span, unit=job.employer)
    for n, row in enumerate(applicant.contract):
        span = lasting(row.from_, row.to, on, _said(row.employer), f"contract.{n}")
        if span is not None:
            yield Party(span, unit=row.employer)


def _tax(applicant: Applicant, on: date) -> Iterator[Span]:
    """Income tax as declared, held against who paid the insurance of the months."""
    insured = [
        Party(span, unit=row.employer)
        for n, row in enumerate(applicant.insurance)
        if row.evidence != _REJECTED
        and row.province in {None, SHANGHAI}
        and (span := _months(row.from_, row.to, on, None, f"insurance.{n}")) is not None
    ]
    rows = [
        (row, Party(span, unit=row.payer))
        for n, row in enumerate(applicant.tax)
        if row.evidence != _REJECTED
        and (span := _months(row.from_, row.to, on, _said(row.payer), f"tax.{n}")) is not None
    ]
    parties = [party for _, party in rows]
    under_insurance = running(insured)
    for (row, party), marked in zip(rows, overlaps(parties), strict=True):
        span = party.span
        if row.filed == "zero" or row.income == 0:
            marked.append(Marked(span.first, span.last, "zero_filed"))
        yield from cut(span, [*marked, *foreign(span, row.payer, under_insurance)])
    yield from gaps([party.span for party in parties], None)


def _permit(applicant: Applicant, on: date) -> Iterator[Span]:
    """The permit's term, the lease it rests on, the points in force; days since one of them ended are a gap."""
    permit, notice = applicant.permit, applicant.notice
    terms = []
    if permit is not None:
        label = Reason("lane.term", {})
        terms.append(lasting(permit.issued, permit.valid_until, on, label, "permit.issued", "permit.valid_until"))
        if permit.housing == "lease" and permit.lease_registered_until is not None:
            path = "permit.lease_registered_until"
            terms.append(lasting(None, permit.lease_registered_until, on, Reason("lane.lease", {}), path))
    if notice is not None:
        label = Reason("lane.points", {})
        paths = ("notice.issued", "notice.valid_until", "notice.employer", "notice.members")
        terms.append(lasting(notice.issued, notice.valid_until, on, label, *paths))
    for term in terms:
        if term is not None:
            yield from _until_now(term, on)


def _until_now(term: Span, on: date) -> Iterator[Span]:
    """A term, and the days since it ended."""
    yield term
    yield from gaps([term], on)


def _marriage(applicant: Applicant, on: date) -> Iterator[Span]:
    spouse = applicant.spouse
    if spouse is None or spouse.evidence == _REJECTED or spouse.married is None or spouse.married > on:
        return
    wedded = lasting(spouse.married, None, on, _said(spouse.name), "spouse.married")
    if wedded is not None:
        yield wedded


def _child(child: Child, path: str, on: date) -> Iterator[Span]:
    """The stages of school a child goes through, its permit and its proof of study."""
    entered = entered_primary(child, on)
    if entered is not None:
        for stage, begin, end in _SCHOOLS:
            first, last = date(entered + begin, 9, 1), date(entered + end, 8, 31)
            facts = (f"{path}.entered_primary", f"{path}.birth_date", f"{path}.name")
            yield Span(first, last, Reason(f"lane.{stage}", {}), "", facts)
    for until, what, fact in (
        (child.permit_valid_until, "child_permit", "permit_valid_until"),
        (child.study_proof_until, "study_proof", "study_proof_until"),
    ):
        term = lasting(None, until, on, Reason(f"lane.{what}", {}), f"{path}.{fact}")
        if term is not None:
            yield from _until_now(term, on)
