"""The course of a case's score: how it went until today and goes on from there, with the spouse's beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from engine.assessment import Line, assess
from engine.document import validate
from engine.facts import Applicant
from engine.months import add_months, add_years
from engine.needs import Need
from engine.policy import NoLaw, load
from engine.timeline import Change, Step, Timeline, timeline
from models.rows import StoredCase

YEARS = (1, 2, 3, 5, 10)  # how far ahead one may look
FARTHEST = YEARS[-1]
BEFORE = 5  # of what is looked ahead, a fifth is looked back


class Happening(NamedTuple):
    """A step, and one of the changes it consists of; the first one says the step's total."""

    step: Step
    change: Change | None
    first: bool


class Spouse(NamedTuple):
    """The spouse's own case, and how its score goes on."""

    case: StoredCase
    ahead: Timeline


class Course(NamedTuple):
    """The score of an applicant through time, seen on a day: `behind` are the steps before it, none where there was no
    law yet."""

    applicant: Applicant
    today: date
    ahead: Timeline
    behind: tuple[Step, ...]
    spouse: Spouse | None

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, those behind and those ahead."""
        return (*self.behind, *self.ahead.steps[1:]) if self.behind else self.ahead.steps

    def happenings(self) -> Iterator[Happening]:
        """What happens from today on."""
        for step in self.ahead.steps:
            changes: list[Change | None] = [*step.changes]
            if step.because is not None or not changes:
                changes.append(None)
            for number, change in enumerate(changes):
                yield Happening(step, change, number == 0)

    def line(self, indicator: str, day: date) -> Line | None:
        """A line of the score as it is counted on a day on which it moves; where it has no points any more, and so is
        no line, as the day before."""
        for on in (day, day - timedelta(days=1)):
            found = assess(self.applicant, load(), on).lines
            if (line := next((line for line in found if line.indicator == indicator), None)) is not None:
                return line
        return None


def course_of(applicant: Applicant, today: date, spouse: StoredCase | None) -> Course | None:
    """The course of a score; None before there was a law."""
    ahead = _counted(applicant, today, add_years(today, FARTHEST))
    if ahead is None:
        return None
    behind = _counted(applicant, years_around(today, FARTHEST)[0], today)
    theirs = None if spouse is None else timeline(validate(spouse.document), load(), today, ahead.until)
    beside = None if spouse is None or theirs is None else Spouse(spouse, theirs)
    return Course(applicant, today, ahead, () if behind is None else behind.steps, beside)


def years_to_see(course: Course | None, needs: Sequence[Need], today: date) -> int:
    """As many years ahead as it takes to see the next need and the first day at the threshold."""
    wanted = [need.span.last for need in needs[:1]]
    if course is not None:
        wanted += [day for day in (course.ahead.first_reached, course.ahead.first_lost) if day is not None]
    last = max(wanted, default=today)
    return next((years for years in YEARS[1:] if add_years(today, years) >= last), FARTHEST)


def years_around(today: date, years: int) -> tuple[date, date]:
    """The first and the last day that are looked at when so many years ahead are."""
    return add_months(today, -12 * years // BEFORE), add_years(today, years)


def _counted(applicant: Applicant, on: date, until: date) -> Timeline | None:
    try:
        return timeline(applicant, load(), on, until)
    except NoLaw:
        return None
