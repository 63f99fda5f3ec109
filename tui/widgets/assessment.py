"""The assessment as lines: total, verdict and law, then every indicator with its reason, what is missing, and, while
something is typed, what that changes against what is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from engine.assessment import Assessment, Line
from engine.words import word
from models.paths import APPLICANT, Tree, resolve
from tui import form
from tui.open_case import OpenCase, Preview
from tui.text import say, text
from tui.widgets.line import cut
from tui.widgets.lines import Entry, wrapped
from tui.widgets.table import Cell

POINTS, PROVEN = 5, 6
LINE = "line:"  # what a target begins with that leads to a line; others are paths of fields


class Count(NamedTuple):
    """What is shown: the assessment and the case it is of, the stored one it is compared with, and whether what is
    typed is not in it."""

    shown: Assessment
    case: Tree
    stored: Assessment
    not_in_it: bool = False


def count(case: OpenCase, preview: Preview | None, last: Count | None) -> Count | None:
    """The assessment to show while something may be typed: the one of the draft, or the last that could be made."""
    stored = case.assessment
    if stored is None:
        return None
    if preview is None:
        return Count(stored, case.case, stored)
    if preview.assessment is None:
        return (last or Count(stored, case.case, stored))._replace(not_in_it=True)
    return Count(preview.assessment, preview.case, stored)


def counted(assessment: Assessment) -> dict[str, int]:
    """The points of each indicator that count towards the total."""
    return {line.indicator: line.points if line.counted else 0 for line in assessment.lines}


def changes(count: Count) -> dict[str, int]:
    """By how much each indicator's counted points differ from the stored ones, the largest first."""
    before, after = counted(count.stored), counted(count.shown)
    found = {name: after.get(name, 0) - before.get(name, 0) for name in [*after, *before]}
    return dict(sorted(((name, by) for name, by in found.items() if by), key=lambda change: -abs(change[1])))


def entries(count: Count | None, language: str, width: int) -> list[Entry]:
    """All lines of the assessment in a width."""
    if count is None:
        return [Entry(cells) for cells in wrapped(text("case.no_law", language), width, "bad")]
    return [
        *(Entry(cells) for cells in _head(count, language, width)),
        Entry([]),
        *_lines(count, language, width),
        *_missing(count, language, width),
    ]


def _head(count: Count, language: str, width: int) -> list[list[Cell]]:
    shown, stored = count.shown, count.stored
    gap = shown.threshold - shown.total
    if shown.vetoes:  # whatever the points are
        verdict = Cell(text("case.vetoed", language), "bad")
    elif shown.reached:
        verdict = Cell(text("case.reached", language), "good")
    else:
        verdict = Cell(text("case.gap", language, gap=gap), "bad")
    by = shown.total - stored.total
    lines = [
        [
            Cell(text("case.points", language, points=shown.total), "total"),
            Cell(f" {by:+}" if by else "", "change"),
            Cell("  " + text("case.proven", language, points=shown.proven), "value"),
            Cell(f" {shown.proven - stored.proven:+}" if shown.proven != stored.proven else "", "change"),
            Cell("  "),
            verdict,
        ]
    ]
    if count.not_in_it:
        lines += wrapped(text("case.not_counted_yet", language), width, "draft")
    elif moved := changes(count):
        told = "  ".join(f"{by:+} {_because(name, shown, language)}" for name, by in moved.items())
        lines += wrapped(told, width, "change")
    for veto in shown.vetoes:
        lines += wrapped(text("case.veto", language, veto=word(f"veto.{veto}", language)), width, "bad")
    if shown.eligible:
        lines += wrapped(text("case.eligible", language), width, "good")
    else:
        reasons = word("list.and", language).join(
            word(f"ineligible.{reason}", language) for reason in shown.ineligible_because
        )
        lines += wrapped(text("case.ineligible", language, reasons=reasons), width, "bad")
    law = text("case.law", language, version=shown.version, on=shown.on)
    return [*lines, *wrapped(law, width, "dim")]


def _because(indicator: str, shown: Assessment, language: str) -> str:
    """An indicator's name with why it has its points: `缴费基数 1 倍，…`."""
    name = word(f"indicator.{indicator}", language)
    line = next((line for line in shown.lines if line.indicator == indicator), None)
    return name if line is None else f"{name} {say(line.reason, language)}"


def _lines(count: Count, language: str, width: int) -> list[Entry]:
    moved = {} if count.not_in_it else changes(count)
    before = {line.indicator: line for line in count.stored.lines}
    gone = [name for name in before if all(line.indicator != name for line in count.shown.lines)]
    names = [line.indicator for line in count.shown.lines] + gone
    if not names:
        return [Entry(cells) for cells in wrapped(text("case.nothing_earns", language), width, "dim")]
    room = max(cell_len(word(f"indicator.{name}", language)) for name in names) + 1
    found: list[Entry] = []
    for line in count.shown.lines:
        found += _line(line, moved.get(line.indicator, 0), room, language, width)
    for name in gone:
        label = Cell(cut(word(f"indicator.{name}", language), room), "dim")
        blank = Cell(" " * max(width - room - POINTS - PROVEN, 0))
        cells = [label, blank, Cell(f"{0:>{POINTS}}", "dim"), _change(moved.get(name, 0))]
        found.append(Entry(cells, LINE + name))
    return found


def _line(line: Line, by: int, names: int, language: str, width: int) -> list[Entry]:
    """One indicator: name, reason, points and how much of them is proven; the reason below where it is long."""
    name = Cell(cut(word(f"indicator.{line.indicator}", language), names), "value" if line.counted else "dim")
    reason = say(line.reason, language)
    if remarks := _remarks(line, language):
        reason = f"{reason} ({word('list.and', language).join(remarks)})"
    points = Cell(f"{line.points:>{POINTS}}", "bad" if line.points < 0 else "points" if line.counted else "dim")
    last = _change(by) if by else _proven(line, language)
    room = width - names - POINTS - PROVEN
    target = LINE + line.indicator
    below: list[list[Cell]] = []
    if cell_len(reason) > room:
        below = wrapped(reason, width, "because", indent="  ")
        reason = ""
    if line.lacks is not None and line.lacks != line.reason:
        below += wrapped(say(line.lacks, language), width, "dim", indent="  ")
    head = [name, Cell(cut(reason, max(room, 0)), "because"), points, last]
    return [Entry(head, target), *(Entry(cells, target) for cells in below)]


def _remarks(line: Line, language: str) -> list[str]:
    remarks = []
    if not line.counted:
        remarks.append(text("case.not_counted", language))
    if line.provisional:
        remarks.append(text("case.provisional", language))
    if line.assumed:
        remarks.append(text("case.assumes", language, count=len(line.assumed)))
    return remarks


def _change(by: int) -> Cell:
    return Cell(f" {by:+}".ljust(PROVEN) if by else " " * PROVEN, "change")


def _proven(line: Line, language: str) -> Cell:
    """A mark where all points are proven, with their number where some are."""
    if line.proven == 0 or line.points <= 0:
        return Cell(" " * PROVEN)
    mark = text("case.all_proven", language) + (f"{line.proven}" if line.proven != line.points else "")
    return Cell(cut(f" {mark}", PROVEN), "good")


def _missing(count: Count, language: str, width: int) -> list[Entry]:
    found: list[Entry] = []
    for key, paths in (("case.missing", count.shown.missing), ("case.assumed", count.shown.eligible_assumed)):
        if paths:
            found += [Entry([]), Entry([Cell(text(key, language), "label")])]
            found += [
                Entry(cells, target)
                for target, words in named(paths, count.case, language)
                for cells in wrapped(words, width, "because", indent="  ")
            ]
    return found


def named(paths: Sequence[str], case: Tree, language: str) -> list[tuple[str, str]]:
    """Facts by their paths in the document (rows by place): where they are, and how they are called."""
    found = []
    for path in paths:
        target = resolve(case, f"{APPLICANT}.{path}")
        section, *rest = path.split(".")
        if rest and rest[0].isdigit():
            row = case[APPLICANT][section][int(rest[0])]
            summary = form.summary(form.section_at(section), row, language) or str(int(rest[0]) + 1)
            label = f" · {form.name(target, language)}" if len(rest) > 1 else ""
            found.append((target, f"{form.name(f'{APPLICANT}.{section}', language)} {summary}{label}"))
        elif rest:
            section_name = form.name(f"{APPLICANT}.{section}", language)
            found.append((target, f"{section_name} · {form.name(target, language)}"))
        else:
            found.append((target, form.name(target, language)))
    return found
