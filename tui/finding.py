"""One search at a time: a newer one interrupts the older, wherever in the database it is."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import NamedTuple

from models.query import Query, QueryError, parse
from models.reading import ALL, Reader, Stopped
from models.workspace import Workspace
from tui.pace import Pace

PAUSE = 0.15  # seconds without a key after which the rest of a list is looked for
FIRST = 200  # rows that are shown before the whole list is known
ORDER = "updated_at DESC, id DESC"  # of a line that names none: what was worked on last stands first


class Found(NamedTuple):
    """What a search has found so far. `total` counts all cases; None where that was not asked anew."""

    ids: array[int]
    complete: bool
    total: int | None


class Stoppable:
    """Reads in a worker's thread; `stop` may be called from any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reader: Reader | None = None
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End what is read now, wherever it is."""
        with self._lock:
            self._stopped.set()
            if self._reader is not None:
                self._reader.interrupt()

    @contextmanager
    def reading(self, workspace: Workspace) -> Iterator[tuple[Reader, threading.Event]]:
        """A reader that `stop` interrupts, and what is set then."""
        stopped = threading.Event()
        with Reader(workspace) as reader:
            with self._lock:
                self._reader, self._stopped = reader, stopped
            try:
                yield reader, stopped
            finally:
                with self._lock:
                    if self._reader is reader:
                        self._reader = None


class Finder(Stoppable):
    """Searches for the list of cases, one at a time, whose `pace` is that of looking through all."""

    def __init__(self, pace: Pace) -> None:
        super().__init__()
        self._pace = pace

    def find(self, workspace: Workspace, query: Query, *, again: bool = False, pause: float = 0.0) -> Iterator[Found]:
        """What the query finds: its first rows at once, then, after a pause in seconds, all of it.

        `again`: the list is there already and is asked for anew, whole. Ends early where it is stopped. Raises
        WorkspaceError where the file cannot be read.
        """
        with self.reading(workspace) as (reader, stopped), suppress(Stopped):
            if not again:
                first = reader.first(query, FIRST)
                yield Found(first, len(first) < FIRST, None)
                if pause and (len(first) < FIRST or stopped.wait(pause)):
                    return
            with self._pace.looking():
                ids = reader.ids(query)
                total = None if pause else len(ids) if query.where == ALL.where else reader.count()
            yield Found(ids, True, total)


class Counter(Stoppable):
    """Counts the cases of several lines, one line after the other."""

    def count(
        self, workspace: Workspace, lines: Sequence[str], today: date, me: str
    ) -> Iterator[tuple[str, int | None]]:
        """Each line with how many cases it finds; None where it cannot be read. Ends early where it is stopped."""
        with self.reading(workspace) as (reader, stopped), suppress(Stopped):
            for line in lines:
                if stopped.is_set():
                    return
                try:
                    query = parse(line, today, me)
                except QueryError:
                    yield line, None
                else:
                    yield line, reader.count(query)
