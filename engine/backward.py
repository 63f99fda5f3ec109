"""The backward plan: from the days on which the points must hold to the last safe day of every step before them.

Which steps there are follows from what is known of the case (`application_steps`, `renewal_steps`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from engine.application_steps import (
    Link,
    application_kind,
    before_hand_in,
    from_notice_to_hand_in,
    has_permit,
)
from engine.basis import Basis
from engine.durations import Durations, Length, load
from engine.exams import Exam, Span
from engine.facts import Applicant, Child
from engine.months import add_months
from engine.needs import Need
from engine.reason import Reason
from engine.renewal_steps import Renewal, child_permit, renewals
from engine.working_days import forecast_years, subtract_working_days

STATES = ("safe", "tight", "gone")
"""In time even at worst; in time only at best; too late (red)."""


class Deadline(NamedTuple):
    """The last day on which a step can safely be taken, and the days left until it: 0 on the day, less after it."""

    day: date
    slack: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step, to be taken (or begun) by its last safe day, at best (`optimistic`) and at worst (`pessimistic`).

    `serves` is the day by which all that follows from it must be there; before `opens` it cannot be taken. `unknown`
    are paths of facts that would decide how long it takes, `notes` what else to mind. `provisional`: days off are
    counted that are not arranged yet.
    """

    code: str
    optimistic: Deadline
    pessimistic: Deadline
    serves: date
    reason: Reason
    unknown: tuple[str, ...] = ()
    bases: tuple[Basis, ...] = ()
    opens: date | None = None
    notes: tuple[Reason, ...] = ()
    provisional: bool = False

    @property
    def state(self) -> str:
        """`safe`, `tight` or `gone`."""
        if self.pessimistic.slack >= 0:
            return "safe"
        return "tight" if self.optimistic.slack >= 0 else "gone"

    @property
    def red(self) -> bool:
        """Whether its slack is gone even at best."""
        return self.state == "gone"


@dataclass(frozen=True, slots=True)
class BackwardPlan:
    """The steps before a need-by span, the most pressing first.

    `kind` is what has to be filed: `new`, `add_child`, `renew`, or `none`. `target` is the day by which a new notice
    must be there: the first of the span, once that is past the last. No step is left when the span is `over`.
    `forecast_years` are those counted through whose days off are not arranged yet.
    """

    need: Span
    on: date
    target: date
    kind: str
    steps: tuple[Step, ...]
    unknown: tuple[str, ...]
    forecast_years: tuple[int, ...]

    @property
    def over(self) -> bool:
        """Whether the span lies behind."""
        return self.on > self.need.last

    @property
    def state(self) -> str:
        """That of the worst step."""
        return max((step.state for step in self.steps), key=STATES.index, default="safe")


class Chance(NamedTuple):
    """A day by which a notice still opens a way: the first check, the end of a registration; and the hand-in for it."""

    event: str
    day: date
    hand_in: Step


class Ahead(NamedTuple):
    """A need with what it takes: the steps before it, and the chances that are left for it."""

    need: Need
    plan: BackwardPlan
    chances: list[Chance]


class _Due(NamedTuple):
    optimistic: date
    pessimistic: date


class _Counter(NamedTuple):
    """Counts back from days, in working days or in ordinary days, as seen on a day."""

    on: date
    working: bool

    def back(self, day: date, length: Length) -> date:
        if self.working:
            return subtract_working_days(day, length.working_days)
        return day - timedelta(days=length.days)

    def chain(self, links: Iterable[Link], due: _Due, serves: date) -> list[Step]:
        """Steps one after the other, the last first, back from the day by which the last must be through."""
        steps = []
        for link in links:
            due = _Due(
                self.back(due.optimistic, link.takes.optimistic), self.back(due.pessimistic, link.takes.pessimistic)
            )
            best, worst = (Deadline(day, (day - self.on).days) for day in due)
            provisional = self.working and bool(forecast_years(worst.day, serves))
            steps.append(
                Step(
                    link.code,
                    best,
                    worst,
                    serves,
                    link.reason,
                    link.unknown,
                    link.takes.bases,
                    provisional=provisional,
                )
            )
        return steps


def backward_plan(
    applicant: Applicant,
    need: Span,
    on: date,
    child: Child | None = None,
    *,
    done: Collection[str] = (),
    working: bool = True,
    durations: Durations | None = None,
) -> BackwardPlan:
    """The last safe day of each step so that the points hold on every day of `need`, as seen on the day `on`.

    `child` is one of the applicant's: it must stand on the notice and hold a permit of its own. Steps that are `done`
    are left out. With `working` False ordinary days are counted, weekends and holidays among them.
    """
    known = durations or load()
    count = _Counter(on, working)
    target = need.first if on <= need.first else need.last
    kind = application_kind(applicant, child, on, known)
    steps: list[Step] = []
    if on <= need.last:
        if kind is not None:
            steps += count.chain(from_notice_to_hand_in(applicant, on, known), _Due(target, target), target)
            hand_in = _Due(steps[-1].optimistic.day, steps[-1].pessimistic.day)
            for chain in before_hand_in(applicant, kind, on, known):
                steps += count.chain(chain, hand_in, target)
        for renewal in renewals(applicant, kind, need, target, on, known):
            kind = kind or "renew"
            steps += _renewed(count, renewal, need, known)
        if child is not None:
            for renewal in child_permit(child, _path(applicant, child), need, target, on, known):
                steps += _renewed(count, renewal, need, known)
    steps = sorted((step for step in steps if step.code not in done), key=lambda step: step.pessimistic.day)
    unknown = [*_unknown(applicant, child), *(path for step in steps for path in step.unknown)]
    years = {year for step in steps if step.provisional for year in forecast_years(step.pessimistic.day, step.serves)}
    return BackwardPlan(
        need, on, target, kind or "none", tuple(steps), tuple(dict.fromkeys(unknown)), tuple(sorted(years))
    )


def chances(
    applicant: Applicant, exam: Exam, on: date, child: Child | None = None, *, durations: Durations | None = None
) -> list[Chance]:
    """The last safe days to hand in for each chance of an examination that is not past; none where nothing is filed."""
    found = []
    for event, day in exam.chances:
        plan = backward_plan(applicant, Span(day, day), on, child, durations=durations)
        found += [Chance(event, day, step) for step in plan.steps if step.code == "hand_in"]
    return found


def ahead(applicant: Applicant, found: Iterable[Need], on: date, *, durations: Durations | None = None) -> list[Ahead]:
    """What each need of an applicant takes, in their order."""
    seen = []
    for need in found:
        child, exam = (need.coming.child, need.coming.exam) if need.coming is not None else (None, None)
        plan = backward_plan(applicant, need.span, on, child, durations=durations)
        left = chances(applicant, exam, on, child, durations=durations) if exam is not None else []
        seen.append(Ahead(need, plan, [chance for chance in left if chance.day >= on]))
    return seen


def in_time(each: Ahead, reached_on: date) -> Chance | None:
    """The first chance of a need for which the points are there by the last safe day to hand in; None where none is."""
    return next((chance for chance in each.chances if reached_on <= chance.hand_in.pessimistic.day), None)


def _renewed(count: _Counter, renewal: Renewal, need: Span, durations: Durations) -> list[Step]:
    steps = count.chain(renewal.links, _Due(renewal.due, renewal.due), renewal.due)
    if renewal.end is None:
        return steps
    *rest, signing = steps
    opens = renewal.end - timedelta(days=durations.limits["signing_opens_days"])
    return [*rest, replace(signing, opens=opens, notes=tuple(_signing_notes(signing, renewal.end, need, durations)))]


def _signing_notes(signing: Step, end: date, need: Span, durations: Durations) -> list[Reason]:
    """Why waiting for the automatic signing may be too late."""
    limits = durations.limits
    opens = end - timedelta(days=limits["signing_opens_days"])
    automatic = end - timedelta(days=limits["auto_signing_days"])
    notes = []
    if signing.pessimistic.day < opens:
        notes.append(Reason("backward.sign_before_window", {"opens": opens.isoformat()}))
    elif signing.pessimistic.day < automatic:
        notes.append(Reason("backward.sign_at_counter", {"automatic": automatic.isoformat()}))
    left = limits["left_at_hand_in_months"]
    if need.first <= end < add_months(need.first, left):
        notes.append(Reason("backward.little_left", {"day": need.first.isoformat(), "months": left}))
    return notes


def _path(applicant: Applicant, child: Child) -> str:
    return next(f"child.{n}" for n, row in enumerate(applicant.child) if row is child)


def _unknown(applicant: Applicant, child: Child | None) -> list[str]:
    """What is not known and would decide which steps there are."""
    unknown = []
    if applicant.permit is not None and has_permit(applicant) and applicant.permit.valid_until is None:
        unknown.append("permit.valid_until")
    if applicant.notice is not None:
        if applicant.notice.valid_until is None:
            unknown.append("notice.valid_until")
        if child is not None and child.name is None:
            unknown.append(f"{_path(applicant, child)}.name")
    return unknown
