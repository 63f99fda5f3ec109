"""One line for the log of a case, from wherever one is: `已报价 6800，周四回 +12-03`."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from textual import getters, on
from textual.timer import Timer
from textual.widgets import Input

from models.paths import new_id
from models.workspace import WorkspaceError
from tui.commit import commit
from tui.log_line import Logged, read
from tui.open_row import OpenRow, draft_of
from tui.patience import KEEP_AFTER
from tui.screens.case_columns import shown_name
from tui.screens.prompt import Prompt, PromptInput
from tui.text import say, text

if TYPE_CHECKING:
    from tui.app import DabiaoApp

NOTES = "notes"


class LogPrompt(Prompt[Logged]):
    """Asks for the line; what is typed is a draft (`row`) until it is logged."""

    if TYPE_CHECKING:
        app = getters.app(DabiaoApp)

    def __init__(self, row: OpenRow, name: str, today: date, language: str) -> None:
        question = text("log.ask", language, name=name)
        super().__init__(question, lambda typed: read(typed, today), lambda why: say(why, language))
        self.row = row
        self.language = language
        self._keeper: Timer | None = None

    def on_mount(self) -> None:
        super().on_mount()
        field = self.query_one(PromptInput)
        with field.prevent(Input.Changed):
            field.value = self.row.typed.get("text", "")
        field.cursor_position = len(field.value)
        self.app.holders.append(self.row)

    def on_unmount(self) -> None:
        """The line is left, or the session ends in the middle of it: what was typed is kept."""
        if self.row.typed.get("text"):
            with suppress(WorkspaceError):
                self.row.keep_all_now()
        self.app.let_go(self.row)

    def told(self, understood: Logged) -> str:
        """When it will be followed up."""
        if understood.follow_up is None:
            return text("log.no_follow_up", self.language)
        return text("log.follow_up", self.language, day=understood.follow_up)

    @on(Input.Changed)
    def typed_on(self) -> None:
        self.row.typed = {"text": self.typed}
        if self._keeper is None:
            self._keeper = self.set_timer(KEEP_AFTER, self.keep)

    async def act_leave(self) -> None:
        """Put the line by, with what came together with Esc; when the list is back, it is kept and offered there."""
        if self.row.typed or self.typed:
            self.row.typed = {"text": self.typed}
        if self.typed:
            await self.row.keep()
        await super().act_leave()

    async def keep(self) -> None:
        """Keep what is typed as a draft."""
        self._keeper = None
        if self.row.typed:
            await self.row.keep()


async def log(app: DabiaoApp, case_id: int) -> None:
    """Ask for a line, and write it down with its follow-up; a line that was typed and not logged is gone on with."""
    stored = app.reader.case(case_id)
    if stored is None:
        return
    who, language = app.author.name, app.language
    begun = draft_of(app.reader, case_id, who, NOTES)
    typed = {"text": begun.fields.get("text", "")} if begun is not None else {}
    row = OpenRow(
        app.workspace, case_id, who, f"{NOTES}.{begun.row_id if begun else new_id()}", typed, kept=bool(typed)
    )

    async def answered(line: Logged | None) -> None:
        if line is None:
            if not row.typed.get("text"):
                await row.done()
            return
        reason = await commit(app, case_id, line.changes(row.row_id, who, app.today), "log")
        if reason is not None:
            app.tell_reason(reason)
            return
        await row.done()
        if app.view is not None:
            key = "log.logged" if line.follow_up is None else "log.logged_until"
            app.view.tell(text(key, language, day=line.follow_up))

    await app.push_screen(LogPrompt(row, shown_name(stored.row), app.today, language), answered)
