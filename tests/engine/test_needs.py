"""When the points must hold: the spans of what the children come to next, and a day that somebody named."""

from datetime import date
from typing import Any

from engine.document import validate
from engine.exams import Span, load
from engine.facts import Applicant
from engine.needs import coming, needs

ON = date(2026, 11, 26)


def family(*children: dict[str, Any]) -> Applicant:
    return validate({"child": list(children)})


def kinds(applicant: Applicant, on: date = ON) -> list[tuple[str, str | None, int | None]]:
    return [(each.path, each.kind, each.year) for each in coming(applicant, load(), on)]


def test_each_child_comes_to_what_follows_from_when_it_entered_primary_school() -> None:
    assert kinds(family({"entered_primary": 2018}, {"entered_primary": 2016}, {"kindergarten": True})) == [
        ("child.0", "zhongkao", 2027),
        ("child.1", "gaokao", 2028),
        ("child.2", "primary", None),
    ]


def test_those_beyond_school_and_rejected_rows_come_to_nothing() -> None:
    assert kinds(family({"entered_primary": 2010}, {"entered_primary": 2018, "evidence": "rejected"})) == []


def test_on_the_first_of_september_a_child_moves_on() -> None:
    grade_nine = family({"entered_primary": 2018})
    assert kinds(grade_nine, date(2027, 8, 31)) == [("child.0", "zhongkao", 2027)]
    assert kinds(grade_nine, date(2027, 9, 1)) == [("child.0", "gaokao", 2030)]


def test_the_nearest_need_comes_first_and_a_day_that_was_named_is_one() -> None:
    found = needs(family({"entered_primary": 2016}, {"entered_primary": 2018}), load(), ON, date(2027, 1, 31))
    assert [need.coming.year if need.coming else None for need in found] == [2027, None, 2028]
    assert found[1].span == Span(date(2027, 1, 31), date(2027, 1, 31))


def test_a_need_is_there_up_to_and_with_its_last_day() -> None:
    (need,) = needs(family({"entered_primary": 2018}), load(), ON)
    assert needs(family({"entered_primary": 2018}), load(), need.span.last) == [need]
    named = date(2026, 11, 26)
    assert len(needs(Applicant(), load(), named, named)) == 1
    assert needs(Applicant(), load(), date(2026, 11, 27), named) == []
