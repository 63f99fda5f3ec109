"""What the office keeps of a case beside its facts, row by row: what it plans, how far it is, who owes which paper.

A what-if (试算) is one line of text, a list of changes and never a copy of the facts: it is evaluated on them as they
are now, and so moves with the case. One of them may be kept as the plan; what it asks for stands among the tasks.
Applications, steps and papers are the engine's own rows (`engine.application`, `engine.paper`).
"""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from engine.application import Applications, Row, Steps, each_its_own
from engine.kinds import Day, Money, Text, fault
from engine.paper import Papers
from engine.workflow import Status

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


class WhatIf(Row):
    """What may be done about the score, as one line; `kept` is the day since which it is the plan."""

    line: Annotated[Text, _at_most(LONGEST_LINE)]
    kept: Day | None = None


class Task(Row):
    """Something to be done by a day, by `owner` (a consultant; left out: whose case it is).

    `what_if` is the id of the plan that asks for it, `note` of the line it follows up, `stage` the one it came with;
    `done` the day it was done.
    """

    what: Annotated[Text, _at_most(LONGEST_TASK)]
    due: Day
    owner: Text | None = None
    what_if: Text | None = None
    note: Text | None = None
    stage: Status | None = None
    done: Day | None = None


class Note(Row):
    """A line of the log (记一笔): what was said or done on a day, and who wrote it down."""

    on: Day
    by: Text
    text: Text


class Fee(Row):
    """A part of the fee, in yuan: agreed on a day, due on one or with a stage, received on one."""

    what: Text
    amount: Money
    agreed: Day | None = None
    stage: Status | None = None
    due: Day | None = None
    received: Day | None = None


class Snooze(Row):
    """Until a day the desk does not ask again about `what`, the code of a deadline."""

    what: Text
    until: Day


def _few(rows: list[WhatIf]) -> list[WhatIf]:
    kept = sum(row.kept is not None for row in rows)
    if kept > 1:
        raise fault("one_plan")
    if len(rows) - kept > SIDE_BY_SIDE:
        raise fault("what_ifs", most=SIDE_BY_SIDE)
    return rows


_EachItsOwn = AfterValidator(each_its_own)


class OfficeRows(BaseModel):
    """All rows the office keeps of a case; `employer_note` tells of its employer (`models.employers`)."""

    model_config = ConfigDict(extra="forbid")

    what_ifs: Annotated[list[WhatIf], _EachItsOwn, AfterValidator(_few)] = Field(default=[])
    tasks: Annotated[list[Task], _EachItsOwn] = Field(default=[])
    applications: Applications = Field(default=[])
    steps: Steps = Field(default=[])
    papers: Papers = Field(default=[])
    notes: Annotated[list[Note], _EachItsOwn] = Field(default=[])
    fees: Annotated[list[Fee], _EachItsOwn] = Field(default=[])
    snoozes: Annotated[list[Snooze], _EachItsOwn] = Field(default=[])
    employer_note: Text | None = None


OFFICE_ROWS = tuple(OfficeRows.model_fields)
"""The names of these lists and of what stands beside them, as paths begin with them."""
ROW_LISTS = frozenset({*OFFICE_ROWS, "applications.returns"} - {"employer_note"})
"""All of them, those within a row too, as the model has them."""
