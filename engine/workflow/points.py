"""Where the points of a case stand, and which of the stages after a grant that is."""

from datetime import date, timedelta
from typing import Literal

from engine.assessment import Assessment
from engine.facts import Notice
from engine.workflow import Status

RENEW_DUE_DAYS = 45  # the renewal of points is due this long before the notice ends

Points = Literal["none", "valid", "renew_due", "lapsed", "below"]

DERIVED: tuple[Status, ...] = ("in_force", "renewal_due", "lapsed")
"""Stages of points that were granted. Which of the three it is follows from the points."""

_STAGE: dict[Points, Status] = {
    "valid": "in_force",
    "below": "in_force",
    "renew_due": "renewal_due",
    "lapsed": "lapsed",
}


def points(notice: Notice | None, assessment: Assessment | None, day: date) -> Points:
    """Where the points in force stand.

    none without a notice, lapsed after its last day, below where the score no longer reaches the threshold, renew_due
    in the last 45 days, else valid. A notice whose end is not known is in force. Without an assessment (a day before
    the first law) the days alone decide.
    """
    if notice is None:
        return "none"
    if notice.valid_until and notice.valid_until < day:
        return "lapsed"
    if assessment is not None and assessment.total < assessment.threshold:
        return "below"
    if notice.valid_until and notice.valid_until <= day + timedelta(days=RENEW_DUE_DAYS):
        return "renew_due"
    return "valid"


def effective_status(status: Status, points: Points) -> Status:
    """The stage a case is in on the day of its points: in_force, renewal_due and lapsed follow from them.

    Every other stage is as it was typed. Where there is no notice any more, so are these three.
    """
    return _STAGE.get(points, status) if status in DERIVED else status
