"""A part of a case that shows it as it is stored: read when it opens, when something changes, and on a new day."""

from __future__ import annotations

from rich.cells import cell_len

from engine.document import validate
from engine.facts import Applicant
from engine.needs import Need
from models.history import present
from models.paths import Tree
from models.rows import StoredCase
from tui.screens.case_columns import shown_name
from tui.screens.part import Part
from tui.widgets.line import cut

MOST_OF_NAME = 30  # cells in the header


class StoredPart(Part):
    """A subclass goes on from `read` with what it counts, and shows it by `draw`."""

    def __init__(self, case_id: int) -> None:
        super().__init__(case_id)
        self.stored: StoredCase | None = None
        self.case: Tree = {}
        self.applicant = Applicant()
        self.needs: list[Need] = []

    def read(self) -> None:
        """Read the case, and when its points are needed; nothing is known of one that is not there any more."""
        self.stored = stored = self.app.reader.case(self.case_id)
        self.case = {} if stored is None else present(stored)
        self.applicant = Applicant() if stored is None else validate(stored.document)
        self.needs = self.needs_of(self.applicant, None if stored is None else stored.row.need_by)

    @property
    def called(self) -> str:
        """What the case is called."""
        return "" if self.stored is None else shown_name(self.stored.row)

    def draw(self) -> None:
        """Show what was read."""

    def draw_top(self, left: str, middle: str = "") -> None:
        """The header, and the line of the parts. A long name that it begins with leaves room for what it says of it."""
        if self.stored is not None:
            name = self.called
            if cell_len(name) > MOST_OF_NAME and left.startswith(name):
                left = cut(name, MOST_OF_NAME).rstrip() + left.removeprefix(name)
            self.head(left, middle)
            self.draw_parts(self.needs)

    def reword(self) -> None:
        self.draw()
        super().reword()

    def changed(self) -> None:
        if self.is_mounted:
            self.read()
            self.draw()
            self.refresh_footer()

    def new_day(self) -> None:
        self.read()
        super().new_day()
