"""On a few levers: every subset, every start, month by month with `assess`, finds the front that the planner shows.

Nothing of the search is used here: only what a lever does (`apply`), when it can first be pulled (`earliest`), what it
costs (`cost`), and the assessment.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any, NamedTuple

import pytest
from planning import TODAY, pack, person

from engine.assessment import assess
from engine.facts import Applicant
from engine.lever_pack import SURE, Lever
from engine.levers import apply, cost, done, earliest
from engine.months import Month
from engine.planner import plan
from engine.policy import Policy

DAY = timedelta(days=1)


class Found(NamedTuple):
    reached_on: date
    most: int
    least: int
    unsure: int


def reached(applicant: Applicant, policy: Policy, until: date) -> date | None:
    """The first day, looked for on the first of each month, and from there back day by day."""
    first_of_months = (Month(month).first_day() for month in range(Month.of(TODAY) + 1, Month.of(until) + 2))
    day = next((day for day in first_of_months if assess(applicant, policy, day).reached), None)
    while day is not None and assess(applicant, policy, day - DAY).reached:
        day -= DAY
    return day if day is not None and TODAY < day <= until else None


def ended(policy: Policy) -> date:
    return TODAY.replace(year=TODAY.year + policy.planning.years)


def begun(
    applicant: Applicant, levers: tuple[Lever, ...], policy: Policy, last: Month
) -> Iterator[tuple[Applicant, list[tuple[Applicant, Lever, Month]]]]:
    """Every choice of starts, each from the earliest on: the facts then, and each lever with the facts before it."""
    if not levers:
        yield applicant, []
        return
    first = earliest(applicant, levers[0], policy, TODAY)
    if isinstance(first, Month):
        for month in range(first, last + 1):
            if done(applicant, levers[0], Month(month)) > last.last_day():
                break
            after = apply(applicant, levers[0], Month(month), policy)
            for facts, steps in begun(after, levers[1:], policy, last):
                yield facts, [(applicant, levers[0], Month(month)), *steps]


def everything(applicant: Applicant, policy: Policy) -> Iterator[Found]:
    until = ended(policy)
    for size in range(4):
        for levers in combinations(policy.planning.levers, size):
            if len([lever for lever in levers if lever.id.startswith("base.")]) > 1:
                continue
            for facts, steps in begun(applicant, levers, policy, Month.of(until)):
                day = reached(facts, policy, until)
                if day is not None:
                    costs = [cost(before, lever, start, day, policy) for before, lever, start in steps]
                    unsure = max((len(SURE) - SURE.index(lever.sure) for lever in levers), default=0)
                    yield Found(day, sum(c.high for c in costs), sum(c.low for c in costs), unsure)


def front(found: set[Found]) -> set[Found]:
    """Those none of which is as early, as cheap (at most, then at least) and as sure as another that differs."""

    def beaten(one: Found, other: Found) -> bool:
        return (
            one != other
            and other.reached_on <= one.reached_on
            and (other.most, other.least) <= (one.most, one.least)
            and other.unsure <= one.unsure
        )

    return {one for one in found if not any(beaten(one, other) for other in found)}


@pytest.mark.parametrize(
    ("levers", "changes", "facts"),
    [
        pytest.param(
            ("title.intermediate", "base.title", "base.1x"),
            {"title_intermediate": {"months": 9}},
            {},
            id="a title, and the base that it needs for six months",
        ),
        pytest.param(
            ("skill.3", "base.title", "base.1x"),
            {"skill_3": {"months": 5, "after": {"work": 12}}},
            {
                "education": [],
                "insurance": [{"from": "2023-09", "to": "2026-05", "base": 12000}, {"from": "2026-06", "base": 8000}],
            },
            id="a band of which a few months are lacking, and a skill",
        ),
        pytest.param(
            ("degree", "base.0.8x", "base.2x"),
            {"degree": {"months": {"associate": 6}, "starts": list(range(1, 13)), "sure": "low"}},
            {"insurance": [{"from": "2023-12", "to": "2026-06", "base": 23000}, {"from": "2026-07", "base": 8000}]},
            id="a course against a dear base",
        ),
        pytest.param(
            ("pay", "skill.4", "base.1x"),
            {"skill_4": {"months": 7, "after": {"work": 12}}},
            {
                "education": [],
                "insurance": [
                    {"from": "2023-11", "to": "2026-05", "base": 12000},
                    {"from": "2026-06", "to": "2026-10", "base": 9500},
                ],
                "spouse": {"married": "2020-04-03", "shanghai_hukou": True},
            },
            id="insurance that has stopped, and a marriage that goes on",
        ),
        pytest.param(
            ("degree", "base.title", "title.intermediate"),
            {"degree": {"months": {"associate": 8}, "starts": list(range(1, 13))}, "title_intermediate": {"months": 9}},
            {"offence": [{"kind": "detention", "date": "2022-09-20"}]},
            id="a deduction that ends meanwhile",
        ),
        pytest.param(
            ("degree", "title.intermediate", "base.title"),
            {
                "degree": {"months": {"associate": 9}, "starts": list(range(1, 13)), "sure": "high"},
                "title_intermediate": {"months": 8, "sure": "low", "cost": [100, 200]},
            },
            {},
            id="what is surer comes later and is dearer",
        ),
    ],
)
def test_the_front_is_that_of_every_subset_and_every_start(
    levers: tuple[str, ...], changes: dict[str, Any], facts: dict[str, Any]
) -> None:
    policy, applicant = pack(*levers, years=1, **changes), person(**facts)
    shown = [
        Found(
            option.reached_on,
            option.cost.high,
            option.cost.low,
            ["certain", "high", "medium", "low"].index(option.sure),
        )
        for option in plan(applicant, policy, TODAY).options
    ]
    assert len(shown) == len(set(shown)) > 0
    assert set(shown) == front(set(everything(applicant, policy)))
