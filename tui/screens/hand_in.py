"""What is handed in for an employer's cases in one visit (递交清单): its own papers once, then each client's, in the
order of the counter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from textual import on

from engine.document import validate
from engine.policy import NoLaw, load
from engine.words import word
from engine.workflow import Status
from models.history import present
from models.papers import COLLECTING, Owed, papers
from models.rows import StoredCase
from tui.letters import OfCase
from tui.screens.case_columns import shown_name
from tui.screens.of_lines import OfLines
from tui.widgets import papers as drawn
from tui.widgets.employer import CASE
from tui.widgets.lines import Entry, Lines, plain, wrapped
from tui.widgets.table import Cell

COPIED = 100  # cells of a line that is copied
AT_THE_COUNTER: frozenset[Status] = frozenset({"hr_review", "submitted", "paper_due", "returned"})
"""Stages of which the next visit to the acceptance point is."""


class HandInScreen(OfLines):
    """The hand-in list of an employer: of its cases that go to the counter next, else of all that collect papers."""

    SCOPES = ("hand_in", "list")

    def __init__(self, name: str, ids: Sequence[int]) -> None:
        super().__init__()
        self.employer = name
        self.ids = ids
        self.cases: list[OfCase] = []

    def read(self) -> None:
        """The cases of the visit, the nearest deadline first, each with all its papers."""
        stored = [case for case in map(self.app.reader.case, self.ids) if case is not None]
        due = [case for case in stored if case.row.stage in AT_THE_COUNTER]
        chosen = due or [case for case in stored if case.row.stage in COLLECTING]
        ordered = sorted(chosen, key=lambda case: (case.row.deadline or "9", case.id))
        self.cases = [one for case in ordered for one in self.of_case(case)]

    def of_case(self, case: StoredCase) -> Iterator[OfCase]:
        """A case with its papers; none where no law asked for any."""
        applicant, tree = validate(case.document), present(case)
        with suppress(NoLaw):
            every = papers(tree, applicant, load(), self.app.today)[1]
            brought = [paper for paper in every if not paper.item.system and paper.state != "not_needed"]
            yield OfCase(case.id, shown_name(case.row), tree, applicant, case.row.deadline, brought)

    def reword(self) -> None:
        self.draw()
        super().reword()

    def draw(self) -> None:
        """The header, and the lines."""
        self.head(f"{self.employer}  {self.words('scope.hand_in')}")
        self.lines.show()

    def changed(self) -> None:
        if self.is_mounted:
            self.read()
            self.draw()

    # --- the lines

    def entries(self, width: int) -> Iterator[Entry]:
        """The employer's papers, then those of each client."""
        language = self.app.language
        if not self.cases:
            yield Entry([Cell(self.words("hand_in.nothing"), "dim")])
            return
        once = {paper.item.code: (paper, case) for case in self.cases for paper in case.owed if paper.item.shared}
        if once:
            yield Entry([Cell(self.words("letters.shared"), "title")])
        for paper, case in once.values():
            yield from self.paper_lines(paper, case, width, "")
        for case in self.cases:
            own = [paper for paper in case.owed if not paper.item.shared]
            lacking = sum(paper.owed for paper in own)
            said = self.words("hand_in.lacking", count=lacking) if lacking else self.words("hand_in.complete")
            stage = word(f"status.{case.tree['status']}", language)
            target = f"{CASE}{case.case_id}"
            yield Entry([])
            head = [Cell(case.called, "title"), Cell(f"  {stage}  ", "label"), Cell(said, "bad" if lacking else "good")]
            yield Entry(head, target)
            for paper in own:
                yield from self.paper_lines(paper, case, width, target)

    def paper_lines(self, paper: Owed, case: OfCase, width: int, target: str) -> Iterator[Entry]:
        """A paper with its mark, and in which form it is handed in."""
        language = self.app.language
        form = self.words("hand_in.original") if paper.item.original else ""
        copies = self.words("hand_in.copies", count=paper.item.copies) if paper.item.copies else ""
        said = "  ".join(filter(None, (drawn.named(paper, case.tree, language), form, copies)))
        style = "bad" if paper.owed else "value"
        first = f"{drawn.MARKS[paper.state]} {paper.item.code:<4} "
        # a paper goes on with its case: the cursor moves from client to client
        yield from (Entry(cells, target) for cells in wrapped(said, width, style, "", first))

    # --- actions

    @on(Lines.Chosen)
    async def act_open(self) -> None:
        """Open the papers of the client under the cursor."""
        target = self.lines.target
        if target:
            await self.app.open_case(int(target.removeprefix(CASE)), part="materials")

    def act_copy(self) -> None:
        self.app.copy_to_clipboard(f"{self.employer}\n{plain(list(self.entries(COPIED)))}")
        self.tell(self.words("hand_in.copied"))

    def act_leave(self) -> None:
        self.app.pop_screen()
