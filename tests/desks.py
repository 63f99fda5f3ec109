"""A consultant at a desk: one person, one day, one workspace, and the commands they give."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.policy import load
from models.deriving import derive
from models.history import present
from models.names import keys
from models.reading import Reader
from models.rows import StoredCase
from models.today import moment
from models.workspace import Workspace
from models.writing import Author, Change, Saved, Undone, change, create, redo, take_back, undo

DAY = date(2026, 11, 22)


def a_moment_later() -> None:
    """Wait for the next moment, as moments are kept."""
    now = moment()
    while moment() == now:
        pass


@dataclass
class Desk:
    """What `name` does in a workspace."""

    workspace: Workspace
    name: str
    today: date = DAY

    @property
    def author(self) -> Author:
        return Author(self.name, "test")

    def create(self, document: dict[str, Any], **office: Any) -> int:
        return create(self.workspace, document, by=self.author, today=self.today, **office)

    def change(self, case_id: int, *changes: tuple[Any, ...]) -> Saved:
        """Each change as (path, before, after) or with a position."""
        wanted = [Change(*one) for one in changes]
        return change(self.workspace, case_id, wanted, by=self.author, today=self.today)

    def set(self, case_id: int, path: str, value: Any) -> Saved:
        """Change a field, whatever stands there."""
        from models.paths import get

        return self.change(case_id, (path, get(self.tree(case_id), path), value))

    def undo(self, case_id: int | None = None) -> Undone:
        return undo(self.workspace, by=self.author, today=self.today, case_id=case_id)

    def redo(self, case_id: int | None = None) -> Undone:
        return redo(self.workspace, by=self.author, today=self.today, case_id=case_id)

    def take_back(self, entry_id: int) -> Undone:
        """Take back an entry out of the journal."""
        return take_back(self.workspace, entry_id, by=self.author, today=self.today)

    def find(self, case_id: int) -> StoredCase | None:
        with Reader(self.workspace) as reader:
            return reader.case(case_id)

    def case(self, case_id: int) -> StoredCase:
        found = self.find(case_id)
        assert found is not None
        return found

    def document(self, case_id: int) -> dict[str, Any]:
        return self.case(case_id).document

    def tree(self, case_id: int) -> dict[str, Any]:
        """The case as paths see it."""
        case = self.case(case_id)
        return {
            "status": case.status,
            "consultant": case.consultant,
            "tags": list(case.tags),
            "need_by": case.row.need_by,
            "applicant": case.document,
        }

    def is_of_one_piece(self, case_id: int) -> bool:
        """Whether the row and the search keys of a case are those that follow from its document."""
        case = self.case(case_id)
        columns = derive(case.document, case.status, load(), self.today, present(case)).columns()
        found = self.workspace.connection.execute("SELECT key FROM search_key WHERE case_id = ?", (case_id,))
        return columns.items() <= case.row._asdict().items() and {key for (key,) in found} == keys(case.document)

    def row(self, case_id: int, section: str, place: int = 0) -> str:
        """The path of a row by its place."""
        return f"applicant.{section}.{self.document(case_id)[section][place]['id']}"

    def entries(self, case_id: int) -> Sequence[Any]:
        """The journal of a case, the newest first."""
        with Reader(self.workspace) as reader:
            return reader.journal(case_id, 1000)

    def drafts(self, case_id: int) -> dict[str, str]:
        """What this consultant typed in a case and did not commit, by path."""
        with Reader(self.workspace) as reader:
            return {draft.path: draft.text for draft in reader.drafts(case_id, self.name)}

    def count(self, sql: str, *values: Any) -> Any:
        """One figure out of the file itself."""
        return self.workspace.connection.execute(sql, values).fetchone()[0]
