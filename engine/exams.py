"""The exam calendar: when schools and examinations ask for the points, year by year.

`load` reads `engine/process/exams.toml`. A day of a year for which none was published is forecast: the same day of the
last year in which it was (预计), and says which year that is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, Self

from engine.basis import Basis, basis_of
from engine.exam_lint import KINDS, REGISTRATIONS, lint
from engine.months import add_years
from engine.policy import BadPack, parse

HARD = frozenset({"zhongkao", "gaokao"})
"""Where the points are a condition of taking part; for the others they decide the order of admission."""


class Span(NamedTuple):
    """Days from `first` to `last`, both in it."""

    first: date
    last: date


class Window(NamedTuple):
    """The days of one event, `first` to `last`.

    `first_from` and `last_from` are the exam years whose days these are: another than the exam's own, and the day is
    forecast. `approximate`: only the part of the month is known. `basis` is where the days were read.
    """

    event: str
    first: date
    last: date
    first_from: int
    last_from: int
    approximate: bool
    basis: Basis


@dataclass(frozen=True, slots=True)
class Exam:
    """One examination or school entry: `kind` and the `year` it is held in, with its windows by their days."""

    kind: str
    year: int
    windows: tuple[Window, ...]

    @property
    def span(self) -> Span:
        """The days on every one of which the points must hold: from the first check to the last late registration."""
        return Span(self._opening.first, self._closing.last)

    @property
    def chances(self) -> list[tuple[str, date]]:
        """The days by which a notice opens a way, with their events: the first of all, each registration's last."""
        ends = [(window.event, window.last) for window in self.windows if window.event in REGISTRATIONS]
        return sorted([(self._opening.event, self._opening.first), *ends], key=lambda chance: chance[1])

    @property
    def forecast_from(self) -> int | None:
        """The year from which the span is forecast (where its ends come from two, the earlier); None: published."""
        years = {self._opening.first_from, self._closing.last_from} - {self.year}
        return min(years, default=None)

    @property
    def approximate(self) -> bool:
        """Whether of an end of the span only the part of the month is known."""
        return self._opening.approximate or self._closing.approximate

    @property
    def hard(self) -> bool:
        """Whether the points are a condition, not only a place in the order."""
        return self.kind in HARD

    @property
    def _opening(self) -> Window:
        return self.windows[0]

    @property
    def _closing(self) -> Window:
        return max(self.windows, key=lambda window: window.last)


class _Row(NamedTuple):
    event: str
    first: date
    last: date | None
    approximate: bool
    basis: Basis


class ExamCalendar:
    """All examinations of a city, as published and as forecast."""

    def __init__(self, published: Mapping[str, Mapping[int, Iterable[_Row]]]) -> None:
        """Rows by kind, year and then the order of the pack."""
        self._published = {kind: dict(sorted(years.items())) for kind, years in published.items()}
        self._exams: dict[tuple[str, int], Exam | None] = {}  # those that were asked for

    @classmethod
    def from_pack(cls, pack: Mapping[str, Any]) -> Self:
        """From a parsed pack. `BadPack` where it has faults."""
        if complaints := lint(pack):
            raise BadPack(complaints)
        published: dict[str, dict[int, list[_Row]]] = {kind: {} for kind in KINDS}
        for exam in pack["exam"]:
            basis = basis_of(exam, pack["sources"])
            published[exam["kind"]][exam["year"]] = [
                _Row(row["event"], row["from"], row.get("to"), row.get("approximate", False), basis)
                for row in exam["windows"]
            ]
        return cls(published)

    def exam(self, kind: str, year: int) -> Exam | None:
        """The examination of a kind and year; None where neither that year nor one before it was published."""
        if (kind, year) not in self._exams:
            self._exams[kind, year] = self._made(kind, year)
        return self._exams[kind, year]

    def _made(self, kind: str, year: int) -> Exam | None:
        rows: dict[str, tuple[int, list[_Row]]] = {}
        ends: dict[str, tuple[int, date]] = {}
        for seen, published in self._published[kind].items():
            if seen <= year:
                for event in {row.event for row in published}:
                    rows[event] = seen, [row for row in published if row.event == event]
                ends |= {row.event: (seen, row.last) for row in published if row.last}
        windows = [_window(row, seen, ends.get(event), year) for event, (seen, found) in rows.items() for row in found]
        return Exam(kind, year, tuple(sorted(windows, key=lambda w: (w.first, w.last)))) if windows else None


def _window(row: _Row, seen: int, end: tuple[int, date] | None, year: int) -> Window:
    first = add_years(row.first, year - seen)
    last_from, last = (seen, row.last) if row.last else end or (seen, row.first)
    last = add_years(last, year - last_from)
    return Window(row.event, first, max(first, last), seen, last_from, row.approximate, row.basis)


@cache
def load() -> ExamCalendar:
    """The exam calendar that comes with the program. `BadPack` where it has faults."""
    return read(files("engine").joinpath("process", "exams.toml").read_text(encoding="utf-8"))


def read(text: str) -> ExamCalendar:
    """An exam calendar from its text (TOML). `BadPack` where it cannot be parsed or has faults."""
    return ExamCalendar.from_pack(parse(text))
