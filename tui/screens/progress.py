"""The progress of a case: its stage and what may follow, the four clocks, the renewal, its applications."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from textual import on

from engine.policy import load
from engine.reason import Reason
from engine.words import word
from engine.workflow.clocks import clocks, effective_status, renewal
from engine.workflow.since import usual_until
from engine.workflow.stages import Next, next_stages
from engine.workflow.waiting import next_step, waiting_on
from models.agenda import agenda
from models.change import Change
from models.office_fields import office_field
from models.paths import get
from models.stage_fields import asked, closing
from models.staging import standing_of
from tui.commit import advance, commit
from tui.open_row import OpenRow
from tui.screens.of_lines import OfLines
from tui.screens.row_form import RowForm
from tui.screens.stored_part import StoredPart
from tui.typed import Value
from tui.widgets import progress
from tui.widgets.lines import Entry, Lines, plain
from tui.widgets.progress import APPLICATION, COPY, FACT, NEXT, Seen

COPIED = 100  # cells of a line that is copied
OF_APPLICATION = (
    "district",
    "acceptance_point",
    "receipt",
    "system_status",
    "degree_checked",
    "archive_checked",
)
"""What may be filled in of an application at any time."""


class ProgressScreen(StoredPart, OfLines):
    """How far a case is, and the keys that take it further."""

    SCOPES = ("progress", "part", "list")
    PART = "progress"

    def __init__(self, case_id: int) -> None:
        super().__init__(case_id)
        self.seen: Seen | None = None

    def read(self) -> None:
        super().read()
        if self.stored is None:
            self.seen = None
            return
        policy, today = load(), self.app.today
        standing = standing_of(self.case, self.applicant)
        stage = effective_status(standing.status, self.stored.row.points)  # type: ignore[arg-type]
        expected = usual_until(standing._replace(status=stage))
        self.seen = Seen(
            standing,
            stage,
            date.fromisoformat(self.stored.row.here_since),
            None if expected is None else expected.usual,
            None if expected is None else expected.legal,
            waiting_on(standing, today, policy=policy),
            next_step(standing, today, policy=policy),
            next_stages(standing, today, policy=policy),
            clocks(standing, today, policy=policy),
            renewal(standing, today, policy=policy),
            agenda(self.case, self.applicant, today, policy),
        )

    def draw(self) -> None:
        self.draw_top(f"{self.called}  {self.words('scope.progress')}")
        self.lines.show()

    def entries(self, width: int) -> Iterator[Entry]:
        """All that is to be said."""
        if self.seen is not None:
            yield from progress.entries(self.seen, self.app.today, self.app.language, width)

    # --- what the cursor is on

    @property
    def following(self) -> Next | None:
        """The stage under the cursor."""
        stage = self.lines.target.removeprefix(NEXT)
        return next((each for each in self.seen.following if each.stage == stage), None) if self.seen else None

    # --- actions

    @on(Lines.Chosen)
    async def act_open(self) -> None:
        """Go on to the stage under the cursor; edit the application; to the fact; copy what is to be filled in."""
        target = self.lines.target
        if (following := self.following) is not None:
            await self.ask_stage(following)
        elif target.startswith(APPLICATION):
            await self.ask_application(target.removeprefix(APPLICATION))
        elif target.startswith(COPY):
            self.copy(target.removeprefix(COPY))
        elif target.startswith(FACT):
            self.app.back_to_case(target.removeprefix(FACT))

    def why_not_open(self) -> Reason | None:
        return None if self.lines.target else Reason("notes_no_row", {})

    async def act_stage(self) -> None:
        """To the stages that may follow."""
        if self.seen is not None and self.seen.following:
            self.lines.go_to(f"{NEXT}{self.seen.following[0].stage}")

    def act_copy(self) -> None:
        """The value under the cursor, where it is one; else all of it."""
        target = self.lines.target
        if target.startswith(COPY):
            self.copy(target.removeprefix(COPY))
        else:
            self.copy(f"{self.called}\n{plain(list(self.entries(COPIED)))}")

    def copy(self, what: str) -> None:
        """Put a text on the clipboard of whoever sits at the terminal."""
        self.app.copy_to_clipboard(what)
        self.tell(self.words("progress.copied", what=what.partition("\n")[0]))

    async def ask_stage(self, following: Next) -> None:
        """Ask for what goes with a stage, and take the case there."""
        language = self.app.language
        closed = following.closed
        keys = [*following.asks]
        needs = [*following.needs]
        if closed is not None and "because" not in keys:
            keys, needs = [*keys, "because"], [*needs, "because"]
        fields = [closing() if following.stage == "closed" and key == "because" else asked(key) for key in keys]
        name = word(f"status.{following.stage}", language)
        told = [self.words("progress.to", stage=name)]
        if closed is not None:
            told.append(self.words("progress.closed", why=self.app.say(closed)))
        begun = {key: value for key, value in following.proposes.items() if value is not None}
        fields.append(asked("day"))
        begun["on"] = self.app.today.isoformat()
        # what is typed and not taken is found again with the stage it is for
        row = OpenRow(self.app.workspace, self.case_id, self.app.author.name, f"steps.{following.stage}", {})

        async def take(values: Mapping[str, Value]) -> Reason | None:
            given = {key: value for key, value in values.items() if value is not None and key != "on"}
            day = values.get("on")
            return await advance(self.app, self.case_id, following.stage, given, None if day is None else str(day))

        title = f"{self.called}  {name}"
        await self.app.push_screen(RowForm(title, row, fields, _plain(begun), take, told, needs))

    async def ask_application(self, row_id: str) -> None:
        """What is known of an application, in a form."""
        path = f"applications.{row_id}"
        stored: Mapping[str, Any] = get(self.case, path) or {}
        row = OpenRow(self.app.workspace, self.case_id, self.app.author.name, path, {})

        async def take(values: Mapping[str, Value]) -> Reason | None:
            changed = {key: value for key, value in values.items() if value != stored.get(key)}
            changes = [Change(f"{path}.{key}", stored.get(key), value) for key, value in changed.items()]
            return await commit(self.app, self.case_id, changes) if changes else None

        fields = [office_field(f"applications.{name}") for name in OF_APPLICATION]
        title = f"{self.called}  {word('application_kind.' + stored['kind'], self.app.language)}"
        await self.app.push_screen(RowForm(title, row, fields, stored, take))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Days as the fields have them."""
    return {key: value if isinstance(value, str | int | Sequence) else str(value) for key, value in values.items()}
