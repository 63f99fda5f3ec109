"""The columns of the list of cases, for narrow and for wide screens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from engine.policy import load
from engine.words import word
from tui.widgets.table import Cell, Column

if TYPE_CHECKING:
    from models.reading import Row

NAME = 18  # cells a name has at least, with the mark before it
SOON = timedelta(days=90)  # before a date runs out, it is marked
BELOW = 12  # cells of the bar up to the threshold
BEYOND = 5

Words = Callable[[str], str]


def shown_name(row: Row) -> str:
    """What a case is called in lists: the name, else what the client is called."""
    return row.name or row.called or f"#{row.id}"


def columns(width: int, words: Words, language: str, today: date) -> list[Column[Row]]:
    """The columns for a table of this width, those that matter less only where there is room; `words` gives titles."""
    threshold = load().threshold
    name: Column[Row] = Column(words("column.name"), 0, lambda row: [Cell(shown_name(row))])
    status: Column[Row] = Column(words("column.status"), 14, lambda row: [Cell(word(f"status.{row.stage}", language))])
    score: Column[Row] = Column(words("column.score"), 5, _score, right=True)
    gap: Column[Row] = Column(words("column.gap"), 4, partial(_gap, threshold), right=True)
    proven: Column[Row] = Column(words("column.proven"), 4, _proven, right=True)
    bar: Column[Row] = Column(words("column.bar"), BELOW + 1 + BEYOND, partial(_bar, threshold))
    permit: Column[Row] = _day(words("column.permit_until"), lambda row: row.permit_until, today)
    points: Column[Row] = _day(words("column.points_until"), lambda row: row.points_until, today)
    consultant: Column[Row] = Column(words("column.consultant"), 8, lambda row: [Cell(row.consultant or "-")])
    employer: Column[Row] = Column(words("column.employer"), 24, lambda row: [Cell(row.employer or "-", "table--dim")])
    updated: Column[Row] = Column(words("column.updated"), 10, lambda row: [Cell(row.updated_at[:10], "table--dim")])
    shown = [name, status, score, gap, permit, points]
    room = width - NAME - sum(column.width + 2 for column in shown)
    for extra, place in ((bar, 4), (consultant, -1), (proven, 4), (updated, -1), (employer, -2)):
        room -= extra.width + 2
        if room < 0:
            break
        shown.insert(place if place > 0 else len(shown) + 1 + place, extra)
    return shown


def _score(row: Row) -> Sequence[Cell]:
    if row.score is None:
        return [Cell("-", "table--dim")]
    return [Cell(f"{'~' if row.stale else ''}{row.score}", "table--good" if row.reached else "")]


def _gap(threshold: int, row: Row) -> Sequence[Cell]:
    if row.score is None:
        return [Cell("-", "table--dim")]
    return [Cell(f"{row.score - threshold:+d}", "table--dim")]


def _proven(row: Row) -> Sequence[Cell]:
    return [Cell("-" if row.proven is None else str(row.proven), "table--proven")]


def _bar(threshold: int, row: Row) -> Sequence[Cell]:
    """Proven and claimed points as a bar with a mark at the threshold, which no cell reaches before the score does."""
    score, proven = row.score or 0, min(row.proven or 0, row.score or 0)
    full = min(score * BELOW // threshold, BELOW + BEYOND)
    sure = min(proven * BELOW // threshold, full)
    marks = "▓" * sure + "▒" * (full - sure) + " " * (BELOW + BEYOND - full)
    style = "table--proven" if sure == full else "table--claimed"
    return [
        Cell(marks[:sure][:BELOW], "table--proven"),
        Cell(marks[sure:BELOW], style),
        Cell("│", "table--dim"),
        Cell(marks[BELOW:], style),
    ]


def _day(title: str, of: Callable[[Row], str | None], today: date) -> Column[Row]:
    now, soon = today.isoformat(), (today + SOON).isoformat()

    def cells(row: Row) -> Sequence[Cell]:
        day = of(row)
        if day is None:
            return [Cell("-", "table--dim")]
        if day >= soon:
            return [Cell(day)]
        return [Cell(day + "!", "table--over" if day < now else "table--warning")]

    return Column(title, 11, cells)
