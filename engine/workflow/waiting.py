"""Whose move it is in a case, and what must be done next: by its stage, and by the facts where they say more."""

from datetime import date

from engine.policy import Policy
from engine.reason import Reason
from engine.workflow.employer_change import employer_change
from engine.workflow.guards import refreshed
from engine.workflow.points_clock import signed_anew
from engine.workflow.since import usual_until
from engine.workflow.situation import Situation
from engine.workflow.stages import next_stages
from engine.workflow.standing import Standing

_CHECKS = {(True, True): "done", (True, False): "archive", (False, True): "degree", (False, False): "both"}


def waiting_on(standing: Standing, on: date, *, policy: Policy | None = None) -> str | None:
    """Who is waited for: client hr us counter archive; None where nobody is."""
    situation = Situation(standing, on, policy)
    filing = standing.open
    match situation.status:
        case "verifying" if filing is not None and filing.archive_checked is not None:
            return "counter"
        case "renewal_due" | "lapsed" if signed_anew(standing.applicant):
            return "hr"
        case "in_force" if employer_change(standing, on, policy=policy) is not None:
            return "hr"
    return situation.stage.waiting_on


def next_step(standing: Standing, on: date, *, policy: Policy | None = None) -> Reason:
    """What must be done next; where the stage usually is over by now, that it is time to ask."""
    situation = Situation(standing, on, policy)
    change = employer_change(standing, on, policy=policy)
    if change is not None:
        return change
    expected = usual_until(standing._replace(status=situation.status))
    step = _step(situation)
    if expected is not None and expected.usual < on:
        late = (on - expected.usual).days
        return Reason("workflow.do.chase", {"step": step, "usual": expected.usual.isoformat(), "days": late})
    return step


def _step(situation: Situation) -> Reason:
    standing, applicant = situation.standing, situation.applicant
    filing, status = standing.open, situation.status
    match status:
        case "simulated" | "accumulating":
            reached = next((each for each in _open(situation) if each == "engaged"), None)
            return _do(status, "reached" if reached else "short")
        case "engaged" | "employer_setup":
            return _account(situation)
        case "verifying" if filing is not None:
            done = (filing.degree_checked is not None, filing.archive_checked is not None)
            return _do(status, _CHECKS[done])
        case "returned" if filing is not None and filing.returns:
            last = filing.returns[-1]
            code = "reason_unread" if not last.reasons and last.text is None else last.where
            return _do(status, code)
        case "renewal_due" | "lapsed":
            if not signed_anew(applicant):
                return _do(status, "sign")
            there = refreshed(situation)
            return _do(status, "refresh", day=str(there)) if there and there > situation.day else _do(status, "renew")
        case "in_force" if situation.points == "below":
            return _do(status, "below")
        case "in_force" if situation.proposed_kind == "add_child":
            return _do(status, "add_child")
        case "paused" | "closed":
            return _do(status)
    expected = usual_until(standing._replace(status=status))
    if status in {"paper_due", "net_sign"} and expected is not None:
        return _do(status, "day", day=expected.usual.isoformat())
    return _do(status)


def _account(situation: Situation) -> Reason:
    """Up to the personal account: the first condition of it that is not met is what has to be done."""
    found = next(
        (
            each
            for each in next_stages(situation.standing, situation.day, policy=situation.policy)
            if each.stage == "account"
        ),
        None,
    )
    if found is None or found.closed is None:
        return _do(situation.status)
    return Reason(f"workflow.do.{situation.status}.first", {"why": found.closed})


def _open(situation: Situation) -> list[str]:
    found = next_stages(situation.standing, situation.day, policy=situation.policy)
    return [each.stage for each in found if each.closed is None]


def _do(status: str, code: str = "_", **values: str) -> Reason:
    return Reason(f"workflow.do.{status}" if code == "_" else f"workflow.do.{status}.{code}", dict(values))
