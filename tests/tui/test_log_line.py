"""A line of the log as it is typed, and the follow-up behind its last `+`."""

from datetime import date

import pytest

from engine.reason import Reason
from tui.log_line import Logged, ahead, read

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "said", "day"),
    [
        ("已报价 6800，周四回", "已报价 6800，周四回", None),
        ("已报价 6800，周四回 +12-03", "已报价 6800，周四回", date(2026, 12, 3)),
        ("等人事回话+3", "等人事回话", date(2026, 11, 25)),
        ("等人事回话 ＋３", "等人事回话", date(2026, 11, 25)),
        ("等人事回话 +0", "等人事回话", TODAY),
        ("明年初再看 +1-5", "明年初再看", date(2027, 1, 5)),
        ("今天再看 +11-22", "今天再看", TODAY),
        ("昨天那天 +11-21", "昨天那天", date(2027, 11, 21)),
        ("闰日 +2-29", "闰日", date(2028, 2, 29)),
        ("写全的 +2027-03-01", "写全的", date(2027, 3, 1)),
        ("基数 1+1 调整", "基数 1+1 调整", None),
    ],
)
def test_what_is_said_and_when_it_is_followed_up(typed: str, said: str, day: date | None) -> None:
    assert read(typed, TODAY) == Logged(said, day)


@pytest.mark.parametrize(
    ("typed", "code"), [("", "nothing_typed"), (" +3", "log_only_day"), ("打电话 +13-45", "log_no_such_day")]
)
def test_what_cannot_be_logged_says_why(typed: str, code: str) -> None:
    reason = read(typed, TODAY)
    assert isinstance(reason, Reason) and reason.code == code


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("+3", date(2026, 11, 25)),
        ("12-03", date(2026, 12, 3)),
        ("12.3", date(2026, 12, 3)),
        ("3", None),
        ("周四", None),
    ],
)
def test_a_day_to_come_where_one_is_asked_for(typed: str, day: date | None) -> None:
    assert ahead(typed, TODAY) == day
