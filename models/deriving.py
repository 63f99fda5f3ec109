"""What lists filter and sort by, derived from a case's facts: one way for commands, imports, a new day, doctor.

Whoever writes a case writes `derive` of it in the same transaction, so that a list never computes.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from engine.assessment import Assessment, assess
from engine.document import validate
from engine.facts import Applicant, Contact, Employment, Notice, Permit
from engine.policy import Policy

# raise it when a rule, anything derived here or a search key changes: rows derived before are then shown as stale
RULES = 1
RENEW_DUE_DAYS = 45  # the renewal of points is due this long before the notice ends

Points = Literal["none", "valid", "renew_due", "lapsed", "below"]


class Derived(NamedTuple):
    """The derived columns of a case, by the names of the table's columns. Scores are points; days are ISO text."""

    name: str | None
    called: str | None
    score: int
    proven: int
    reached: bool
    eligible: bool
    provisional: bool
    points: Points
    permit_until: str | None
    points_until: str | None
    renewal: str | None
    employer: str | None
    district: str | None
    stamp: str

    def columns(self) -> dict[str, Any]:
        """As the table `cases` has them."""
        return self._asdict()


def stamp(policy: Policy, day: date) -> str:
    """What derived columns depend on beside the case: the rules, the pack and its version in force, the day.

    Raises `engine.policy.NoLaw` for a day before the pack's first version.
    """
    return f"{RULES}/{policy.id}/{policy.law(day).version}/{day.isoformat()}"


def is_of_these_rules(stamp: str) -> bool:
    """Whether what carries a stamp was derived by the rules of this program, on whatever day."""
    return stamp.split("/", 1)[0] == str(RULES)


def derive(document: Mapping[str, Any], status: str, policy: Policy, day: date) -> Derived:
    """The derived columns of a case on a day.

    The `status` takes no part in what is derived so far. Raises `engine.document.Invalid` for a document that is not
    an applicant, `engine.policy.NoLaw` for a day before the pack's first version.
    """
    return derived_from(validate(document), policy, day)


def derived_from(applicant: Applicant, policy: Policy, day: date) -> Derived:
    """The same of an applicant that is valid, as `engine.document.validate` gives it."""
    assessment = assess(applicant, policy, day)
    employment = applicant.employment or Employment()
    permit_until = (applicant.permit or Permit()).valid_until
    points_until = (applicant.notice or Notice()).valid_until
    return Derived(
        name=applicant.name,
        called=(applicant.contact or Contact()).called,
        score=assessment.total,
        proven=assessment.proven,
        reached=assessment.reached,
        eligible=assessment.eligible,
        provisional=any(line.provisional for line in assessment.lines),
        points=points(applicant.notice, assessment, day),
        permit_until=_iso(permit_until),
        points_until=_iso(points_until),
        renewal=_iso(points_until or permit_until),
        employer=employment.employer,
        district=employment.district,
        stamp=stamp(policy, day),
    )


def points(notice: Notice | None, assessment: Assessment, day: date) -> Points:
    """Where the points in force stand.

    none without a notice, lapsed after its last day, below where the score no longer reaches the threshold, renew_due
    in the last 45 days, else valid. A notice whose end is not known is in force.
    """
    if notice is None:
        return "none"
    if notice.valid_until and notice.valid_until < day:
        return "lapsed"
    if assessment.total < assessment.threshold:
        return "below"
    if notice.valid_until and notice.valid_until <= day + timedelta(days=RENEW_DUE_DAYS):
        return "renew_due"
    return "valid"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
