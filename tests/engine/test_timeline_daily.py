"""Three hundred lives over ten years: the timeline is what one finds who counts on each single day.

Every indicator is asked on every day, one after the other, without the days that it names itself; the two that look at
nothing but months of insurance on the first day of each month. Nine of the lives are assessed in full on each day:
what the others are counted by is what `assess` says.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from lives import Life, life

from engine.assessment import assess, not_taken
from engine.indicators import INDICATORS
from engine.indicators.deductions import vetoes
from engine.outcome import Outcome
from engine.scope import scopes
from engine.timeline import Timeline, first_reached, timeline
from engine.words import keys

LIVES = 300
AT_ONCE = 10
MONTHLY = ("insurance_years", "contribution_base")
every_life = pytest.mark.parametrize("first", range(0, LIVES, AT_ONCE))


class Day(NamedTuple):
    """What counting on a day finds: points by line where there are any, the total, the verdict."""

    day: date
    lines: dict[str, int]
    total: int
    reached: bool
    provisional: bool


def days(lived: Life) -> Iterator[date]:
    return (lived.on + timedelta(days=n) for n in range((lived.until - lived.on).days + 1))


def counted_by_assess(lived: Life) -> Iterator[Day]:
    applicant = lived.applicant
    for day in days(lived):
        found = assess(applicant, lived.policy, day)
        counted = [line for line in found.lines if line.counted]
        points = {line.indicator: line.points for line in counted if line.points}
        yield Day(day, points, found.total, found.reached, any(line.provisional for line in counted))


def counted(lived: Life) -> Iterator[Day]:
    """The same, on the claimed facts alone, which are read once."""
    applicant, policy = lived.applicant, lived.policy
    scope, _ = scopes(applicant)
    before: list[tuple[int, bool] | None] = []
    there: dict[str, Outcome | None] = {}
    for day in days(lived):
        law = policy.law(day)
        for name, rule in INDICATORS.items():
            if name not in MONTHLY or day.day == 1 or name not in there:
                there[name] = rule.outcome(scope, law, day)
        now = [outcome and (outcome.points, outcome.provisional) for outcome in there.values()]
        if now != before:  # else all of it is as on the day before
            before = now
            said = {name: outcome for name, outcome in there.items() if outcome is not None}
            out = not_taken(said)
            kept = {name: outcome for name, outcome in said.items() if name != out}
            points = {name: outcome.points for name, outcome in kept.items() if outcome.points}
            total = max(0, sum(points.values()))
            provisional = any(outcome.provisional for outcome in kept.values())
        reached = total >= law.figures["threshold"] and not vetoes(applicant.offence, day)
        yield Day(day, points, total, reached, provisional or (bool(kept) and law.ended(day)))


def moves(counts: Iterator[Day]) -> list[tuple[Day, dict[str, tuple[int, int]]]]:
    """The first day, and those on which a line, the total or the verdict is not what it was the day before."""
    before = next(counts)
    found: list[tuple[Day, dict[str, tuple[int, int]]]] = [(before, {})]
    for then in counts:
        if (then.lines, then.total, then.reached) != (before.lines, before.total, before.reached):
            names = before.lines.keys() | then.lines.keys()
            both = {name: (before.lines.get(name, 0), then.lines.get(name, 0)) for name in names}
            found.append((then, {name: (was, now) for name, (was, now) in both.items() if was != now}))
        before = then
    return found


def steps(found: Timeline) -> list[tuple[date, int, bool, bool, dict[str, tuple[int, int]]]]:
    return [
        (s.day, s.total, s.reached, s.provisional, {c.indicator: (c.before, c.after) for c in s.changes})
        for s in found.steps
    ]


def lived(seed: int) -> tuple[Life, Timeline]:
    one = life(seed)
    return one, timeline(one.applicant, one.policy, one.on, one.until)


@every_life
def test_each_day_counted_one_by_one(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        one, found = lived(seed)
        expected = [(d.day, d.total, d.reached, d.provisional, changed) for d, changed in moves(counted(one))]
        assert steps(found) == expected, seed


@pytest.mark.parametrize("seed", range(0, LIVES, 37))
def test_each_day_assessed_in_full(seed: int) -> None:
    """What the other test counts by is what `assess` says."""
    one = life(seed)
    assert list(counted(one)) == list(counted_by_assess(one))


def test_every_cause_comes_at_least_twenty_times() -> None:
    """All there are words for, and no cause without a word."""
    causes: Counter[str] = Counter()
    for seed in range(LIVES):
        for step in lived(seed)[1].steps:
            causes.update(change.because.code for change in step.changes)
            causes.update([step.because.code] if step.because else [])
    words = {key.removeprefix("reason.") for key in keys("zh") if key.startswith("reason.because.")}
    assert {cause: causes[cause] for cause in words | set(causes) if causes[cause] < 20} == {}
    assert set(causes) == words


def test_every_change_of_the_verdict_has_a_cause() -> None:
    for seed in range(LIVES):
        for step in lived(seed)[1].steps[1:]:
            assert step.changes or step.because, seed


@every_life
def test_first_in_and_first_out(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        one, found = lived(seed)
        verdicts = [(step.day, step.reached) for step in found.steps]
        into = next((day for day, reached in verdicts if reached), None)
        assert found.first_reached == into == first_reached(one.applicant, one.policy, one.on, one.until)
        assert found.first_lost == next((day for day, reached in verdicts if into and day > into and not reached), None)
