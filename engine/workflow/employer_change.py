"""What to do when the employer changes in the middle (换单位, process 1.6): it depends on how far the case is."""

from datetime import date

from engine.policy import Policy
from engine.reason import Reason
from engine.workflow.points_clock import signed_anew
from engine.workflow.situation import Situation, changed_employer
from engine.workflow.standing import Standing

_NOT_SUBMITTED = frozenset({"account", "form", "hr_review"})


def employer_change(standing: Standing, on: date, *, policy: Policy | None = None) -> Reason | None:
    """What is to be done because the employer is not the one that filed, or that the notice has; None where it is.

    Which employer filed stands in the facts as filed, kept when the application was submitted.
    """
    situation = Situation(standing, on, policy)
    filing, job = standing.open, standing.applicant.employment
    if filing is not None:
        filed = (filing.filed or {}).get("employment", {}).get("employer")
        if filed is None or job is None or job.employer in {None, filed}:
            return None
        values = {"before": filed, "after": job.employer}
        if standing.handed_in:
            return Reason("workflow.change.handed_in", values)
        return Reason(f"workflow.change.{'filled' if situation.status in _NOT_SUBMITTED else 'submitted'}", values)
    notice = standing.applicant.notice
    if not changed_employer(standing.applicant) or notice is None or job is None:
        return None
    values = {"before": notice.employer, "after": job.employer}
    match situation.status, job.points_account:
        case "in_force" | "renewal_due" | "lapsed", "unregistered":
            return Reason("workflow.change.unregistered", values)
        case "in_force" | "renewal_due", _:
            return Reason("workflow.change.in_force", values)
        case "lapsed", _:
            return Reason(f"workflow.change.lapsed{'_signed' if signed_anew(standing.applicant) else ''}", values)
    return None
