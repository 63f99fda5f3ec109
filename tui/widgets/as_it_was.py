"""A case as it was, as lines: what the step did and the facts of then beside those of now; what was answered then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from engine.cleaning import clean
from models.entries import JournalEntry
from models.paths import Tree, row_of
from models.today import local
from tui import form, telling
from tui.as_it_was import AsItWas
from tui.columns import wrap
from tui.difference import Fact
from tui.outline import Item
from tui.text import say, text
from tui.widgets import assessment
from tui.widgets.fact_lines import GAP, label_beside, label_width
from tui.widgets.lines import Entry, wrapped
from tui.widgets.table import Cell

DIFFERS = "* "  # before a line that is different now, for a screen without colour


def step(entry: JournalEntry, case: Tree | None, language: str, width: int, *, whole: bool = False) -> list[Entry]:
    """Who did what, and each change whole, with the row of the case that it is in."""
    head = "  ".join((local(entry.at), entry.by, telling.did(entry.command, language)))
    lines = wrapped(head, width, "label")
    for line in telling.lines(telling.changes(entry, case, language, whole=whole), language):
        lines += wrapped(line, width, "value", "  ")
    if entry.note:
        lines += wrapped(entry.note, width, "dim", "  ")
    return [*(Entry(cells) for cells in lines), Entry([])]


def facts(found: Sequence[Fact], language: str, width: int, *, whole: bool = False) -> list[Entry]:
    """The facts of then; what is different now is marked and says what it is now."""
    lines: list[Entry] = []
    for fact in found:
        if fact.kind == "title":
            lines.append(Entry([Cell(form.section_label(fact.section, language), "title")]))
        elif fact.kind == "row":
            lines += _row(fact, language, width, whole)
        else:
            lines += _field(fact, language, width, whole)
    return lines


def _row(fact: Fact, language: str, width: int, whole: bool) -> Iterator[Entry]:
    words = form.summary(fact.section, fact.then or fact.now or {}, language, whole=whole) or text(
        "history.a_row", language
    )
    for cells in wrapped(words, width, "value" if fact.then else "dim", _indent(2, fact)):
        yield Entry(cells, fact.path)
    if fact.differs:
        note = text("history.gone_now" if fact.then is not None else "history.not_then", language)
        yield from (Entry(cells, fact.path) for cells in wrapped(note, width, "change", "    "))


def _field(fact: Fact, language: str, width: int, whole: bool) -> Iterator[Entry]:
    assert fact.field is not None
    left = 4 if row_of(fact.path) else 2
    labels = label_width(Item("field", fact.path, fact.section, fact.field), language, width)
    names = labels + GAP
    room = max(width - left - names, 8)
    then = form.shown(fact.field, fact.then, language, whole=whole)
    first, *rest = wrap(clean(then), room)
    alone = (
        0 if rest or fact.differs else names + room
    )  # the line has room for a long label where nothing goes on below
    label = label_beside(first, fact.field, labels, alone, language)
    head = [Cell(_indent(left, fact)), Cell(label, "label")]
    value = Cell(first or "·", "value" if then else "dim")
    if not fact.differs:
        yield Entry([*head, value], fact.path)
        yield from (Entry([Cell(" " * (left + names)), Cell(line, "value")], fact.path) for line in rest)
        return
    present = form.shown(fact.field, fact.now, language, whole=whole) or text("case.cleared", language)
    now = text("history.now", language, value=present)
    if not rest and cell_len(value.text) + 2 + cell_len(now) <= room:
        yield Entry([*head, value, Cell(f"  {now}", "change")], fact.path)
        return
    yield Entry([*head, value], fact.path)
    yield from (Entry([Cell(" " * (left + names)), Cell(line, "value")], fact.path) for line in rest)
    yield from (Entry(cells, fact.path) for cells in wrapped(now, width, "change", " " * (left + names)))


def _indent(left: int, fact: Fact) -> str:
    return (DIFFERS if fact.differs else "").ljust(left)


def answer(state: AsItWas, language: str, width: int) -> list[Entry]:
    """What was answered then, by which rules and for which day; what the rules of today say of it, and why."""
    lines = [Entry(cells) for cells in _told(state, language, width)]
    if state.tree is None and state.problem is None:
        return [*lines, *(Entry(cells) for cells in wrapped(text("history.no_case_then", language), width, "bad"))]
    lines += [Entry([]), Entry([Cell(text("history.rules_now", language, day=state.on), "label")])]
    if state.problem is not None:
        return [*lines, *(Entry(cells) for cells in wrapped(say(state.problem, language), width, "bad"))]
    lines += [Entry(cells) for cells in _compared(state, language, width)]
    counted, tree = state.counted, state.tree
    count = None if counted is None or tree is None else assessment.Count(counted, tree, counted)
    return [*lines, *assessment.entries(count, language, width)]


def _told(state: AsItWas, language: str, width: int) -> Iterator[list[Cell]]:
    told = state.entry.answered
    label = text("history.answered" if state.asked is None else "history.answered_last", language)
    yield [Cell(label, "label")]
    if told is None:
        yield from wrapped(text("history.nothing_answered", language), width, "dim")
        return
    points = text("case.points", language, points=told["score"])
    proven = text("case.proven", language, points=told["proven"])
    yield [Cell(points, "total"), Cell(f"  {proven}", "value")]
    if (basis := state.basis) is not None:
        yield from wrapped(text("case.law", language, version=basis.version, on=basis.day), width, "dim")
    if state.other_rules:
        yield from wrapped(text("history.other_rules", language), width, "draft")


def _compared(state: AsItWas, language: str, width: int) -> list[list[Cell]]:
    """Whether that is what was answered, where the two can be compared."""
    told, counted = state.entry.answered, state.counted
    if told is None or counted is None or not state.same_day:
        return []
    if not state.differs:
        return wrapped(text("history.as_answered", language), width, "good")
    words = text(
        "history.not_as_answered",
        language,
        score=f"{counted.total - told['score']:+}",
        proven=f"{counted.proven - told['proven']:+}",
    )
    return wrapped(words, width, "change")
