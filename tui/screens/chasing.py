"""A run of letters that ask for papers (催件): one is copied, Enter counts it and copies the next."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from engine.materials.pack import Supplier
from engine.policy import load
from engine.reason import Reason
from models.papers import chased
from models.reading import Reader
from models.rows import StoredCase
from models.workspace import WorkspaceError
from tui.columns import wrap
from tui.commit import commit
from tui.letter_run import Waiting, waiting
from tui.letters import Letter
from tui.screens.view import View
from tui.text import text

if TYPE_CHECKING:
    from tui.app import DabiaoApp

MARGIN = 4  # cells of a line that a letter does not have
TOLD = 100  # cases after which it is told how far the reading is


class ChasingScreen(View):
    """The letters of some cases, one after the other; `supplier` leaves only those to the clients, or to contacts."""

    SCOPES = ("chasing",)

    def __init__(self, ids: Sequence[int], supplier: Supplier | None = None) -> None:
        super().__init__()
        self.ids = ids
        self.supplier: Supplier | None = supplier
        self.run: list[Waiting] = []
        self.reading = True
        self.here: Letter | None = None  # the letter that is shown; none once all are through
        self.at = 0
        self.sent: set[int] = set()  # places of those that were counted
        self.counting_all = False  # while the screen that counts all of them is shown
        self._stop = threading.Event()

    def body(self) -> ComposeResult:
        yield Static(id="about", markup=False)
        with VerticalScroll(can_focus=False):
            yield Static(id="letter", markup=False)

    def on_mount(self) -> None:
        self.reword()
        self.read()

    def on_unmount(self) -> None:
        """A reading that still goes on ends."""
        self._stop.set()

    def on_screen_resume(self) -> None:
        """Back from counting all: what is left of the run."""
        if self.counting_all:
            self.counting_all = False
            self.reading, self.at, self.sent = True, 0, set()
            self.draw()
            self.read()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def read(self) -> None:
        """Read in a thread what there is to be written: ten thousand cases take a while."""
        app, stop = self.app, self._stop
        try:
            with Reader(app.workspace) as reader:
                cases = self.told(reader, app)
                run = waiting(cases, load(), app.today, app.language, self.supplier)
        except WorkspaceError as error:
            app.call_from_thread(self.warn, app.say(error.reason))
            return
        if not stop.is_set():
            app.call_from_thread(self.begin, run)

    def told(self, reader: Reader, app: DabiaoApp) -> Iterator[StoredCase]:
        """The cases one by one; how far that is, is told."""
        for number, case_id in enumerate(self.ids, 1):
            case = reader.case(case_id)
            if case is not None:
                yield case
            if number % TOLD == 0:
                app.call_from_thread(self.show_read, number)
            if self._stop.is_set():
                return

    def show_read(self, done: int) -> None:
        """Show how far the reading is."""
        if self.stands:
            self.query_one("#about", Static).update(self.words("chasing_run.reading", done=done, count=len(self.ids)))

    def begin(self, run: list[Waiting]) -> None:
        """All are read: the first letter, copied."""
        if self.stands:
            self.run, self.reading = run, False
            self.go(0)

    def write(self) -> None:
        """The letter that is shown, from the cases as they are now."""
        self.here = None
        if self.at < len(self.run):
            app = self.app
            self.here = self.run[self.at].written(app.reader, load(), app.today, app.language)

    # --- what it shows

    def reword(self) -> None:
        self.write()
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
        count = f"{min(self.at + 1, len(self.run))} / {len(self.run)}" if self.run else ""
        self.head(self.words("scope.chasing"), count)
        about, shown = self.query_one("#about", Static), self.query_one("#letter", Static)
        if here is None:
            about.update(self.instead())
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

    def instead(self) -> str:
        """What is said where no letter is shown."""
        if self.reading:
            return self.words("chasing_run.reading", done=0, count=len(self.ids))
        if self.at < len(self.run):
            return self.words("chasing_run.gone", to=self.run[self.at].to)
        key = "chasing_run.through" if self.run else "chasing_run.nothing"
        return self.words(key, sent=len(self.sent), skipped=len(self.run) - len(self.sent))

    # --- actions

    def why_not_count(self) -> Reason | None:
        if self.reading:
            return Reason("chasing_reading", {})
        if self.here is None:
            return Reason("papers_none_owed", {})
        return Reason("chasing_counted", {}) if self.at in self.sent else None

    def why_not_copy(self) -> Reason | None:
        return None if self.here is not None else Reason("papers_none_owed", {})

    why_not_open = why_not_copy

    def why_not_skip(self) -> Reason | None:
        return None if self.at < len(self.run) else Reason("papers_none_owed", {})

    def why_not_count_all(self) -> Reason | None:
        if self.reading:
            return Reason("chasing_reading", {})
        return None if len(self.sent) < len(self.run) else Reason("papers_none_owed", {})

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

    async def act_count_all(self) -> None:
        """All that are not counted yet were sent in another way: what counting them would change, then doing it."""
        from models.wishes import asked_for_papers
        from tui.screens.many import ManyScreen, Wish

        left = {case: None for at, one in enumerate(self.run) if at not in self.sent for case in one.cases}
        self.counting_all = True
        ask = asked_for_papers(self.app.today, load(), self.supplier)
        await self.app.push_screen(ManyScreen(list(left), Wish(partial(text, "many.asked"), ask, "chase")))

    def act_skip(self) -> None:
        """On to the next one; this one is not counted."""
        self.go(1)

    def act_back(self) -> None:
        """To the one before."""
        self.go(-1)

    def go(self, step: int) -> None:
        """Show another letter, and copy it."""
        self.at += step
        self.write()
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
