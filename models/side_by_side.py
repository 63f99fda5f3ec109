"""What-ifs beside the real case: how the score of each goes, what its levers cost, and the day to compare them on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engine.assessment import Assessment, assess
from engine.facts import Applicant
from engine.levers import Cost
from engine.policy import Policy
from engine.timeline import Timeline, step_on, timeline
from models.what_if import Outcome, carried_out


@dataclass(frozen=True, slots=True)
class Column:
    """An applicant and how their score goes. `row_id`, `line` and `kept` are those of the what-if that leads there.

    `outcome`: what its line comes to; None of the real case.
    """

    applicant: Applicant
    ahead: Timeline
    row_id: str = ""
    line: str = ""
    kept: str | None = None
    outcome: Outcome | None = None

    @property
    def since(self) -> date:
        """The day from which its score is looked at."""
        return self.ahead.steps[0].day

    def assessed(self, day: date, policy: Policy) -> Assessment:
        """What is counted on a day."""
        return assess(self.applicant, policy, day)

    def total(self, day: date) -> int:
        """The points on a day from that of the timeline on."""
        return step_on(self.ahead.steps, day).total

    def cost(self, policy: Policy) -> Cost:
        """What its levers cost up to the day at the threshold, else as far as is looked ahead."""
        until = self.ahead.first_reached or self.ahead.until
        pieces = self.outcome.pieces if self.outcome is not None else ()
        costs = [piece.pulled.cost(until, policy) for piece in pieces if piece.pulled is not None]
        return Cost(sum(cost.low for cost in costs), sum(cost.high for cost in costs))


def real(applicant: Applicant, policy: Policy, on: date, until: date) -> Column:
    """The case as it is. Raises `engine.policy.NoLaw` for a day before the first version."""
    return Column(applicant, timeline(applicant, policy, on, until))


def beside(case: Column, row_id: str, line: str, policy: Policy, kept: str | None = None) -> Column:
    """A what-if of the real case, looked at over the same days."""
    outcome = carried_out(case.applicant, line, policy, case.since)
    ahead = timeline(outcome.applicant, policy, case.since, case.ahead.until)
    return Column(outcome.applicant, ahead, row_id, line, kept, outcome)


def days(columns: Sequence[Column]) -> list[date]:
    """The days on which any column changes, in order, from the first on."""
    return sorted({step.day for column in columns for step in column.ahead.steps})


def next_day(columns: Sequence[Column], day: date, step: int) -> date | None:
    """The next day on which any column changes (1), or the one before (-1); None where there is none."""
    if step > 0:
        return next((other for other in days(columns) if other > day), None)
    return next((other for other in reversed(days(columns)) if other < day), None)


def day_to_compare(columns: Sequence[Column]) -> date:
    """The day on which columns say most, the real case first among them.

    The latest of the days on which what-ifs first reach the threshold; where none does, the first on which one of them
    is furthest from the real case; the first day of all, where none ever differs.
    """
    case, *what_ifs = columns
    reached = [column.ahead.first_reached for column in what_ifs if column.ahead.first_reached is not None]
    if reached and max(reached) > case.since:
        return max(reached)
    known = days(columns)
    apart = [max((abs(column.total(day) - case.total(day)) for column in what_ifs), default=0) for day in known]
    return known[apart.index(max(apart))]
