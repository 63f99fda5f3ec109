"""The days that matter in a case: of its way (`engine.workflow.deadlines`), its tasks and fees; what is put off.

A day that is put off (snoozed) does not ask until then; it stays a deadline.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from engine.facts import Applicant
from engine.policy import NoLaw, Policy
from engine.reason import Reason
from engine.workflow.deadlines import Deadline, deadlines
from models.staging import standing_of

TASK, FEE = "task", "fee"


def agenda(tree: Mapping[str, Any], applicant: Applicant, on: date, policy: Policy | None = None) -> list[Deadline]:
    """All of a case as seen on a day, the nearest first."""
    need_by = tree.get("need_by")
    standing = standing_of(tree, applicant)
    try:
        found = deadlines(standing, on, None if need_by is None else date.fromisoformat(need_by), policy=policy)
    except NoLaw:  # before there was one nothing could be filed
        found = []
    return sorted([*found, *_own(tree)], key=lambda deadline: deadline.day)


def asking(tree: Mapping[str, Any], found: list[Deadline], on: date) -> list[Deadline]:
    """Those that are not put off until a later day."""
    until = snoozed(tree)
    return [deadline for deadline in found if until.get(name_of(deadline), on) <= on]


def snoozed(tree: Mapping[str, Any]) -> dict[str, date]:
    """Until when each deadline is put off, by its name."""
    return {str(row["what"]): date.fromisoformat(row["until"]) for row in tree.get("snoozes", ())}


def name_of(deadline: Deadline) -> str:
    """What a deadline is put off under: its code, and the row it is of."""
    return deadline.code if deadline.path is None else f"{deadline.code} {deadline.path}"


def _own(tree: Mapping[str, Any]) -> Iterator[Deadline]:
    if tree["status"] == "closed":
        return
    for row in tree.get("tasks", ()):
        if "done" not in row:
            of = next((name for name in ("stage", "what_if") if name in row), "")
            reason = Reason("agenda.task", {"what": row["what"], "of": of})
            yield Deadline(TASK, date.fromisoformat(row["due"]), False, reason, "us", path=f"tasks.{row['id']}")
    for row in tree.get("fees", ()):
        if "due" in row and "received" not in row:
            reason = Reason("agenda.fee", {"what": row["what"], "amount": row["amount"]})
            yield Deadline(FEE, date.fromisoformat(row["due"]), False, reason, "client", path=f"fees.{row['id']}")
