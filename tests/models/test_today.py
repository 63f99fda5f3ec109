"""Today is the day in Shanghai, or the one that is asked for."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine.words import LANGUAGES, say
from models import today as subject
from models.today import WrongDay, local, moment, today


class _Clock(datetime):
    """One minute past four in the afternoon, Greenwich time: past midnight in Shanghai."""

    @classmethod
    def now(cls, tz: Any = None) -> "_Clock":
        return cls(2026, 11, 22, 16, 1, 2, 3456, tzinfo=UTC).astimezone(tz)


@pytest.fixture
def past_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "datetime", _Clock)


@pytest.mark.usefixtures("past_midnight")
def test_the_day_is_that_of_shanghai() -> None:
    assert today({}) == date(2026, 11, 23)


@pytest.mark.usefixtures("past_midnight")
def test_moments_are_utc_to_the_millisecond() -> None:
    assert moment() == "2026-11-22T16:01:02.003Z"


@pytest.mark.usefixtures("past_midnight")
def test_the_variable_names_another_day() -> None:
    assert today({"DABIAO_TODAY": "2027-02-01"}) == date(2027, 2, 1)


@pytest.mark.parametrize("value", ["20270201", "2027-02-30", "2027-W05-1", "tomorrow", "2027-2-1", "２０２７-02-01"])
def test_what_is_not_a_day_is_refused_and_named(value: str) -> None:
    with pytest.raises(WrongDay) as caught:
        today({"DABIAO_TODAY": value})
    assert all(value in say(caught.value.reason, language) for language in LANGUAGES)


def test_a_moment_is_read_in_shanghai() -> None:
    assert local("2026-11-22T16:01:02.003Z") == "2026-11-23 00:01"
