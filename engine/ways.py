"""Combinations of levers that reach the threshold, and of them those that no other beats.

All combinations of up to three levers are tried, each lever at its earliest start: that gives the day. What costs by
the month (a raised base) is then begun as late as keeps that day. Time alone is the combination of none.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from engine.assessment import evaluate, not_taken
from engine.courses import Courses, Pulled, Seen, first_above
from engine.facts import Applicant, Row
from engine.lever_pack import SURE, Base, Lever, Qualify
from engine.levers import Cost, apply, cost, detail, done, earliest
from engine.months import Month
from engine.plan import Step
from engine.policy import Policy

MOST_LEVERS = 3
_DAY = timedelta(days=1)


class Way(NamedTuple):
    """Levers that reach the threshold on a day: what they may cost (at most, at least), how unsure they are.

    `steps` and `place` (among all combinations) decide between two that are alike in that.
    """

    reached_on: date
    cost: tuple[int, int]
    unsure: int
    steps: int
    place: int
    pulled: Seen

    def beats(self, other: "Way") -> bool:
        """Whether it is as early, as cheap and as sure, and not alike in all; of those alike, the one to show."""
        if self[:3] == other[:3]:
            return self[:5] < other[:5]
        return self.reached_on <= other.reached_on and self.cost <= other.cost and self.unsure <= other.unsure


class Ways:
    """The combinations of levers of one applicant, and the days on which they reach the threshold.

    `most` is how far beyond the threshold any that was looked at comes (short of it: < 0), and from when on; `first` is
    when any first reaches it, be it too late or not for long, and the facts that do. Both are there after `front`.
    """

    def __init__(self, applicant: Applicant, policy: Policy, on: date, by: date | None, until: date) -> None:
        self._applicant, self._policy, self._on, self._by, self._until = applicant, policy, on, by, until
        self._courses = Courses(applicant, policy, on, until)
        self._rows: dict[Seen, list[Row]] = {}  # what levers make of the section they change
        self._useful = until  # a lever that is done later is of no use
        self.most: tuple[int, date] | None = None  # how far beyond the threshold any comes, and from when on
        self.first: tuple[date, Applicant] | None = None  # when any reaches it first, be it too late or not for long

    def front(self) -> list[Way]:
        """Those that no other beats in day, cost and sureness at once; of those alike in all three, one."""
        ways = []
        for place, (pulled, facts) in enumerate(self._combinations((), self._applicant, self._policy.planning.levers)):
            day = self._reached(pulled, facts)
            if day is not None:
                levers = [lever for lever, _ in pulled]
                unsure = max((len(SURE) - SURE.index(lever.sure) for lever in levers), default=0)
                once = _sum(Cost(*lever.cost) for lever in levers)
                ways.append(Way(day, (once.high, once.low), unsure, len(levers), place, pulled))
                if not pulled:  # from that day on nothing beats waiting
                    self._useful = day - _DAY
        front: list[Way] = []
        for way in sorted(ways):
            if any(other.beats(way) for other in front):  # what it costs once is the least it costs
                continue
            way = self._delayed(way)
            if not any(other.beats(way) for other in front):
                front = [other for other in front if not way.beats(other)] + [way]
        return front

    def _combinations(
        self, pulled: Seen, facts: Applicant, levers: Sequence[Lever]
    ) -> Iterator[tuple[Seen, Applicant]]:
        """Those that go on from levers pulled already, with the facts once they are carried out."""
        yield pulled, facts
        if len(pulled) == MOST_LEVERS:
            return
        for n, lever in enumerate(levers, 1):
            if lever.alone and any(isinstance(other, type(lever)) for other, _ in pulled):
                continue
            start = earliest(facts, lever, self._policy, self._on)
            if isinstance(start, Month) and done(facts, lever, start) <= self._useful:
                further = (*pulled, Pulled(lever, start))
                yield from self._combinations(further, self._then(facts, further), levers[n:])

    def _reached(self, pulled: Seen, facts: Applicant) -> date | None:
        """The first day on which the threshold is reached; the day from which it is up to and with `by`."""
        since: date | None = None
        for day, beyond in self._courses.beyond(pulled, facts):
            if since is not None and self._by is not None and day > self._by:
                break
            if self.most is None or beyond > self.most[0]:
                self.most = (beyond, day)
            if beyond < 0:
                since = None
            elif since is None:
                since = day
                if self.first is None or day < self.first[0]:
                    self.first = (day, facts)
                if self._by is None or day > self._by:
                    break
        return None if since is not None and self._by is not None and since > self._by else since

    def _delayed(self, way: Way) -> Way:
        """The way with a raised base begun as late as keeps its day, and all that it costs.

        Begun later it keeps the day no better: the months at the base only become fewer.
        """
        at = next((n for n, (lever, _) in enumerate(way.pulled) if isinstance(lever, Base)), None)
        if at is None:
            return way
        lever, start = way.pulled[at]

        def begun(month: int) -> Seen:
            return (*way.pulled[:at], Pulled(lever, Month(month)), *way.pulled[at + 1 :])

        keeps, fails = int(start), int(Month.of(way.reached_on)) + 1
        if not self._stands(begun(keeps + 1), way.reached_on):  # as a rule a month later is too late
            fails = keeps + 1
        while keeps + 1 < fails:
            month = (keeps + fails) // 2
            if self._reached(begun(month), self.carried_out(begun(month))) == way.reached_on:
                keeps = month
            else:
                fails = month
        costs = _sum(costs for _, costs in self._costs(begun(keeps), way.reached_on))
        return way._replace(pulled=begun(keeps), cost=(costs.high, costs.low))

    def _stands(self, pulled: Seen, day: date) -> bool:
        """Whether the threshold is there on a day."""
        law = self._policy.law(day)
        outcomes = evaluate(self._courses.scope(pulled, self.carried_out(pulled)), law, day)
        out = not_taken(outcomes)
        return sum(found.points for name, found in outcomes.items() if name != out) >= law.figures["threshold"]

    def carried_out(self, pulled: Seen) -> Applicant:
        """The facts once the levers are carried out."""
        facts = self._applicant
        for n in range(len(pulled)):
            facts = self._then(facts, pulled[: n + 1])
        return facts

    def _then(self, facts: Applicant, pulled: Seen) -> Applicant:
        """The facts once the last of the levers is carried out too. It changes its section by what was pulled there."""
        lever, start = pulled[-1]
        there = tuple(one for one in pulled if one.lever.section == lever.section)
        if there not in self._rows:
            self._rows[there] = getattr(apply(facts, lever, start, self._policy), lever.section)
        return facts.model_copy(update={lever.section: self._rows[there]})

    def steps(self, pulled: Seen, until: date) -> Iterator[Step]:
        """The levers as steps, with what they cost up to a day."""
        for (lever, start), (facts, costs) in zip(pulled, self._costs(pulled, until), strict=True):
            told = detail(facts, lever, start, self._policy)
            yield Step(lever, start, done(facts, lever, start), told, costs)

    def _costs(self, pulled: Seen, until: date) -> Iterator[tuple[Applicant, Cost]]:
        """For each lever the facts before it, and what it costs up to a day."""
        facts = self._applicant
        for n, (lever, start) in enumerate(pulled, 1):
            yield facts, cost(facts, lever, start, until, self._policy)
            facts = self._then(facts, pulled[:n])

    def gains(self, lever: Lever, start: Month) -> date | None:
        """The first day on which a lever brings its line more points than time does; None as far as is looked.

        A title also counts by the base that goes with it.
        """
        alone: Seen = (Pulled(lever, start),)
        after = self._then(self._applicant, alone)
        ways = [(alone, after)]
        for base in self._policy.planning.levers if isinstance(lever, Qualify) else ():
            if isinstance(base, Base):
                begun = earliest(after, base, self._policy, self._on)
                if isinstance(begun, Month):
                    both = (*alone, Pulled(base, begun))
                    ways.append((both, self._then(after, both)))
        without = self._courses.line(lever.indicator, (), self._applicant)
        days = (first_above(self._courses.line(lever.indicator, *way), without) for way in ways)
        return min((day for day in days if day is not None), default=None)


def _sum(costs: Iterable[Cost]) -> Cost:
    lows, highs = zip((0, 0), *costs, strict=True)
    return Cost(sum(lows), sum(highs))
