"""What holds for the timeline of every valid applicant, and what it says of months and lines tried out on the facts."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from assessing import POLICY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lives import life
from strategies import Document, documents, earning_documents

from engine.assessment import Assessment, assess
from engine.document import validate
from engine.months import Month
from engine.timeline import Step, timeline
from engine.words import LANGUAGES, say

TODAY = date(2026, 11, 22)
many = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
spans = st.tuples(st.dates(date(2013, 7, 1), date(2060, 12, 31)), st.integers(0, 8000))
near = st.tuples(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 4000))


def standing(found: Assessment | Step) -> tuple[int, bool]:
    return found.total, found.reached


def held(document: Document, indicator: str, day: date) -> int:
    return next(
        (line.points for line in assess(validate(document), POLICY, day).lines if line.indicator == indicator), 0
    )


@many
@given(documents() | earning_documents(TODAY), spans | near, st.lists(st.integers(0, 8000), min_size=1, max_size=12))
def test_on_any_day_the_score_is_that_of_the_last_step(
    document: Document, span: tuple[date, int], later: list[int]
) -> None:
    on, length = span
    applicant = validate(document)
    steps = timeline(applicant, POLICY, on, on + timedelta(days=length)).steps
    assert [step.day for step in steps] == sorted({step.day for step in steps})
    edges = [step.day - on - timedelta(days=1) for step in steps[1:][:6]]
    for day in {on + min(timedelta(days=n), timedelta(days=length)) for n in later} | {on + edge for edge in edges}:
        last = [step for step in steps if step.day <= day][-1]
        assert standing(assess(applicant, POLICY, day)) == standing(last), day


@many
@given(documents() | earning_documents(TODAY), spans | near)
def test_every_cause_can_be_said_in_both_languages(document: Document, span: tuple[date, int]) -> None:
    on, length = span
    found = timeline(validate(document), POLICY, on, on + timedelta(days=length))
    reasons = [change.because for step in found.steps for change in step.changes]
    reasons += [step.because for step in found.steps if step.because] + [slack.reason for slack in found.slack.values()]
    for reason in reasons:
        for language in LANGUAGES:
            said = say(reason, language)
            assert said.strip()
            assert not re.search(r"[{}]|\bNone\b|Month\(|value\.", said), said


# Of the lives counted by the policy as it is
PLAIN = [seed for seed in range(120) if life(seed).policy is POLICY]


@pytest.mark.parametrize("part", range(4))
def test_so_many_months_may_be_missed_and_no_more(part: int) -> None:
    """Nothing paid in the months to spare, at 3x ever after: the band is never lost. One month more, and it is."""
    tried = 0
    for seed in PLAIN[part::4]:
        one = life(seed)
        for on in (one.on, one.on + timedelta(days=1200), one.on + timedelta(days=2200)):
            slack = timeline(one.applicant, POLICY, on, on).slack
            if (spare := slack.get("contribution_base")) is None:
                continue
            tried += 1
            band = held(one.document, "contribution_base", on)
            now = Month.of(on)
            firsts = [Month(now + n).first_day() for n in range(1, 50)]
            for missed in (spare.months, spare.months + 1):
                rows = [*until(one.document["insurance"], now - 1), {"from": str(Month(now + missed)), "base": 99999}]
                lost = [
                    day for day in firsts if held(one.document | {"insurance": rows}, "contribution_base", day) < band
                ]
                assert bool(lost) is (missed > spare.months), (seed, on)
            stopped = one.document | {"insurance": until(one.document["insurance"], now - 1)}
            gone = next(day for day in firsts if held(stopped, "contribution_base", day) < band)
            assert gone == spare.lost_on, (seed, on)
    assert tried > 3


def until(rows: list[Document], last: int) -> list[Document]:
    """The rows with nothing after a month."""
    begun = [row for row in rows if Month.parse(row["from"]) <= last]
    return [row | {"to": min(row.get("to", "9999-12"), str(Month(last)))} for row in begun]


# What a line rests on, where nothing else does
ALONE = {"age": "birth_date", "title": "qualification", "spouse": "spouse", "award": "award", "talent": "talent"}


def test_without_a_line_that_carries_it_the_threshold_is_not_reached() -> None:
    """The facts of the line taken away."""
    seen: dict[bool, int] = {True: 0, False: 0}
    for seed in PLAIN:
        one = life(seed)
        for n in range(0, 3600, 600):
            on = one.on + timedelta(days=n)
            found = timeline(one.applicant, POLICY, on, on)
            for indicator, section in ALONE.items() if found.steps[0].reached else ():
                without: dict[str, Any] = {name: facts for name, facts in one.document.items() if name != section}
                carries = not assess(validate(without), POLICY, on).reached
                assert carries is (indicator in found.carried_by), (seed, on, indicator)
                seen[carries] += 1
    assert min(seen.values()) > 20
