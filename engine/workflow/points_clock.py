"""The clock of the points in force, region PT: they end with the permit they rest on and are renewed after it."""

from datetime import date, timedelta

from engine.application import approved
from engine.durations import load as load_durations
from engine.facts import Applicant
from engine.reason import Reason
from engine.workflow.guards import refreshed
from engine.workflow.points import RENEW_DUE_DAYS
from engine.workflow.situation import Situation
from engine.workflow.ticking import Clock, said


def points_clock(situation: Situation) -> Clock:
    """Where the points stand on a day: `none valid renew_due lapsed below`."""
    state, notice, on = situation.points, situation.applicant.notice, situation.day
    if notice is None:
        granted = approved(situation.standing.applications)
        how = "granted" if granted is not None else "none"
        return Clock("points", state, None, None, said("points", "next", how), said("points", "then", how))
    until = notice.valid_until
    if until is None:
        return Clock("points", state, notice.issued, None, said("points", "next", "unknown"), _then(state))
    soft = soft_end(until)
    if state == "lapsed":
        next_day, code = (soft, "lapsed") if on <= soft else (None, "lapsed_long")
        reason = said("points", "next", code, until=str(until), soft=str(soft))
        return Clock("points", state, until + timedelta(days=1), next_day, reason, _then(code))
    due = until - timedelta(days=RENEW_DUE_DAYS)
    if signed_anew(situation.applicant):
        from_ = refreshed(situation)
        code = "renew_unknown" if from_ is None else "renew" if from_ <= on else "refresh"
        day = from_ if from_ is not None and from_ > on else until
        reason = said("points", "next", code, from_=str(from_), until=str(until))
    elif on < due:
        day, reason = due, said("points", "next", "running", until=str(until))
    else:
        day, reason = until, said("points", "next", "sign_first", until=str(until))
    began = notice.issued if state == "valid" else due if state == "renew_due" else None
    return Clock("points", state, began, day, reason, _then(state, until=str(until), soft=str(soft)))


def _then(code: str, **days: str) -> Reason:
    return said("points", "then", code, **days)


def signed_anew(applicant: Applicant) -> bool:
    """Whether the permit runs longer than the points: signed, and the points not renewed yet."""
    permit, notice = applicant.permit, applicant.notice
    return bool(
        permit
        and notice
        and permit.valid_until is not None
        and notice.valid_until is not None
        and permit.valid_until > notice.valid_until
    )


def soft_end(until: date) -> date:
    """Sixty days after the points' end: sources differ on whether they can be renewed later (process 1.4, PT3)."""
    return until + timedelta(days=load_durations().limits["signing_lapses_days"])
