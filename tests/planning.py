"""Packs with a few levers of their own, and an applicant about whom there is something to plan."""

import copy
import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

from engine.document import validate
from engine.facts import Applicant
from engine.lever_pack import Lever
from engine.plan import Plan
from engine.planner import plan
from engine.policy import Policy, load

Document = dict[str, Any]

TODAY = date(2026, 11, 22)
SHANGHAI = tomllib.loads(files("engine").joinpath("policies", "shanghai.toml").read_text(encoding="utf-8"))

ASSOCIATE: Document = {"level": "associate", "form": "full_time", "enrolled": "2007-09-01", "graduated": "2010-06-30"}
ENGINEER: Document = {
    "name": "王小明",
    "birth_date": "1990-03-07",
    "employment": {"employer": "上海甲科技有限公司", "post": "软件工程师"},
    "education": [ASSOCIATE],
    "insurance": [{"from": "2022-06", "base": 8000}],
}
"""36 years old, associate, four years insured at less than the reference: 30 + 50 + 12 = 92 points."""


def pack(*levers: str, years: int | None = None, **changes: Document) -> Policy:
    """The pack of Shanghai with only these levers, looking so many years ahead; `changes` of levers, `.` as `_`."""
    made = copy.deepcopy(SHANGHAI)
    made["levers"] = [
        row | changes.get(row["id"].replace(".", "_"), {}) for row in made["levers"] if row["id"] in levers
    ]
    made["planning"]["years"] = years or made["planning"]["years"]
    return Policy.from_pack(made)


def lever(lever_id: str, policy: Policy | None = None) -> Lever:
    """A lever of the pack."""
    found = (policy or load()).planning.lever(lever_id)
    assert found is not None
    return found


def person(**facts: Any) -> Applicant:
    """The engineer with other facts."""
    return validate(ENGINEER | facts)


def planned(on: date = TODAY, by: date | None = None, policy: Policy | None = None, **facts: Any) -> Plan:
    """The plan of the engineer with other facts."""
    return plan(person(**facts), policy or load(), on, by)


def ways(found: Plan) -> list[tuple[str, ...]]:
    """The options by the levers they pull."""
    return [tuple(step.lever.id for step in option.steps) for option in found.options]
