"""ID numbers and phone numbers: masked on the screens until somebody asks for them, which the journal is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual import work

from models.workspace import WorkspaceError
from tui import actions
from tui.turning_back import TurningBack


class WholeNumbers(TurningBack, inherit_bindings=False):
    """A session that knows of which cases the numbers are shown whole."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._whole: set[tuple[Path, int]] = set()  # cases whose numbers are shown whole
        self._looked: set[tuple[Path, int]] = set()  # and those of which that is in the journal, once a session

    def sees_whole(self, case_id: int) -> bool:
        """Whether ID numbers and phone numbers of a case are shown whole just now."""
        return (self.workspace.path, case_id) in self._whole

    def reveal(self, case_id: int) -> None:
        """Show ID numbers and phone numbers of a case whole, or masked again."""
        self._whole ^= {(self.workspace.path, case_id)}
        if self.sees_whole(case_id):
            self.note_look(case_id)
        for view in self.views:
            view.reword()
        if self.view is not None:
            again = next(action for action in actions.actions(self.view.scopes()) if action.name == "reveal")
            said = self.text("app.whole", key=self.own_keys[again.id])
            self.view.tell(said if self.sees_whole(case_id) else self.text("app.masked"))

    def note_look(self, case_id: int) -> None:
        """Somebody has seen, or copied, whole numbers of a case: the journal says so, once a session."""
        place = self.workspace.path, case_id
        if place not in self._looked:
            self._looked.add(place)
            self._write_look(place)

    @work(thread=True, group="write", exit_on_error=False)
    def _write_look(self, place: tuple[Path, int]) -> None:
        from models.looking import looked
        from models.refusals import Refused

        try:
            looked(self.workspace, place[1], by=self.author)
        except WorkspaceError:
            self._looked.discard(place)  # the file takes nothing just now: the next look tells of both
        except Refused as refused:
            self.call_from_thread(self.tell_reason, refused.reason)
