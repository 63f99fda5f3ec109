"""The four clocks of a case, which run side by side and gate each other: permit, employer, application, points.

Most of what goes wrong goes wrong between them: the permit is signed by itself and the points are not. Each clock says
where it stands, what comes next and when, and what follows if nothing happens.
"""

from datetime import date
from typing import Any

from engine.policy import Policy
from engine.workflow.permit_clock import permit_clock
from engine.workflow.points import Points, effective_status, points
from engine.workflow.points_clock import points_clock
from engine.workflow.renewal import Renewal, renewal
from engine.workflow.since import since, usual_until
from engine.workflow.situation import Situation
from engine.workflow.standing import Standing
from engine.workflow.ticking import Clock, said

__all__ = ["Clock", "Points", "Renewal", "clocks", "effective_status", "points", "renewal"]


def clocks(standing: Standing, on: date, *, policy: Policy | None = None) -> tuple[Clock, Clock, Clock, Clock]:
    """The clocks of permit, employer, application and points as seen on a day."""
    situation = Situation(standing, on, policy)
    return permit_clock(standing.applicant, on), _employer(situation), _application(situation), points_clock(situation)


def _employer(situation: Situation) -> Clock:
    """Region EM: the account of the employer, of which the facts tell the state and no day."""
    job = situation.applicant.employment
    state = "none" if job is None else job.points_account or "unknown"
    days = None
    if situation.status == "employer_setup":
        days = usual_until(situation.standing)
    return Clock(
        "employer",
        state,
        since(situation.standing) if situation.status == "employer_setup" else None,
        days.usual if days is not None else None,
        said("employer", "next", state),
        said("employer", "then", state),
    )


def _application(situation: Situation) -> Clock:
    """Regions AP, RT, WD: the stage of the case."""
    standing, status = situation.standing, situation.status
    expected = usual_until(standing._replace(status=status))
    values: dict[str, Any] = {}
    if expected is not None:
        values = {"usual": expected.usual.isoformat(), "days": (situation.day - expected.since).days}
    late = expected is not None and expected.usual < situation.day
    legal = expected is not None and expected.legal is not None
    how = "late" if late else "legal" if legal else "usual" if expected is not None else "open"
    return Clock(
        "application",
        status,
        since(standing),
        expected.usual if expected is not None else None,
        said("application", "next", how, status_word=f"status.{status}", **values),
        said("application", "then", status),
    )
