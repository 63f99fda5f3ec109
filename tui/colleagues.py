"""Who wrote what in an open case, read off its journal: who wrote a fact last, and what others have written since.

One read a revision, of the entries that are new; a move of the cursor asks nobody.
"""

from __future__ import annotations

from typing import NamedTuple

from models.entries import JournalEntry, Written
from models.paths import row_of, touches
from models.reading import Reader


class Wrote(NamedTuple):
    """The last entry that wrote a fact; `whole` where it made the row it stands in, or the case."""

    written: Written
    whole: bool


class Colleagues:
    """Who wrote what in a case. `heard` is the last entry that was read; None where there is none."""

    def __init__(self, reader: Reader, case_id: int) -> None:
        self.reader = reader
        self.case_id = case_id
        self.heard: JournalEntry | None = None
        self._writes: dict[str, Written] = {}
        self.listen()

    def listen(self) -> dict[str, Written]:
        """What has been written since the last time, by path; nothing where the journal is another one since, as after
        a restore: then all of it is read anew."""
        is_another = self.heard is not None and self.reader.entries([self.heard.id]) != [self.heard]
        if is_another:
            self.heard, self._writes = None, {}
        new = self.reader.last_writes(self.case_id, self.heard.id if self.heard else 0)
        self._writes |= new
        if new:
            (self.heard,) = self.reader.entries([max(written.entry for written in new.values())])
        return {} if is_another else new

    def wrote_last(self, path: str) -> Wrote | None:
        """Who wrote a field or a row last."""
        found = [(written.entry, by, written) for by, written in self._writes.items() if touches(by, path)]
        if not found:
            return None
        _, by, written = max(found)
        return Wrote(written, not by or row_of(by) == by)
