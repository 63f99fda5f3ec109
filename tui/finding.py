"""One search at a time: a newer one interrupts the older, wherever in the database it is."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterator
from typing import NamedTuple

from models.query import Query
from models.reading import Reader, Stopped
from models.workspace import Workspace

FIRST = 200  # rows that are shown before the whole list is known
ORDER = "updated_at DESC, id DESC"  # of a line that names none: what was worked on last stands first


class Found(NamedTuple):
    """What a search has found so far; `total` counts all cases and is None while only the first rows are there."""

    ids: array[int]
    total: int | None


class Finder:
    """Searches for the list of cases. `find` runs in a worker's thread, `stop` may be called from any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reader: Reader | None = None

    def stop(self) -> None:
        """Interrupt the search that is running."""
        with self._lock:
            if self._reader is not None:
                self._reader.interrupt()

    def find(self, workspace: Workspace, query: Query, *, fresh: bool) -> Iterator[Found]:
        """What the query finds: the first rows at once where the list is a `fresh` one, then all.

        Ends early where it is stopped. Raises WorkspaceError where the file cannot be read.
        """
        with Reader(workspace) as reader:
            with self._lock:
                self._reader = reader
            try:
                if fresh:
                    yield Found(reader.first(query, FIRST), None)
                yield Found(reader.ids(query), reader.count())
            except Stopped:
                return
            finally:
                with self._lock:
                    if self._reader is reader:
                        self._reader = None
