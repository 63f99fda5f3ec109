"""What the office wrote down of a case as lines: its tasks by their days, its log the newest first, its fees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from engine.policy import Policy
from engine.words import word
from tui import task_words
from tui.text import Pressed, text
from tui.widgets.lines import Entry, wrapped
from tui.widgets.table import Cell

Row = Mapping[str, Any]
TASKS, NOTES, FEES = LISTS = ("tasks", "notes", "fees")
"""The lists of rows that are shown; a line's target is the name of its list, and behind a dot the id of its row."""


def entries(
    case: Mapping[str, Any], today: date, policy: Policy, language: str, width: int, press: Pressed
) -> Iterator[Entry]:
    """All three lists; where one is empty, its title alone, which can be stood on, and the key (`press`) that adds."""
    none = text("notes.none", language, press=press)
    tasks = sorted(case.get(TASKS, ()), key=lambda row: ("done" in row, str(row["due"]), str(row["what"])))
    notes = sorted(case.get(NOTES, ()), key=lambda row: str(row["on"]))  # of one day, in the order they were written
    fees = list(case.get(FEES, ()))
    open_tasks = sum("done" not in row for row in tasks)
    yield _title(TASKS, tasks, text("notes.tasks", language, count=open_tasks), none)
    for row in tasks:
        yield from _row(TASKS, row, *_task(row, today, policy, language), width)
    yield Entry([])
    yield _title(NOTES, notes, text("notes.notes", language, count=len(notes)), none)
    for row in reversed(notes):
        yield from _row(NOTES, row, "value", f"{row['on']} {row['by']}  ", str(row["text"]), width)
    yield Entry([])
    yield _title(FEES, fees, text("notes.fees", language, **_sums(fees)), none)
    for row in fees:
        yield from _row(FEES, row, *_fee(row, today, language), width)


def _title(name: str, rows: Sequence[Row], said: str, none: str) -> Entry:
    empty = "" if rows else f"  {none}"
    return Entry([Cell(said, "title"), Cell(empty, "dim")], "" if rows else name)


def _row(name: str, row: Row, style: str, first: str, said: str, width: int) -> Iterator[Entry]:
    target = f"{name}.{row['id']}"
    yield from (Entry(cells, target) for cells in wrapped(said, width, style, " ", first))


def _task(row: Row, today: date, policy: Policy, language: str) -> tuple[str, str, str]:
    mark = task_words.mark(row, today)
    style = {"[x]": "dim", "[!]": "bad"}.get(mark, "value")
    owner = f"  @{row['owner']}" if "owner" in row else ""
    stage = f"  ({word('status.' + row['stage'], language)})" if "stage" in row else ""
    return style, f"{mark} {row['due']}  ", f"{task_words.said(row, policy, language)}{owner}{stage}"


def _fee(row: Row, today: date, language: str) -> tuple[str, str, str]:
    if "received" in row:
        style, said = "dim", text("notes.received", language, day=row["received"])
    elif "due" in row:
        late = str(row["due"]) < today.isoformat()
        style, said = "bad" if late else "value", text("notes.due", language, day=row["due"])
    elif "stage" in row:
        style, said = "value", text("notes.due_with", language, stage=word(f"status.{row['stage']}", language))
    else:
        style, said = "value", text("notes.not_received", language)
    mark = "[x]" if "received" in row else "[!]" if style == "bad" else "[ ]"
    return style, f"{mark} {row['amount']:>9,}  ", f"{row['what']}  {said}"


def _sums(fees: Sequence[Row]) -> dict[str, int]:
    agreed = sum(int(row["amount"]) for row in fees)
    received = sum(int(row["amount"]) for row in fees if "received" in row)
    return {"agreed": agreed, "received": received, "open": agreed - received}
