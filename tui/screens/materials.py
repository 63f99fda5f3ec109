"""The materials of a case: who owes which paper, how each stands, and the message that asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from textual import on

from engine.materials import Checklist
from engine.paper_states import following
from engine.policy import NoLaw, load
from engine.reason import Reason
from models.change import Change
from models.office_fields import office_field
from models.papers import PAPERS, Owed, chased, filled_in, moved, papers
from models.paths import get
from tui.commit import commit
from tui.letters import OfCase, letter
from tui.open_row import OpenRow
from tui.screens.of_lines import OfLines
from tui.screens.row_form import RowForm
from tui.screens.stored_part import StoredPart
from tui.typed import Value
from tui.widgets import papers as drawn
from tui.widgets.lines import Entry, Lines, plain
from tui.widgets.papers import PAPER

COPIED = 100  # cells of a line that is copied
ASKED = ("state", "requested", "promised", "valid_until", "rejected_because", "held_by", "held_since")


class MaterialsScreen(StoredPart, OfLines):
    """The papers of a case."""

    SCOPES = ("materials", "part", "list")
    PART = "materials"

    def __init__(self, case_id: int) -> None:
        super().__init__(case_id)
        self.found: Checklist | None = None
        self.papers: list[Owed] = []

    def read(self) -> None:
        super().read()
        self.found, self.papers = None, []
        if self.stored is not None:
            with suppress(NoLaw):  # before there was one nothing was to be proved
                self.found, self.papers = papers(self.case, self.applicant, load(), self.app.today)

    def draw(self) -> None:
        owed = [paper for paper in self.papers if not paper.item.system]
        done = sum(not paper.owed for paper in owed)
        count = f"{done}/{len(owed)}" if owed else ""
        self.draw_top(f"{self.called}  {self.words('scope.materials')}  {count}".rstrip())
        self.lines.show()

    def entries(self, width: int) -> Iterator[Entry]:
        """All papers."""
        if self.found is not None:
            today, language = self.app.today, self.app.language
            yield from drawn.entries(self.found, self.papers, self.case, today, language, width)

    # --- what the cursor is on

    @property
    def here(self) -> Owed | None:
        """The paper under the cursor."""
        place = self.lines.target.removeprefix(PAPER)
        return self.papers[int(place)] if place.isdigit() and int(place) < len(self.papers) else None

    @property
    def asked(self) -> list[Owed]:
        """What is owed by whoever supplies the paper under the cursor; without one, by the client."""
        supplier = self.here.item.supplier if self.here is not None else "client"
        return [paper for paper in self.papers if paper.owed and paper.item.supplier == supplier]

    def why_not_advance(self) -> Reason | None:
        return None if self.here is not None else Reason("notes_no_row", {})

    why_not_edit = why_not_reject = why_not_advance

    def why_not_chase(self) -> Reason | None:
        return None if self.asked else Reason("papers_none_owed", {})

    why_not_copy = why_not_chase

    # --- actions

    @on(Lines.Chosen)
    async def act_advance(self) -> None:
        """The paper is a state further: asked for, copy, original, verified."""
        paper = self.here
        if paper is not None and (state := following(paper.state)) != paper.state:
            await self.change(moved(self.case, self.papers, paper, state, self.app.today), "paper")

    async def act_edit(self) -> None:
        """All that is known of the paper, in a form."""
        paper = self.here
        if paper is not None:
            await self.ask(paper, {})

    async def act_reject(self) -> None:
        """The paper is no good; why, in a form."""
        paper = self.here
        if paper is not None:
            await self.ask(paper, {"state": "rejected"})

    async def ask(self, paper: Owed, begun: Mapping[str, str]) -> None:
        """Ask for what is known of a paper."""
        language = self.app.language
        # of a paper of which nothing is stored yet, what is typed and left is found again by what it is
        path = f"{PAPERS}.{paper.row['id'] if paper.row is not None else paper.item.code + (paper.of or '')}"
        row = OpenRow(self.app.workspace, self.case_id, self.app.author.name, path, {})
        stored = {**(get(self.case, path) or {"state": paper.state}), **begun}

        async def take(values: Mapping[str, Value]) -> Reason | None:
            if values.get("state") == "rejected" and not values.get("rejected_because"):
                return Reason("papers_why", {})
            changes: list[Change] = filled_in(self.case, self.papers, paper, values, self.app.today)
            return await commit(self.app, self.case_id, changes, "paper") if changes else None

        fields = [office_field(f"{PAPERS}.{name}") for name in ASKED]
        title = f"{self.called}  {paper.item.code} {drawn.named(paper, self.case, language)}"
        await self.app.push_screen(RowForm(title, row, fields, stored, take, [drawn.where(paper, language)]))

    async def act_chase(self) -> None:
        """What is owed was asked for today, once more where it had been before."""
        asked = self.asked
        if await self.change(chased(asked, self.app.today), "chase"):
            self.tell(self.words("papers.were_chased", count=len(asked)))

    def act_copy(self) -> None:
        """The message that asks for what is owed, for WeChat."""
        asked = self.asked
        self.app.copy_to_clipboard(self.message(asked))
        self.tell(self.words("papers.copied", count=len(asked)))

    def message(self, asked: list[Owed]) -> str:
        """To the client, or to the employer's contact."""
        deadline = self.stored.row.deadline if self.stored is not None else None
        case = OfCase(self.case_id, self.called, self.case, self.applicant, deadline, asked)
        return letter(asked[0].item.supplier, case, self.app.language).text(self.app.today, self.app.language)

    def act_copy_all(self) -> None:
        """The whole list."""
        self.app.copy_to_clipboard(f"{self.called}\n{plain(list(self.entries(COPIED)))}")
        self.tell(self.words("papers.all_copied"))
