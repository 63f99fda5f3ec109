"""Which of two spouses had better apply, and when that turns."""

from datetime import date

from engine.timeline import Step, Timeline
from engine.who_applies import Turn, who_applies

START = date(2026, 11, 26)


def goes(*steps: tuple[date, int]) -> Timeline:
    found = tuple(Step(day, total, total >= 120, vetoed=False, provisional=False) for day, total in steps)
    return Timeline(120, date(2036, 11, 26), found, (), {}, None)


def test_who_has_more_points_applies_while_neither_reaches_the_threshold() -> None:
    assert who_applies(goes((START, 90)), goes((START, 100))) == [Turn(START, 1, (90, 100))]
    assert who_applies(goes((START, 100)), goes((START, 90))) == [Turn(START, 0, (100, 90))]


def test_two_who_stand_alike_are_alike() -> None:
    assert who_applies(goes((START, 100)), goes((START, 100))) == [Turn(START, None, (100, 100))]


def test_a_veto_makes_points_worth_nothing() -> None:
    barred = Timeline(120, START, (Step(START, 150, False, vetoed=True, provisional=False),), (), {}, None)
    assert who_applies(barred, goes((START, 120))) == [Turn(START, 1, (150, 120))]


def test_each_day_on_which_it_turns_is_told_and_no_other() -> None:
    one = goes((START, 100), (date(2027, 3, 1), 103), (date(2028, 3, 1), 123))
    other = goes((START, 110), (date(2027, 6, 1), 108), (date(2029, 1, 1), 130))
    assert who_applies(one, other) == [
        Turn(START, 1, (100, 110)),
        Turn(date(2028, 3, 1), 0, (123, 108)),
        Turn(date(2029, 1, 1), 1, (123, 130)),
    ]
