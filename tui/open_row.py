"""A row of the office while it is typed, a what-if's line or the fields of a task: kept as drafts of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from models.reading import Reader
from models.workspace import Workspace
from tui import form
from tui.held import Held
from tui.patience import written


class Typed(NamedTuple):
    """A row that was typed and not left: its id, and what was typed, by field."""

    row_id: str
    fields: Mapping[str, str]


def draft_of(reader: Reader, case_id: int, by: str, rows: str) -> Typed | None:
    """The row of a list (`tasks`) that this consultant typed in last and did not leave; None where there is none."""
    drafts = [draft for draft in reader.drafts(case_id, by) if draft.path.startswith(f"{rows}.")]
    if not drafts:
        return None
    path = drafts[-1].path.rpartition(".")[0]
    typed = {draft.path.rpartition(".")[2]: draft.text for draft in drafts if draft.path.startswith(f"{path}.")}
    return Typed(path.rpartition(".")[2], typed)


class OpenRow(Held):
    """What is typed in the fields of a row; `path` is where the row stands in the case, or will."""

    def __init__(
        self, workspace: Workspace, case_id: int, by: str, path: str, typed: Mapping[str, str], *, kept: bool = False
    ) -> None:
        super().__init__(workspace, by, typed, kept=kept)
        self.case_id = case_id
        self.path = path

    @property
    def row_id(self) -> str:
        """The id of the row."""
        return self.path.rpartition(".")[2]

    def take_up(self, reader: Reader) -> None:
        """Go on with what was typed in the row and not left."""
        drafts = {draft.path: draft.text for draft in reader.drafts(self.case_id, self.by)}
        above = f"{self.path}." if self.path else ""
        self.typed = {
            path.removeprefix(above): text
            for path, text in drafts.items()
            if path.startswith(above) and "." not in path.removeprefix(above)
        }
        self._kept = dict(self.typed)

    def at(self, field: str) -> str:
        """The path of one of its fields."""
        return f"{self.path}.{field}" if self.path else field

    def name_of(self, field: str, language: str) -> str:
        return form.name(self.at(field), language)

    async def done(self) -> None:
        """The row is left: no draft is needed any more."""
        async with self._order:
            from models.writing import clear_drafts

            paths = [self.at(field) for field in self.typed]
            await written(self.workspace, partial(clear_drafts, self.workspace, self.case_id, self.by, paths))
            self.unkept, self._kept = {}, dict(self.typed)

    def _keep(self, typed: Mapping[str, str]) -> None:
        from models.writing import save_drafts

        save_drafts(self.workspace, self.case_id, self.by, {self.at(name): text for name, text in typed.items()})
