"""What-ifs beside the real case, as lines: each line of changes with what is wrong in it, then all side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len

from engine.assessment import Assessment, assess
from engine.facts import Applicant
from engine.indicators import INDICATORS
from engine.levers import Cost
from engine.policy import Policy
from engine.reason import Reason
from engine.timeline import Timeline, timeline
from engine.words import word
from models.what_if import Outcome, carried_out
from tui.text import say, text
from tui.widgets.assessment import counted
from tui.widgets.line import cut
from tui.widgets.lines import Entry, wrapped
from tui.widgets.table import Cell

LABEL = 14  # cells of a line's name
LEAST, MOST = 12, 24  # cells of a column
LINE, NEW = "line:", "new"  # what targets begin with
YEARS = 10


@dataclass(frozen=True, slots=True)
class Seen:
    """A column: the applicant it is of, how its score goes, what its levers cost. `outcome`: None of the real case."""

    row_id: str
    line: str
    kept: str | None
    applicant: Applicant
    ahead: Timeline
    outcome: Outcome | None = None

    def on(self, day: date, policy: Policy) -> Assessment:
        """What is counted on a day."""
        return assess(self.applicant, policy, day)

    def cost(self, policy: Policy) -> Cost:
        """What its levers cost up to the day at the threshold, else as far as is looked ahead."""
        until = self.ahead.first_reached or self.ahead.until
        costs = (
            [piece.pulled.cost(until, policy) for piece in self.outcome.pieces if piece.pulled] if self.outcome else []
        )
        return Cost(sum(cost.low for cost in costs), sum(cost.high for cost in costs))


def seen(row: Mapping[str, str], applicant: Applicant, policy: Policy, on: date, until: date) -> Seen:
    """A what-if carried out on the facts as they are now."""
    outcome = carried_out(applicant, row["line"], policy, on)
    ahead = timeline(outcome.applicant, policy, on, until)
    return Seen(row["id"], row["line"], row.get("kept"), outcome.applicant, ahead, outcome)


def days(columns: Sequence[Seen]) -> list[date]:
    """The days on which any column changes, in order, from today on."""
    return sorted({step.day for column in columns for step in column.ahead.steps})


def first_day(columns: Sequence[Seen]) -> date:
    """The day on which columns are compared first: when the last of the what-ifs that get there is at the threshold."""
    reached = [column.ahead.first_reached for column in columns[1:] if column.ahead.first_reached is not None]
    return max(reached, default=columns[0].ahead.steps[0].day)


def entries(
    columns: Sequence[Seen], shown: Sequence[str], day: date, policy: Policy, language: str, width: int
) -> Iterator[Entry]:
    """The lines of the what-ifs (`shown`, as people write them), then all columns side by side on a day."""
    for number, (column, line) in enumerate(zip(columns[1:], shown, strict=True), 1):
        yield from _line(number, column, line, language, width)
    yield Entry([Cell("+  ", "number"), Cell(text("what_if.new", language), "hint")], NEW)
    yield Entry([])
    yield from _side_by_side(columns, day, policy, language, width)


def _line(number: int, column: Seen, line: str, language: str, width: int) -> Iterator[Entry]:
    target = f"{LINE}{column.row_id}"
    mark = text("what_if.kept", language, day=column.kept) if column.kept else ""
    for cells in wrapped(f"{mark}{line}", width, "good" if column.kept else "value", first=f"{number}. "):
        yield Entry(cells, target)
    assert column.outcome is not None
    for piece in column.outcome.pieces:
        for reason, style in ((piece.wrong, "bad"), (piece.minding, "draft")):
            if reason is not None:
                yield from (
                    Entry(c, target) for c in wrapped(_why(piece.text, reason, language), width, style, "   ", "! ")
                )


def _why(piece: str, reason: Reason, language: str) -> str:
    return f"{piece}：{say(reason, language)}" if language == "zh" else f"{piece}: {say(reason, language)}"


def _side_by_side(columns: Sequence[Seen], day: date, policy: Policy, language: str, width: int) -> Iterator[Entry]:
    room = max(min((width - LABEL) // len(columns), MOST), LEAST)
    found = [column.on(day, policy) for column in columns]
    points = [counted(assessment) for assessment in found]
    heads = [text("what_if.real", language), *(str(number) for number in range(1, len(columns)))]
    yield Entry(
        [Cell(cut(text("what_if.on", language, day=day), LABEL), "label"), *(_head(head, room) for head in heads)]
    )
    for indicator in INDICATORS:
        row = [counts.get(indicator, 0) for counts in points]
        if any(row):
            yield _figures(word(f"indicator.{indicator}", language), row, room)
    totals = [assessment.total for assessment in found]
    yield _figures(text("what_if.total", language), totals, room, ["good" if a.reached else "bad" for a in found])
    yield Entry([])
    reached = [column.ahead.first_reached for column in columns]
    lost = [column.ahead.first_lost for column in columns]
    yield _words(
        text("what_if.reached", language),
        [str(day or "-") for day in reached],
        room,
        ["good" if day else "dim" for day in reached],
    )
    yield _words(
        text("what_if.lost", language),
        [str(day or "-") for day in lost],
        room,
        ["bad" if day else "dim" for day in lost],
    )
    costs = ["-", *(_cost(column.cost(policy), room) for column in columns[1:])]
    yield _words(text("what_if.cost", language), costs, room, ["dim"] * len(costs))
    provisional = any(line.provisional for assessment in found for line in assessment.lines)
    if provisional:
        yield from (Entry(cells) for cells in wrapped(text("plan.provisional", language), width, "dim"))


def _head(words: str, room: int) -> Cell:
    return Cell(" " * max(room - cell_len(words), 0) + words, "title")


def _figures(name: str, row: Sequence[int], room: int, styles: Sequence[str] = ()) -> Entry:
    """Points of each column, with what they differ by from the real ones."""
    cells = [Cell(cut(name, LABEL), "label")]
    for place, points in enumerate(row):
        by = points - row[0]
        differs = f" {by:+d}" if place and by else ""
        figure = f"{points}"
        cells.append(Cell(" " * max(room - len(figure) - len(differs), 0)))
        cells.append(Cell(figure, styles[place] if styles else "value"))
        cells.append(Cell(differs, "change"))
    return Entry(cells)


def _words(name: str, row: Sequence[str], room: int, styles: Sequence[str]) -> Entry:
    cells = [Cell(cut(name, LABEL), "label")]
    for words, style in zip(row, styles, strict=True):
        cells.append(Cell(" " * max(room - cell_len(words), 0) + words, style))
    return Entry(cells)


def _cost(cost: Cost, room: int) -> str:
    """Whole yuan; where both ends have no room, the upper one."""
    both = f"{cost.low:,}-{cost.high:,}" if cost.low < cost.high else f"{cost.high:,}"
    return both if cell_len(both) < room else f"<={cost.high:,}"
