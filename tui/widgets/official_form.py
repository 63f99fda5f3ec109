"""The official form as lines: section by section, label and value, what is lacking and what must be changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from engine.form import Block, FormField
from engine.form.report import label, name
from tui.text import text
from tui.widgets.lines import Entry, wrapped
from tui.widgets.table import Cell

FIELD = "field:"  # what a line's target begins with; behind it the place of the field among all
LABELS = {"zh": 18, "en": 28}  # cells of the labels


def fields(blocks: Sequence[Block]) -> list[tuple[Block, FormField]]:
    """All fields in their order."""
    return [(block, field) for block in blocks for field in block.fields]


def entries(blocks: Sequence[Block], language: str, width: int, *, whole: bool = True) -> Iterator[Entry]:
    """The whole form; ID numbers and phone numbers masked unless they are wanted `whole`."""
    place = 0
    for number, block in enumerate(blocks):
        if number:
            yield Entry([])
        lacking = sum(field.missing for field in block.fields)
        said = text("official_form.lacking", language, count=lacking) if lacking else ""
        yield Entry([Cell(name(block, language), "title"), Cell(f"  {said}", "bad")])
        for field in block.fields:
            yield from _field(block, field, place, language, width, whole)
            place += 1


def _field(block: Block, field: FormField, place: int, language: str, width: int, whole: bool) -> Iterator[Entry]:
    said, style = [field.value if whole else field.shown], "value"
    if field.missing:
        said, style = [text("official_form.missing", language)], "bad"
    if field.before is not None:
        filed = field.before if whole else field.shown_before
        said.append(text("official_form.before", language, before=filed or "-"))
        style = style if field.missing else "change"
    if field.must_change:
        said.append(text("official_form.must_change", language))
        style = style if field.missing else "change"
    called = label(block, field, language)
    first = f" {called}{' ' * max(LABELS[language] - cell_len(called), 1)}"
    lines = wrapped("  ".join(filter(None, said)), width - cell_len(first) + len(first), style, "", first)
    pad = " " * (cell_len(first) - len(first))
    for number, (indent, before, rest) in enumerate(lines):
        start = Cell(before.text if number == 0 else before.text + pad, "label")
        yield Entry([indent, start, rest], f"{FIELD}{place}")
