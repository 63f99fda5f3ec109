"""A case taken from stage to stage as whoever stores it would: the effects of a step carried out on what is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.application import Application, Step
from engine.document import dump, validate
from engine.facts import Applicant
from engine.workflow import Status
from engine.workflow.stages import Effects, Next, enter, next_stages, refusal
from engine.workflow.standing import Standing

Document = dict[str, Any]

READY: Document = {
    "name": "王小明",
    "birth_date": "1990-03-07",
    "permit": {
        "kind": "permit",
        "first_issued": "2019-05-10",
        "issued": "2026-05-10",
        "collected": "2019-05-20",
        "valid_until": "2027-05-09",
        "housing": "own",
    },
    "employment": {"employer": "上海甲科技有限公司", "district": "浦东新区", "points_account": "active"},
    "education": [{"id": "e1", "level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01"}],
    "insurance": [{"id": "i1", "from": "2015-07", "base": 12500}],
    "archive": {"location": "shanghai_centre"},
}
"""120 points and more on any day of 2026, an employer that can file, a permit: nothing stands in the way."""

IN_FORCE: Document = READY | {
    "notice": {
        "number": "1",
        "issued": "2026-06-20",
        "valid_until": "2027-05-09",
        "score": 203,
        "employer": "上海甲科技有限公司",
        "members": ["王小明"],
    },
}
"""Points until 9 May 2027."""


def day(text: str) -> date:
    """A day as it is written."""
    return date.fromisoformat(text)


def facts(document: Document, **changes: Any) -> Applicant:
    """The applicant of a document with groups of it changed: `permit={"valid_until": ...}`; None takes one away."""
    changed = dict(document)
    for name, value in changes.items():
        both = isinstance(value, Mapping) and isinstance(document.get(name), Mapping)
        changed[name] = {**document[name], **value} if both else value
    return validate({name: value for name, value in changed.items() if value is not None})


def standing(status: Status, document: Document = READY, **changes: Any) -> Standing:
    """A case in a stage, without anything the office keeps."""
    return Standing(facts(document, **changes), status, [], [], [])


def filing(status: Status, since: str, document: Document = READY, **fields: Any) -> Standing:
    """A case whose application is in a stage since a day; `fields` are those of the application."""
    kind = fields.pop("kind", "new")
    application = Application.model_validate({"id": "a1", "kind": kind, "opened": since, **fields})
    step = Step(id="s1", stage=status, on=day(since), application="a1")
    return Standing(facts(document), status, [application], [step], [])


def option(case: Standing, to: str, on: str) -> Next:
    """What is offered for a stage, which must be offered."""
    (found,) = (each for each in next_stages(case, day(on)) if each.stage == to)
    return found


def offered(case: Standing, on: str, kind: str = "forward") -> list[str]:
    """The stages offered, in their order."""
    return [each.stage for each in next_stages(case, day(on)) if each.kind == kind]


def why(case: Standing, to: str, on: str) -> str | None:
    """The code of why a stage is closed, without what all have in common."""
    closed = option(case, to, on).closed
    return None if closed is None else closed.code.removeprefix("workflow.guard.")


def take(case: Standing, to: Status, on: str, because: str | None = None, **told: Any) -> Standing:
    """The case in its next stage; it must be one that is not refused."""
    refused = refusal(case, to, day(on), because, told=told)
    assert refused is None, refused
    return carried_out(case, enter(case, to, day(on), {**told, "because": because}))


def carried_out(case: Standing, effects: Effects) -> Standing:
    """What is kept of the case after a step. Rows without an id get one; every row must be valid."""
    applications = [row.model_dump(mode="json", exclude_none=True) for row in case.applications]
    step: dict[str, Any] = {"id": f"s{len(case.steps) + 1}", **effects.step}
    if effects.application is not None:
        if effects.of is None:
            applications.append({"id": f"a{len(applications) + 1}"})
            step["application"] = applications[-1]["id"]
        row = applications[-1] if effects.of is None else next(r for r in applications if r["id"] == effects.of)
        row |= effects.application
        for number, returned in enumerate(row.get("returns", ())):
            returned.setdefault("id", f"r{number + 1}")
        if effects.status == "submitted":
            row["filed"] = dump(case.applicant)
    document = dump(case.applicant)
    for path, value in effects.applicant.items():
        group, _, key = path.partition(".")
        document.setdefault(group, {})[key] = value
    if "notice" in document:
        document["notice"] = {key: value for key, value in document["notice"].items() if value is not None}
    rows = [Application.model_validate({k: v for k, v in row.items() if v is not None}) for row in applications]
    assert sum(row.outcome is None for row in rows) <= 1
    return Standing(validate(document), effects.status, rows, [*case.steps, Step.model_validate(step)], case.papers)


def changed(case: Standing, **groups: Any) -> Standing:
    """The case with facts changed, as `facts`."""
    return case._replace(applicant=facts(dump(case.applicant), **groups))


def checked(case: Standing, on: str) -> Standing:
    """Both ticks set on the open application."""
    done = {"degree_checked": day(on), "archive_checked": day(on)}
    rows = [row if row.outcome else row.model_copy(update=done) for row in case.applications]
    return case._replace(applications=rows)
