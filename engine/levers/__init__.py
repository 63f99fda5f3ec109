"""What a lever does to an applicant: when it can first be pulled, what is true then, what it costs.

A lever begins in a month (`start`), each kind in its own way (`engine.lever_pack` holds what a pack says of it).
`apply` is what a plan and a what-if are made of: it asks for no need, `earliest` does; it only must not be for nothing
(`nothing_there`).
"""

from datetime import date
from typing import NamedTuple

from engine.facts import Applicant
from engine.lever_pack import STUDIES, Base, Lever, Move, Pay, Qualify, Study
from engine.levers import insurance, move, qualify, study
from engine.months import Month
from engine.policy import Policy
from engine.reason import Reason


class Cost(NamedTuple):
    """What something may cost, in whole yuan: at least, at most."""

    low: int
    high: int


def earliest(a: Applicant, lever: Lever, policy: Policy, on: date) -> Month | Reason:
    """The first month in which the applicant can begin with a lever, as seen on a day; a reason where they cannot.

    The reason (`plan.*`) names the line the lever is for, and the need that is not met or what is there already.
    """
    found = _earliest(a, lever, policy, on)
    if isinstance(found, Month):
        return found
    return Reason(found.code, {"line_word": f"indicator.{lever.indicator}", **found.values})


def _earliest(a: Applicant, lever: Lever, policy: Policy, on: date) -> Month | Reason:
    match lever:
        case Pay():
            return insurance.pay_from(a, on)
        case Base():
            return insurance.base_from(a, lever, policy, on)
        case Study():
            return study.study_from(a, lever, on)
        case Qualify():
            return qualify.qualify_from(a, lever, on)
        case Move():
            return move.move_from(a, lever, on)
    raise TypeError(lever)


def nothing_there(a: Applicant, lever: Lever) -> Reason | None:
    """Why there is nothing at all that a lever could change: nobody goes on with what never began."""
    if isinstance(lever, Pay) and not insurance.paid_here(a):
        return Reason("plan.no_insurance", {"line_word": f"indicator.{lever.indicator}"})
    return None


def opens(a: Applicant, lever: Lever, start: Month) -> bool:
    """Whether a lever may begin in this month of the year: a course does so only when its school takes people in."""
    if not isinstance(lever, Study) or study.under_way(a, lever, start) is not None:
        return True
    return start % 12 + 1 in lever.starts


def apply(a: Applicant, lever: Lever, start: Month, policy: Policy) -> Applicant:
    """The facts once a lever that begins in a month is carried out, each new fact with its own day.

    What was true before the start stays so: no score up to that month changes.
    """
    match lever:
        case Pay():
            rows: object = insurance.paid(a, start)
        case Base():
            rows = insurance.based(a, lever, start, policy)
        case Study():
            rows = study.studied(a, lever, start)
        case Qualify():
            rows = qualify.qualified(a, lever, start)
        case Move():
            rows = move.moved(a, lever, start)
        case _:
            raise TypeError(lever)
    return a.model_copy(update={lever.section: rows})


def done(a: Applicant, lever: Lever, start: Month) -> date:
    """The day on which a lever that begins in a month has brought its fact about: diploma, certificate, move, base."""
    match lever:
        case Study():
            return study.study_done(a, lever, start)
        case Qualify() | Move():
            return Month(start + lever.months).first_day()
    return start.first_day()


def detail(a: Applicant, lever: Lever, start: Month, policy: Policy) -> Reason:
    """What is to be done, as a reason `plan.step.*`; `a` are the facts before it."""
    match lever:
        case Pay():
            base = insurance.paid(a, start)[-1].base
            return Reason("plan.step.pay", {"base": base}) if base else Reason("plan.step.pay_unknown", {})
        case Base():
            times, tenths = divmod(policy.law(start.first_day()).figures[lever.figure], 10)
            values = {
                "base": insurance.wanted(lever, policy, start),
                "times": f"{times}.{tenths}" if tenths else str(times),
            }
            return Reason(f"plan.step.{'base_title' if lever.indicator == 'title' else 'base'}", values)
        case Study():
            code = "plan.step.study" if study.under_way(a, lever, start) is None else "plan.step.finish"
            return Reason(
                code,
                {
                    "schooling_word": f"schooling.{STUDIES[lever.level, lever.degree]}",
                    "done": str(done(a, lever, start)),
                },
            )
        case Qualify():
            values = {"grade_word": f"grade.{lever.qualification}", "done": str(Month.of(done(a, lever, start)))}
            return Reason("plan.step.qualify", values)
        case Move():
            values = {"area_word": f"value.service.kind.{lever.area}", "done": str(Month.of(done(a, lever, start)))}
            return Reason("plan.step.move", values)
    raise TypeError(lever)


def cost(a: Applicant, lever: Lever, start: Month, until: date, policy: Policy) -> Cost:
    """What a lever costs from its start up to a day; `a` are the facts before it.

    A raised base costs by the month, those before the day's month: from the employee's part of the contributions on
    what it is raised by up to the employer's part besides.
    """
    low, high = lever.cost
    if isinstance(lever, Base):
        raised = insurance.rise(a, lever, start, policy) * max(Month.of(until) - start, 0)
        low += raised * lever.rise[0] // 1000
        high += -(-raised * lever.rise[1] // 1000)
    return Cost(low, high)
