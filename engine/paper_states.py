"""The states of a paper, and the evidence that the papers of a row amount to: it alone says what is proven."""

from collections.abc import Sequence

from engine.facts import Evidence
from engine.paper import State

ORDER: tuple[State, ...] = ("missing", "requested", "received_copy", "original_seen", "verified")
"""The way of a paper, from nothing to checked."""
OWED: frozenset[State] = frozenset({"missing", "requested", "rejected", "expired"})
"""States in which somebody still has to bring it."""
_RECEIVED: frozenset[State] = frozenset({"received_copy", "original_seen", "expired", "verified"})


def following(state: State) -> State:
    """The state that comes next as a rule; one that was rejected or has expired is asked for again."""
    if state in ORDER:
        return ORDER[min(ORDER.index(state) + 1, len(ORDER) - 1)]
    return "requested"


def evidence_of(states: Sequence[State]) -> Evidence:
    """What the papers of a row amount to: verified where all are, rejected where one is; `not_needed` are left out."""
    needed = [state for state in states if state != "not_needed"]
    if "rejected" in needed:
        return "rejected"
    if needed and all(state == "verified" for state in needed):
        return "verified"
    return "received" if any(state in _RECEIVED for state in needed) else "claimed"
