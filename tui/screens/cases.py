"""The list of cases."""

from __future__ import annotations

from tui.screens.view import View


class CasesScreen(View):
    """All cases, or those a filter finds."""

    SCOPES = ("cases", "list")

    def reword(self) -> None:
        self.head(self.words("app.name"), self.words("scope.cases"), f"{self.app.author.name}  {self.app.today}")
        super().reword()
