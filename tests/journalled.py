"""What the journal says, opened: the changes of entries under the keys of their cases."""

from collections.abc import Mapping, Sequence
from typing import Any

from models.connection import Connection
from models.sealing import KEY_OF, open_changes


def changes_of(connection: Connection, case_id: int | None = None) -> dict[int, Sequence[Mapping[str, Any]]]:
    """The changes of all entries, or of those of a case, by their numbers, the oldest first."""
    of = "1" if case_id is None else "case_id = :case"
    sql = f"SELECT id, case_id, changes, {KEY_OF} FROM entry WHERE {of} ORDER BY id"
    found = connection.execute(sql, {"case": case_id} if case_id is not None else {})
    return {number: open_changes(key, number, case, kept) for number, case, kept, key in found}
