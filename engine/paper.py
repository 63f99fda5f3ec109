"""What the office keeps of a paper that a case owes (材料): its state, who was asked when, who holds the original."""

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator

from engine.application import Row, each_its_own
from engine.kinds import Count, Day, Text, fault

State = Literal[
    "missing", "requested", "received_copy", "original_seen", "verified", "rejected", "expired", "not_needed"
]
STATES: tuple[State, ...] = get_args(State)


class Paper(Row):
    """One paper of a case: `code` names it, `of` is the id of the row of facts it is for, where there are several.

    What is owed follows from the facts; a row stands only for a paper about which something was done. `since` is the
    day it came to its `state`. `held_by` has the original since `held_since`; both are away when it was given back.
    """

    code: Text
    of: Text | None = None
    state: State = "missing"
    since: Day | None = None
    requested: Day | None = None
    chased: Count = 0
    last_chased: Day | None = None
    promised: Day | None = None
    valid_until: Day | None = None
    rejected_because: Text | None = None
    held_by: Text | None = None
    held_since: Day | None = None


def _one_each(rows: list[Paper]) -> list[Paper]:
    for number, row in enumerate(rows):
        if any((row.code, row.of) == (other.code, other.of) for other in rows[:number]):
            raise fault("paper_twice", paper=row.code)
    return rows


Papers = Annotated[list[Paper], AfterValidator(each_its_own), AfterValidator(_one_each)]
