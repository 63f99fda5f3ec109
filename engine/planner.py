"""Ways to the threshold: combinations of levers, and of them those that no other beats.

All combinations of up to three levers are tried, each lever at its earliest start: that gives the day. What costs by
the month (a raised base) is then begun as late as keeps that day. Of all ways those are shown that none beats in day,
cost and sureness at once; time alone is the way without a step. Only levers of the pack are pulled, and those are
lawful.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from engine.assessment import assess, evaluate, not_taken
from engine.courses import Courses, Pulled, Seen, first_above
from engine.facts import Applicant
from engine.kinds import LATEST
from engine.lever_pack import CERTAIN, SURE, Base, Lever
from engine.levers import Cost, apply, cost, detail, done, earliest
from engine.months import Month, add_years
from engine.plan import Option, Plan, Refusal, Step
from engine.policy import Policy
from engine.reason import Reason
from engine.scope import scopes
from engine.timeline import timeline

MOST_LEVERS = 3
_DAY = timedelta(days=1)
# what such a lever leads to is there
_THERE = frozenset({"plan.paying", "plan.studied", "plan.qualified", "plan.lives_there", "plan.base_there"})


class _Way(NamedTuple):
    """Levers that reach the threshold on a day: what they may cost (at most, at least), how unsure they are.

    `steps` and `place` (among all combinations) decide between two that are alike in that.
    """

    reached_on: date
    cost: tuple[int, int]
    unsure: int
    steps: int
    place: int
    pulled: Seen

    def beats(self, other: "_Way") -> bool:
        """Whether it is as early, as cheap and as sure, and not alike in all; of those alike, the one to show."""
        if self[:3] == other[:3]:
            return self[:5] < other[:5]
        return self.reached_on <= other.reached_on and self.cost <= other.cost and self.unsure <= other.unsure


def plan(applicant: Applicant, policy: Policy, on: date, by: date | None = None) -> Plan:
    """The ways to the threshold after a day; where they must be there by another, those that reach it and hold it then.

    Raises `engine.policy.NoLaw` for a day before the first version, `ValueError` where `by` lies before `on`.
    """
    if by is not None and by < on:
        raise ValueError(f"{by} lies before {on}")
    now = assess(applicant, policy, on)
    until, because = _horizon(applicant, policy, on, by)
    if now.reached:
        because = Reason("plan.reached", {"total": now.total})
    options: tuple[Option, ...] = ()
    not_offered: tuple[Refusal, ...] = ()
    too_late: tuple[Refusal, ...] = ()
    if because is None:
        search = _Search(applicant, policy, on, by, until)
        options = search.options()
        not_offered = tuple(search.refusals(options))
        too_late = () if by is None else tuple(search.too_late(by))
        because = None if options else search.why_none((*too_late, *not_offered))
    return Plan(
        policy.id,
        on,
        by,
        until,
        now.threshold,
        now.total,
        now.reached,
        options,
        because,
        not_offered,
        too_late,
        policy.planning.shunned,
    )


def _horizon(applicant: Applicant, policy: Policy, on: date, by: date | None) -> tuple[date, Reason | None]:
    """The last day that is looked at, and why it would be of no use to look.

    Nobody applies once they are over the age or once a veto is there.
    """
    years, last = policy.planning.years, date(LATEST - 1, 12, 31)
    if on.year + years >= LATEST:
        return on, Reason("plan.too_far", {"year": LATEST - years})
    until = min(max(add_years(on, years), by or on), last)
    oldest = policy.law(on).figures["age.oldest"]
    if applicant.born is not None:
        until = min(until, add_years(applicant.born, oldest + 1) - _DAY)
        if until < on:
            return on, Reason("plan.too_old", {"oldest": oldest})
    for offence in applicant.offence:
        if offence.kind == "serious_crime":
            until = min(until, offence.date - _DAY)
            if until < on:
                return on, Reason("plan.veto", {"kind_word": f"veto.{offence.kind}"})
    return until, None


class _Search:
    """The combinations of levers of one applicant, and the days on which they reach the threshold."""

    def __init__(self, applicant: Applicant, policy: Policy, on: date, by: date | None, until: date) -> None:
        self._applicant, self._policy, self._on, self._by, self._until = applicant, policy, on, by, until
        self._courses = Courses(applicant, policy, on, until)
        self._useful = until  # a lever that is done later is of no use
        self._most: tuple[int, date] | None = None  # how far beyond the threshold any comes, and from when on
        self._first: tuple[date, Applicant] | None = None  # when any reaches it first, be it too late or not for long

    def options(self) -> tuple[Option, ...]:
        """The ways that no other beats, the best first."""
        ways = []
        for place, (pulled, facts) in enumerate(self._combinations((), self._applicant, self._policy.planning.levers)):
            day = self._reached(pulled, facts)
            if day is not None:
                levers = [lever for lever, _ in pulled]
                unsure = max((len(SURE) - SURE.index(lever.sure) for lever in levers), default=0)
                once = _sum(Cost(*lever.cost) for lever in levers)
                ways.append(_Way(day, (once.high, once.low), unsure, len(levers), place, pulled))
                if not pulled:  # from that day on nothing beats waiting
                    self._useful = day - _DAY
        front: list[_Way] = []
        for way in sorted(ways):
            if any(other.beats(way) for other in front):  # what it costs once is the least it costs
                continue
            way = self._delayed(way)
            if not any(other.beats(way) for other in front):
                front = [other for other in front if not way.beats(other)] + [way]
        return tuple(self._option(way) for way in sorted(front, key=self._order))

    def refusals(self, options: Iterable[Option]) -> Iterator[Refusal]:
        """The levers that cannot be pulled, but those that a way pulls after another one."""
        pulled = {step.lever.id for option in options for step in option.steps}
        for lever in self._policy.planning.levers:
            start = earliest(self._applicant, lever, self._policy, self._on)
            if isinstance(start, Reason) and lever.id not in pulled:
                yield Refusal(lever, lever.indicator, start, start.code in _THERE)

    def too_late(self, by: date) -> Iterator[Refusal]:
        """The levers that can be pulled and bring their line more points only after a day."""
        for lever in self._policy.planning.levers:
            start = earliest(self._applicant, lever, self._policy, self._on)
            if isinstance(start, Month):
                day, line = self._gains(lever, start), {"line_word": f"indicator.{lever.indicator}"}
                if day is None:
                    yield Refusal(lever, lever.indicator, Reason("plan.never", {**line, "until": str(self._until)}))
                elif day > by:
                    told = {**line, "day": str(day), "by": str(by)}
                    yield Refusal(lever, lever.indicator, Reason("plan.too_late", told))

    def why_none(self, refusals: Iterable[Refusal]) -> Reason:
        """Why no way reaches the threshold: it does later, not up to the day, or not as far as was looked.

        The lines are those whose levers are refused, else all that have one.
        """
        refused = [refusal.indicator for refusal in refusals if not refusal.there]
        lines = refused or [lever.indicator for lever in self._policy.planning.levers]
        told: dict[str, object] = {"lines_word": [f"indicator.{name}" for name in dict.fromkeys(lines)]}
        if self._by is not None and self._first is not None:
            day, facts = self._first
            told |= {"by": str(self._by), "day": str(day)}
            if day > self._by:
                return Reason("plan.late", told)
            steps = timeline(facts, self._policy, day, self._by).steps
            lost = next(step for step in steps if not step.reached)
            fallen = [f"indicator.{change.indicator}" for change in lost.changes if change.after < change.before]
            return Reason("plan.not_held", {**told, "lost": str(lost.day), "lines_word": fallen})
        assert self._most is not None  # waiting is among the combinations
        beyond, day = self._most
        most = max(0, self._policy.law(day).figures["threshold"] + beyond)
        told |= {"until": str(self._until), "day": str(day), "most": most, "gap": -beyond}
        return Reason("plan.short_of_needs" if refused else "plan.short", told)

    def _combinations(self, pulled: Seen, facts: Applicant, levers: Sequence[Lever]) -> Iterator[tuple[Seen, Applicant]]:
        """Those that go on from levers pulled already, with the facts once they are carried out; first, none further."""
        yield pulled, facts
        if len(pulled) == MOST_LEVERS:
            return
        for n, lever in enumerate(levers, 1):
            if lever.alone and any(isinstance(other, type(lever)) for other, _ in pulled):
                continue
            start = earliest(facts, lever, self._policy, self._on)
            if isinstance(start, Month) and done(facts, lever, start) <= self._useful:
                after = apply(facts, lever, start, self._policy)
                yield from self._combinations((*pulled, Pulled(lever, start)), after, levers[n:])

    def _reached(self, pulled: Seen, facts: Applicant) -> date | None:
        """The first day on which the threshold is reached; the day from which it is up to and with `by`."""
        since: date | None = None
        for day, beyond in self._courses.beyond(pulled, facts):
            if since is not None and self._by is not None and day > self._by:
                break
            if self._most is None or beyond > self._most[0]:
                self._most = (beyond, day)
            if beyond < 0:
                since = None
            elif since is None:
                since = day
                if self._first is None or day < self._first[0]:
                    self._first = (day, facts)
                if self._by is None or day > self._by:
                    break
        return None if since is not None and self._by is not None and since > self._by else since

    def _delayed(self, way: _Way) -> _Way:
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
            if self._reached(begun(month), self._carried_out(begun(month))) == way.reached_on:
                keeps = month
            else:
                fails = month
        costs = _sum(step.cost for step in self._steps(begun(keeps), way.reached_on))
        return way._replace(pulled=begun(keeps), cost=(costs.high, costs.low))

    def _stands(self, pulled: Seen, day: date) -> bool:
        """Whether the threshold is there on a day."""
        law = self._policy.law(day)
        outcomes = evaluate(scopes(self._carried_out(pulled))[0], law, day)
        out = not_taken(outcomes)
        return sum(found.points for name, found in outcomes.items() if name != out) >= law.figures["threshold"]

    def _carried_out(self, pulled: Seen) -> Applicant:
        facts = self._applicant
        for lever, start in pulled:
            facts = apply(facts, lever, start, self._policy)
        return facts

    def _steps(self, pulled: Seen, until: date) -> Iterator[Step]:
        """The levers as steps, with what they cost up to a day."""
        facts = self._applicant
        for lever, start in pulled:
            told, costs = detail(facts, lever, start, self._policy), cost(facts, lever, start, until, self._policy)
            yield Step(lever, start, done(facts, lever, start), told, costs)
            facts = apply(facts, lever, start, self._policy)

    def _gains(self, lever: Lever, start: Month) -> date | None:
        """The first day on which a lever alone brings its line more points than time does; None as far as is looked."""
        pulled = (Pulled(lever, start),)
        after = apply(self._applicant, lever, start, self._policy)
        without = self._courses.line(lever.indicator, (), self._applicant)
        return first_above(self._courses.line(lever.indicator, pulled, after), without)

    def _option(self, way: _Way) -> Option:
        facts = self._carried_out(way.pulled)
        then = assess(facts, self._policy, way.reached_on)
        ahead = add_years(way.reached_on, self._policy.planning.years)
        return Option(
            way.reached_on,
            then.total,
            any(line.provisional and line.counted for line in then.lines),
            Cost(way.cost[1], way.cost[0]),
            SURE[len(SURE) - way.unsure] if way.pulled else CERTAIN,
            tuple(self._steps(way.pulled, way.reached_on)),
            facts,
            timeline(facts, self._policy, way.reached_on, ahead).first_lost,
            tuple(then.ineligible_because),
        )

    def _order(self, way: _Way) -> tuple[object, ...]:
        return way[:5] if self._by is None else (way.unsure, way.cost, *way)


def _sum(costs: Iterable[Cost]) -> Cost:
    lows, highs = zip((0, 0), *costs, strict=True)
    return Cost(sum(lows), sum(highs))
