"""An employer as lines: what is known of it, its contacts, and its cases by the stage they are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from engine.fields import field
from engine.masks import kind_of, masked
from engine.words import word
from engine.workflow import STATUSES
from models.employers import EMPLOYMENT, NOTE, Employer
from models.rows import Row
from tui import form
from tui.screens.case_columns import shown_name
from tui.text import Pressed, text
from tui.widgets.lines import Entry, wrapped
from tui.widgets.table import Cell

FACT, CONTACT, CASE = "fact:", "contact:", "case:"
"""What a line's target begins with; behind it the path of a fact, the id of a contact, the number of a case."""
HR = f"{EMPLOYMENT}.hr"
CONTACT_FIELDS = ("name", "phone", "id_number")
FACTS = (
    *(f"{EMPLOYMENT}.{name}" for name in ("employer", "points_account", "district", "kind")),
    f"{EMPLOYMENT}.registered_in_shanghai",
    NOTE,
)


def entries(
    known: Employer, cases: Sequence[Row], language: str, width: int, press: Pressed, *, whole: bool = False
) -> Iterator[Entry]:
    """All that is to be said of an employer; `press` are the keys of whom it is told."""
    yield Entry([Cell(known.uscc, "title")])
    for path in FACTS:
        yield from _fact(known, path, language, width)
    yield Entry([])
    people: Sequence[Mapping[str, Any]] = known.facts.get(HR) or ()
    empty = "" if people else f"  {text('employer.no_contact', language, press=press)}"
    yield Entry([Cell(text("employer.contacts", language), "title"), Cell(empty, "dim")], "" if people else CONTACT)
    for person in people:
        said = "  ".join(_of_person(key, person[key], whole) for key in CONTACT_FIELDS if person.get(key))
        yield Entry([Cell(f" {said or '?'}", "value")], f"{CONTACT}{person['id']}")
    yield Entry([])
    yield Entry([Cell(text("employer.cases", language, count=len(cases)), "title")])
    ordered = sorted(cases, key=lambda row: (STATUSES.index(row.stage), row.renewal or "9", row.id))
    for status, rows in groupby(ordered, key=lambda row: row.stage):
        together = list(rows)
        yield Entry([Cell(f" {word(f'status.{status}', language)}  {len(together)}", "label")])
        yield from (_case(row, language) for row in together)


def _of_person(key: str, value: str, whole: bool) -> str:
    return value if whole else str(masked(kind_of(field(f"employment.hr.{key}")), value))


def _fact(known: Employer, path: str, language: str, width: int) -> Iterator[Entry]:
    value = known.facts.get(path)
    differs = f"  {text('employer.differs', language)}" if path in known.differing else ""
    label = f"{form.name(path, language)}  "
    said = form.shown(form.of(path), value, language) or "-"
    style = "bad" if differs else "value" if value is not None else "dim"
    yield from (Entry(cells, f"{FACT}{path}") for cells in wrapped(f"{said}{differs}", width, style, " ", label))


def _case(row: Row, language: str) -> Entry:
    until = row.points_until or row.permit_until or ""
    score = text("list.veto", language) if row.vetoed else "-" if row.score is None else str(row.score)
    cells = [Cell(f"   {shown_name(row)}", "value"), Cell(f"  {score}", "total"), Cell(f"  {until}", "dim")]
    return Entry(cells, f"{CASE}{row.id}")
