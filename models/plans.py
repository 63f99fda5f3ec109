"""What the office plans for a case, beside its facts: what-ifs (试算) and tasks.

A what-if is one line of text, a list of changes and never a copy of the facts: it is evaluated on them as they are now,
and so moves with the case. One of them may be kept as the plan; what it asks for stands among the tasks.
"""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from engine.kinds import Day, Text, fault

SIDE_BY_SIDE = 3
"""So many what-ifs that are not kept stand beside the case at most."""
LONGEST_LINE = 500
LONGEST_TASK = 300


def _at_most(most: int) -> AfterValidator:
    def short(text: str) -> str:
        if len(text) > most:
            raise fault("too_long", most=most)
        return text

    return AfterValidator(short)


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Text


class WhatIf(_Row):
    """What may be done about the score, as one line; `kept` is the day since which it is the plan."""

    line: Annotated[Text, _at_most(LONGEST_LINE)]
    kept: Day | None = None


class Task(_Row):
    """Something to be done by a day; `what_if` is the id of the plan that asks for it, `done` the day it was done."""

    what: Annotated[Text, _at_most(LONGEST_TASK)]
    due: Day
    what_if: Text | None = None
    done: Day | None = None


def _few(rows: list[WhatIf]) -> list[WhatIf]:
    kept = sum(row.kept is not None for row in rows)
    if kept > 1:
        raise fault("one_plan")
    if len(rows) - kept > SIDE_BY_SIDE:
        raise fault("what_ifs", most=SIDE_BY_SIDE)
    return rows


def _each_its_own(rows: list[_Row]) -> list[_Row]:
    for number, row in enumerate(rows):
        if any(row.id == other.id for other in rows[:number]):
            raise fault("row_id_twice", id=row.id)
    return rows


class Plans(BaseModel):
    """The what-ifs and tasks of a case."""

    model_config = ConfigDict(extra="forbid")

    what_ifs: Annotated[list[WhatIf], AfterValidator(_each_its_own), AfterValidator(_few)] = Field(default=[])
    tasks: Annotated[list[Task], AfterValidator(_each_its_own)] = Field(default=[])


PLANS = tuple(Plans.model_fields)
"""The names of both, as paths begin with them."""
