"""How long a case has been in its stage, and how long that usually takes: silence beyond it is to be seen."""

from datetime import date, timedelta
from typing import NamedTuple

from engine.application_steps import from_notice_to_hand_in
from engine.basis import Basis
from engine.durations import Duration, Length
from engine.durations import load as load_durations
from engine.facts import Applicant
from engine.workflow.stage_pack import Stage, load
from engine.workflow.standing import Standing
from engine.working_days import add_working_days, forecast_years


class Expected(NamedTuple):
    """When a stage that began on `since` usually ends at the latest, and when the law says (None: it says nothing).

    `takes` is the usual length, `bases` what it rests on. `provisional`: days off are counted that are not arranged.
    """

    since: date
    usual: date
    legal: date | None
    takes: Length
    bases: tuple[Basis, ...]
    provisional: bool = False


def since(standing: Standing) -> date | None:
    """The day the case came to its stage: that of the last step, else that on which its application was opened.

    None where no row tells it.
    """
    if standing.last_step is not None:
        return standing.last_step.on
    return standing.open.opened if standing.open is not None else None


def usual_until(standing: Standing) -> Expected | None:
    """The usual end of the stage a case is in; None where it has none, or nobody knows since when it is there."""
    began = since(standing)
    return ends_of(standing.applicant, load().stages[standing.status], began) if began is not None else None


def ends_of(applicant: Applicant, stage: Stage, began: date) -> Expected | None:
    """The usual end of a stage that began on a day, working days counted as the offices work."""
    takes = _archive(applicant, began) if stage.by_archive else stage.takes
    if takes is None:
        return None
    usual = after(began, takes.pessimistic)
    legal = after(began, stage.legal.pessimistic) if stage.legal is not None else None
    counted = takes.pessimistic.unit == "working_days"
    return Expected(began, usual, legal, takes.pessimistic, takes.bases, counted and bool(forecast_years(began, usual)))


def after(day: date, length: Length) -> date:
    """The day so long after another, in the unit of the length."""
    if length.unit == "working_days":
        return add_working_days(day, length.amount)
    return day + timedelta(days=length.amount)


def _archive(applicant: Applicant, on: date) -> Duration:
    """How long the archive takes by where it is; at worst where nobody knows."""
    links = from_notice_to_hand_in(applicant, on, load_durations())
    return next(link.takes for link in links if link.code == "archive")
