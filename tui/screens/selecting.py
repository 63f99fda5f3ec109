"""Selecting cases in the list, for what is done with many: one by one, a range, all that are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from engine.reason import Reason

if TYPE_CHECKING:
    from models.rows import Row
    from tui.widgets.table import Table


class Reach(NamedTuple):
    """A range that goes on while the cursor stays `here`: from which case, and what was selected before."""

    first: int
    here: int
    before: frozenset[int]


class Selecting:
    """Answers the keys that select. The selection outlasts the filter; its count stands in the header (`draw`)."""

    if TYPE_CHECKING:

        @property
        def table(self) -> Table[Row]:
            """The list."""

        def draw(self) -> None:
            """Draw everything but the rows."""

        def refresh_footer(self) -> None:
            """Show the footer's keys anew."""

    last_picked: int | None = None  # the case from which a range goes
    reach: Reach | None = None  # the range that shift and an arrow key make

    @property
    def selected(self) -> list[int]:
        """The cases that an action is for, in the order of the list; without a selection the one under the cursor."""
        picked = self.table.picked
        if not picked:
            return [] if self.table.current_id is None else [self.table.current_id]
        shown = [case_id for case_id in self.table.ids if case_id in picked]
        return [*shown, *sorted(picked.difference(shown))]

    def picked_anew(self, index: int | None = None) -> None:
        """The selection is another one, by one row or by many."""
        self.reach = None
        self.table.draw_picked(index)
        self.draw()
        self.refresh_footer()

    def why_not_select(self) -> Reason | None:
        return None if self.table.current_id is not None else Reason("no_case_here", {})

    why_not_select_to = why_not_select_all = why_not_select
    why_not_select_down = why_not_select_up = why_not_select

    def why_not_many(self) -> Reason | None:
        return None if self.table.picked or self.table.current_id is not None else Reason("no_case_here", {})

    def act_select(self) -> None:
        """The case under the cursor is selected, or not any more; on to the next."""
        here = self.table.current_id
        assert here is not None
        self.table.picked ^= {here}
        self.last_picked = here
        self.picked_anew(self.table.cursor)
        self.table.move(self.table.cursor + 1)

    def act_select_to(self) -> None:
        """All from the case selected last to the one under the cursor."""
        ids, cursor = self.table.ids, self.table.cursor
        last = self.last_picked
        first = ids.index(last) if last is not None and last in ids else cursor
        low, high = sorted((first, cursor))
        self.table.picked |= set(ids[low : high + 1])
        self.last_picked = ids[cursor]
        self.picked_anew()

    def act_select_down(self) -> None:
        """The range goes one case further down; back up it gives them free again."""
        self.stretch(1)

    def act_select_up(self) -> None:
        """The range goes one case further up; back down it gives them free again."""
        self.stretch(-1)

    def stretch(self, step: int) -> None:
        """Select from the case at which this began to the next one (1) or the one before (-1)."""
        ids, here, reach = self.table.ids, self.table.current_id, self.reach
        assert here is not None
        if reach is None or reach.here != here or reach.first not in ids:
            reach = Reach(here, here, frozenset(self.table.picked))
        self.table.move(self.table.cursor + step)
        low, high = sorted((ids.index(reach.first), self.table.cursor))
        self.table.picked = {*reach.before, *ids[low : high + 1]}
        self.last_picked = ids[self.table.cursor]
        self.picked_anew()
        self.reach = reach._replace(here=self.last_picked)

    def act_select_all(self) -> None:
        """All that are shown; where they all are selected, none of them."""
        shown = set(self.table.ids)
        self.table.picked = self.table.picked - shown if shown <= self.table.picked else self.table.picked | shown
        self.picked_anew()

    def drop_selection(self) -> bool:
        """Nothing is selected any more; whether anything was."""
        had = bool(self.table.picked)
        if had:
            self.table.picked = set()
            self.picked_anew()
        return had
