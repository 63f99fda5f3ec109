"""A list with a filter line above it: the keys that lead into the line and out of it, and what is wrong in it."""

from __future__ import annotations

from textual import on
from textual.widgets import Input

from engine.reason import Reason
from models.query import Query, QueryError, parse
from tui.screens.view import View
from tui.widgets.filter import FilterInput
from tui.widgets.line import Line
from tui.widgets.table import Table


class Filtered(View):
    """A subclass composes `Filter`, the `Line`s `titles` and `wrong` and a `Table`, and looks in `search`."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: str | None = None  # the line that was last looked for
        self.wrong: QueryError | None = None

    @property
    def field(self) -> FilterInput:
        """The filter line."""
        return self.query_one(FilterInput)

    @property
    def rows(self) -> Table[object]:
        """The list."""
        return self.query_one(Table)

    def search(self, *, again: bool = False, pause: float = 0.0) -> None:
        """Look for what the filter line says; a wrong line is told and leaves the list as it is.

        `again`: for the list that is there, of which something may have changed. `pause`: seconds to wait for a key.
        """
        raise NotImplementedError

    def query_typed(self) -> Query | None:
        """What the line asks for; None where it is wrong, which is shown."""
        self.asked = self.field.value
        self.wrong, query = None, None
        try:
            query = parse(self.asked, self.app.today, self.app.author.name)
        except QueryError as error:
            self.wrong = error
        self.draw_wrong()
        return query

    def draw_wrong(self) -> None:
        """What is wrong with the filter, in the place of the titles."""
        self.set_class(self.wrong is not None, "-wrong")
        if self.wrong is not None:
            self.query_one("#wrong", Line).show(f"  {self.app.say(self.wrong.reason)}")

    def reword(self) -> None:
        self.field.placeholder = self.words("cases.placeholder")
        self.draw_wrong()
        super().reword()

    def footer_scopes(self) -> tuple[str, ...]:
        return ("filter",) if self.focused is self.field else self.SCOPES

    def scopes(self) -> tuple[str, ...]:
        return (*self.SCOPES, "filter", "app")

    @on(Table.Typed)
    def text_in_list(self, event: Table.Typed) -> None:
        """Writing that reaches the list starts its filter."""
        self.act_filter()
        self.field.add(event.text)

    def on_descendant_focus(self) -> None:
        self.refresh_footer()

    # --- actions

    def act_filter(self) -> None:
        self.focus_now(self.field)

    def act_to_list(self) -> None:
        self.focus_now(self.rows)

    def act_leave(self) -> None:
        """Escape clears the filter; in an empty one it leads back to the list."""
        if self.field.value:
            self.field.value = ""
        else:
            self.act_to_list()

    def why_not_clear(self) -> Reason | None:
        return None if self.field.value else Reason("nothing_to_clear", {})

    def act_clear(self) -> None:
        self.field.value = ""

    @on(Input.Changed, "#filter")
    def filter_changed(self) -> None:
        """Look again, where the line says something else."""
        if self.field.value != self.asked:
            self.search_typed()

    def search_typed(self) -> None:
        """A key was typed in the filter."""
        self.search()
