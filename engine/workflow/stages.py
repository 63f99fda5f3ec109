"""Which stages a case may come to next, why one is closed, and what entering one changes (`enter`).

What is offered and its conditions are data (`engine/process/stages.toml`). Any condition may be overridden by somebody
who says why; going back and closing always want a reason.
"""

import difflib
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from engine.basis import Basis
from engine.policy import Policy
from engine.reason import Reason
from engine.workflow import STATUSES, Status
from engine.workflow.entering import CLOSING, Effects, closing, enter, proposed
from engine.workflow.guards import closed
from engine.workflow.points import DERIVED
from engine.workflow.reach import Reached, opens, reach
from engine.workflow.situation import Situation
from engine.workflow.stage_pack import Way, load
from engine.workflow.standing import Standing, began

__all__ = ["CLOSING", "Effects", "Next", "closing", "enter", "next_stages", "refusal"]


class Next(NamedTuple):
    """A stage that may follow.

    `closed` is why it cannot be entered now without saying why, and `basis` what that condition rests on. `asks` is
    what to tell with it, `needs` the part of that which must be told, `proposes` what follows from the facts for it.
    """

    stage: Status
    kind: Way
    closed: Reason | None
    asks: tuple[str, ...]
    needs: tuple[str, ...] = ()
    proposes: Mapping[str, Any] = {}
    basis: Basis | None = None


def next_stages(standing: Standing, on: date, *, policy: Policy | None = None) -> list[Next]:
    """What may follow on a day: forward, those that are open first and the likeliest before, then back, then aside."""
    situation = Situation(standing, on, policy)
    found = [_next(situation, reached) for reached in reach(situation)]
    order = ("forward", "back", "aside")
    return sorted(found, key=lambda each: (order.index(each.kind), each.closed is not None))


def refusal(
    standing: Standing,
    to: str,
    on: date,
    because: str | None = None,
    day: date | None = None,
    *,
    told: Mapping[str, Any] | None = None,
    policy: Policy | None = None,
) -> Reason | None:
    """Why a case cannot be taken to a stage; None where it can.

    `on` is today and `day` the day of the step (left out: today). `because` overrides a condition, also that the stage
    follows; it must be there to go back, and be one of `CLOSING` (or one with more text behind a colon) to close. With
    `told` what must be told with the stage is looked for too.
    """
    if to not in STATUSES:
        near = difflib.get_close_matches(to, STATUSES, n=1)
        known = [f"status.{code}" for code in STATUSES]
        more = {"near": near[0]} if near else {"known": list(STATUSES), "known_word": known}
        return Reason("workflow.unknown_stage_near" if near else "workflow.unknown_stage", {"value": to, **more})
    day, because = day or on, (because or "").strip() or None
    situation = Situation(standing, day, policy)
    names = {"here_word": f"status.{situation.status}", "to_word": f"status.{to}"}
    if to in {standing.status, situation.status}:
        return Reason("workflow.there", names)
    if to in DERIVED[1:]:
        return Reason("workflow.derived", names)
    if day > on:
        return Reason("workflow.day_ahead", {"day": day.isoformat(), "today": on.isoformat()})
    first = began(standing)
    if first is not None and day < first:
        return Reason("workflow.day_before", {"day": day.isoformat(), "first": first.isoformat()})
    reached = next((each for each in reach(situation) if each.to == to), None)
    if reached is None and because is None:
        return _unreachable(situation, names)
    reached = reached or Reached(to, "forward")  # somebody says why: a case that came here from elsewhere
    found = _next(situation, reached)
    if to == "closed" and closing(because) is None:
        choices = [f"closing.{code}" for code in CLOSING]
        return Reason("workflow.closing", {"choices": list(CLOSING), "choices_word": choices})
    if found.kind == "back" and because is None:
        return Reason("workflow.back", names)
    if because is not None:
        return None
    if found.closed is not None:
        return Reason("workflow.closed", {**names, "why": found.closed})
    return _untold(found, names, told)


def _next(situation: Situation, reached: Reached) -> Next:
    stage = load().stages[reached.to]
    # going back and going on after a pause correct or restore what was entered before
    guarded = reached.way != "back" and not reached.resumed
    why = next(closed(situation, reached.to), None) if guarded else None
    asks, needs = ((), ()) if reached.resumed else (stage.asks + stage.asks_perhaps, stage.asks)
    if opens(situation, reached):
        asks, needs = ("kind", "district", *asks), ("kind", *needs)
    if reached.way == "back" and "because" not in asks:
        asks, needs = (*asks, "because"), (*needs, "because")
    if situation.open is not None and situation.open.receipt is not None:
        asks, needs = (tuple(key for key in keys if key != "receipt") for keys in (asks, needs))
    reason, basis = why if why is not None else (None, None)
    return Next(reached.to, reached.way, reason, asks, needs, proposed(situation, asks), basis)


def _unreachable(situation: Situation, names: Mapping[str, str]) -> Reason:
    offered = [f"status.{each.to}" for each in reach(situation)]
    return Reason("workflow.unreachable", {**names, "offered_word": offered})


def _untold(found: Next, names: Mapping[str, str], told: Mapping[str, Any] | None) -> Reason | None:
    if told is None:
        return None
    lacking = [key for key in found.needs if not (told.get(key) or found.proposes.get(key))]
    if not lacking:
        return None
    return Reason("workflow.untold", {**names, "keys": lacking, "keys_word": [f"stage_asks.{key}" for key in lacking]})
