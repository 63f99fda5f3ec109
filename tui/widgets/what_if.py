"""What-ifs beside the real case, as lines: each line of changes with what is wrong in it, then all side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rich.cells import cell_len

from engine.indicators import INDICATORS
from engine.levers import Cost
from engine.policy import Policy
from engine.reason import Reason
from engine.words import word
from models.side_by_side import Column
from tui.text import Pressed, say, text
from tui.widgets.assessment import counted
from tui.widgets.line import cut
from tui.widgets.lines import Entry, wrapped
from tui.widgets.table import Cell

LEAST, MOST = 12, 24  # cells of a column
SHORTEST = 14  # of the names of the lines
LINE, NEW = "line:", "new"  # what targets begin with
WRONG, MINDED = "! ", "- "  # before what is left out, and before what is taken all the same


def entries(
    columns: Sequence[Column],
    shown: Sequence[str],
    day: date,
    policy: Policy,
    language: str,
    width: int,
    press: Pressed,
) -> Iterator[Entry]:
    """The lines of the what-ifs (`shown`, as people write them) and the key (`press`) that begins one, then all columns
    side by side on a day."""
    for number, (column, line) in enumerate(zip(columns[1:], shown, strict=True), 1):
        yield from _line(number, column, line, language, width)
    yield Entry([Cell("+  ", "number"), Cell(text("what_if.new", language, press=press), "hint")], NEW)
    yield Entry([])
    yield from side_by_side(columns, day, policy, language, width)


def reasons(column: Column, language: str, width: int, indent: str = "") -> Iterator[list[Cell]]:
    """What is wrong in a line, and what is to be minded."""
    for piece in column.outcome.pieces if column.outcome is not None else ():
        for reason, style, mark in ((piece.wrong, "bad", WRONG), (piece.minding, "draft", MINDED)):
            if reason is not None:
                yield from wrapped(_why(piece.text, reason, language), width, style, indent, mark)


def _line(number: int, column: Column, line: str, language: str, width: int) -> Iterator[Entry]:
    target = f"{LINE}{column.row_id}"
    mark = text("what_if.kept", language, day=column.kept) if column.kept else ""
    for cells in wrapped(f"{mark}{line}", width, "good" if column.kept else "value", first=f"{number}. "):
        yield Entry(cells, target)
    yield from (Entry(cells, target) for cells in reasons(column, language, width, "   "))


def _why(piece: str, reason: Reason, language: str) -> str:
    return f"{piece}：{say(reason, language)}" if language == "zh" else f"{piece}: {say(reason, language)}"


def side_by_side(
    columns: Sequence[Column], day: date, policy: Policy, language: str, width: int, typed: str = ""
) -> Iterator[Entry]:
    """All columns on a day, the one whose line is `typed` (its id) marked."""
    found = [column.assessed(day, policy) for column in columns]
    points = [counted(assessment) for assessment in found]
    there = [name for name in INDICATORS if any(counts.get(name, 0) for counts in points)]
    names = {name: word(f"indicator.{name}", language) for name in there}
    ends = {name: text(f"what_if.{name}", language) for name in ("total", "reached", "lost", "cost")}
    longest = max(map(cell_len, [*names.values(), *ends.values()])) + 1
    label = min(longest, max(width - LEAST * len(columns), SHORTEST))
    room = max(min((width - label) // len(columns), MOST), LEAST)

    heads = [_head(number, column, typed, language) for number, column in enumerate(columns)]
    yield _words(text("what_if.on", language, day=day), heads, label, room, ["title"] * len(heads))
    for name in there:
        yield _figures(names[name], [counts.get(name, 0) for counts in points], label, room)
    totals = [assessment.total for assessment in found]
    yield _figures(ends["total"], totals, label, room, ["good" if a.reached else "bad" for a in found])
    yield Entry([])
    for name, when, style in (
        ("reached", [column.ahead.first_reached for column in columns], "good"),
        ("lost", [column.ahead.first_lost for column in columns], "bad"),
    ):
        styles = [style if known else "dim" for known in when]
        yield _words(ends[name], [str(known or "-") for known in when], label, room, styles)
    costs = ["-", *(_cost(column.cost(policy), room) for column in columns[1:])]
    yield _words(ends["cost"], costs, label, room, ["dim"] * len(costs))
    if any(line.provisional for assessment in found for line in assessment.lines):
        yield from (Entry(cells) for cells in wrapped(text("plan.provisional", language), width, "dim"))


def _head(number: int, column: Column, typed: str, language: str) -> str:
    if not number:
        return text("what_if.real", language)
    mark = text("what_if.plan", language) if column.kept else ""
    return f"{'> ' if column.row_id == typed else ''}{mark}{number}"


def _figures(name: str, row: Sequence[int], label: int, room: int, styles: Sequence[str] = ()) -> Entry:
    """Points of each column, with what they differ by from the real ones."""
    cells = [Cell(cut(name, label), "label")]
    for place, points in enumerate(row):
        by = points - row[0]
        differs = f" {by:+d}" if place and by else ""
        cells.append(Cell(" " * max(room - len(f"{points}{differs}"), 0)))
        cells.append(Cell(f"{points}", styles[place] if styles else "value"))
        cells.append(Cell(differs, "change"))
    return Entry(cells)


def _words(name: str, row: Sequence[str], label: int, room: int, styles: Sequence[str]) -> Entry:
    cells = [Cell(cut(name, label), "label")]
    for words, style in zip(row, styles, strict=True):
        cells.append(Cell(" " * max(room - cell_len(words), 0) + words, style))
    return Entry(cells)


def _cost(cost: Cost, room: int) -> str:
    """Whole yuan; where both ends have no room, the upper one."""
    both = f"{cost.low:,}-{cost.high:,}" if cost.low < cost.high else f"{cost.high:,}"
    return both if cell_len(both) < room else f"<={cost.high:,}"
