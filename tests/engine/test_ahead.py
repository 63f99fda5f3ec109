"""What each need of an applicant takes, and for which of its chances a day is in time."""

from datetime import date, timedelta

from backplans import READY

from engine.backward import ahead, in_time
from engine.document import validate
from engine.exams import load
from engine.needs import needs

ON = date(2025, 12, 20)
FAMILY = validate(READY | {"child": [{"name": "王一", "entered_primary": 2017, "permit_valid_until": "2031-05-09"}]})


def test_chances_that_are_past_are_no_chances_any_more() -> None:
    (each,) = ahead(FAMILY, needs(FAMILY, load(), ON), ON)
    assert [chance.event for chance in each.chances] == [
        "group_registration",
        "individual_registration",
        "late_registration",
    ]


def test_points_that_are_there_on_the_last_safe_day_of_the_hand_in_are_in_time_and_a_day_later_for_the_next() -> None:
    (each,) = ahead(FAMILY, needs(FAMILY, load(), ON), ON)
    group, individual, late = each.chances
    last = group.hand_in.pessimistic.day
    assert in_time(each, last) == group
    assert in_time(each, last + timedelta(days=1)) == individual
    assert in_time(each, late.hand_in.pessimistic.day + timedelta(days=1)) is None


def test_a_day_that_was_named_has_steps_and_no_chances() -> None:
    (each,) = ahead(FAMILY, needs(FAMILY.model_copy(update={"child": []}), load(), ON, date(2027, 3, 1)), ON)
    assert each.plan.steps and each.chances == []
