"""What a look for risks has to go by, and what it finds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Literal, NamedTuple

from engine.assessment import Assessment, assess
from engine.facts import Applicant
from engine.months import Month, add_years
from engine.policy import Law, Policy
from engine.reason import Reason
from engine.risks.thresholds import Thresholds
from engine.scope import Scope, scopes
from engine.timeline import Timeline, timeline

Severity = Literal["block", "high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("block", "high", "medium", "low")
"""Returned for certain; likely to be returned or to cost the points; to be put right; to be minded."""


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk: what it rests on (`reason`, and the `paths` of the facts), what to do about it, by when it hurts.

    `indicator` is the line it endangers, `points` what that line counts now. `day` is the day on which it takes effect,
    None where it does so at any time.
    """

    risk: str
    severity: Severity
    reason: Reason
    remedy: Reason
    paths: tuple[str, ...]
    indicator: str | None = None
    points: int = 0
    day: date | None = None

    def days(self, on: date) -> int | None:
        """Days left until it takes effect; 0 on the day, less after it."""
        return None if self.day is None else (self.day - on).days


class Unknown(NamedTuple):
    """What cannot be judged: the risk, and the facts that would decide it."""

    risk: str
    paths: tuple[str, ...]


class Found(NamedTuple):
    """All risks, the severest first, and what could not be judged for want of facts."""

    risks: tuple[Risk, ...]
    unknown: tuple[Unknown, ...]


Looks = Iterator[Risk | Unknown]

YEAR = 12  # months: what lies further back weighs less


class Scored(NamedTuple):
    """What whoever asks has counted already: the score on the day, and from it on, at least as far as looks go."""

    assessment: Assessment
    ahead: Timeline


@dataclass(frozen=True)
class Case:
    """An applicant as seen on a day, with what several looks ask for."""

    applicant: Applicant
    policy: Policy
    on: date
    thresholds: Thresholds
    scored: Scored | None = None

    @cached_property
    def law(self) -> Law:
        """The law in force."""
        return self.policy.law(self.on)

    @cached_property
    def scope(self) -> Scope:
        """The facts as claimed."""
        return scopes(self.applicant)[0]

    @cached_property
    def assessment(self) -> Assessment:
        """The score on the day."""
        return assess(self.applicant, self.policy, self.on) if self.scored is None else self.scored.assessment

    @cached_property
    def ahead(self) -> Timeline:
        """The score of the time that is looked at in advance."""
        until = add_years(self.on, self.thresholds.base_ahead_years)
        if self.scored is None:
            return timeline(self.applicant, self.policy, self.on, until)
        steps = tuple(step for step in self.scored.ahead.steps if step.day <= until)
        return replace(self.scored.ahead, until=until, steps=steps)

    @cached_property
    def month(self) -> Month:
        """The month of the day."""
        return Month.of(self.on)

    def counted(self, indicator: str) -> int:
        """The points of a line that counts; 0 where it does not."""
        return next((line.points for line in self.assessment.lines if line.indicator == indicator and line.counted), 0)

    def left(self, day: date) -> int:
        """Days left until a day."""
        return (day - self.on).days

    def soon(self, day: date, days: int) -> bool:
        """Whether a day is at most so many days away, or past."""
        return day <= self.on + timedelta(days=days)


def because(risk: str, form: str = "", **values: Any) -> Reason:
    """Why a risk is one; `form` where there are several sentences for it."""
    return Reason(f"risk.{risk}{form and f'_{form}'}", {name: _told(value) for name, value in values.items()})


def remedy(risk: str, form: str = "", **values: Any) -> Reason:
    """What to do about a risk."""
    return Reason(f"remedy.{risk}{form and f'_{form}'}", {name: _told(value) for name, value in values.items()})


def _told(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Month) else value
