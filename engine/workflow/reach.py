"""Which stages a case can come to from where it is, and what becomes of its application there; without the guards."""

from collections.abc import Iterator
from typing import NamedTuple

from engine.application import Application
from engine.workflow import Status
from engine.workflow.points import DERIVED
from engine.workflow.situation import Situation
from engine.workflow.stage_pack import Stage, Way, load


class Reached(NamedTuple):
    """A stage that can follow; `resumed`: the case was there before it was paused or closed."""

    to: Status
    way: Way
    resumed: bool = False


def reach(situation: Situation) -> Iterator[Reached]:
    """The stages that may follow the present one, each once: forward in the order of likelihood, back, aside.

    A case that was paused or closed goes on where it was; outside an application it may begin elsewhere too.
    """
    stage, seen = situation.stage, {situation.status}
    for reached in _all(situation, stage):
        if reached.to not in seen:
            seen.add(reached.to)
            yield reached


def _all(situation: Situation, stage: Stage) -> Iterator[Reached]:
    if stage.resumes is not None:
        before = situation.standing.before_pause
        if before is None and situation.open is not None:
            before = "form"  # no step tells where the open application was
        if before is not None:
            # which of the three stages of granted points it is follows from the points, not from what was before
            yield Reached("in_force" if before in DERIVED else before, stage.resumes, resumed=True)
    for way in ("forward", "back", "aside"):
        for to in stage.ways[way]:
            if stage.resumes is None or way == "aside" or situation.open is None:
                yield Reached(to, way)


def reopened(situation: Situation, reached: Reached) -> Application | None:
    """The application that going back opens again: the last one, closed by coming to the present stage."""
    if situation.open is not None or not load().stages[reached.to].application:
        return None
    if reached.way != "back" or not situation.standing.applications:
        return None
    last = situation.standing.applications[-1]
    return last if last.outcome == situation.stage.outcome else None


def opens(situation: Situation, reached: Reached) -> bool:
    """Whether entering the stage begins an application."""
    return load().stages[reached.to].application and situation.open is None and reopened(situation, reached) is None
