"""How often what takes long is done again for what others do: as long as it took, it rests so many times."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

REST = 9  # times what a look took: a tenth of a processor at most, whatever the size of the workspace


class Pace:
    """The rest after each look, and how long the last one `took`, in seconds. Looks are made in a worker's thread;
    `rest` is asked from any."""

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self.took = 0.0
        self._ticks = ticks
        self._since: float | None = None  # when the look that is going on began
        self._until = 0.0  # when the rest after the last one is over

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Around a look."""
        since = self._since = self._ticks()
        try:
            yield
        finally:
            now = self._ticks()
            self.took = now - since
            self._until = now + REST * self.took
            if self._since == since:  # else a newer one has begun
                self._since = None

    @property
    def rest(self) -> float:
        """Seconds until it may be done again; while it is going on, as if it ended now."""
        now = self._ticks()
        return max(0.0, self._until - now if self._since is None else REST * (now - self._since))
