"""The first line of a case: who it is, how it stands, the score, the two dates; and what of it gives way to what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rich.cells import cell_len

from engine.words import word
from tui.screens.case_columns import NAME, SOON, status_name
from tui.text import text
from tui.widgets.line import cut

GAP = "  "


class Way(NamedTuple):
    """A way to say it: how many cells the name has at least, what stands behind it, the dates at the right."""

    least: int
    left: Sequence[str]
    right: Sequence[str]


class CaseHead(NamedTuple):
    """What is said of a case on a day (`today`), in a language. `status` is its id, the score None where none is
    counted, a day None where it is not known."""

    name: str
    status: str
    years: int | None
    total: int | None
    proven: int | None
    vetoed: bool
    permit_until: date | None
    points_until: date | None
    today: date
    language: str

    @property
    def whole(self) -> str:
        """All of it in one line, as it is copied."""
        way = next(self._ways())
        return GAP.join([self.name, *way.left, *way.right])

    def fitted(self, width: int) -> tuple[str, str]:
        """What stands at the left and at the right in so many cells: the first way to say it that has room."""
        room, way = 0, Way(0, (), ())
        for way in self._ways():
            room = width - cell_len(f"{GAP.join(['', *way.left])} {GAP.join(way.right)}")
            if room >= way.least:
                break
        name = cut(self.name, max(min(room, cell_len(self.name)), 0))
        return GAP.join([name, *way.left]), GAP.join(way.right)

    def _ways(self) -> Iterator[Way]:
        """The ways to say it, each in less room: age, status and proven points give way, then a date that is not known;
        the name is cut before a date that is known goes. The score, the date that ends first and one that is marked
        always stay."""
        name = cell_len(self.name)
        least = min(name, NAME)
        age = [] if self.years is None else [text("case.age", self.language, years=self.years)]
        status, shorter = word(f"status.{self.status}", self.language), status_name(self.status, self.language)
        score, points = self._score("case.score"), self._score("case.points")
        days = {"case.permit_until": self.permit_until, "case.points_until": self.points_until}
        known = {key: day for key, day in days.items() if day is not None}
        first = min(known.values(), default=None)
        kept = {key: day for key, day in known.items() if day == first or self._soon(day)}
        yield Way(name, [*age, status, *score], self._dates(days))
        yield Way(name, [status, *score], self._dates(days))
        yield Way(name, [shorter, *score], self._dates(days))
        yield Way(name, [shorter, *points], self._dates(days))
        yield Way(name, [shorter, *points], self._dates(days, "%y-%m-%d"))
        yield Way(least, [shorter, *points], self._dates(known, "%y-%m-%d"))
        yield Way(least, [shorter, *points], self._dates(kept, "%y-%m-%d"))
        yield Way(least, points, self._dates(kept, "%y-%m-%d"))

    def _score(self, key: str) -> list[str]:
        if self.total is None:
            return []
        said = "case.vetoed" if self.vetoed else key
        return [text(said, self.language, points=self.total, proven=self.proven)]

    def _dates(self, days: dict[str, date] | dict[str, date | None], form: str = "%Y-%m-%d") -> list[str]:
        return [
            text(key, self.language, day="-" if day is None else f"{day:{form}}{'!' if self._soon(day) else ''}")
            for key, day in days.items()
        ]

    def _soon(self, day: date) -> bool:
        """Whether it is marked: it has run out, or will before long."""
        return day < self.today + SOON
