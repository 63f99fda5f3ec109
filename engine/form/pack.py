"""The application form as data: `engine/process/form.toml`, checked when it is read."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import tomli

from engine import fields
from engine.fields import Section
from engine.form.values import CONDITIONS, VALUES
from engine.pack_lint import Complaint, Shape, complaint, shape_faults
from engine.policy import BadPack

_SECTION: Shape = {"id": str, "from": str, "fields": list}
_SECTION_MORE: Shape = {"rows": str, "when": str, "needed": bool}
_FIELD: Shape = {"id": str}
_FIELD_MORE: Shape = {"fact": str, "value": str, "when": str, "optional": bool, "changes": bool}


class FieldKind(NamedTuple):
    """A field of the form: the `fact` it holds or rests on (in a section of rows that of the row).

    `value` names what is written where that is worked out; `when` when there is something to fill in.

    `changes`: it must be edited at every renewal (process 1.5).
    """

    id: str
    fact: str | None
    value: str | None
    when: str | None
    optional: bool
    changes: bool


class SectionKind(NamedTuple):
    """A section of the form; with `rows` one block for each row of these facts; `needed`: everybody has one."""

    id: str
    rows: str | None
    when: str | None
    needed: bool
    source: str
    fields: tuple[FieldKind, ...]


@cache
def load() -> tuple[SectionKind, ...]:
    """The sections in their order. `BadPack` where the file is not as it should be."""
    return read(tomli.loads(files("engine").joinpath("process", "form.toml").read_text(encoding="utf-8")))


def read(found: Mapping[str, Any]) -> tuple[SectionKind, ...]:
    """The sections of a pack that was parsed."""
    wrong = list(_wrong(found.get("section", [])))
    if wrong:
        raise BadPack(wrong)
    return tuple(map(_section, found["section"]))


def _section(row: Mapping[str, Any]) -> SectionKind:
    needed, shown = row.get("needed", False), tuple(map(_field, row["fields"]))
    return SectionKind(row["id"], row.get("rows"), row.get("when"), needed, row["from"], shown)


def _field(row: Mapping[str, Any]) -> FieldKind:
    fact, value, when = (row.get(key) for key in ("fact", "value", "when"))
    return FieldKind(row["id"], fact, value, when, row.get("optional", False), row.get("changes", False))


def _wrong(sections: list[Mapping[str, Any]]) -> Iterator[Complaint]:
    repeated = {section.path for section in fields.sections() if section.repeats}
    for n, row in enumerate(sections):
        where = f"section.{row.get('id', f'#{n + 1}')}"
        faults = list(shape_faults(row, where, _SECTION, _SECTION_MORE))
        yield from faults
        if faults:
            continue
        yield from _unknown(f"{where}.rows", row.get("rows"), repeated)
        yield from _unknown(f"{where}.when", row.get("when"), CONDITIONS)
        for place, field in enumerate(row["fields"]):
            at = f"{where}.{field.get('id', f'#{place + 1}') if isinstance(field, Mapping) else place + 1}"
            wrong = list(shape_faults(field, at, _FIELD, _FIELD_MORE))
            yield from wrong
            if wrong:
                continue
            if "fact" not in field and "value" not in field:
                yield complaint("form.empty", at)
            yield from _unknown(f"{at}.value", field.get("value"), VALUES)
            yield from _unknown(f"{at}.when", field.get("when"), CONDITIONS)
            fact = field.get("fact")
            path = f"{row['rows']}.{fact}" if fact is not None and "rows" in row else fact
            yield from _unknown(f"{at}.fact", path, _paths())


def _unknown(where: str, value: str | None, known: Any) -> Iterator[Complaint]:
    if value is not None and value not in known:
        yield complaint("form.unknown", where, value=value)


def _paths() -> set[str]:
    def all_of(members: Any) -> Iterator[str]:
        for member in members:
            if isinstance(member, Section):
                yield from (member.path, *all_of(member.fields))
            else:
                yield member.path

    return set(all_of(fields.sections()))
