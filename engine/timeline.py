"""The score through time: only the days on which it moves, and why.

Each indicator names its own days of change and is evaluated alone on them (`engine.indicators`). All facts are taken as
they stand, so that months still being paid go on. It is the claimed total that moves: what is proven has no future.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from engine.assessment import evaluate, not_taken
from engine.facts import Applicant
from engine.indicators import INDICATORS, SLACK
from engine.indicators.deductions import vetoes
from engine.indicators.windows import Slack
from engine.moved import Moved, points
from engine.outcome import Outcome
from engine.policy import Law, Policy
from engine.reason import Reason
from engine.scope import Scope, scopes

_DAY = timedelta(days=1)


class Change(NamedTuple):
    """A line whose counted points are others from a day on. `provisional`: those after rest on unpublished figures."""

    indicator: str
    before: int
    after: int
    because: Reason
    provisional: bool


class Step(NamedTuple):
    """A day from which the total, a counted line or `reached` is another one; points.

    `because` is the cause that lies in no line: a veto, or another threshold. `provisional`: a counted line is.
    """

    day: date
    total: int
    reached: bool
    vetoed: bool
    provisional: bool
    changes: tuple[Change, ...] = ()
    because: Reason | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The steps from one day to another, the first on the day asked about.

    Of that day are the `threshold`, the lines it is `carried_by` (without which the threshold would not be reached) and
    the `slack` by indicator. `renewal` is where the score stands on the day by which the points must be renewed; None
    where no such day is known or it is past.
    """

    threshold: int
    until: date
    steps: tuple[Step, ...]
    carried_by: tuple[str, ...]
    slack: dict[str, Slack]
    renewal: Step | None

    @property
    def first_reached(self) -> date | None:
        """The first day on which the threshold is reached."""
        return next((step.day for step in self.steps if step.reached), None)

    @property
    def first_lost(self) -> date | None:
        """The first day after that on which it is reached no more."""
        first = self.first_reached
        return next((step.day for step in self.steps if first and step.day > first and not step.reached), None)

    @property
    def next_change(self) -> date | None:
        """The first day after the one asked about on which anything changes."""
        return self.steps[1].day if len(self.steps) > 1 else None


def step_on(steps: Sequence[Step], day: date) -> Step:
    """The step that holds on a day: the last up to it; the first where the day lies before all."""
    return steps[max(bisect_right(steps, day, key=lambda step: step.day) - 1, 0)]


def timeline(applicant: Applicant, policy: Policy, on: date, until: date) -> Timeline:
    """The score from a day up to and with another.

    Raises `engine.policy.NoLaw` for a day before the first version, `ValueError` where `until` lies before `on`.
    """
    if until < on:
        raise ValueError(f"{until} lies before {on}")
    scope, _ = scopes(applicant)
    now = Standing.on(scope, policy, on)
    renewed = renewal_day(applicant)
    spare = {
        name: slack(now.outcomes[name], scope, now.law, on) for name, slack in SLACK.items() if name in now.outcomes
    }
    return Timeline(
        now.threshold,
        until,
        tuple(_steps(now, policy, until)),
        tuple(now.carried_by()) if now.reached else (),
        {name: slack for name, slack in spare.items() if slack is not None},
        None if renewed is None or renewed < on else Standing.on(scope, policy, renewed).step(),
    )


def first_reached(applicant: Applicant, policy: Policy, on: date, until: date) -> date | None:
    """The first day of a span on which the threshold is reached without a veto; None where there is none.

    Raises `engine.policy.NoLaw` for a day before the first version.
    """
    scope, _ = scopes(applicant)
    return next((step.day for step in _steps(Standing.on(scope, policy, on), policy, until) if step.reached), None)


def renewal_day(applicant: Applicant) -> date | None:
    """The day by which the points must be renewed: the last on which they hold, else the last of the permit.

    Points live as long as the permit. It is signed anew in the thirty days up to and with its last one, and the points
    are confirmed by what holds then.
    """
    for paper in (applicant.notice, applicant.permit):
        if paper is not None and paper.valid_until is not None:
            return paper.valid_until
    return None


class Standing:
    """Where an applicant stands on a day: what every indicator says, what is counted, what it comes to."""

    __slots__ = ("counted", "day", "law", "outcomes", "reached", "scope", "threshold", "total", "vetoes")

    def __init__(self, scope: Scope, law: Law, day: date, outcomes: dict[str, Outcome]) -> None:
        out = not_taken(outcomes)
        self.scope, self.law, self.day, self.outcomes = scope, law, day, outcomes
        self.counted = {name: outcome.points for name, outcome in outcomes.items() if name != out}
        self.vetoes = vetoes([offence for _, offence in scope.offence], day)
        self.threshold = law.figures["threshold"]
        self.total = max(0, sum(self.counted.values()))
        self.reached = self.total >= self.threshold and not self.vetoes

    @classmethod
    def on(cls, scope: Scope, policy: Policy, day: date) -> "Standing":
        law = policy.law(day)
        return cls(scope, law, day, evaluate(scope, law, day))

    def then(self, law: Law, day: date, moving: Iterable[str]) -> "Standing":
        """The same on a later day, on which these indicators alone may say something else."""
        outcomes = dict(self.outcomes)
        for name in moving:
            outcome = INDICATORS[name].outcome(self.scope, law, day)
            if outcome is not None:
                outcomes[name] = outcome
            else:
                outcomes.pop(name, None)
        return Standing(self.scope, law, day, outcomes)

    def provisional(self, name: str) -> bool:
        """Whether what the indicator says rests on figures that are not published."""
        return name in self.outcomes and (self.outcomes[name].provisional or self.law.ended(self.day))

    def carried_by(self) -> Iterator[str]:
        """The lines without which the threshold is not reached; without a title, the education is counted."""
        for name in self.counted:
            others = {other: outcome for other, outcome in self.outcomes.items() if other != name}
            if not Standing(self.scope, self.law, self.day, others).reached:
                yield name

    def step(self, changes: tuple[Change, ...] = (), because: Reason | None = None) -> Step:
        provisional = any(map(self.provisional, self.counted))
        return Step(self.day, self.total, self.reached, bool(self.vetoes), provisional, changes, because)


def _steps(now: Standing, policy: Policy, until: date) -> Iterator[Step]:
    yield now.step()
    for day, moving in named_days(now.scope, policy, now.day, until):
        then = now.then(policy.law(day), day, moving)
        changes = tuple(_changes(now, then)) if then.counted != now.counted else ()
        if changes or (then.total, then.reached) != (now.total, now.reached):
            yield then.step(changes, _beside(now, then))
        now = then


def named_days(scope: Scope, policy: Policy, on: date, until: date) -> list[tuple[date, set[str]]]:
    """The days after `on`, up to and with `until`, on which indicators may change, in order, and which these are."""
    named: dict[date, set[str]] = {}
    starts = [law.from_ for law in policy.laws if on < law.from_ <= until]
    for start in starts:
        named[start] = set(INDICATORS)
    for after, last in zip([on, *starts], [*(start - _DAY for start in starts), until], strict=True):
        law = policy.law(after)
        for name, rule in INDICATORS.items():
            for day in rule.days(scope, law, after, last):
                if after < day <= last:
                    named.setdefault(day, set()).add(name)
    return sorted(named.items())


def _changes(before: Standing, after: Standing) -> Iterator[Change]:
    for name in INDICATORS:
        was, now = before.counted.get(name, 0), after.counted.get(name, 0)
        if was != now:
            yield Change(name, was, now, _because(name, before, after, now - was), after.provisional(name))


def _because(name: str, before: Standing, after: Standing, more: int) -> Reason:
    moved = Moved(after.scope, after.law, after.day, before.outcomes.get(name), after.outcomes.get(name))
    if (points(moved.after) - points(moved.before)) * more <= 0:  # the one it is chosen against moved
        other = "title" if name == "education" else "education"
        return Reason(f"because.{'taken' if more > 0 else 'not_taken'}", {"other_word": f"indicator.{other}"})
    if before.law is not after.law:
        under_the_old = INDICATORS[name].outcome(after.scope, before.law, after.day)
        if points(under_the_old) != points(moved.after):
            return _new_law(before.law, after.law)
    return INDICATORS[name].because(moved)


def _beside(before: Standing, after: Standing) -> Reason | None:
    """The cause that lies in no line: a veto, or another threshold."""
    if after.vetoes and not before.vetoes:
        return Reason("because.veto", {"kinds_word": [f"veto.{kind}" for kind in after.vetoes]})
    return None if after.threshold == before.threshold else _new_law(before.law, after.law)


def _new_law(before: Law, after: Law) -> Reason:
    """Another version, or other figures of the same one."""
    code = "law" if after.version != before.version else "figures"
    return Reason(f"because.{code}", {"version": after.version, "document": after.document})
