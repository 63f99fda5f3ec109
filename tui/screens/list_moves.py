"""The keys that move in a list, the same in every screen that is one."""

from __future__ import annotations

from typing import Any

from tui.widgets.table import Table


class ListMoves:
    """Answers the scope `list` for a screen that has one table."""

    @property
    def table(self) -> Table[Any]:
        raise NotImplementedError

    def act_down(self) -> None:
        self.table.move(self.table.cursor + 1)

    def act_up(self) -> None:
        self.table.move(self.table.cursor - 1)

    def act_page_down(self) -> None:
        self.table.move(self.table.cursor + self.table.page)

    def act_page_up(self) -> None:
        self.table.move(self.table.cursor - self.table.page)

    def act_first(self) -> None:
        self.table.move(0)

    def act_last(self) -> None:
        self.table.move(len(self.table.ids) - 1)
