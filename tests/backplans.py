"""Backward plans in few words: what tests of the plan and of its report ask again and again."""

from datetime import date
from typing import Any

from engine.backward import BackwardPlan, Step, backward_plan
from engine.document import validate
from engine.exams import Span

Document = dict[str, Any]

READY: Document = {
    "name": "王小明",
    "permit": {"kind": "permit", "collected": "2019-05-20", "valid_until": "2031-05-09"},
    "employment": {"points_account": "active"},
    "archive": {"location": "shanghai_centre"},
}
"""Nothing stands before the hand-in, and nothing runs out."""

ANYWHERE: Document = READY | {"archive": {"location": "unknown"}}
"""The same, but nobody knows where the archive is: from two weeks to two months."""

IN_FORCE: Document = READY | {
    "permit": {"kind": "permit", "valid_until": "2031-05-09"},
    "notice": {"valid_until": "2031-05-09", "members": ["王小明", "王一"]},
    "child": [
        {"name": "王一", "permit_valid_until": "2031-05-09"},
        {"name": "王二", "permit_valid_until": "2031-05-09"},
    ],
}
"""Points in force; the first child is on the notice, the second is not."""


def day(text: str) -> date:
    """A day as it is written."""
    return date.fromisoformat(text)


def plan(document: Document, first: str, last: str = "", on: str = "2025-06-02", **how: Any) -> BackwardPlan:
    """The backward plan from a span (or one day), as seen on a day; `child` is the number of one."""
    applicant = validate(document)
    child = applicant.child[how.pop("child")] if "child" in how else None
    return backward_plan(applicant, Span(day(first), day(last or first)), day(on), child, **how)


def codes(found: BackwardPlan) -> list[str]:
    """The steps, in the order of their codes."""
    return sorted(step.code for step in found.steps)


def step(found: BackwardPlan, code: str) -> Step:
    """The step of a code, of which there must be one."""
    (only,) = (step for step in found.steps if step.code == code)
    return only


def days(found: BackwardPlan, code: str) -> tuple[str, str]:
    """The last safe days of a step: at worst, at best."""
    only = step(found, code)
    return only.pessimistic.day.isoformat(), only.optimistic.day.isoformat()
