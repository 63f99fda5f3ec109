"""A renewal of points (积分续办): when it opens, what has changed since the filing, what must be changed anyway.

Even where nothing changed, two fields of the form must be edited: the accumulated months of insurance and each
child's grade (process 1.5).
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from engine.application import approved
from engine.document import dump
from engine.facts import Applicant
from engine.insured import insured, last_month
from engine.months import Month
from engine.policy import NoLaw, Policy
from engine.policy import load as load_policy
from engine.reason import Reason
from engine.schooling import entered_primary, school_year
from engine.workflow.points import RENEW_DUE_DAYS
from engine.workflow.points_clock import signed_anew
from engine.workflow.standing import Standing

_APART = ("contact", "notice", "claims", "schooling_complete")
"""What the application form does not ask about."""
_QUALIFIERS = frozenset({"id", "evidence", "seen_until", "approximate", "chsi", "report_valid_until"})


class Difference(NamedTuple):
    """A fact that is not what was filed; `path` names rows by their id. None: it was not there, or is not any more."""

    path: str
    before: Any
    after: Any


class Grade(NamedTuple):
    """A child's grade on the day: the years of school it is in (`school_grade.<grade>`, 0 before primary school).

    None where the facts do not say, or where it has left school. `estimated`: by the child's birth, as the law has it.
    """

    path: str
    name: str | None
    grade: int | None
    estimated: bool = False


class Renewal(NamedTuple):
    """A renewal that is open: since when and why, and what to look at.

    `compared` is False where the facts as filed are not kept; then `differences` say nothing. `insurance_months` are
    the good months up to the one before the day's (社保累计月份); None for a day before the first law.
    """

    since: date
    because: Reason
    compared: bool
    differences: list[Difference]
    insurance_months: int | None
    grades: list[Grade]


def renewal(standing: Standing, on: date, *, policy: Policy | None = None) -> Renewal | None:
    """The renewal of a case on a day; None where none is due.

    It opens by itself: 45 days before the points end, once the permit is signed anew, or when they have lapsed.
    """
    applicant = standing.applicant
    opened = _opened(applicant, on)
    if opened is None:
        return None
    granted = approved(standing.applications)
    filed = granted.filed if granted is not None else None
    found = list(differences(filed, dump(applicant))) if filed is not None else []
    months = insurance_months(applicant, policy or load_policy(), on)
    return Renewal(*opened, filed is not None, found, months, [*grades(applicant, on)])


def _opened(applicant: Applicant, on: date) -> tuple[date, Reason] | None:
    notice, permit = applicant.notice, applicant.permit
    if notice is None or notice.valid_until is None:
        return None
    until = notice.valid_until
    if until < on:
        return until + timedelta(days=1), Reason("workflow.renewal.lapsed", {"until": until.isoformat()})
    if signed_anew(applicant) and permit is not None and permit.valid_until is not None:
        signed = permit.issued or on
        if signed <= on:
            return signed, Reason("workflow.renewal.signed", {"until": permit.valid_until.isoformat()})
    due = until - timedelta(days=RENEW_DUE_DAYS)
    return (due, Reason("workflow.renewal.due", {"until": until.isoformat()})) if due <= on else None


def insurance_months(applicant: Applicant, policy: Policy, on: date) -> int | None:
    """The months good for insurance years, up to the last one counted on a day."""
    try:
        law = policy.law(on)
    except NoLaw:
        return None
    return insured(applicant.insurance)[0].months(0, last_month(law, Month.of(on)))


def grades(applicant: Applicant, on: date) -> Iterator[Grade]:
    """The grade of each child on a day; it moves on 1 September. Rejected rows are left out."""
    for number, child in enumerate(applicant.child):
        if child.evidence == "rejected":
            continue
        entered = entered_primary(child, on)
        grade = None if entered is None else max(school_year(on) - entered + 1, 0)
        in_school = grade if grade is not None and grade <= 12 else None
        yield Grade(f"child.{child.id or number}", child.name, in_school, child.entered_primary is None)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    """What differs between two applicant documents in what the form asks; rows are the same by their id."""
    for key in dict.fromkeys([*before, *after]):
        if key not in _APART:
            here, there = before.get(key), after.get(key)
            if isinstance(here or there, Mapping):  # a group that came or went is told fact by fact
                here, there = here or {}, there or {}
            yield from _differ(key, here, there)


def _differ(path: str, before: Any, after: Any) -> Iterator[Difference]:
    if before == after:
        return
    if _rows(before) or _rows(after):
        yield from _differ(path, _by_id(before or []), _by_id(after or []))
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys([*before, *after]):
            if key not in _QUALIFIERS:
                yield from _differ(f"{path}.{key}", before.get(key), after.get(key))
    else:
        yield Difference(path, before, after)


def _rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(row, Mapping) for row in value)


def _by_id(rows: list[Any]) -> dict[str, Any]:
    return {str(row.get("id") or number): row for number, row in enumerate(rows)}
