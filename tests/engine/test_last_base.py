"""缴费基数 of the last month paid: which month it is of, its multiple, and the days on which it may be another."""

from datetime import date, timedelta
from typing import Any

import pytest
from assessing import paid
from hypothesis import given, settings
from hypothesis import strategies as st
from lives import life

from engine.document import validate
from engine.last_base import base_days, last_base
from engine.months import Month
from engine.policy import load

LAW = load().law(date(2026, 11, 22))


def seen(rows: list[dict[str, Any]], on: date = date(2026, 11, 22)) -> tuple[str, int, int] | None:
    """Month, yuan and hundredths."""
    found = last_base(validate({"insurance": rows}).insurance, LAW, on)
    return found and (str(found.month), found.yuan, found.hundredths)


REFERENCE = LAW.wages.latest
IN_2024 = LAW.wages.reference(Month.parse("2024-03"))[0]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], None),
        ([paid("2020-01", None, REFERENCE)], ("2026-10", REFERENCE, 100)),
        ([paid("2020-01", None, REFERENCE - 1)], ("2026-10", REFERENCE - 1, 99)),
        ([paid("2020-01", "2026-08", 9000), paid("2026-09", None, 2 * REFERENCE)], ("2026-10", 2 * REFERENCE, 200)),
        ([paid("2020-01", "2024-03", 2 * IN_2024)], ("2024-03", 2 * IN_2024, 200)),
        ([paid("2026-01", None, 9000), paid("2026-01", None, REFERENCE)], ("2026-10", REFERENCE, 100)),
        ([paid("2026-11", None, REFERENCE)], None),  # the month of the day is not counted yet
        ([paid("2020-01", None, REFERENCE, province="江苏")], None),
        ([paid("2020-01", None, REFERENCE, evidence="rejected")], None),
        ([paid("2020-01", None)], None),
    ],
)
def test_it_is_of_the_last_month_that_is_counted(rows: list[dict[str, Any]], expected: object) -> None:
    assert seen(rows) == expected


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000))
def test_it_is_another_only_on_a_day_that_was_named(seed: int) -> None:
    lived = life(seed)
    rows, on = lived.applicant.insurance, lived.on
    until = on + timedelta(days=700)
    named = set(base_days(rows, lived.policy.law(on), on, until))
    before = last_base(rows, lived.policy.law(on), on)
    for n in range(1, 701):
        day = on + timedelta(days=n)
        now = last_base(rows, lived.policy.law(day), day)
        assert (now and now[1:]) == (before and before[1:]) or day in named, day
        before = now
