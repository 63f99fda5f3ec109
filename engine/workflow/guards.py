"""The conditions of entering a stage, each of a kind: None where it is met, else why the stage is closed.

What is not known is never taken as met: the stage is closed and the reason says what is not known. Which condition
stands before which stage, and its source, is in the pack (`engine.workflow.stage_pack`).
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from engine.assessment import Assessment
from engine.basis import Basis
from engine.durations import load as load_durations
from engine.reason import Reason
from engine.workflow import Status
from engine.workflow.situation import Situation
from engine.workflow.stage_pack import Guard, load
from engine.working_days import add_working_days

_PAYING = ("paying_now", "six_of_twelve", "age", "veto")
_UNFIT = {"sole_trader", "liaison_office"}


class Closed(NamedTuple):
    """Why a stage is closed, and what that condition rests on."""

    reason: Reason
    basis: Basis


def closed(situation: Situation, to: Status) -> Iterator[Closed]:
    """Each condition of a stage that is not met; nothing where it is open."""
    for guard in load().guarding(situation.status, to):
        if guard.only and situation.kind not in guard.only:
            continue
        reason = KINDS[guard.kind](situation, guard)
        if reason is not None:
            yield Closed(reason, guard.basis)


def said(code: str, **values: Any) -> Reason:
    """A reason of the catalogue `reason.workflow.guard`."""
    return Reason(f"workflow.guard.{code}", values)


def _score(situation: Situation, guard: Guard) -> Reason | None:
    counted = situation.counted
    if isinstance(counted, Reason):
        return counted
    if counted.vetoes:
        return said("veto")
    if not counted.reached:
        return said("score", total=counted.total, threshold=counted.threshold)
    return None


def _employer_active(situation: Situation, guard: Guard) -> Reason | None:
    job = situation.applicant.employment
    match job and job.points_account:
        case "active":
            return None
        case None:
            return said("employer.unknown")
        case account:
            return said(f"employer.{account}")


def _employer_fit(situation: Situation, guard: Guard) -> Reason | None:
    job = situation.applicant.employment
    if job is None:
        return said("employer.none")
    if job.registered_in_shanghai is False:
        return said("employer.elsewhere")
    if job.kind in _UNFIT:
        return said("employer.unfit", kind_word=f"value.employment.kind.{job.kind}")
    return said("employer.not_eligible") if job.points_account == "not_eligible" else None


def _permit_valid(situation: Situation, guard: Guard) -> Reason | None:
    permit = situation.applicant.permit
    if permit is None:
        return said("permit.none")
    if permit.kind not in {None, "permit"}:
        return said("permit.kind", kind_word=f"value.permit.kind.{permit.kind}")
    if permit.valid_until is None:
        return said("permit.unknown")
    if permit.valid_until < situation.day:
        return said("permit.lapsed", until=permit.valid_until.isoformat())
    if permit.issued is not None and permit.issued > situation.day:
        return said("permit.not_yet", issued=permit.issued.isoformat())
    return None


def _permit_data(situation: Situation, guard: Guard) -> Reason | None:
    """Three working days from the collecting of a first permit; who has held points is in the system already."""
    permit = situation.applicant.permit
    if situation.applicant.notice is not None:
        return None
    if permit is None or permit.collected is None:
        return said("collected.unknown")
    days = load_durations().durations["permit_data"].pessimistic.working_days
    there = add_working_days(permit.collected, days)
    if situation.day < there:
        return said("collected.early", days=days, there=there.isoformat())
    return None


def _permit_signed(situation: Situation, guard: Guard) -> Reason | None:
    """The button 续办 appears once the permit's new term is longer than the points'."""
    permit, notice = situation.applicant.permit, situation.applicant.notice
    if permit is None or permit.valid_until is None or notice is None or notice.valid_until is None:
        return said("signed.unknown")
    if permit.valid_until <= notice.valid_until:
        return said("signed.not_yet", until=permit.valid_until.isoformat())
    there = refreshed(situation)
    if there is not None and situation.day < there:
        return said("signed.early", there=there.isoformat())
    return None


def refreshed(situation: Situation) -> date | None:
    """The day from which points can be renewed once the permit was signed; None where that day is not known."""
    permit = situation.applicant.permit
    if permit is None or permit.issued is None:
        return None
    least = load_durations().durations["renewal_refresh"].optimistic.working_days
    return add_working_days(permit.issued, least)


def _paying(situation: Situation, guard: Guard) -> Reason | None:
    counted = situation.counted
    if isinstance(counted, Reason):
        return counted
    if not situation.applicant.insurance:
        return said("insurance_unknown")
    fails = [f"ineligible.{code}" for code in counted.ineligible_because if code in _PAYING]
    return said("paying", fails_word=fails) if fails else None


def _of_kind(situation: Situation, guard: Guard) -> Reason | None:
    if situation.kind in guard.values:
        return None
    kinds = [f"application_kind.{kind}" for kind in guard.values]
    return said("of_kind", kind_word=f"application_kind.{situation.kind}", kinds_word=kinds)


def _paper_day(situation: Situation, guard: Guard) -> Reason | None:
    """请于两个工作日后递交: counted from the prompt, which came with the submission; not after a return."""
    steps = situation.standing.steps
    if not steps or steps[-1].stage != "paper_due":
        return said("paper_day.unknown")
    if len(steps) > 1 and steps[-2].stage == "returned":
        return None
    days = load_durations().durations["renewal_paper"].pessimistic.working_days
    first = add_working_days(steps[-1].on, days)
    return said("paper_day.early", days=days, first=first.isoformat()) if situation.day < first else None


def _checked(situation: Situation, guard: Guard) -> Reason | None:
    """学历核验 where education is put forward or counted, and 核档 always: both done by the day."""
    filing = situation.open
    if filing is None:
        return said("checks.unknown")
    done = {"degree": filing.degree_checked, "archive": filing.archive_checked}
    if not education_used(situation):
        del done["degree"]
    lacking = [f"check.{code}" for code, day in done.items() if day is None or day > situation.day]
    return said("checks.lacking", lacking_word=lacking) if lacking else None


def education_used(situation: Situation) -> bool:
    """Whether education is put forward, or where nothing is said about that, counted."""
    claims, counted = situation.applicant.claims, situation.counted
    if claims is not None:
        return "education" in claims
    if not isinstance(counted, Assessment):
        return bool(situation.applicant.education)
    return any(line.indicator == "education" and line.counted and line.points for line in counted.lines)


def _returned_at(situation: Situation, guard: Guard) -> Reason | None:
    filing = situation.open
    if filing is None or not filing.returns:
        return said("returned_at.unknown")
    where = filing.returns[-1].where
    return None if where in guard.values else said("returned_at.other", where_word=f"return_where.{where}")


def _not_handed_in(situation: Situation, guard: Guard) -> Reason | None:
    return said("handed_in") if situation.standing.handed_in else None


def _notice_there(situation: Situation, guard: Guard) -> Reason | None:
    notice = situation.applicant.notice
    if notice is None:
        return said("notice.none")
    return said("notice.unknown") if notice.valid_until is None else None


KINDS: dict[str, Callable[[Situation, Guard], Reason | None]] = {
    "score": _score,
    "employer_active": _employer_active,
    "employer_fit": _employer_fit,
    "permit_valid": _permit_valid,
    "permit_data": _permit_data,
    "permit_signed": _permit_signed,
    "paying": _paying,
    "of_kind": _of_kind,
    "paper_day": _paper_day,
    "checked": _checked,
    "returned_at": _returned_at,
    "not_handed_in": _not_handed_in,
    "notice_there": _notice_there,
}
