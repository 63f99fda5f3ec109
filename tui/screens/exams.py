"""All children of all cases by the year of what they come to next, with what each still lacks for it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult

from engine.backward import Step, backward_plan
from engine.child_needs import ChildNeed, child_needs
from engine.document import validate
from engine.exam_lint import KINDS
from engine.exams import load as load_exams
from engine.needs import coming
from engine.policy import NoLaw, load
from engine.reason import Reason
from engine.words import word
from models.children import Pupil, Pupils, pupils
from models.query import Query
from models.reading import Reader
from models.rows import Row as CaseRow
from tui.exam_words import exam_name
from tui.screens.case_columns import shown_name
from tui.screens.filtered_table import FilteredTable
from tui.text import say
from tui.widgets.filter import Filter
from tui.widgets.line import Line
from tui.widgets.table import Cell, Column, Table

AT_ONCE = 16  # rows that are counted together: each costs milliseconds
WIDE = 110  # cells from which the points and the last day are shown too


class Child(NamedTuple):
    """A row: a child, the case it is of, what is lacking, the last safe day of the hand-in."""

    found: Pupil
    case: CaseRow | None
    need: ChildNeed | None
    hand_in: Step | None


class ExamsScreen(FilteredTable[Pupils]):
    """Every child that comes to a school or an examination, the nearest year first."""

    SCOPES = ("exams", "list")
    NOTHING = "exams.nothing"
    COPIED = "exams.copied"

    def __init__(self) -> None:
        super().__init__()
        self.found: Pupils | None = None

    def body(self) -> ComposeResult:
        yield Filter()
        yield Line(id="titles")
        yield Line(id="wrong")
        yield Table(self.fetch, "children", AT_ONCE)

    @property
    def table(self) -> Table[Child]:
        return self.query_one("#children", Table)

    # --- what it is about

    def find(self, reader: Reader, query: Query) -> Pupils:
        return pupils(reader, query)

    def take(self, found: Pupils) -> tuple[array[int], int]:
        before = self.found[self.table.cursor] if self.found and self.table.cursor < len(self.found) else None
        self.found = found
        place = found.place(before) if before is not None else None
        return array("q", range(len(found))), place or 0

    def fetch(self, ids: Sequence[int]) -> list[Child]:
        return [self.child(self.found[number]) for number in ids] if self.found is not None else []

    def child(self, found: Pupil) -> Child:
        """What is to be said of a child now."""
        stored, today = self.app.reader.case(found.case_id), self.app.today
        if stored is None:
            return Child(found, None, None, None)
        applicant = validate(stored.document)
        same = [each.path for each in coming(applicant, load_exams(), today) if each[2:4] == (found.kind, found.year)]
        try:
            needs = child_needs(applicant, load(), load_exams(), today)
        except NoLaw:
            needs = []
        need = next((need for need in needs if need.path in same[found.nth : found.nth + 1]), None)
        hand_in = None
        if need is not None and need.exam is not None and not need.over:
            place = int(need.path.rpartition(".")[2])
            plan = backward_plan(applicant, need.exam.span, today, applicant.child[place])
            hand_in = next((step for step in plan.steps if step.code == "hand_in"), None)
        return Child(found, stored.row, need, hand_in)

    # --- what it shows

    def draw(self) -> None:
        """The header: how many there are."""
        known = self.found is not None
        said = self.words("exams.count", count=len(self.found or ())) if known else self.words("exams.counting")
        self.head(self.words("scope.exams"), said)

    def columns(self) -> list[Column[Child]]:
        words, language, wide = self.words, self.app.language, self.size.width >= WIDE

        def exam(of: Child) -> list[Cell]:
            named = of.need.exam if of.need is not None and wide else None
            plain = f"{word(f'exam.{of.found.kind}', language)} {of.found.year}"
            return [Cell(plain if named is None else exam_name(named, language))]

        def name(of: Child) -> list[Cell]:
            return [Cell((of.need.name if of.need is not None else None) or "-")]

        def client(of: Child) -> list[Cell]:
            return [Cell(shown_name(of.case) if of.case is not None else f"#{of.found.case_id}")]

        def score(of: Child) -> list[Cell]:
            totals = of.need.totals if of.need is not None else None
            reached = totals is not None and min(totals) >= load().threshold
            return [Cell("-" if totals is None else str(totals[0]), "table--good" if reached else "")]

        def left(of: Child) -> list[Cell]:
            if of.hand_in is None:
                return [Cell("-", "table--dim")]
            slack = of.hand_in.pessimistic.slack
            return [Cell(f"{slack}{'!' if slack < 0 else ''}", "table--over" if slack < 0 else "")]

        def hand_in(of: Child) -> list[Cell]:
            return [Cell("-" if of.hand_in is None else str(of.hand_in.pessimistic.day))]

        shown: list[Column[Child]] = [
            Column(words("column.exam"), self.exam_cells(wide), exam),
            Column(words("column.child"), 8, name),
            Column(words("column.name"), 12 if wide else 8, client),
            Column(words("column.score"), 4, score, right=True),
            Column(words("column.lacks"), 0, self.lacks),
            Column(words("column.left"), 6, left, right=True),
        ]
        if wide:
            shown.insert(5, Column(words("column.hand_in"), 10, hand_in))
        return shown

    def exam_cells(self, wide: bool) -> int:
        """How many cells the longest name of an examination takes, with its year; `wide`: and that it is forecast."""
        language = self.app.language
        behind = f" {self.app.today.year}" + (word("exam.forecast", language) if wide else "")
        return max(cell_len(word(f"exam.{kind}", language)) for kind in KINDS) + cell_len(behind)

    def lacks(self, of: Child) -> list[Cell]:
        """What stands against it: the first thing, and how many more there are."""
        if of.need is None:
            return [Cell("-", "table--dim")]
        if of.need.over:
            return [Cell(self.words("exams.over"), "table--dim")]
        first, *more = of.need.lacks or (None,)
        if first is None:
            unknown = bool(of.need.unknown)
            return [Cell(self.words("exams.unknown" if unknown else "exams.ready"), "" if unknown else "table--good")]
        others = self.words("exams.more", count=len(more)) if more else ""
        return [Cell(say(first, self.app.language) + others)]

    def new_day(self) -> None:
        self.search(again=True)
        super().new_day()

    # --- actions

    def why_not_open(self) -> Reason | None:
        here = self.table.current
        return None if here is not None and here.case is not None else Reason("exams_nobody", {})

    why_not_copy = why_not_open

    @on(Table.Chosen)
    async def act_open(self) -> None:
        """Open the case at its plan."""
        here = self.table.current
        if here is not None and here.case is not None:
            await self.app.open_case(here.case.id, part="plan")
