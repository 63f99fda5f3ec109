"""One line of the assessment, opened: the rule, its figures and where they stand, the facts it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from textual import on

from engine.assessment import Line
from engine.basis import Citation
from engine.reason import Reason
from engine.words import word
from models.paths import APPLICANT, Tree, get
from tui import form
from tui.policy_words import figure_said
from tui.screens.of_lines import OfLines
from tui.text import say, text
from tui.widgets.assessment import named
from tui.widgets.lines import Entry, Lines, wrapped
from tui.widgets.table import Cell


class LineScreen(OfLines):
    """Why an indicator has the points it has. `go_to` leads to one of the facts, in the case."""

    SCOPES = ("line", "list")

    def __init__(self, line: Line, case: Tree, go_to: Callable[[str], None]) -> None:
        super().__init__()
        self.of = line
        self.case = case
        self.go_to = go_to

    def reword(self) -> None:
        self.head(heading(self.of, self.app.language), right="")
        self.lines.show()
        super().reword()

    def entries(self, width: int) -> Iterator[Entry]:
        """All that is to be said, in a width."""
        return entries(self.of, self.case, self.app.language, min(width, 100))

    # --- actions

    def why_not_open(self) -> Reason | None:
        return None if self.lines.target else Reason("line_no_fact", {})

    def act_open(self) -> None:
        self.open_fact(self.lines.target)

    @on(Lines.Chosen)
    def chosen(self, event: Lines.Chosen) -> None:
        self.open_fact(event.target)

    def open_fact(self, path: str) -> None:
        """Back to the case, to a fact."""
        self.app.pop_screen()
        self.go_to(path)

    def act_leave(self) -> None:
        self.app.pop_screen()


def heading(line: Line, language: str) -> str:
    """The indicator, its points, how much of them is proven."""
    parts = [word(f"indicator.{line.indicator}", language), text("case.points", language, points=line.points)]
    if line.proven:
        parts.append(text("case.proven", language, points=line.proven))
    if not line.counted:
        parts.append(text("case.not_counted", language))
    return "  ".join(parts)


def entries(line: Line, case: Tree, language: str, width: int) -> Iterator[Entry]:
    """What a line says: the reason, the rule, the figures with their sources, the facts, what was assumed."""
    yield from _part("", [say(line.reason, language)], width, language, "value")
    if line.lacks is not None and line.lacks != line.reason:
        yield from _part("line.lacks", [say(line.lacks, language)], width, language, "bad")
    if line.provisional:
        yield from _part("line.provisional", [text("line.provisional_because", language)], width, language, "draft")
    yield from _part("line.rule", [rule(line, language)], width, language, "value")
    yield from _figures(line, width, language)
    yield from _facts("line.facts", line.facts, case, width, language)
    yield from _facts("line.assumed", line.assumed, case, width, language)


def rule(line: Line, language: str) -> str:
    """The rule in words, with the figures of the law that was applied."""
    figures = {name.replace(".", "_"): value for name, value in line.law.figures.items()}
    return word(f"rule.{line.indicator}", language, **figures)


def _part(key: str, sentences: list[str], width: int, language: str, style: str) -> Iterator[Entry]:
    if key:
        yield Entry([Cell(text(key, language), "label")])
    for sentence in sentences:
        yield from (Entry(cells) for cells in wrapped(sentence, width, style, "  " if key else ""))
    yield Entry([])


def _figures(line: Line, width: int, language: str) -> Iterator[Entry]:
    """The figures, those that were read at the same place together."""
    yield Entry([Cell(text("line.figures", language), "label")])
    read: dict[Citation, list[str]] = {}
    for name in line.figures:
        citation = line.law.citation(name)
        figure = figure_said(name, citation.value, language)
        read.setdefault(replace(citation, value=0), []).append(figure)  # the same place, whatever the figure
    for citation, figures in read.items():
        place = f"{citation.document} {citation.article}".strip()
        source = text(
            "line.source",
            language,
            source=word("list.also", language).join(citation.sources),
            grade=text(f"line.grade.{citation.grade}", language),
            checked=citation.checked,
            since=citation.since,
        )
        yield from (Entry(c) for c in wrapped(word("list.and", language).join(figures), width, "value", "  "))
        yield from (Entry(c) for c in wrapped(place, width, "because", "  "))
        yield from (Entry(c) for c in wrapped(source, width, "dim", "  "))
        if note := citation.note.said(language):
            yield from (Entry(c) for c in wrapped(note, width, "draft", "  "))
    yield Entry([])


def _facts(key: str, paths: list[str], case: Tree, width: int, language: str) -> Iterator[Entry]:
    if not paths:
        return
    yield Entry([Cell(text(key, language), "label")])
    for target, name in named(paths, case, language):
        for cells in wrapped(name + _value(target, case, language), width, "value", "  "):
            yield Entry(cells, target)
    yield Entry([])


def _value(target: str, case: Tree, language: str) -> str:
    """A fact's value where the path is a field's, and what is known of its evidence."""
    value = get(case, target)
    row = get(case, target.rpartition(".")[0]) if not isinstance(value, dict) else value
    said = "" if isinstance(value, dict | list) else f"  {form.shown(form.of(target), value, language)}"
    evidence = row.get("evidence") if isinstance(row, dict) and row is not case.get(APPLICANT) else None
    if not evidence:
        return said
    field = form.of(f"{target if row is value else target.rpartition('.')[0]}.evidence")
    return f"{said}  ({form.shown(field, evidence, language)})"
