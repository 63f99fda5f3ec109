"""The plan of an applicant: the ways to the threshold that no other beats, and why the other levers are not pulled.

Only levers of the pack are pulled, and those are lawful; ways that are praised elsewhere and shunned are told beside.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from engine.assessment import Assessment, assess
from engine.facts import Applicant
from engine.kinds import LATEST
from engine.lever_pack import CERTAIN, SURE
from engine.levers import Cost, earliest
from engine.months import Month, add_years
from engine.plan import Option, Plan, Refusal
from engine.policy import Policy
from engine.reason import Reason
from engine.timeline import timeline
from engine.ways import Way, Ways

_DAY = timedelta(days=1)
# reasons of levers for which there is nothing left to do
_IDLE = frozenset(
    f"plan.{code}" for code in ("paying", "studied", "qualified", "lives_there", "base_there", "no_title", "not_in_law")
)


def plan(applicant: Applicant, policy: Policy, on: date, by: date | None = None) -> Plan:
    """The ways to the threshold after a day; where they must be there by another, those that reach it and hold it then.

    Raises `engine.policy.NoLaw` for a day before the first version, `ValueError` where `by` lies before `on`.
    """
    if by is not None and by < on:
        raise ValueError(f"{by} lies before {on}")
    now = assess(applicant, policy, on)
    until, because = _horizon(applicant, policy, on, by)
    if now.reached:
        because = _reached(applicant, policy, now, by)
    options: tuple[Option, ...] = ()
    not_offered: list[Refusal] = []
    too_late: list[Refusal] = []
    if because is None:
        ways = Ways(applicant, policy, on, by, until)
        front = sorted(ways.front(), key=lambda way: way[:5] if by is None else (way.unsure, way.cost, way[:5]))
        options = tuple(_option(way, ways, policy, now) for way in front)
        pulled = {step.lever.id for option in options for step in option.steps}
        not_offered = list(_refused(applicant, policy, on, pulled))
        too_late = [] if by is None else list(_too_late(ways, applicant, policy, on, by, until, pulled))
        because = None if options else _why_none(ways, policy, by, until, [*too_late, *not_offered])
    shunned = policy.planning.shunned
    counts = (now.threshold, now.total, now.reached)
    return Plan(policy.id, on, by, until, *counts, options, because, tuple(not_offered), tuple(too_late), shunned)


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


def _reached(applicant: Applicant, policy: Policy, now: Assessment, by: date | None) -> Reason:
    """That there is nothing to plan; and when it is lost again, where that is before it is needed."""
    if by is not None:
        lost = timeline(applicant, policy, now.on, by).first_lost
        if lost is not None:
            return Reason("plan.reached_until", {"total": now.total, "lost": str(lost), "by": str(by)})
    return Reason("plan.reached", {"total": now.total})


def _option(way: Way, ways: Ways, policy: Policy, now: Assessment) -> Option:
    # told in the order in which they begin; within a section of the facts that is the order they were pulled in
    pulled = tuple(sorted(way.pulled, key=lambda one: one.start))
    facts = ways.carried_out(pulled)
    then = assess(facts, policy, way.reached_on)
    permitted = "permit" not in now.ineligible_because
    return Option(
        way.reached_on,
        then.total,
        any(line.provisional and line.counted for line in then.lines),
        Cost(way.cost[1], way.cost[0]),
        SURE[len(SURE) - way.unsure] if pulled else CERTAIN,
        tuple(ways.steps(pulled, way.reached_on)),
        facts,
        timeline(facts, policy, way.reached_on, add_years(way.reached_on, policy.planning.years)).first_lost,
        tuple(why for why in then.ineligible_because if why != "permit" or not permitted),
    )


def _refused(applicant: Applicant, policy: Policy, on: date, pulled: set[str]) -> Iterator[Refusal]:
    """The levers that cannot be pulled, but those that a way pulls after another one."""
    for lever in policy.planning.levers:
        start = earliest(applicant, lever, policy, on)
        if isinstance(start, Reason) and lever.id not in pulled:
            yield Refusal(lever, start, start.code in _IDLE)


def _too_late(
    ways: Ways, applicant: Applicant, policy: Policy, on: date, by: date, until: date, pulled: set[str]
) -> Iterator[Refusal]:
    """The levers that can be pulled, be it that no way does, and bring their line more points only after a day."""
    for lever in policy.planning.levers:
        start = earliest(applicant, lever, policy, on)
        if isinstance(start, Month) and lever.id not in pulled:
            day = ways.gains(lever, start)
            told = {"line_word": f"indicator.{lever.indicator}"}
            if day is None:
                yield Refusal(lever, Reason("plan.never", {**told, "until": str(until)}))
            elif day > by:
                told |= {"day": str(day), "by": str(by)}
                yield Refusal(lever, Reason("plan.too_late", told))


def _why_none(ways: Ways, policy: Policy, by: date | None, until: date, refusals: Iterable[Refusal]) -> Reason:
    """Why no way reaches the threshold: it does later, not up to the day, or not as far as was looked.

    The lines named are those whose levers are refused, else all that have one.
    """
    refused = [refusal.indicator for refusal in refusals if not refusal.idle]
    lines = refused or [lever.indicator for lever in policy.planning.levers]
    told: dict[str, object] = {"lines_word": _words(lines)}
    if by is not None and ways.first is not None:
        day, facts = ways.first
        told |= {"by": str(by), "day": str(day)}
        if day > by:
            return Reason("plan.late", told)
        lost = next(step for step in timeline(facts, policy, day, by).steps if not step.reached)
        fallen = _words(change.indicator for change in lost.changes if change.after < change.before)
        return Reason("plan.not_held", {**told, "lost": str(lost.day), "lines_word": fallen})
    assert ways.most is not None  # waiting is among the combinations
    beyond, day = ways.most
    most = max(0, policy.law(day).figures["threshold"] + beyond)
    told |= {"until": str(until), "day": str(day), "most": most, "gap": -beyond}
    return Reason("plan.short_of_needs" if refused else "plan.short", told)


def _words(indicators: Iterable[str]) -> list[str]:
    return [f"indicator.{name}" for name in dict.fromkeys(indicators)]
