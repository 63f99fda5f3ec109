"""What a case says, as one tree: status, consultant, tags, need-by, the rows of the office, the applicant document.

Commands change a tree and check it whole; only a right one is stored.
"""

import difflib
import json
from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, Field, ValidationError

from engine.document import Invalid, Problem, dump, plain, reason_of, validate
from engine.facts import Applicant
from engine.kinds import Day, Text, fault
from engine.reason import Reason
from engine.workflow import STATUSES
from models.office import OFFICE_ROWS, OfficeRows
from models.paths import APPLICANT, Tree, copied, give_ids, pruned


def _status(value: str) -> str:
    if value not in STATUSES:
        choices = list(STATUSES)
        if near := difflib.get_close_matches(value, choices, n=1):
            raise fault("choice_near", choices=choices, near=near[0])
        raise fault("choice", choices=choices)
    return value


class _Office(OfficeRows):
    """What the office keeps of a case beside the applicant's facts."""

    status: Annotated[Text, AfterValidator(_status)]
    consultant: Text | None = None
    tags: list[Text] = Field(default=[])
    need_by: Day | None = None


OFFICE = tuple(name for name in _Office.model_fields if name not in OFFICE_ROWS)
"""What stands in columns of the table of cases."""


def tree_of(
    status: str, consultant: str | None, tags: str, need_by: str | None, office_rows: str, document: str
) -> Tree:
    """The tree of a case, from the columns that keep it."""
    office = {"status": status, "consultant": consultant, "tags": json.loads(tags), "need_by": need_by}
    return {**pruned({**office, **json.loads(office_rows)}), APPLICANT: json.loads(document)}


def columns_of(tree: Tree) -> dict[str, Any]:
    """The columns of the table of cases that keep a tree; `documents_of` are the rest of it."""
    return {
        "status": tree["status"],
        "consultant": tree.get("consultant"),
        "tags": as_json(tree.get("tags", [])),
        "need_by": tree.get("need_by"),
    }


def documents_of(tree: Tree) -> dict[str, str]:
    """The applicant document and the rows of the office of a tree, as they are stored."""
    return {
        "document": as_json(tree[APPLICANT]),
        "office": as_json({name: tree[name] for name in OFFICE_ROWS if name in tree}),
    }


class Contents(NamedTuple):
    """A tree that is right, and the applicant it tells of."""

    tree: Tree
    applicant: Applicant


def checked(tree: Mapping[str, Any]) -> Contents:
    """The tree as it is stored: every value in its one spelling, every row with an id.

    `Invalid` with every problem; the keys of an applicant's are those of the applicant file.
    """
    problems: list[Problem] = []
    office: dict[str, Any] = {}
    tree = {**copied(plain({**tree, APPLICANT: {}})), APPLICANT: pruned(plain(tree.get(APPLICANT) or {}))}
    give_ids(tree)
    try:
        given = {key: value for key, value in tree.items() if key != APPLICANT and value is not None}
        office = _Office.model_validate(given).model_dump(mode="json")
        office["tags"] = list(dict.fromkeys(office["tags"]))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            problems.append(_problem(detail["loc"], detail["input"], detail))
    try:
        applicant = validate(tree[APPLICANT])
    except Invalid as invalid:
        raise Invalid([*problems, *invalid.problems]) from None
    if problems:
        raise Invalid(problems)
    return Contents({**pruned(office), APPLICANT: dump(applicant)}, applicant)


def _problem(loc: tuple[int | str, ...], value: Any, detail: Any) -> Problem:
    if detail["type"] == "extra_forbidden":
        reason = Reason("fact.unknown_key", {"known": [*OFFICE, APPLICANT]})
    else:
        reason = reason_of(detail)
    return Problem(".".join(map(str, loc)), None if detail["type"] == "missing" else plain(value), reason)


def as_json(value: Any) -> str:
    """JSON as it is stored: compact, in the characters people read."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
