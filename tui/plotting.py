"""The score through time as characters: a line of steps, the threshold, today, the days on which points are needed.

Each thing has a sign of its own, so that it can be told without colour:

    ─ │ ┌ ┘   the score               ┄   the threshold        ░   days on which the points are needed
    ·         the spouse's score      ╎   today                ▲ ▼   the threshold is reached, lost
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from rich.cells import cell_len

from engine.exams import Span
from engine.timeline import Step, step_on

GUTTER = 4  # cells for the figures at the left, with the blank after them
BELOW = 2  # lines below the plot: the axis, the years
ROOM = 4  # points of room above the highest and below the lowest

_CORNERS = {True: ("┘", "┌"), False: ("┐", "└")}  # up, down: at the old level, at the new one


@dataclass(frozen=True, slots=True)
class Sign:
    """One character of the plot and the style it is drawn in."""

    text: str = " "
    style: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words above some days, and the days themselves."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Which days and points are drawn on how many cells; `width` and `height` without what stands at the edges."""

    first: date
    last: date
    low: int
    high: int
    width: int
    height: int

    def column(self, day: date) -> int:
        """The column of a day; one outside of the frame where the day is not in it."""
        return (day - self.first).days * self.width // ((self.last - self.first).days + 1)

    def end_of(self, column: int) -> date:
        """The last day of a column."""
        days = (self.last - self.first).days + 1
        return self.first + timedelta(days=-(-(column + 1) * days // self.width) - 1)

    def shows(self, day: date) -> bool:
        """Whether a day is in the frame."""
        return self.first <= day <= self.last

    def row(self, total: int) -> int:
        """The line of so many points, from the top."""
        spread = max(self.high - self.low, 1)
        return (2 * (self.high - total) * (self.height - 1) + spread) // (2 * spread)


def framed(first: date, last: date, curves: Iterable[Sequence[Step]], threshold: int, size: tuple[int, int]) -> Frame:
    """A frame in which the threshold and all that the curves come to in these days has its place."""
    width, height = size
    totals = [threshold]
    for curve in curves:
        totals += [step.total for step in curve if first < step.day <= last]
        totals.append(step_on(curve, first).total)
    low, high = max(min(totals) - ROOM, 0), max(totals) + ROOM
    return Frame(first, last, low, high, max(width - GUTTER, 1), max(height - BELOW, 2))


class Drawing:
    """Draws into a frame, one thing over the other; `lines` gives what came of it."""

    def __init__(self, frame: Frame, threshold: int) -> None:
        self.frame, self.threshold = frame, threshold
        self.threshold_row = min(max(frame.row(threshold), 0), frame.height - 2)  # there is always a line below it
        self._signs = [[Sign()] * frame.width for _ in range(frame.height)]
        self._axis = [Sign("─", "axis")] * frame.width
        self._years = [Sign()] * frame.width

    def need(self, mark: Mark) -> None:
        """Shade the days on which the points are needed."""
        frame, (first, last) = self.frame, mark.span
        if last < frame.first or first > frame.last:
            return
        start, end = frame.column(max(first, frame.first)), frame.column(min(last, frame.last))
        for row in range(frame.height):
            for column in range(start, end + 1):
                self._signs[row][column] = Sign("░", "need")
        self._words(self._signs[0], start, mark.name, "need")

    def line_at_threshold(self) -> None:
        """Draw the threshold."""
        for column, sign in enumerate(self._signs[self.threshold_row]):
            if sign.text in " ░":
                self._signs[self.threshold_row][column] = Sign("┄", "threshold")

    def upright(self, day: date, name: str) -> None:
        """Mark a day by an upright line where nothing else is, and by its name below the axis."""
        if not self.frame.shows(day):
            return
        column = self.frame.column(day)
        for row in self._signs:
            if row[column].text in " ░┄":
                row[column] = Sign("╎", "today")
        self._axis[column] = Sign("┴", "today")
        self._words(self._years, column, name, "today")

    def other(self, steps: Sequence[Step]) -> None:
        """Draw the score of the spouse, dotted."""
        rows = [self.row(step_on(steps, self.frame.end_of(column))) for column in range(self.frame.width)]
        for column, row in enumerate(rows):
            before = rows[column - 1] if column else row
            for each in range(min(before, row), max(before, row) + 1):
                self._signs[each][column] = Sign("·", "other")

    def curve(self, steps: Sequence[Step]) -> None:
        """Draw the score; what is at the threshold is styled otherwise than what is below it."""
        levels = [step_on(steps, self.frame.end_of(column)) for column in range(self.frame.width)]
        for column, step in enumerate(levels):
            before = levels[column - 1] if column else step
            self._step(column, before, step)
        for one, other in pairwise(steps):
            if one.reached != other.reached and self.frame.shows(other.day):
                sign = Sign("▲", "reached") if other.reached else Sign("▼", "lost")
                self._signs[self.threshold_row][self.frame.column(other.day)] = sign

    def _step(self, column: int, before: Step, step: Step) -> None:
        old, new = self.row(before), self.row(step)
        style = "reached" if step.reached else "score"
        if old == new:
            self._signs[new][column] = Sign("─", style)
            return
        at_old, at_new = _CORNERS[new < old]
        for row in range(min(old, new) + 1, max(old, new)):
            self._signs[row][column] = Sign("│", style)
        self._signs[old][column] = Sign(at_old, style)
        self._signs[new][column] = Sign(at_new, style)

    def row(self, step: Step) -> int:
        """The line of a step: never at or above the threshold's where it falls short, never below where it does not."""
        row = min(max(self.frame.row(step.total), 0), self.frame.height - 1)
        if step.total >= self.threshold:
            return min(row, self.threshold_row)
        return min(max(row, self.threshold_row + 1), self.frame.height - 1)

    def years(self) -> None:
        """Name the years below the axis, where they begin."""
        for year in range(self.frame.first.year, self.frame.last.year + 1):
            begins = date(year, 1, 1)
            if self.frame.shows(begins):
                column = self.frame.column(begins)
                self._axis[column] = Sign("┴", "axis")
                self._words(self._years, column, str(year), "axis")

    def here(self, day: date) -> None:
        """Mark the day of the step the cursor is on, on the axis."""
        if self.frame.shows(day):
            self._axis[self.frame.column(day)] = Sign("◆", "here")

    def _words(self, line: list[Sign], column: int, words: str, style: str) -> None:
        """Put words into a line from a column on, as far as they have room; what stands there already stays."""
        cells = list(wide_cells(words))
        column = max(min(column, self.frame.width - len(cells)), 0)
        beside = line[max(column - 1, 0) : column + len(cells) + 1]
        if any(sign.text not in ("░", " ") for sign in beside):  # "" is the other half of a wide character
            return
        for place, text in enumerate(cells[: self.frame.width - column], column):
            line[place] = Sign(text, style)

    def lines(self) -> Iterator[list[Sign]]:
        """The plot from its top, with the figures at its left and the years below."""
        frame = self.frame
        labels = {0: frame.high, frame.height - 1: frame.low}
        for row in (self.threshold_row - 1, self.threshold_row + 1):
            labels.pop(row, None)
        labels[self.threshold_row] = self.threshold
        for number, line in enumerate(self._signs):
            figure = str(labels[number]) if number in labels else ""
            yield [Sign(f"{figure:>{GUTTER - 1}} ", "axis"), *line]
        yield [Sign(" " * GUTTER), *self._axis]
        yield [Sign(" " * GUTTER), *self._years]


def wide_cells(words: str) -> Iterator[str]:
    """The characters of some words, each cell one: a wide one is followed by nothing."""
    for character in words:
        yield character
        yield from [""] * (cell_len(character) - 1)
