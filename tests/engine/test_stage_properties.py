"""Cases on any way, with any facts: what is offered is accepted, what is accepted leaves valid rows, nothing raises."""

from datetime import date, timedelta
from typing import Any

from casesteps import carried_out
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import applicants

from engine.application import KINDS, RETURN_REASONS
from engine.facts import Applicant
from engine.words import LANGUAGES, say
from engine.workflow import STATUSES, Status
from engine.workflow.clocks import clocks, renewal
from engine.workflow.deadlines import next_step, own_deadlines, waiting_on
from engine.workflow.since import usual_until
from engine.workflow.stage_pack import load
from engine.workflow.stages import CLOSING, Next, enter, next_stages, refusal
from engine.workflow.standing import Standing

# days on which there is a law and whose working days the calendar knows or forecasts
days = st.dates(date(2014, 1, 1), date(2035, 12, 31))


def told(draw: Any, following: Next) -> dict[str, Any]:
    """Something for what is asked, now and then nothing."""
    answers: dict[str, st.SearchStrategy[Any]] = {
        "kind": st.sampled_from(KINDS),
        "reasons": st.lists(st.sampled_from(RETURN_REASONS), max_size=3, unique=True),
        "papers": st.lists(st.sampled_from(("B07", "E01", "F03")), max_size=3, unique=True),
        "where": st.sampled_from(["online", "counter", "review"]),
        "answer_by": days.map(date.isoformat),
        "valid_until": st.none(),
        "issued": st.none(),
        "score": st.integers(0, 300),
        "members": st.lists(st.just("王小明"), max_size=2),
        "because": st.just("核对后更正"),
    }
    given = {key: draw(answers.get(key, st.just("某某"))) for key in following.asks if draw(st.booleans())}
    return {**given, "because": "lost"} if following.stage == "closed" else given


@st.composite
def journeys(draw: st.DrawFn) -> tuple[Standing, date]:
    """A case that has come some way from the beginning or from a stage in which it was taken over, and a day."""
    facts: Applicant = draw(applicants())
    status: Status = draw(st.sampled_from([status for status in STATUSES if status not in {"renewal_due", "lapsed"}]))
    case, on = Standing(facts, status, [], [], []), draw(days)
    for _ in range(draw(st.integers(0, 6))):
        following = draw(st.sampled_from(next_stages(case, on)))
        # a closed stage is entered by whoever says why
        answers = told(draw, following)
        effects = enter(case, following.stage, on, {**answers, "because": answers.get("because", "说明")})
        case = carried_out(case, effects)
        on += timedelta(days=draw(st.integers(0, 40)))
    return case, on


slow = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@slow
@given(journeys())
def test_what_is_offered_open_is_accepted(journey: tuple[Standing, date]) -> None:
    case, on = journey
    for following in next_stages(case, on):
        because = CLOSING[0] if following.stage == "closed" else "说明" if "because" in following.asks else None
        refused = refusal(case, following.stage, on, because)
        assert (refused is None) is (following.closed is None), (following, refused)
        if following.closed is not None:
            assert refusal(case, following.stage, on, "说明") is None
            assert all(say(following.closed, language) for language in LANGUAGES)


@slow
@given(journeys())
def test_what_is_not_offered_is_refused_unless_somebody_says_why(journey: tuple[Standing, date]) -> None:
    case, on = journey
    offered = {following.stage for following in next_stages(case, on)}
    assert case.status not in offered
    for status in set(STATUSES) - offered:
        refused = refusal(case, status, on)
        assert refused is not None
        assert all(say(refused, language) for language in LANGUAGES)


@slow
@given(journeys())
def test_an_application_is_open_in_its_stages_alone(journey: tuple[Standing, date]) -> None:
    """Once the case has taken a step; one that was taken over in a stage has what it has."""
    case, _ = journey
    if case.steps and case.status != "paused":
        assert (case.open is not None) is load().stages[case.status].application


@slow
@given(journeys())
def test_clocks_deadlines_and_the_next_step_can_always_be_told(journey: tuple[Standing, date]) -> None:
    case, on = journey
    reasons = [next_step(case, on)]
    for clock in clocks(case, on):
        reasons += [clock.next_reason, clock.then]
    found = own_deadlines(case, on)
    reasons += [deadline.reason for deadline in found]
    assert [deadline.day for deadline in found] == sorted(deadline.day for deadline in found)
    open_renewal = renewal(case, on)
    if open_renewal is not None:
        assert open_renewal.since <= on
        reasons.append(open_renewal.because)
    assert waiting_on(case, on) in {None, "client", "hr", "us", "counter", "archive"}
    expected = usual_until(case)
    assert expected is None or expected.since <= expected.usual
    assert all(say(reason, language) for reason in reasons for language in LANGUAGES)


@slow
@given(journeys(), st.integers(0, 400))
def test_a_deadline_is_a_day_of_its_own(journey: tuple[Standing, date], later: int) -> None:
    """Only those of the stage can change with the day: the points decide which stage it is."""
    case, on = journey
    absolute = [each[:2] for each in own_deadlines(case, on) if each.code not in {"chase", "legal_end"}]
    asked_later = own_deadlines(case, on + timedelta(days=later))
    assert absolute == [each[:2] for each in asked_later if each.code not in {"chase", "legal_end"}]
