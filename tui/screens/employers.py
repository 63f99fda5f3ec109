"""The register of employers: each with its account, district and contacts, and how many cases it has in which stage."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult

from engine.reason import Reason
from engine.words import word
from engine.workflow import STATUSES
from models.employers import EMPLOYMENT, Employer, employer
from models.history import present
from models.query import Query
from models.reading import Reader
from models.rows import OfEmployer
from tui import form
from tui.screens.filtered_table import FilteredTable
from tui.widgets.filter import Filter
from tui.widgets.line import Line
from tui.widgets.table import Cell, Column, Table

AT_ONCE = 32
WIDE = 110  # cells from which the contacts are shown too
STAGES = 3  # stages that are named in a row


class Row(NamedTuple):
    """A row: an employer, what its newest case knows of it, its cases by stage."""

    of: OfEmployer
    known: Employer
    stages: dict[str, int]


class EmployersScreen(FilteredTable[list[OfEmployer]]):
    """All employers that cases name by their credit code; the filter is that of cases."""

    SCOPES = ("employers", "list")
    NOTHING = "employers.nothing"
    COPIED = "employers.copied"

    def __init__(self) -> None:
        super().__init__()
        self.found: list[OfEmployer] = []

    def body(self) -> ComposeResult:
        yield Filter()
        yield Line(id="titles")
        yield Line(id="wrong")
        yield Table(self.fetch, "employers", AT_ONCE)

    @property
    def table(self) -> Table[Row]:
        return self.query_one("#employers", Table)

    # --- what it is about

    def find(self, reader: Reader, query: Query) -> list[OfEmployer]:
        return reader.employers(query)

    def take(self, found: list[OfEmployer]) -> tuple[array[int], int]:
        here = self.found[self.table.cursor].uscc if self.table.cursor < len(self.found) else None
        self.found = found
        place = next((place for place, of in enumerate(found) if of.uscc == here), 0)
        return array("q", range(len(found))), place

    def fetch(self, ids: Sequence[int]) -> list[Row]:
        return [self.row(self.found[number]) for number in ids if number < len(self.found)]

    def row(self, of: OfEmployer) -> Row:
        """What is to be said of an employer now."""
        reader = self.app.reader
        stored = [reader.case(case_id) for case_id in reader.of_employer(of.uscc)[:1]]
        return Row(of, employer(of.uscc, (present(case) for case in stored if case)), reader.stages_of(of.uscc))

    # --- what it shows

    def draw(self) -> None:
        """The header: how many there are."""
        said = self.words("employers.count", count=self.known(len(self.found)))
        self.head(self.words("scope.employers"), said)

    def columns(self) -> list[Column[Row]]:
        words, language, wide = self.words, self.app.language, self.size.width >= WIDE

        def fact(name: str) -> Column[Row]:
            field = form.of(f"{EMPLOYMENT}.{name}")

            def cells(of: Row) -> list[Cell]:
                value = of.known.facts.get(f"{EMPLOYMENT}.{name}")
                return [Cell(form.shown(field, value, language) or "-", "" if value else "table--dim")]

            return Column(words(f"column.{name}"), 10 if name == "points_account" else 8, cells)

        def contacts(of: Row) -> list[Cell]:
            people = of.known.facts.get(f"{EMPLOYMENT}.hr") or []
            return [Cell(word("list.and", language).join(str(person.get("name") or "?") for person in people))]

        def stages(of: Row) -> list[Cell]:
            ordered = sorted(of.stages.items(), key=lambda one: STATUSES.index(one[0]))
            said = [f"{word(f'status.{status}', language)} {count}" for status, count in ordered[:STAGES]]
            return [Cell("  ".join(said) + (" …" if len(ordered) > STAGES else ""))]

        name: Column[Row] = Column(
            words("column.employer"), 30 if wide else 24, lambda of: [Cell(of.of.name or of.of.uscc)]
        )
        count: Column[Row] = Column(words("column.cases"), 4, lambda of: [Cell(str(of.of.cases))], right=True)
        shown = [name, fact("points_account"), fact("district"), count, Column(words("column.stages"), 0, stages)]
        if wide:
            shown.insert(3, Column(words("column.contacts"), 14, contacts))
        return shown

    # --- actions

    def why_not_open(self) -> Reason | None:
        return None if self.table.current is not None else Reason("employers_none", {})

    why_not_copy = why_not_open

    @on(Table.Chosen)
    async def act_open(self) -> None:
        """Open the employer: what is known of it, and its cases by next step."""
        from tui.screens.employer import EmployerScreen

        here = self.table.current
        if here is not None:
            await self.app.push_screen(EmployerScreen(here.of.uscc))

    def in_one_line(self, row: Row) -> str:
        return f"{row.of.name or ''} {row.of.uscc}".strip()
