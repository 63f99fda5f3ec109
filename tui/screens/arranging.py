"""What a consultant arranges in the list of cases: its columns, and views to come back to."""

from __future__ import annotations

from engine.reason import Reason
from tui import saved_views
from tui.saved_views import SavedView, named, of_line, put
from tui.screens import case_columns
from tui.screens.filtered import Filtered
from tui.widgets.line import Line
from tui.widgets.table import Table


class Arranging(Filtered):
    """Answers `columns`, `views` and `save_view` for the list of cases."""

    @property
    def views(self) -> list[SavedView]:
        """The views of this consultant."""
        return saved_views.read(self.app.own.get("views"), self.app.language)

    @property
    def view_shown(self) -> str:
        """The name of the view that the filter line is, else nothing."""
        found = of_line(self.views, self.field.value)
        return found.name if found is not None else ""

    def draw_titles(self) -> None:
        """The columns that fit, and their titles."""
        app = self.app
        own = case_columns.read(app.own.get("columns")).get(case_columns.of_width(self.size.width), ())
        self.query_one("#cases", Table).show_columns(
            lambda width: case_columns.columns(width, own, app.language, app.today), self.query_one("#titles", Line)
        )

    def take_line(self, line: str) -> None:
        """Filter by another line, from the list."""
        self.field.value = line
        self.field.cursor_position = len(line)
        self.act_to_list()

    async def act_columns(self) -> None:
        """Choose and order the columns."""
        from tui.screens.columns import ColumnsScreen

        await self.app.push_screen(ColumnsScreen(self.rows.size.width, self.draw_titles))

    async def act_views(self) -> None:
        """The views, to pick one."""
        from tui.screens.views import ViewsScreen

        await self.app.push_screen(ViewsScreen(self.field.value, self.take_line))

    def why_not_save_view(self) -> Reason | None:
        if not self.field.value.strip():
            return Reason("views_no_filter", {})
        return None if self.wrong is None else self.wrong.reason

    async def act_save_view(self) -> None:
        """Keep the filter line as a view."""
        from tui.screens.views import ViewPrompt

        line = " ".join(self.field.value.split())

        def read(typed: str) -> SavedView | Reason:
            found = named(typed, self.views, line)
            kept = None if found is None else saved_views.kept(put(self.views, found))
            return found if found is not None and kept is not None else Reason("views_full", {})

        def answered(view: SavedView | None) -> None:
            said = None if view is None else saved_views.kept(put(self.views, view))
            if view is not None and said is not None:
                self.app.prefer("views", said)
                self.reword()  # the view is named in the header from now on
                self.tell(self.words("views.saved", key=view.key, name=view.name))

        await self.app.push_screen(ViewPrompt(self.words("views.ask_name"), read, self.app.say), answered)
