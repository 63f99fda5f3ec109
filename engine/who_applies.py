"""Which of two spouses had better apply, and the days on which that turns.

Points are one applicant's; spouse and children come along on the same notice. So a couple in which both hold a permit
chooses, once: who is at the threshold, else who is nearer to it.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from engine.timeline import Step, Timeline, step_on


class Turn(NamedTuple):
    """From `day` on the first of the two (0) has the better standing, the second (1), or neither (None).

    `totals` are the points of both on that day.
    """

    day: date
    better: int | None
    totals: tuple[int, int]


def who_applies(one: Timeline, other: Timeline) -> list[Turn]:
    """Who stands better from the first day of two timelines on, and each later day on which that is another one.

    Who reaches the threshold stands better than who does not; where both do or neither, who has more points.
    """
    turns = [Turn(day, _better(a, b), (a.total, b.total)) for day, a, b in _together(one, other)]
    return turns[:1] + [turn for before, turn in pairwise(turns) if turn.better != before.better]


def _together(one: Timeline, other: Timeline) -> Iterator[tuple[date, Step, Step]]:
    """Each day on which either moves, with where both stand."""
    starts = max(one.steps[0].day, other.steps[0].day)
    days = {max(step.day, starts) for step in (*one.steps, *other.steps)}
    for day in sorted(days):
        yield day, step_on(one.steps, day), step_on(other.steps, day)


def _better(one: Step, other: Step) -> int | None:
    first, second = (one.reached, one.total), (other.reached, other.total)
    return None if first == second else int(first < second)
