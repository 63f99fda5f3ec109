"""What-ifs beside the real case: the days on which anything changes, the one they are compared on, what they cost."""

from datetime import date

import pytest
from planning import ENGINEER

from engine.assessment import assess
from engine.document import validate
from engine.levers import Cost
from engine.policy import load
from models.side_by_side import Column, beside, day_to_compare, days, next_day, real

ON, UNTIL = date(2026, 11, 22), date(2036, 11, 22)
CASE = real(validate(ENGINEER), load(), ON, UNTIL)


def what_if(line: str) -> Column:
    return beside(CASE, "m4e2b", line, load())


def test_the_total_of_a_day_is_that_of_the_last_step_before_it() -> None:
    column = what_if("bachelor; base=2x from 2027-01")
    for day in (ON, *(step.day for step in column.ahead.steps), UNTIL):
        assert column.total(day) == assess(column.applicant, load(), day).total


def test_the_days_are_those_of_all_columns() -> None:
    column = what_if("bachelor 2030-03")
    assert date(2030, 3, 1) in days([CASE, column]) and date(2030, 3, 1) not in days([CASE])
    assert days([CASE, column])[0] == ON


def test_from_a_day_one_goes_on_to_the_next_or_back_to_the_one_before_and_no_further() -> None:
    columns = [CASE, what_if("bachelor 2030-03")]
    first, second, *_, before_last, last = days(columns)
    assert (next_day(columns, first, 1), next_day(columns, last, -1)) == (second, before_last)
    assert (next_day(columns, last, 1), next_day(columns, first, -1)) == (None, None)


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        ([], "2026-11-22"),  # there is nothing to compare
        (["bachlor"], "2026-11-22"),  # nothing differs
        (["title intermediate 2028-06; base=title from 2028-01"], "2028-07-01"),  # with six months at the base
        (["title intermediate 2028-06; base=title from 2028-01", "base=2x from 2027-01"], "2030-01-01"),
    ],
)
def test_columns_are_compared_when_the_last_of_the_what_ifs_gets_there(lines: list[str], day: str) -> None:
    assert str(day_to_compare([CASE, *(what_if(line) for line in lines)])) == day


def test_where_none_gets_there_they_are_compared_when_they_are_furthest_apart() -> None:
    unschooled = real(validate(ENGINEER | {"education": []}), load(), ON, UNTIL)
    column = beside(unschooled, "m4e2b", "associate from 2027-03", load())
    assert column.ahead.first_reached is None
    assert str(day_to_compare([unschooled, column])) == "2029-09-01"


def test_a_what_if_costs_what_its_levers_cost_up_to_the_threshold() -> None:
    column = what_if("base=2x from 2027-01")
    (piece,) = column.outcome.pieces if column.outcome is not None else ()
    assert piece.pulled is not None and column.ahead.first_reached is not None
    assert column.cost(load()) == piece.pulled.cost(column.ahead.first_reached, load()) != Cost(0, 0)
    assert CASE.cost(load()) == Cost(0, 0)
