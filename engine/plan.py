"""What a plan is: ways to the threshold, the levers not pulled and why, the ways shunned. `engine.planner` makes it."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from engine.facts import Applicant
from engine.lever_pack import Lever, Shunned
from engine.levers import Cost
from engine.months import Month
from engine.reason import Reason


class Step(NamedTuple):
    """A lever in a way: the month it begins in, the day its fact is there, what is to be done, what it costs."""

    lever: Lever
    start: Month
    done: date
    detail: Reason
    cost: Cost


@dataclass(frozen=True, slots=True)
class Option:
    """A way that reaches the threshold on `reached_on` and not the day before; `total` are its points on that day.

    `applicant` are the facts once it is carried out; without steps they are those there are, and time does it. `sure`
    is the sureness of its least sure step (`engine.lever_pack.SURE`). `lost_on` is the first day below the threshold
    again, None where none is in sight. `to_settle` is what would still stand against applying on the day (the codes of
    `engine.eligibility`); a permit that is valid today is taken as extended in time.
    """

    reached_on: date
    total: int
    provisional: bool
    cost: Cost
    sure: str
    steps: tuple[Step, ...]
    applicant: Applicant
    lost_on: date | None
    to_settle: tuple[str, ...]


class Refusal(NamedTuple):
    """A lever that is not offered, and why; `idle`: there is nothing left for it to do."""

    lever: Lever
    reason: Reason
    idle: bool = False

    @property
    def indicator(self) -> str:
        """The line the lever is for."""
        return self.lever.indicator


@dataclass(frozen=True, slots=True)
class Plan:
    """The ways there are from a day on, the earliest first; where they must be there `by` a day, the surest first.

    `until` is how far ahead was looked, `total` and `reached` are of the day itself. `because` says why there is no
    option. `not_offered` are the levers whose needs are not met, `too_late` those that move their line only after `by`,
    `shunned` the ways that are praised elsewhere and are not lawful or not sound.
    """

    policy: str
    on: date
    by: date | None
    until: date
    threshold: int
    total: int
    reached: bool
    options: tuple[Option, ...]
    because: Reason | None
    not_offered: tuple[Refusal, ...]
    too_late: tuple[Refusal, ...]
    shunned: tuple[Shunned, ...]
