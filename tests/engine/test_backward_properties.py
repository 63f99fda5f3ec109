"""What holds of every backward plan, whatever the facts and whichever days are asked about."""

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import applicants

from engine.backward import BackwardPlan, Step, backward_plan
from engine.backward_report import backward_report
from engine.exams import Span
from engine.facts import Applicant
from engine.words import LANGUAGES

asked = st.dates(date(2024, 1, 1), date(2030, 12, 31))
spans = st.builds(lambda first, days: Span(first, first + timedelta(days=days)), asked, st.integers(0, 200))
shifts = st.integers(0, 400).map(lambda days: timedelta(days=days))


def planned(applicant: Applicant, need: Span, on: date, working: bool) -> BackwardPlan:
    child = applicant.child[0] if applicant.child else None
    return backward_plan(applicant, need, on, child, working=working)


def earliest(steps: Iterable[Step]) -> dict[str, tuple[date, date]]:
    """By step the first of its last safe days, at worst and at best."""
    found: dict[str, tuple[date, date]] = {}
    for step in steps:
        worst, best = found.get(step.code, (date.max, date.max))
        found[step.code] = min(worst, step.pessimistic.day), min(best, step.optimistic.day)
    return found


@settings(deadline=None)  # the first to ask loads the calendar
@given(applicants(), spans, asked, st.booleans())
def test_no_last_safe_day_lies_after_the_need_and_none_at_worst_after_that_at_best(
    applicant: Applicant, need: Span, on: date, working: bool
) -> None:
    found = planned(applicant, need, on, working)
    for step in found.steps:
        assert step.pessimistic.day <= step.optimistic.day <= step.serves <= need.last
        assert step.pessimistic.slack == (step.pessimistic.day - on).days
        assert step.red == (step.optimistic.day < on)


@settings(deadline=None)  # the first to ask loads the calendar
@given(applicants(), spans, shifts, st.booleans())
def test_a_later_need_moves_no_step_earlier(applicant: Applicant, need: Span, shift: timedelta, working: bool) -> None:
    on = need.first - timedelta(days=150)
    later = Span(need.first + shift, need.last + shift)
    before, after = (earliest(planned(applicant, span, on, working).steps) for span in (need, later))
    for code in before.keys() & after.keys():
        assert before[code][0] <= after[code][0]
        assert before[code][1] <= after[code][1]


@settings(deadline=None)  # the first to ask loads the calendar
@given(applicants(), spans, asked)
def test_to_wait_a_day_takes_a_day_of_slack_and_moves_nothing(applicant: Applicant, need: Span, on: date) -> None:
    """As long as the span and the facts stand as they do: nothing ended or arrived on the day."""
    bare = applicant.model_copy(update={"permit": None, "notice": None, "archive": None, "child": []})
    if on >= need.first:
        return
    today, tomorrow = (planned(bare, need, day, True).steps for day in (on, on + timedelta(days=1)))
    assert [(s.code, s.pessimistic.day, s.pessimistic.slack - 1) for s in today] == [
        (s.code, s.pessimistic.day, s.pessimistic.slack) for s in tomorrow
    ]


@settings(max_examples=50, deadline=None)
@given(applicants(), spans, asked)
def test_every_plan_can_be_told_in_both_languages(applicant: Applicant, need: Span, on: date) -> None:
    for language in LANGUAGES:
        told = backward_report(planned(applicant, need, on, True), language)
        assert all(step["because"] and step["name"] and step["state_name"] for step in told["steps"])
        assert all(note["because"] for step in told["steps"] for note in step["notes"])
