"""The official form of a case (积分申请表), to copy field by field into the authority's system."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from textual import on

from engine.application import Kind
from engine.form import Block, FormField
from engine.policy import NoLaw, load
from engine.reason import Reason
from engine.words import word
from models.form import form_of
from models.paths import APPLICANT
from tui.screens.of_lines import OfLines
from tui.screens.stored_part import StoredPart
from tui.widgets import official_form as drawn
from tui.widgets.lines import Entry, Lines, plain
from tui.widgets.official_form import FIELD

COPIED = 100  # cells of a line that is copied


class OfficialFormScreen(StoredPart, OfLines):
    """The form, for the application that is open or comes next."""

    SCOPES = ("official_form", "part", "list")
    PART = "form"

    def __init__(self, case_id: int) -> None:
        super().__init__(case_id)
        self.kind: Kind = "new"
        self.blocks: tuple[Block, ...] = ()

    def read(self) -> None:
        super().read()
        self.blocks = ()
        if self.stored is not None:
            with suppress(NoLaw):  # before there was one, there was no form
                self.kind, self.blocks = form_of(self.case, self.applicant, load(), self.app.today)

    def draw(self) -> None:
        every = [field for _, field in drawn.fields(self.blocks)]
        lacking = sum(field.missing for field in every)
        kind = word(f"application_kind.{self.kind}", self.app.language)
        count = self.words("official_form.lacking", count=lacking) if lacking else ""
        self.draw_top(f"{self.called}  {self.words('scope.official_form')}  {kind}", count)
        self.lines.show()

    def entries(self, width: int) -> Iterator[Entry]:
        """The fields by sections."""
        return drawn.entries(self.blocks, self.app.language, width, whole=self.whole)

    # --- what the cursor is on

    @property
    def place(self) -> int | None:
        """The place of the field under the cursor."""
        place = self.lines.target.removeprefix(FIELD)
        return int(place) if place.isdigit() else None

    @property
    def here(self) -> FormField | None:
        """The field under the cursor."""
        every = drawn.fields(self.blocks)
        return every[self.place][1] if self.place is not None and self.place < len(every) else None

    # --- actions

    def why_not_copy(self) -> Reason | None:
        return None if self.here is not None and self.here.value else Reason("official_form_nothing", {})

    def why_not_open(self) -> Reason | None:
        return None if self.here is not None and self.here.path else Reason("official_form_no_fact", {})

    def act_copy(self) -> None:
        """Copy the value under the cursor, and go on to the next one that is known."""
        here, place = self.here, self.place
        assert here is not None and place is not None
        self.app.copy_to_clipboard(here.value)
        if here.masked is not None:
            self.app.note_look(self.case_id)
        following = [n for n, (_, field) in enumerate(drawn.fields(self.blocks)) if n > place and field.value]
        if following:
            self.lines.go_to(f"{FIELD}{following[0]}")
        key = "official_form.copied" if following else "official_form.copied_last"
        self.tell(self.words(key, value=here.value if self.whole else here.shown))

    def act_copy_all(self) -> None:
        """Copy the whole form."""
        whole = plain(list(drawn.entries(self.blocks, self.app.language, COPIED)))
        self.app.copy_to_clipboard(f"{self.called}\n{whole}")
        self.app.note_look(self.case_id)
        self.tell(self.words("official_form.all_copied"))

    def act_next_gap(self) -> None:
        """To the next field that is lacking, round the form."""
        at = -1 if self.place is None else self.place
        gaps = [n for n, (_, field) in enumerate(drawn.fields(self.blocks)) if field.missing]
        gaps.sort(key=lambda n: (n <= at, n))
        if gaps:
            self.lines.go_to(f"{FIELD}{gaps[0]}")

    def why_not_next_gap(self) -> Reason | None:
        gap = any(field.missing for _, field in drawn.fields(self.blocks))
        return None if gap else Reason("official_form_whole", {})

    @on(Lines.Chosen)
    def act_open(self) -> None:
        """Back to the facts, to the one this field holds."""
        if self.here is not None and self.here.path:
            self.app.back_to_case(f"{APPLICANT}.{self.here.path}")
