"""The points of each line through time, with and without levers: what a plan is searched in.

A lever changes one section of the facts, and a line reads few sections. So a line is evaluated once for each set of
levers that it can see at all, on the days that its indicator names (`engine.indicators`), and the total with any
number of levers is a sum of such courses.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from engine.assessment import EITHER
from engine.facts import Applicant
from engine.indicators import INDICATORS
from engine.insured import Insured, insured
from engine.lever_pack import Lever
from engine.months import Month
from engine.moved import points
from engine.policy import Law, Policy
from engine.scope import Scope, claimed_scope

# from a day (as an ordinal) on so many points more or fewer, in order of days
Course = list[tuple[int, int]]

# which of the sections that levers change a line reads; the other lines read none of them
_READS: Mapping[str, frozenset[str]] = {
    "education": frozenset({"education"}),
    "shortage_specialty": frozenset({"education"}),
    "fresh_graduate": frozenset({"education"}),
    "title": frozenset({"qualification", "insurance"}),
    "insurance_years": frozenset({"insurance"}),
    "contribution_base": frozenset({"insurance"}),
    "public_service": frozenset({"service"}),
    "suburb": frozenset({"service"}),
}
_ADDED = tuple(name for name in _READS if name not in EITHER)
_day = itemgetter(0)


class Pulled(NamedTuple):
    """A lever and the month in which it begins."""

    lever: Lever
    start: Month


Seen = tuple[Pulled, ...]


class Courses:
    """The courses of one applicant's lines from a day up to another, each made when it is first asked for.

    Levers are given as those pulled and the facts with them carried out.
    """

    def __init__(self, applicant: Applicant, policy: Policy, on: date, until: date) -> None:
        self._spans = list(_spans(policy, on, until))
        self._lines: dict[tuple[str, Seen], Course] = {}
        self._either: dict[tuple[Seen, Seen], Course] = {}
        self._months: dict[Seen, tuple[Insured, list[tuple[int, int, int]]]] = {}
        scope = self.scope((), applicant)
        beside = [step for name in INDICATORS if name not in _READS for step in self._course(name, scope)]
        needed = [(first.toordinal(), law.figures["threshold"]) for law, first, _ in self._spans]
        before = [0, *(threshold for _, threshold in needed)]
        self._beside = beside + [(day, was - now) for (day, now), was in zip(needed, before, strict=False)]

    def line(self, name: str, pulled: Seen, applicant: Applicant) -> Course:
        """The course of a line."""
        key = (name, _seen(name, pulled))
        if key not in self._lines:
            self._lines[key] = self._course(name, self.scope(pulled, applicant))
        return self._lines[key]

    def scope(self, pulled: Seen, applicant: Applicant) -> Scope:
        """The facts as the rules look at them; the same months of insurance are looked at once."""
        key = tuple(one for one in pulled if one.lever.section == "insurance")
        if key not in self._months:
            months, _, baseless = insured(applicant.insurance)
            self._months[key] = (months, baseless)
        return claimed_scope(applicant, *self._months[key])

    def beyond(self, pulled: Seen, applicant: Applicant) -> Iterator[tuple[date, int]]:
        """Each day on which the total moves, and how far beyond the threshold it is from then on (< 0: short of it)."""
        steps = [*self._beside, *self._of_both(pulled, applicant)]
        for name in _ADDED:
            steps += self.line(name, pulled, applicant)
        beyond = 0
        for day, moves in groupby(sorted(steps, key=_day), _day):
            beyond += sum(move for _, move in moves)
            yield date.fromordinal(day), beyond

    def _of_both(self, pulled: Seen, applicant: Applicant) -> Course:
        """The course of what is counted of education and title: the higher."""
        key = (_seen("education", pulled), _seen("title", pulled))
        if key not in self._either:
            courses = [self.line(name, pulled, applicant) for name in EITHER]
            self._either[key] = _higher(*courses)
        return self._either[key]

    def _course(self, name: str, scope: Scope) -> Course:
        rule = INDICATORS[name]
        course: Course = []
        was = 0
        for law, first, last in self._spans:
            for day in sorted({first, *rule.days(scope, law, first, last)}):
                if first <= day <= last:
                    now = points(rule.outcome(scope, law, day))
                    if now != was:
                        course.append((day.toordinal(), now - was))
                        was = now
        return course


def _seen(name: str, pulled: Seen) -> Seen:
    return tuple(one for one in pulled if one.lever.section in _READS[name])


def _spans(policy: Policy, on: date, until: date) -> Iterator[tuple[Law, date, date]]:
    """The laws in force, each with its first and last day."""
    starts = [on, *(law.from_ for law in policy.laws if on < law.from_ <= until)]
    for first, after in zip(starts, [*starts[1:], until + timedelta(days=1)], strict=True):
        yield policy.law(first), first, after - timedelta(days=1)


def _higher(one: Course, other: Course) -> Course:
    """The course of the higher of two."""
    steps = sorted([(day, 0, move) for day, move in one] + [(day, 1, move) for day, move in other])
    course: Course = []
    standing = [0, 0]
    was = 0
    for day, moves in groupby(steps, _day):
        for _, which, move in moves:
            standing[which] += move
        if max(standing) != was:
            course.append((day, max(standing) - was))
            was = max(standing)
    return course


def first_above(one: Course, other: Course) -> date | None:
    """The first day on which a course is above another; None where it never is."""
    above = 0
    steps = sorted([*one, *((day, -move) for day, move in other)], key=_day)
    for day, moves in groupby(steps, _day):
        above += sum(move for _, move in moves)
        if above > 0:
            return date.fromordinal(day)
    return None
