"""积分申请表: the application form to copy from, by its sections, labels and order, with its gaps marked (process 6.2).

The values are in Chinese, as they are filled in. The form was not found as a file: see `docs/official-form.md`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from engine import fields
from engine.application import Kind
from engine.document import validate
from engine.facts import Applicant
from engine.form.pack import FieldKind, load
from engine.form.rows import FormRow, rows
from engine.form.values import CONDITIONS, FORM, VALUES, Asked
from engine.kinds import Masked
from engine.masks import kind_of, masked
from engine.materials import checklist
from engine.policy import Policy
from engine.words import word

MASKED = {"hr_phone": Masked("phone")}  # of what is worked out

__all__ = ["Block", "Filed", "FormField", "official_form"]


class Filed(NamedTuple):
    """The facts as they were filed, and the day."""

    document: Mapping[str, Any]
    on: date


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the form: its label is `form.<section>.<id>` in the catalogue, `value` what is copied.

    `missing`: it is to be filled in and not known. `path` is the fact it holds or rests on, by the row's id or place;
    None where the form asks for what no fact says. `before` is what was filed, where that is something else;
    `must_change`: it is edited at every renewal even where nothing has changed (process 1.5); `masked`: an ID number
    or a phone number.
    """

    id: str
    value: str
    missing: bool
    path: str | None
    before: str | None = None
    must_change: bool = False
    masked: Masked | None = None

    @property
    def shown(self) -> str:
        """The value as it is shown until somebody asks for it whole."""
        return str(masked(self.masked, self.value))

    @property
    def shown_before(self) -> str | None:
        """The same of what was filed."""
        return None if self.before is None else str(masked(self.masked, self.before))


@dataclass(frozen=True, slots=True)
class Block:
    """A section of the form (`form.<id>`), or one row of it: `number` counts the rows from 1, `at` is its path."""

    id: str
    number: int | None
    at: str
    fields: tuple[FormField, ...]


def official_form(
    applicant: Applicant, policy: Policy, on: date, kind: Kind = "new", filed: Filed | None = None
) -> tuple[Block, ...]:
    """The form as it is filled in on a day; at another application than the first beside what was `filed`.

    Put forward are the items that `engine.materials` proposes where none are claimed. Raises `engine.policy.NoLaw`.
    """
    found = tuple(_blocks(applicant, policy, on, kind))
    if filed is None or kind == "new":
        return found
    then = {
        (block.id, block.at, field.id): field.value
        for block in _blocks(validate(filed.document), policy, filed.on, kind)
        for field in block.fields
    }
    return tuple(replace(block, fields=tuple(_beside(block, field, then) for field in block.fields)) for block in found)


def _beside(block: Block, field: FormField, then: Mapping[tuple[str, str, str], str]) -> FormField:
    before = then.get((block.id, block.at, field.id), "")
    return field if before == field.value else replace(field, before=before)


def _blocks(applicant: Applicant, policy: Policy, on: date, kind: Kind) -> Iterator[Block]:
    claims = tuple(applicant.claims or ()) or checklist(applicant, policy, on, kind).way.claims
    asked = Asked(applicant, policy, on, claims)
    for section in load():
        if section.rows is None:
            yield Block(section.id, None, "", tuple(_filled(section.fields, asked, kind)))
            continue
        for number, row in enumerate(rows(section, asked), 1):
            of_row = asked._replace(row=row.row)
            yield Block(section.id, number, row.at, tuple(_filled(section.fields, of_row, kind, section.rows, row)))


def _filled(
    kinds: tuple[FieldKind, ...], asked: Asked, filing: Kind, section: str | None = None, row: FormRow | None = None
) -> Iterator[FormField]:
    """The fields in which there is something to be filled in."""
    for kind in kinds:
        if kind.when is not None and not CONDITIONS[kind.when](asked):
            continue
        path = kind.fact if row is None or kind.fact is None else row.path(kind.fact)
        value = VALUES[kind.value](asked) if kind.value is not None else _written(kind.fact or "", asked, section)
        changes = kind.changes and filing != "new"
        fact = kind.fact if row is None or section is None else f"{section}.{kind.fact}"
        hidden = MASKED.get(kind.value or "") or (kind_of(fields.field(fact)) if fact and kind.value is None else None)
        yield FormField(kind.id, value or "", value is None and not kind.optional, path, None, changes, hidden)


def _written(fact: str, asked: Asked, section: str | None) -> str | None:
    """A fact as it is written in the form."""
    found: Any = asked.applicant if section is None else asked.row
    for step in fact.split("."):
        found = None if found is None else getattr(found, "from_" if step == "from" else step)
    if found is None:
        return None
    if isinstance(found, date):
        return found.isoformat()
    if isinstance(found, bool):
        return word(f"value.{str(found).lower()}", FORM)
    field = fields.field(fact if section is None else f"{section}.{fact}")
    return field.choice_label(str(found), FORM) if field.choices else str(found)
