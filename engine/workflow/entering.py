"""What entering a stage changes: the step, the application, the notice, what is to be done; as plain data.

Whoever stores a case writes it; rows that are new come without an id. Days are ISO text, as a stored case has them.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from engine.application import Application, Where
from engine.assessment import Assessment
from engine.document import plain
from engine.policy import Policy
from engine.workflow import Status
from engine.workflow.reach import Reached, opens, reach, reopened
from engine.workflow.since import ends_of
from engine.workflow.situation import Situation
from engine.workflow.stage_pack import load
from engine.workflow.standing import HANDED_IN, Standing

CLOSING = ("done", "lost", "unfit", "refunded")
"""Why a case is closed: 办结 流失 不符合 退费."""

_NOTICE = ("number", "issued", "valid_until", "score", "employer", "members")
_RETURN = ("where", "reasons", "text", "read_by", "answer_by", "papers")


class TaskDue(NamedTuple):
    """Something to do once a stage is entered (`stage_task.<code>`), by a day; `owner` is whose move it is."""

    code: str
    due: date
    owner: str


class Effects(NamedTuple):
    """What a step changes.

    `step` is the new row. `application` are the fields of an application that change (None: taken away), those of the
    one with the id `of`, or where that is None of a new one. `returns` among them is the whole list, a new row in it
    without an id. `applicant` are facts by path.
    """

    status: Status
    step: dict[str, Any]
    application: dict[str, Any] | None
    applicant: dict[str, Any]
    tasks: list[TaskDue]
    of: str | None = None


def closing(because: str | None) -> str | None:
    """The reason of closing that a text begins with: alone, or with more behind a colon. None where it has none."""
    code = (because or "").replace("：", ":").partition(":")[0].strip()
    return code if code in CLOSING else None


def enter(
    standing: Standing, to: Status, on: date, told: Mapping[str, Any], *, policy: Policy | None = None
) -> Effects:
    """What entering a stage on a day changes, with what was `told` (the keys of `Next.asks`).

    It does not ask whether the stage may be entered; that is `refusal`. What is not told is taken from what the facts
    propose, or stays unknown.
    """
    situation = Situation(standing, on, policy)
    reached = next((each for each in reach(situation) if each.to == to), Reached(to, "forward"))
    given = {key: value for key, value in plain(dict(told)).items() if value not in (None, "", [])}
    given = {**proposed(situation, (*_NOTICE, *_RETURN, "kind", "district")), **given}
    application, of = _application(situation, reached, given)
    step: dict[str, Any] = {"stage": to, "on": on.isoformat()}
    if of is not None:
        step["application"] = of
    if told.get("because"):
        step["because"] = told["because"]
    notice = {f"notice.{key}": given.get(key) for key in _NOTICE} if to == "notice" else {}
    if "notice.members" in notice:
        notice["notice.members"] = given.get("members") or []
    # going back or on where the case was asks for nothing that was not asked for before
    again = reached.way == "back" or reached.resumed
    tasks = [] if again else list(_tasks(situation, to, given))
    return Effects(to, step, application or None, notice, tasks, of)


def proposed(situation: Situation, asks: Iterable[str]) -> dict[str, Any]:
    """What follows from the facts for what is asked: where a return came from, the term of a notice, the kind."""
    return {key: value for key in asks if (value := _PROPOSALS.get(key, _nothing)(situation)) is not None}


def _nothing(situation: Situation) -> None:
    return None


def _where(situation: Situation) -> Where:
    if situation.status == "paper_due":
        return "counter"
    return "review" if situation.status in HANDED_IN else "online"


def _district(situation: Situation) -> str | None:
    return situation.applicant.employment.district if situation.applicant.employment else None


def _employer(situation: Situation) -> str | None:
    return situation.applicant.employment.employer if situation.applicant.employment else None


def _permit_until(situation: Situation) -> str | None:
    """Points end with the permit they rest on (process 1.4, PT1); a term that is over is none."""
    permit = situation.applicant.permit
    until = permit.valid_until if permit is not None else None
    return until.isoformat() if until is not None and until >= situation.day else None


def _total(situation: Situation) -> int | None:
    return situation.counted.total if isinstance(situation.counted, Assessment) else None


def _members(situation: Situation) -> list[str] | None:
    """Whom the notice should name: the applicant, and the children for whom it is wanted."""
    applicant = situation.applicant
    children = (child.name for child in applicant.child if child.benefits is not False and child.evidence != "rejected")
    return [name for name in (applicant.name, *children) if name is not None] or None


_PROPOSALS: dict[str, Any] = {
    "kind": lambda situation: situation.kind,
    "district": _district,
    "where": _where,
    "valid_until": _permit_until,
    "issued": lambda situation: situation.day.isoformat(),
    "score": _total,
    "employer": _employer,
    "members": _members,
}


def _application(situation: Situation, reached: Reached, given: Mapping[str, Any]) -> tuple[dict[str, Any], str | None]:
    """The fields of the application that change, and its id; None for a new one, or where there is none."""
    stage, day = load().stages[reached.to], situation.day.isoformat()
    if opens(situation, reached):
        new = {"kind": given["kind"], "opened": day, **_returns(None, reached.to, given, day)}
        told = ("district", "receipt") if reached.to == "accepted" else ("district",)
        return new | {key: given[key] for key in told if key in given}, None
    filing = situation.open
    if again := reopened(situation, reached):
        return {"outcome": None, "closed": None}, again.id
    if filing is None:
        # the steps after a grant are still those of the application that was granted
        rows = situation.standing.applications
        granted = rows[-1].id if rows and reached.to in {"notice", "in_force"} else None
        return {}, granted
    changes = {} if reached.resumed else _returns(filing, reached.to, given, day)
    if reached.to == "accepted" and "receipt" in given:
        changes["receipt"] = given["receipt"]
    if not stage.application and reached.to != "paused":
        # going back to before an application gives it up, as closing the case does
        changes |= {"outcome": stage.outcome or "withdrawn", "closed": day}
    return changes, filing.id


def _returns(filing: Application | None, to: Status, given: Mapping[str, Any], day: str) -> dict[str, Any]:
    """A return begins with the stage, and is answered by leaving it."""
    rows = [] if filing is None else [row.model_dump(mode="json", exclude_none=True) for row in filing.returns]
    if to == "returned":
        return {"returns": [*rows, {"on": day, **{key: given[key] for key in _RETURN if key in given}}]}
    if rows and "answered" not in rows[-1] and load().stages[to].application:
        return {"returns": [*rows[:-1], {**rows[-1], "answered": day}]}
    return {}


def _tasks(situation: Situation, to: Status, given: Mapping[str, Any]) -> Iterator[TaskDue]:
    """What the stage asks to be done, by the end of its usual time; a return by the day it must be answered."""
    stage = load().stages[to]
    if stage.task is None:
        return
    ends = ends_of(situation.applicant, stage, situation.day)
    due = ends.usual if ends is not None else situation.day
    if to == "returned" and (answer_by := given.get("answer_by")) is not None:
        due = _day(answer_by, due)
    yield TaskDue(stage.task, due, stage.waiting_on or "us")


def _day(text: Any, otherwise: date) -> date:
    """The day that a text is; what is none is refused with the row it stands in, by whoever stores it."""
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return otherwise
