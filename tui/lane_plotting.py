"""Swimlanes as characters: each lane as many lines as it needs, one axis above them, what a risk rests on marked.

Each thing has a sign of its own, so that it can be told without colour:

    ├──┤   days and their ends      <  >   an end that is not known, or open       !   a gap
    x ~ + # % 0   what the legend says: overlap, elsewhere, back-paid, other payer, tax differs, zero filed
    [══] ◆ ▼      what the risk under the cursor rests on, and where that lies on the axis
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rich.cells import cell_len

from engine.spans import DAY, MARKS, Lane, Mark, Span
from engine.words import say, word
from tui.columns import cut, pad
from tui.plotting import Drawing, Frame, Sign, wide_cells
from tui.text import text

NAMES = 9  # cells for the names of the lanes, with a blank after them
ROOM = 3  # cells that a span has beside its label: its ends, and a sign at least
LABEL = 8  # cells of a label that is cut, at least

SIGNS: Mapping[Mark, str] = {
    "": "─",
    "overlap": "x",
    "elsewhere": "~",
    "back_paid": "+",
    "other_payer": "#",
    "tax_differs": "%",
    "zero_filed": "0",
    "gap": "!",
}


class Row(NamedTuple):
    """A line of the lanes, and whether something in it is picked."""

    signs: Sequence[Sign]
    picked: bool = False


class Picture(NamedTuple):
    """Lines of the lanes, the lines of the axis, which marks there are, and the first line of what is picked."""

    lines: Sequence[Row]
    axis: Sequence[Sequence[Sign]]
    marks: Sequence[Mark]
    first: int | None


def framed(lanes: Iterable[Lane], on: date, years: tuple[int, int] | None, width: int) -> Frame:
    """The days that are drawn: all there are, or so many years before and after the day."""
    spans = [span for lane in lanes for span in lane.spans]
    first, last = min((span.first for span in spans), default=on), max((span.last for span in spans), default=on)
    if years is not None:
        first, last = max(first, date(on.year - years[0], 1, 1)), min(last, date(on.year + years[1], 12, 31))
    return Frame(min(first, on), max(last, on), 0, 1, max(width - NAMES, 1), 2)


def drawn(lanes: Sequence[Lane], frame: Frame, on: date, picked: Sequence[Span], language: str) -> Picture:
    """The lanes in a frame; `picked` are spans of them."""
    lines: list[Row] = []
    shown: set[Mark] = set()
    for lane in lanes:
        name = pad(cut(say(lane.name, language), NAMES - 1), NAMES)
        tracks = [track for track in _tracks(lane.spans) if any(_seen(span, frame) for span in track)]
        if not tracks:
            nothing = text("lanes.unknown" if not lane.spans else "lanes.elsewhen", language)
            lines.append(Row((Sign(name, "label"), Sign(nothing, "dim"))))
        for number, track in enumerate(tracks):
            signs = _Track(frame, on).drawn(track, picked, language)
            head = Sign(name if number == 0 else " " * NAMES, "label")
            lines.append(Row((head, *signs), any(_is_one(span, picked) for span in track)))
        shown |= {span.mark for track in tracks for span in track if _seen(span, frame)}
    first = next((number for number, row in enumerate(lines) if row.picked), None)
    return Picture(lines, _axis(frame, on, picked, language), [mark for mark in MARKS if mark in shown], first)


def legend(marks: Sequence[Mark], language: str) -> str:
    """What the signs mean, of those that are there."""
    return "  ".join(
        [*(f"{SIGNS[mark]} {word(f'mark.{mark}', language)}" for mark in marks), text("lanes.ends", language)]
    )


def _tracks(spans: Sequence[Span]) -> list[list[Span]]:
    """Spans on as few lines as they need, no two of one line at once; pieces of one row stay together."""
    tracks: list[list[Span]] = []
    for span in spans:
        free = [track for track in tracks if track[-1].last < span.first]
        same = [track for track in free if track[-1].paths == span.paths and track[-1].last + DAY == span.first]
        if same or free:
            (same or free)[0].append(span)
        else:
            tracks.append([span])
    return tracks


def _is_one(span: Span, picked: Sequence[Span]) -> bool:
    return any(span is one for one in picked)


def _seen(span: Span, frame: Frame) -> bool:
    return span.meets(frame.first, frame.last)


class _Track:
    """One line of signs."""

    def __init__(self, frame: Frame, on: date) -> None:
        self.frame, self.on = frame, on
        self.signs = [Sign()] * frame.width

    def drawn(self, spans: Sequence[Span], picked: Sequence[Span], language: str) -> list[Sign]:
        """Draw spans; where several fall on one cell, the marked one is seen, and before all what is picked."""
        inside = [span for span in spans if _seen(span, self.frame)]
        said = ""
        for span in sorted(inside, key=lambda span: (_is_one(span, picked), span.mark != "")):
            self._span(span, _is_one(span, picked))
        for span in inside:
            name = "" if span.label is None else say(span.label, language)
            if name != said and self._label(span, name):
                said = name
        today = self.frame.column(self.on)
        if self.signs[today].text == " ":
            self.signs[today] = Sign("╎", "dim")
        return self.signs

    def _columns(self, span: Span) -> tuple[int, int]:
        frame = self.frame
        return frame.column(max(span.first, frame.first)), frame.column(min(span.last, frame.last))

    def _span(self, span: Span, picked: bool) -> None:
        start, end = self._columns(span)
        sign, style = SIGNS[span.mark], {"": "value", "gap": "bad"}.get(span.mark, "draft")
        if picked:
            sign, style = "═" if span.mark == "" else sign, "total"
        for column in range(start, end + 1):
            self.signs[column] = Sign(sign, style)
        if picked:
            self._ends(start, end, "[]" if end > start else "◆", style)
        elif span.mark == "" and end > start:
            left = "<" if not span.begins or span.first < self.frame.first else "├"
            right = ">" if not span.ends or span.last > self.frame.last else "┤"
            self._ends(start, end, left + right, style)

    def _ends(self, start: int, end: int, ends: str, style: str) -> None:
        self.signs[start], self.signs[end] = Sign(ends[0], style), Sign(ends[-1], style)

    def _label(self, span: Span, name: str) -> bool:
        """Write the name into a span that has room for some of it, else beside it; whether there was room."""
        start, end = self._columns(span)
        room = end - start + 1 - ROOM
        if name and room >= min(cell_len(name), LABEL):
            self._write(start + 1, cut(name, room), self.signs[start].style)
            return True
        length = cell_len(name)
        for column, blank in ((end + 2, end + 1), (start - 1 - length, start - 2 - length)):
            beside = self.signs[max(blank, 0) : blank + length + 2]
            fits = 0 <= column <= self.frame.width - length
            if name and fits and all(sign.text == " " for sign in beside):
                self._write(column, name, "dim")
                return True
        return False

    def _write(self, column: int, words: str, style: str) -> None:
        for place, character in enumerate(wide_cells(words), column):
            self.signs[place] = Sign(character, style)


def _axis(frame: Frame, on: date, picked: Sequence[Span], language: str) -> list[list[Sign]]:
    """Years and axis; where the picked spans lie."""
    drawing = Drawing(frame, 1)
    drawing.upright(on, text("time.today", language))
    drawing.years()
    axis, years = [line[1:] for line in list(drawing.lines())[-2:]]
    for span in picked:
        if _seen(span, frame):
            start, end = frame.column(max(span.first, frame.first)), frame.column(min(span.last, frame.last))
            axis[start : end + 1] = [Sign("▼", "here")] * (end - start + 1)
    return [years, axis]
