"""The insurance of a case month by month: read off at a glance, changed by range, pasted from a statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from engine.document import Invalid, validate
from engine.facts import Applicant
from engine.indicators.insurance import bands
from engine.months import Month
from engine.paid_months import BandCount, PaidMonth, band_counts, paid_months, span_of
from engine.policy import NoLaw, load
from engine.reason import Reason
from engine.words import word
from models.history import present
from models.insured_months import ROWS, Edit, changes, edited
from models.paths import APPLICANT, Tree, get
from tui import actions
from tui.columns import in_lines
from tui.commit import commit
from tui.month_line import read_behind
from tui.screens.case_columns import shown_name
from tui.screens.line_moves import LineMoves
from tui.screens.range_prompt import RangePrompt
from tui.screens.view import View
from tui.statement import Statement, statement
from tui.widgets.line import Line
from tui.widgets.month_grid import MonthGrid, title_of, titles

OUT = ("elsewhere", "back_paid", "payer")  # why a month stays out, whatever its base
UNREAD = 2  # lines that were not understood and are named
WHILE_PASTED = {
    "insurance.edit": "insurance.take",
    "insurance.leave": "insurance.drop",
    "app.back": "insurance.drop",
}
"""What the keys are called that are about what was pasted."""


def _times(tenths: int) -> str:
    return f"{tenths / 10:g}"


class InsuranceScreen(LineMoves, View):
    """The grid; what is pasted is shown in it before it is taken."""

    SCOPES = ("insurance", "list")

    def __init__(self, case_id: int) -> None:
        super().__init__()
        self.case_id = case_id
        self.case: Tree = {}
        self.called = ""
        self.pending: Statement | None = None

    def body(self) -> ComposeResult:
        yield Static(id="bands", markup=False)
        yield Line(id="titles")
        yield MonthGrid()
        yield Static(id="insured", markup=False)

    @property
    def lines(self) -> MonthGrid:
        return self.query_one(MonthGrid)

    def on_mount(self) -> None:
        self.focus_now(self.lines)
        self.read()
        self.reword()

    def read(self) -> None:
        """Read the case."""
        stored = self.app.reader.case(self.case_id)
        self.case = {} if stored is None else present(stored)
        self.called = "" if stored is None else shown_name(stored.row)

    # --- what it shows

    def reword(self) -> None:
        self.draw()
        super().reword()

    def applicant(self) -> Applicant:
        """The facts, with what was pasted and is not taken yet."""
        document = self.case.get(APPLICANT, {})
        if self.pending is not None:
            rows = edited(document.get("insurance", ()), self.pending.edits)
            with suppress(Invalid):
                return validate({**document, "insurance": rows})
        return validate(document)

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        """The bands, the grid, the month under the cursor."""
        app = self.app
        self.head(f"{self.called}  {self.words('scope.insurance')}")
        self.query_one("#titles", Line).show(f"  {titles()}")
        applicant = self.applicant()
        with suppress(NoLaw):
            law = load().law(app.today)
            first, last = span_of(applicant, law, Month.of(app.today))
            months = paid_months(applicant, law, first, last)
            shown_before = {each.month: each for each in self.months_kept()}
            changed = {each.month for each in months if shown_before.get(each.month) != each} if self.pending else set()
            counting = [each for each in months if each.month <= Month.of(app.today) - 1]
            counts = list(band_counts(counting, law))
            begins = {counting[-1].month - count.window + 1 for count in counts} if counting else set()
            self.lines.show(months, changed, begins, app.language)
            good = sum(each.for_years for each in counting)
            parts = [self.words("insurance.years", months=good, years=good // 12)]
            parts += self.windows(counts)
            self.query_one("#bands", Static).update("\n".join(in_lines(parts, self.size.width - 2)))
        self.draw_month()

    def windows(self, counts: Sequence[BandCount]) -> Iterator[str]:
        """Of each window how many months are needed in it, and how many there are at each multiple."""
        for (window, needed), found in groupby(counts, lambda count: (count.window, count.needed)):
            bands = [self.words("insurance.band", times=_times(count.tenths), months=count.months) for count in found]
            said = word("list.and", self.app.language).join(bands)
            yield self.words("insurance.window", window=window, needed=needed, bands=said)

    def months_kept(self) -> list[PaidMonth]:
        """The months as they are kept."""
        applicant = validate(self.case.get(APPLICANT, {}))
        law = load().law(self.app.today)
        return paid_months(applicant, law, *span_of(applicant, law, Month.of(self.app.today)))

    @on(MonthGrid.Moved)
    def draw_month(self) -> None:
        """What was pasted; else what is known of the month under the cursor, or of the range."""
        shown, here = self.query_one("#insured", Static), self.lines.here
        if self.pending is not None:
            shown.update(self.said_of(self.pending))
        elif here is None:
            shown.update("")
        else:
            low, high = self.lines.range
            marked = self.words("insurance.range", first=title_of(low), last=title_of(high), count=high - low + 1)
            shown.update("  ".join(filter(None, (marked if low < high else "", *self.parts(here)))))

    def parts(self, here: PaidMonth) -> list[str]:
        """A month in words: base, multiple, payer, what it counts for."""
        rows = get(self.case, ROWS) or []
        named = [rows[place] for place in here.rows if place < len(rows)]
        base = "" if here.base is None else self.words("insurance.base", base=f"{here.base:,}")
        times = "" if here.tenths is None else self.words("insurance.times", times=_times(here.tenths))
        payers = dict.fromkeys(str(row["employer"]) for row in named if row.get("employer"))
        counts = ""
        if here.band is not None:
            counts = self.words("insurance.counts", times=_times(here.band))
        elif here.for_base:
            lowest = min(band.tenths for band in bands(load().law(self.app.today)))
            counts = self.words("insurance.below", times=_times(lowest))
        elif here.for_years:
            counts = self.words("insurance.years_only")
        why = "" if here.why is None else self.words(f"insurance.why.{here.why}")
        twice = self.words("insurance.twice") if here.twice else ""
        payer = word("list.and", self.app.language).join(payers)
        return [title_of(here.month), base, times, payer, counts, why, twice]

    def said_of(self, pasted: Statement) -> str:
        """What was understood of a statement, and what was not."""
        lines = [self.words("insurance.pasted", months=pasted.months, lines=len(pasted.edits))]
        if out := self.still_out(pasted):
            lines.append(self.words("insurance.still_out", count=out))
        if pasted.twice:
            lines.append(self.words("insurance.named_twice", count=pasted.twice))
        if pasted.unread:
            also = word("list.also", self.app.language)
            first = also.join(f"{number}: {line}" for number, line in pasted.unread[:UNREAD])
            more = "…" if len(pasted.unread) > UNREAD else ""
            lines.append(self.words("insurance.unread", count=len(pasted.unread), lines=f"{first}{more}"))
        return "\n".join(lines)

    def still_out(self, pasted: Statement) -> int:
        """How many of its months are kept as paid elsewhere, afterwards or by another, and it says nothing of that."""
        silent = (edit for edit in pasted.edits if edit.facts and not {"province", "pay_kind"} & edit.facts.keys())
        months = {month for edit in silent for month in range(edit.first, edit.last + 1)}
        return sum(each.month in months and each.why in OUT for each in self.months_kept())

    def changed(self) -> None:
        if self.is_mounted:
            self.read()
            self.draw()

    def new_day(self) -> None:
        self.draw()
        super().new_day()

    def footer_name(self, action: actions.Action) -> str:
        """While what was pasted waits, its two keys alone; while a range is marked, the keys that end it."""
        if self.pending is not None and (action.scope == "insurance" or action.id == "app.back"):
            named = WHILE_PASTED.get(action.id)
            return self.words(named) if named else ""
        if self.lines.begun is not None and action.id in {"insurance.mark", "insurance.leave"}:
            return self.words("insurance.unmark")
        return super().footer_name(action)

    # --- actions

    def act_left(self) -> None:
        self.lines.move(-1)

    def act_right(self) -> None:
        self.lines.move(1)

    def act_mark(self) -> None:
        self.lines.mark()
        self.refresh_footer()

    async def act_edit(self) -> None:
        """Take what was pasted; else ask what the range says."""
        if self.pending is not None:
            await self.take(list(self.pending.edits), left_out=len(self.pending.unread))
            return
        low, high = self.lines.range
        begun = f"{title_of(low)} " if low == high else f"{title_of(low)}..{title_of(high)} "
        today = self.app.today

        async def answered(edit: Edit | None) -> None:
            if edit is not None:
                await self.take([edit])

        prompt = RangePrompt(begun, self.app.language, lambda typed: read_behind(begun, typed, today))
        await self.app.push_screen(prompt, answered)

    def why_not_remove(self) -> Reason | None:
        return Reason("insurance_pending", {}) if self.pending is not None else None

    async def act_remove(self) -> None:
        """The months that are marked are not paid."""
        low, high = self.lines.range
        await self.take([Edit(low, high, None)])

    async def take(self, edits: list[Edit], left_out: int = 0) -> None:
        """Write them as one command; so many lines of a statement were not understood and are left out."""
        wanted = changes(self.case, edits)
        self.pending, self.lines.begun = None, None
        reason = await commit(self.app, self.case_id, wanted) if wanted else None
        self.read()
        self.draw()
        if reason is not None:
            self.warn(self.app.say(reason))
        elif wanted or left_out:
            said = [self.words("insurance.kept")] if wanted else []
            said += [self.words("insurance.left_out", count=left_out)] if left_out else []
            self.tell("  ".join(said))
        self.refresh_footer()

    @on(MonthGrid.Pasted)
    def pasted(self, event: MonthGrid.Pasted) -> None:
        """Show what was understood of a statement, in the grid itself."""
        found = statement(event.said, self.app.today)
        if not found.edits:
            self.warn(self.words("insurance.nothing_pasted"))
            return
        self.pending = found
        self.draw()
        self.refresh_footer()
        self.tell(self.words("insurance.ask_pasted"))

    def act_paste(self) -> None:
        self.tell(self.words("insurance.how_to_paste"))

    def act_copy(self) -> None:
        """Every month with its base, to be pasted into a spreadsheet."""
        months = [each for each in self.lines.months if each.rows]
        lines = [f"{title_of(each.month)}\t{each.base if each.base is not None else ''}" for each in months]
        self.app.copy_to_clipboard("\n".join(lines))
        self.tell(self.words("insurance.copied", count=len(lines)))

    def act_undo(self) -> None:
        """Take back this consultant's last command in the case."""
        self.app.turn_back("undo", in_case=self.case_id)

    def act_redo(self) -> None:
        """Do again what was taken back last in the case."""
        self.app.turn_back("redo", in_case=self.case_id)

    def act_leave(self) -> None:
        """Drop what was pasted, or the range; else back."""
        if self.pending is not None:
            self.pending = None
            self.draw()
            self.tell(self.words("insurance.dropped"))
            self.refresh_footer()
        elif self.lines.begun is not None:
            self.act_mark()
        else:
            self.app.pop_screen()

    async def perform(self, action: actions.Action) -> None:
        """What was pasted is not left behind unseen: a key that leads away drops it first, and says so."""
        leads_away = action.id == "app.back" or (action.scope == "app" and action.group == "go")
        dropped = self.pending is not None and leads_away
        await super().perform(actions.BY_ID["insurance.leave"] if dropped else action)
