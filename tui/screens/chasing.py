"""A run of letters that ask for papers (催件): one is copied, Enter counts it and copies the next."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from engine.policy import load
from engine.reason import Reason
from models.papers import chased
from tui.columns import wrap
from tui.commit import commit
from tui.letters import Letter, letters
from tui.screens.view import View

MARGIN = 4  # cells of a line that a letter does not have


class ChasingScreen(View):
    """The letters of some cases, one after the other; `supplier` leaves only those to the clients, or to contacts."""

    SCOPES = ("chasing",)

    def __init__(self, ids: Sequence[int], supplier: str | None = None) -> None:
        super().__init__()
        self.ids = ids
        self.supplier = supplier
        self.letters: list[Letter] = []
        self.at = 0
        self.sent: set[int] = set()  # places of those that were counted

    def body(self) -> ComposeResult:
        yield Static(id="about", markup=False)
        with VerticalScroll(can_focus=False):
            yield Static(id="letter", markup=False)

    def on_mount(self) -> None:
        self.read()
        self.reword()
        self.copy()

    def read(self) -> None:
        """What there is to be written."""
        cases = [case for case in map(self.app.reader.case, self.ids) if case is not None]
        found = letters(cases, load(), self.app.today, self.app.language)
        self.letters = [letter for letter in found if self.supplier in (None, letter.supplier)]

    @property
    def here(self) -> Letter | None:
        """The letter that is shown; none once all are through."""
        return self.letters[self.at] if self.at < len(self.letters) else None

    # --- what it shows

    def reword(self) -> None:
        self.draw()
        super().reword()

    def broken(self, letter: str) -> Iterator[str]:
        """The lines of a letter, broken where Chinese may be broken."""
        for line in letter.splitlines():
            yield from wrap(line, self.size.width - MARGIN)

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        """The letter, and what hangs on it."""
        here, app = self.here, self.app
        count = f"{min(self.at + 1, len(self.letters))} / {len(self.letters)}" if self.letters else ""
        self.head(self.words("scope.chasing"), count, f"{app.author.name}  {app.today}")
        about, shown = self.query_one("#about", Static), self.query_one("#letter", Static)
        if here is None:
            key = "chasing_run.through" if self.letters else "chasing_run.nothing"
            about.update(self.words(key, sent=len(self.sent), skipped=len(self.letters) - len(self.sent)))
            shown.update("")
            return
        said = [self.words(f"chasing_run.to_{here.supplier}", to=here.to, cases=len(here.of))]
        if here.points:
            said.append(self.words("papers.points", points=here.points))
        if here.deadline is not None:
            said.append(self.words("chasing_run.deadline", day=here.deadline))
        asked = max((int((paper.row or {}).get("chased", 0)) for paper in here.owed), default=0)
        if asked:
            last = max(str((paper.row or {}).get("last_chased", "")) for paper in here.owed)
            said.append(self.words("papers.chased", count=asked, day=last))
        if self.at in self.sent:
            said.append(self.words("chasing_run.counted"))
        about.update("  ".join(said))
        shown.update("\n".join(self.broken(here.text(app.today, app.language))))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    # --- actions

    def why_not_count(self) -> Reason | None:
        if self.here is None:
            return Reason("papers_none_owed", {})
        return Reason("chasing_counted", {}) if self.at in self.sent else None

    def why_not_copy(self) -> Reason | None:
        return None if self.here is not None else Reason("papers_none_owed", {})

    why_not_open = why_not_skip = why_not_copy

    def why_not_back(self) -> Reason | None:
        return None if self.at else Reason("chasing_first", {})

    async def act_count(self) -> None:
        """It was sent: its papers were asked for once more; on to the next one, which is copied."""
        here, batch = self.here, secrets.token_hex(8)
        assert here is not None
        for case in here.of:
            reason = await commit(self.app, case.case_id, chased(case.owed, self.app.today), "chase", batch)
            if reason is not None:
                self.warn(self.app.say(reason))
                return
        self.sent.add(self.at)
        self.go(1)

    def act_skip(self) -> None:
        """On to the next one; this one is not counted."""
        self.go(1)

    def act_back(self) -> None:
        """To the one before."""
        self.go(-1)

    def go(self, step: int) -> None:
        """Show another letter, and copy it."""
        self.at += step
        self.draw()
        self.refresh_footer()
        self.copy()

    def act_copy(self) -> None:
        self.copy()

    def copy(self) -> None:
        """Put the letter that is shown on the clipboard of whoever sits at the terminal."""
        if self.here is not None:
            self.app.copy_to_clipboard(self.here.text(self.app.today, self.app.language))
            self.tell(self.words("chasing_run.copied"))

    async def act_open(self) -> None:
        """Open the papers of the case; of several, of the first."""
        if self.here is not None:
            await self.app.open_case(self.here.of[0].case_id, part="materials")

    def act_leave(self) -> None:
        self.app.pop_screen()
