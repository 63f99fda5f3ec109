"""The rows the office keeps, described as the facts are (`engine.fields`): for commands and for whoever shows them."""

from collections.abc import Iterator
from functools import cache

from engine.fields import Field, Section, members
from models.office import OfficeRows

_CHOICE_WORDS = {
    "applications.kind": "application_kind",
    "applications.outcome": "outcome",
    "applications.returns.reasons": "return_reason",
    "applications.returns.where": "return_where",
    "applications.system_status": "system_status",
    "fees.stage": "status",
    "papers.state": "paper_state",
    "steps.stage": "status",
    "tasks.stage": "status",
}


@cache
def office_sections() -> dict[str, Section]:
    """Each list of rows by its path, those within a row too."""
    return {section.path: section for section in _all(members(OfficeRows, "write.field", _CHOICE_WORDS))}


def office_field(path: str) -> Field:
    """The field at a path without rows (`tasks.due`); `KeyError` where there is none."""
    return _fields()[path]


@cache
def _fields() -> dict[str, Field]:
    found = [
        *members(OfficeRows, "write.field"),
        *(field for one in office_sections().values() for field in one.fields),
    ]
    return {field.path: field for field in found if isinstance(field, Field)}


def _all(found: Iterator[Field | Section] | tuple[Field | Section, ...]) -> Iterator[Section]:
    for member in found:
        if isinstance(member, Section):
            yield member
            yield from _all(member.fields)
