"""A child's way through school: the year it enters, and what it comes to next; all moves on 1 September."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.document import validate
from engine.facts import Child
from engine.schooling import entered_primary, entry_year, next_exam


def child(**facts: Any) -> Child:
    return validate({"child": [facts]}).child[0]


def comes_to(on: str, **facts: Any) -> tuple[str | None, int | None]:
    return next_exam(child(**facts), date.fromisoformat(on))


@pytest.mark.parametrize(
    ("born", "year"),
    [("2019-08-31", 2025), ("2019-09-01", 2026), ("2020-02-29", 2026), ("2019-01-01", 2025), ("2019-12-31", 2026)],
)
def test_a_child_enters_in_the_year_in_which_six_is_reached_by_31_august(born: str, year: int) -> None:
    assert entry_year(date.fromisoformat(born)) == year


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2017-08-31", ("primary", 2017)),
        ("2017-09-01", ("junior", 2022)),  # grade 1
        ("2022-08-31", ("junior", 2022)),
        ("2022-09-01", ("zhongkao", 2026)),  # grade 6, the first of junior school
        ("2026-05-08", ("zhongkao", 2026)),  # its late registration is over
        ("2026-08-31", ("zhongkao", 2026)),
        ("2026-09-01", ("gaokao", 2029)),
        ("2029-08-31", ("gaokao", 2029)),
        ("2029-09-01", (None, None)),
    ],
)
def test_what_comes_next_moves_on_1_september(on: str, expected: tuple[str | None, int | None]) -> None:
    assert comes_to(on, entered_primary=2017) == expected


def test_the_year_of_entering_goes_before_the_birth_date() -> None:
    assert comes_to("2026-11-22", entered_primary=2018, birth_date="2011-06-01") == ("zhongkao", 2027)


def test_without_it_the_birth_date_decides() -> None:
    assert comes_to("2026-11-22", birth_date="2012-08-31") == ("zhongkao", 2027)
    assert comes_to("2026-11-22", birth_date="2012-09-01") == ("zhongkao", 2028)


def test_an_id_number_holds_a_birth_date() -> None:
    assert comes_to("2026-11-22", id_number="340104201209010016") == ("zhongkao", 2028)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"birth_date": "2021-05-01"}, 2027),
        ({"birth_date": "2022-05-01"}, 2028),
        # old enough last September, and still in kindergarten: a year later
        ({"birth_date": "2020-05-01"}, 2027),
        ({"entered_primary": 2028}, 2028),
        ({}, None),
    ],
)
def test_from_kindergarten_a_child_comes_to_primary_school(facts: dict[str, Any], expected: int | None) -> None:
    assert comes_to("2026-11-22", kindergarten=True, **facts) == ("primary", expected)


def test_of_a_child_without_facts_nothing_is_guessed() -> None:
    assert comes_to("2026-11-22") == (None, None)
    assert entered_primary(child(), date(2026, 11, 22)) is None


@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.dates(date(2013, 1, 1), date(2060, 12, 31)))
def test_what_comes_next_is_never_behind_and_never_comes_closer_by_waiting(born: date, on: date) -> None:
    kind, year = comes_to(on.isoformat(), birth_date=born.isoformat())
    if year is None:
        assert on >= date(entry_year(born) + 12, 9, 1)
        return
    assert on < date(year, 9, 1)
    assert year == entry_year(born) + {"primary": 0, "junior": 5, "zhongkao": 9, "gaokao": 12}[kind or ""]
