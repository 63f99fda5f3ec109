"""A case: its facts on the left, edited in place; on the right the assessment, counted anew at every key."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from datetime import timedelta
from typing import Any

from textual import on
from textual.app import ComposeResult

from engine.masks import kind_of
from engine.months import full_years
from engine.reason import Reason
from engine.words import word
from models.entries import Written
from models.paths import get
from models.sealing import FORGET
from models.today import moment
from tui import form
from tui.ago import ago, since
from tui.case_head import CaseHead
from tui.colleagues import Colleagues
from tui.open_case import Preview
from tui.screens.part import Part
from tui.screens.two_sides import NARROW, TwoSides
from tui.widgets import assessment
from tui.widgets.assessment import Count
from tui.widgets.facts import Facts
from tui.widgets.footer import Footer
from tui.widgets.ground import Beside
from tui.widgets.header import Header
from tui.widgets.lines import Lines, plain
from tui.widgets.status import Status

OWN_AFTER = timedelta(hours=1)  # before, nobody needs to be told what they wrote themselves
WRITER_AFTER = 20  # seconds after which it is said anew how long ago somebody wrote
ONLY_FACTS = {"add", "remove", "find", "undo", "redo"}


def wants(name: str) -> Callable[[CaseScreen], Coroutine[Any, Any, None]]:
    """An action that the side with the focus answers."""
    return lambda screen: screen.want(name)


class CaseScreen(TwoSides, Part):
    """The facts of a case and their score; the other parts stand on it.

    It may be left and turned to another case: to make it anew takes longer than all the rest of opening one.
    """

    SCOPES = ("case", "part", "list")
    PART = "facts"

    def __init__(self, case_id: int, at: str = "") -> None:
        super().__init__(case_id)
        self.at = at
        self.count: Count | None = None
        self.looking = False  # whether it was told last what fact is looked for

    def body(self) -> ComposeResult:
        self.take_up()
        self.facts = Facts(self.case, self.previewed, "left")
        self.score = Lines(lambda width: assessment.entries(self.count, self.app.language, width), "right")
        with Beside():
            yield self.facts
            yield self.score

    @property
    def sides(self) -> tuple[Facts, Lines]:
        return self.facts, self.score

    def on_mount(self) -> None:
        self.set_interval(WRITER_AFTER, self.tick)
        if not self.gone():
            self.begin()

    # --- one case after the other

    def take_up(self) -> None:
        """Open the case."""
        self.case = self.app.opened(self.case_id)
        self.case.whole = self.whole
        self.count = assessment.count(self.case, None, None)
        self.colleagues = Colleagues(self.app.reader, self.case_id)

    def begin(self) -> None:
        """Show it, with the cursor on the fact that was asked for."""
        self.focus_side(0)
        self.reword()
        self.go_to(self.at)

    def put_down(self) -> None:
        """Leave the case; what is being typed is kept."""
        self.facts.put_down()
        self.app.let_go(self.case)

    async def show_case(self, case_id: int) -> None:
        self.turn_to(case_id)

    def turn_to(self, case_id: int, at: str = "") -> None:
        """Show another case."""
        self.put_down()
        self.case_id, self.at = case_id, at
        self.take_up()
        if self.gone():
            return
        self.facts.begin(self.case)
        self.score.begin()
        self.query_one(Status).clear()
        self.begin()

    def on_screen_suspend(self) -> None:
        if self not in self.app.screen_stack:
            self.put_down()

    def on_unmount(self) -> None:
        self.put_down()

    def gone(self, who: str | None = None) -> bool:
        """Whether the case is not there (any more): then the screen leads back, and what was opened out of it too."""
        if self.case.stored is not None:
            return False
        while self in self.app.screen_stack:
            self.app.pop_screen()
        if self.app.view is not None:
            last = self.app.reader.journal(self.case_id, 1)
            erased = bool(last) and last[0].command == FORGET
            key = "case.erased_by" if erased else "case.gone" if who is None else "case.gone_by"
            self.app.view.warn(self.words(key, id=self.case_id, who=last[0].by if erased else who))
        return True

    # --- what it shows

    def reword(self) -> None:
        self.case.language, self.case.whole, self.case.press = self.app.language, self.whole, self.app.own_keys
        self.facts.reworded()
        super().reword()

    def draw(self) -> None:
        """The header, and the assessment."""
        if self.case.stored is not None:
            self.query_one(Header).show_fitted(self.summary())
            self.draw_parts(self.needs_of(self.case.applicant, self.case.stored.row.need_by))
        self.score.show()
        self.draw_writer()

    def tick(self) -> None:
        """Some time has passed."""
        if self.is_current:
            self.draw_writer()

    @on(Facts.Moved)
    def draw_writer(self) -> None:
        """Beside what is told: who wrote the fact under the cursor last; not what one has just written oneself."""
        item, language = self.facts.item, self.app.language
        last = None if item.kind == "title" else self.colleagues.wrote_last(item.path)
        said = ""
        if last is not None and not (last.whole and get(self.case.case, item.path) is None):
            by, at, now = last.written.by, last.written.at, moment()
            if by != self.app.author.name or since(at, now) >= OWN_AFTER:
                key = "case.filled" if last.whole else "case.written"
                said = self.words(key, who=by, ago=ago(at, now, language))
        self.query_one(Status).beside(said)
        if self.query_one(Footer).scopes != self.footer_scopes():  # the two keys of a clash come and go with its line
            self.refresh_footer()

    def summary(self) -> CaseHead:
        """Who it is, how the case stands, the score and the two dates."""
        assert self.case.stored is not None
        row, applicant, counted = self.case.stored.row, self.case.applicant, self.case.assessment
        born, permit, notice = applicant.born, applicant.permit, applicant.notice
        return CaseHead(
            row.name or row.called or self.words("case.nameless", id=row.id),
            row.stage,
            full_years(born, self.app.today) if born else None,
            counted.total if counted else None,
            counted.proven if counted else None,
            bool(counted and counted.vetoes),
            permit.valid_until if permit else None,
            notice.valid_until if notice else None,
            self.app.today,
            self.app.language,
        )

    def previewed(self, preview: Preview | None) -> None:
        """What is typed has changed: count it, and show by how much it moves the score."""
        self.count = assessment.count(self.case, preview, self.count)
        if self.score.is_mounted:
            self.draw()

    # --- others, another day

    def changed(self) -> None:
        if not self.is_mounted:
            return
        written = self.colleagues.listen()
        news = {path: new for path, new in written.items() if new.by != self.app.author.name}
        if self.case.reload():
            if self.gone(news[""].by if "" in news else None):
                return
            self.facts.reworded()
        elif written:  # one's own, read as it was written
            self.draw_writer()
        if news:
            self.tell_news(news)

    def tell_news(self, news: Mapping[str, Written]) -> None:
        """Say who has just changed what, the last one first."""
        latest = sorted(news.items(), key=lambda found: -found[1].entry)
        named: dict[str, dict[str, None]] = {}
        for path, written in latest:
            named.setdefault(written.by, {})[form.name(path, self.app.language)] = None
        join = word("list.and", self.app.language).join
        told = [self.words("case.changed_by", who=who, what=join(names)) for who, names in named.items()]
        self.query_one(Status).also("  ".join(told))

    def holds(self, holder: object) -> bool:
        return holder is self.case

    def kept(self) -> None:
        self.facts.reworded()

    def new_day(self) -> None:
        self.case.another_day(self.app.today)
        super().new_day()

    # --- keys

    def footer_scopes(self) -> tuple[str, ...]:
        if self.facts.editor is not None:
            return ("field",)
        if self.facts.looking_for is not None:
            return ("finding",)
        return ("clash", *self.SCOPES) if self.facts.item.path in self.case.clashes else self.SCOPES

    def scopes(self) -> tuple[str, ...]:
        return ("case", "part", "list", "field", "finding", "clash", "app")

    @on(Facts.Turned)
    def other_keys(self) -> None:
        """A field was opened or left, or one is looked for."""
        self.refresh_footer()
        editor = self.facts.editor
        if editor is not None and kind_of(form.of(editor.path)) and get(self.case.case, editor.path) is not None:
            self.app.note_look(self.case_id)  # in its editor it is whole
        looking, before = self.facts.looking_for, self.looking
        self.looking = looking is not None
        if looking is not None:
            self.tell(self.words("case.looking_for" if self.facts.found else "case.not_found", typed=looking.text))
        elif before:
            self.query_one(Status).clear()

    @on(Facts.Told)
    def told(self, event: Facts.Told) -> None:
        say = self.warn if event.warning else self.tell
        unkept = self.case.unkept and event.reason.code.startswith("workspace.")
        say(self.app.say(self.app.not_kept(event.reason) if unkept else event.reason))

    # --- actions

    async def want(self, name: str) -> None:
        """Have the side with the focus do something."""
        if self.focused is not self.score or name in ONLY_FACTS:
            self.focus_side(0)
            await self.facts.perform(name)
        elif name == "edit":
            await self.open_line(self.score.target)
        else:
            self.score.perform(name)

    act_down, act_up = wants("down"), wants("up")
    act_page_down, act_page_up = wants("page_down"), wants("page_up")
    act_first, act_last = wants("first"), wants("last")
    act_edit, act_add, act_remove, act_find = wants("edit"), wants("add"), wants("remove"), wants("find")
    act_undo, act_redo = wants("undo"), wants("redo")
    act_to_next, act_to_previous = wants("to_next"), wants("to_previous")
    act_done, act_leave_field = wants("done"), wants("leave_field")
    act_found, act_find_back = wants("found"), wants("find_back")
    act_find_next, act_find_previous = wants("find_next"), wants("find_previous")
    act_mine, act_theirs = wants("mine"), wants("theirs")

    def _not_editing(self) -> Reason | None:
        return None if self.facts.editor is not None else Reason("case_no_field", {})

    why_not_to_next = why_not_to_previous = why_not_done = why_not_leave_field = _not_editing

    def _not_looking(self) -> Reason | None:
        return None if self.facts.looking_for is not None else Reason("case_not_looking", {})

    why_not_found = why_not_find_back = why_not_find_next = why_not_find_previous = _not_looking

    def _no_clash(self) -> Reason | None:
        return None if self.facts.item.path in self.case.clashes else Reason("case_no_clash", {})

    why_not_mine = why_not_theirs = _no_clash

    def why_not_remove(self) -> Reason | None:
        return Reason("case_no_row_here", {}) if self.facts.item.kind == "title" else None

    async def act_facts(self) -> None:
        self.focus_side(0)

    async def settle(self) -> None:
        await self.facts.leave_editor()

    @on(Lines.Chosen)
    async def chosen(self, event: Lines.Chosen) -> None:
        await self.open_line(event.target)

    async def open_line(self, target: str) -> None:
        """Open a line of the assessment, or go to the field that is missing."""
        from tui.screens.line import LineScreen

        if not target.startswith(assessment.LINE):
            self.go_to(target)
            return
        indicator = target.removeprefix(assessment.LINE)
        line = (
            next((line for line in self.count.shown.lines if line.indicator == indicator), None) if self.count else None
        )
        if line is not None and self.count is not None:
            await self.app.push_screen(LineScreen(line, self.count.case, self.go_to))

    def go_to(self, path: str) -> None:
        """Put the cursor on a fact."""
        if not path:
            return
        self.focus_side(0)
        self.facts.go_to(path)

    def act_copy(self) -> None:
        lines = plain(assessment.entries(self.count, self.app.language, NARROW))
        self.app.copy_to_clipboard("\n".join([self.summary().whole, lines]))
        self.tell(self.words("case.copied"))
