"""The days on which the points must hold: for what each child comes to next, or as somebody said."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from engine.exams import Exam, ExamCalendar, Span
from engine.facts import Applicant, Child
from engine.schooling import begins, entered_primary, next_exam, school_year


class Coming(NamedTuple):
    """What a child (`path` into the applicant) comes to next.

    `kind` and `year` are None where the facts do not say, `exam` also where no calendar reaches that year.
    """

    path: str
    child: Child
    kind: str | None
    year: int | None
    exam: Exam | None


class Need(NamedTuple):
    """Days on every one of which the points must hold; `coming` is what for, None where a day was only named."""

    span: Span
    coming: Coming | None = None


def coming(applicant: Applicant, exams: ExamCalendar, on: date) -> Iterator[Coming]:
    """What each child comes to next, in their order; rejected rows and those beyond school come to nothing."""
    for number, child in enumerate(applicant.child):
        kind, year = next_exam(child, on)
        beyond_school = kind is None and entered_primary(child, on) is not None
        if child.evidence != "rejected" and not beyond_school:
            yield Coming(f"child.{number}", child, kind, year, exams.exam(kind, year) if kind and year else None)


def coming_turns(applicant: Applicant, exams: ExamCalendar, on: date) -> Iterator[date]:
    """The days after `on`, in this school year and the next, on which what a child comes to next is another one (a
    1 September), a year away (both days, where a 29 February lies between), or over."""
    now = list(coming(applicant, exams, on))
    yield from _spans_turn(now)
    for turn in (begins(school_year(on) + 1), begins(school_year(on) + 2)):
        if (then := list(coming(applicant, exams, turn))) != now:
            now = then
            yield turn
            yield from _spans_turn(now)


def _spans_turn(now: list[Coming]) -> Iterator[date]:
    for exam in (each.exam for each in now if each.exam is not None):
        yield exam.span.last + timedelta(days=1)
        yield from (exam.span.first - timedelta(days=days) for days in (365, 366))


def needs(applicant: Applicant, exams: ExamCalendar, on: date, need_by: date | None = None) -> list[Need]:
    """The spans that are not past, the nearest first; `need_by` is a day by which the points are wanted besides."""
    found = [Need(each.exam.span, each) for each in coming(applicant, exams, on) if each.exam is not None]
    if need_by is not None:
        found.append(Need(Span(need_by, need_by)))
    return sorted((need for need in found if need.span.last >= on), key=lambda need: need.span)
