"""What holds for the plan of every valid applicant, on every day there is a law."""

import json
from datetime import date, timedelta

from assessing import POLICY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import Document, documents, earning_documents, law_days

from engine.assessment import assess
from engine.document import dump, validate
from engine.plan import Option
from engine.plan_report import plan_report
from engine.planner import plan
from engine.words import LANGUAGES

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
some = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
near = st.dates(date(2024, 1, 1), date(2028, 12, 31))
earning = earning_documents(TODAY)


def merits(option: Option) -> tuple[int, int, int, int]:
    """Day, cost at most and at least, how unsure: the smaller the better."""
    order = ("certain", "high", "medium", "low")
    return option.reached_on.toordinal(), option.cost.high, option.cost.low, order.index(option.sure)


def beats(one: Option, other: Option) -> bool:
    (day, *cost, unsure), (other_day, *other_cost, other_unsure) = merits(one), merits(other)
    return one is not other and day <= other_day and cost <= other_cost and unsure <= other_unsure


@some
@given(earning, near)
def test_every_option_scores_what_it_promises_on_its_day_and_not_the_day_before(document: Document, on: date) -> None:
    for option in plan(validate(document), POLICY, on).options:
        applicant = validate(dump(option.applicant))  # as another program would read it
        then, before = (assess(applicant, POLICY, day) for day in (option.reached_on, option.reached_on - DAY))
        assert on < option.reached_on
        assert (then.total, then.reached, before.reached) == (option.total, True, False)


@some
@given(earning, near)
def test_none_that_is_shown_is_beaten_by_another(document: Document, on: date) -> None:
    options = plan(validate(document), POLICY, on).options
    assert [(one, other) for one in options for other in options if beats(one, other)] == []


@some
@given(earning, near, st.integers(30, 2500))
def test_what_must_be_there_by_a_day_is_there_then_and_on_the_day(document: Document, on: date, days: int) -> None:
    by = on + timedelta(days=days)
    for option in plan(validate(document), POLICY, on, by).options:
        assert option.reached_on <= by
        assert assess(option.applicant, POLICY, by).reached
        assert assess(option.applicant, POLICY, option.reached_on).total == option.total
        assert not assess(option.applicant, POLICY, option.reached_on - DAY).reached


@some
@given(earning, near)
def test_a_plan_changes_nothing_that_was_true_before_it(document: Document, on: date) -> None:
    applicant = validate(document)
    now = assess(applicant, POLICY, on)
    for option in plan(applicant, POLICY, on).options:
        then = assess(option.applicant, POLICY, on)
        assert (then.total, then.proven) == (now.total, now.proven)


@some
@given(documents() | earning, law_days, st.none() | st.integers(0, 4000))
def test_whatever_the_facts_there_is_a_way_or_a_reason_and_it_is_plain_json(
    document: Document, on: date, days: int | None
) -> None:
    by = None if days is None else min(on + timedelta(days=days), date(2199, 12, 31))
    found = plan(validate(document), POLICY, on, by)
    assert bool(found.options) == (found.because is None)
    for language in LANGUAGES:
        told = plan_report(found, language)
        assert json.loads(json.dumps(told, ensure_ascii=False, allow_nan=False)) == told
        assert "{" not in str([told["because"], *(step["detail"] for o in told["options"] for step in o["steps"])])
