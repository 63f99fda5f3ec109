"""How the lines of the facts are drawn: a title, a row, a field, the editor in a field's place, what stands below."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len

from engine.fields import Field
from engine.kinds import id_birth, id_sex
from models.paths import get
from models.today import local
from tui import form
from tui.editing import Refusal
from tui.open_case import OpenCase, Preview
from tui.outline import Item, ancestors, row_paths, values
from tui.text import say, text
from tui.widgets.editor import FieldEditor
from tui.widgets.line import cut
from tui.widgets.lines import wrapped
from tui.widgets.table import Cell

MARK = 3  # cells at the end of a line for 核 收 自 退 and !
GAP = 1
ID_NUMBER = 18  # cells of the longest value that says nothing when its end is cut off
LEAST_LABEL = 8
EVIDENCE = {"verified": "good", "received": "value", "rejected": "bad", "claimed": "dim"}


def indent(item: Item) -> int:
    """Cells before a line's words; those of a row's fields stand further in than those of a section."""
    if item.kind == "title":
        return 0
    return 4 if item.kind == "field" and item.section.repeats else 2


def label_width(item: Item, language: str, width: int) -> int:
    """The width of the labels in a field's section, on a line of so many cells: they give way to an ID number."""
    longest = form.longest_label(item.section.path, language)
    return max(min(longest, width - indent(item) - GAP - MARK - ID_NUMBER), LEAST_LABEL)


def head(item: Item, case: OpenCase, width: int, *, folded: bool, language: str) -> list[Cell]:
    """The line of a title, a row, or a field that is not being edited, in exactly `width` cells."""
    if item.field is not None:
        return _field(item, case, width, language)
    known = values(case.case, item)
    drafted = any(item.path in ancestors(path) for path in case.drafts)
    mark = [Cell("  !", "draft")] if drafted else _evidence(item, known, language)
    room = width - indent(item) - MARK
    if item.kind == "row":
        words = form.summary(item.section, known, language, whole=case.whole) or text("case.new_row", language)
        style = "value" if known else "dim"
        return [Cell(" " * indent(item)), Cell(cut(words, room), style), *mark]
    label = form.section_label(item.section, language)
    rows = row_paths(case.case, item.section) if item.section.repeats else []
    words = (
        form.summary(item.section, get(case.case, rows[-1]) if rows else known, language, whole=case.whole)
        if folded
        else ""
    )
    rest = "  ".join(filter(None, (str(len(rows)) if rows else "", words)))
    empty = not known and not rows and not drafted and item.section.path
    after = f"  {rest}" if rest else "  –" if empty else ""
    return [
        Cell(cut(label, min(cell_len(label), room)), "dim" if empty else "title"),
        Cell(cut(after, max(room - cell_len(label), 0)), "dim" if empty else "summary"),
        *mark,
    ]


def _field(item: Item, case: OpenCase, width: int, language: str) -> list[Cell]:
    assert item.field is not None
    labels = label_width(item, language, width)
    room = width - indent(item) - labels - GAP - MARK
    draft = case.drafts.get(item.path)
    if draft is not None:
        shown, style, mark = draft or text("case.cleared", language), "draft", Cell("  !", "draft")
    else:
        value = get(case.case, item.path)
        shown, style, mark = form.shown(item.field, value, language, whole=case.whole), "value", Cell(" " * MARK)
        shown, style = (shown, style) if shown else (implied(item, case, language) or "·", "dim")
    label = label_beside(shown, item.field, labels, labels + GAP + room, language)
    room -= cell_len(label) - labels - GAP
    return [Cell(" " * indent(item)), Cell(label, "label"), Cell(cut(shown, room), style), mark]


def label_beside(shown: str, field: Field, labels: int, room: int, language: str) -> str:
    """The label of a field in the column of the labels, a gap after it; whole where that is too narrow, but what is
    shown of the field leaves the room."""
    label = form.label(field, language)
    whole = labels < cell_len(label) <= room - GAP - cell_len(shown)
    return (label if whole else cut(label, labels)) + " " * GAP


def implied(item: Item, case: OpenCase, language: str) -> str:
    """What another fact says of one that is left out: the ID number carries the birth date and the sex."""
    number = case.applicant.id_number
    if number is None or item.field is None or item.field.path not in ("birth_date", "sex"):
        return ""
    value = id_sex(number) if item.field.path == "sex" else id_birth(number).isoformat()
    return text("case.implied", language, value=form.shown(item.field, value, language))


def _evidence(item: Item, known: Any, language: str) -> list[Cell]:
    if not known or not any(field.path.endswith(".evidence") for field in form.plain_fields(item.section)):
        return [Cell(" " * MARK)]
    evidence = known.get("evidence") or "claimed"
    mark = text(f"case.evidence.{evidence}", language)
    return [Cell(" " * (MARK - cell_len(mark)) + mark, EVIDENCE[evidence])]


def editing(item: Item, editor: FieldEditor, width: int, language: str) -> list[Cell]:
    """The line of the field that is being edited."""
    assert item.field is not None
    labels = label_width(item, language, width)
    room = width - indent(item) - labels - GAP
    label = label_beside(editor.text, item.field, labels, 0, language)
    return [Cell(" " * indent(item)), Cell(label, "label"), *editor.line.pieces(room)]


def caret(item: Item, editor: FieldEditor, width: int, language: str) -> int:
    """The column of the editor's cursor, at which an input method draws what it composes."""
    left = indent(item) + label_width(item, language, width) + GAP
    return min(left + cell_len(editor.text[: editor.line.cursor]), width - 1)


def below_editor(
    item: Item, editor: FieldEditor, preview: Preview, case: OpenCase, width: int, language: str
) -> list[list[Cell]]:
    """What stands under the editor: the menu; then what was understood, or why it is none of the facts, or how to
    type; what somebody else wrote there meanwhile."""
    assert item.field is not None
    left = indent(item)
    room = width - left
    lines = [[Cell(" " * left), *pieces] for pieces in editor.menu_lines(room)]
    if preview.refusal is not None:
        lines += wrapped(refusal_words(preview.refusal, item.path, language), width, "reason", " " * left, "! ")
    elif not editor.text:
        key = f"case.hint.{item.field.kind}"
        hint = text("case.hint.end" if form.open_end(item.field) else key, language)
        lines += wrapped(hint, width, "hint", " " * left)
    else:
        shown = form.shown(item.field, preview.value, language, whole=True) or text("case.cleared", language)
        lines += wrapped(shown, width, "echo", " " * left, "→ ")
    return lines + clash_lines(item, case, width, language)


def below_field(item: Item, case: OpenCase, width: int, language: str) -> list[list[Cell]]:
    """What stands under a field with a draft: why it is none of the facts, and what is counted instead."""
    if item.path not in case.drafts or item.field is None:
        return []
    left = indent(item)
    if item.path in case.clashes:
        return clash_lines(item, case, width, language)
    if item.path in case.unkept:
        return wrapped(text("case.unkept", language), width, "reason", " " * left)
    refusal = case.refusals.get(item.path)
    if item.path in case.offered:
        words = text("case.offered", language, press=case.press)
    else:
        words = text("case.waits", language) if refusal is None else refusal_words(refusal, item.path, language)
    lines = wrapped(words, width, "reason", " " * left)
    stored = form.shown(item.field, get(case.case, item.path), language, whole=case.whole)
    return lines + (wrapped(text("case.stands", language, value=stored), width, "dim", " " * left) if stored else [])


def clash_lines(item: Item, case: OpenCase, width: int, language: str) -> list[list[Cell]]:
    """Both values of a field that somebody else changed while it was typed in, and the keys to choose."""
    clash = case.clashes.get(item.path)
    if clash is None or item.field is None:
        return []
    left = indent(item)
    words = {
        "who": clash.who or text("case.somebody", language),
        "at": local(clash.at) if clash.at else "",
        "theirs": form.shown(item.field, clash.now, language, whole=True) or text("case.cleared", language),
        "mine": case.drafts.get(item.path) or text("case.cleared", language),
    }
    told = wrapped(text("case.clash", language, **words), width, "reason", " " * left)
    return told + wrapped(text("case.clash_keys", language), width, "option", " " * left)


def refusal_words(refusal: Refusal, path: str, language: str) -> str:
    """Why a text cannot be taken, with the name of the field it is told about where that is another one."""
    words = say(refusal.reason, language)
    if refusal.about == form.of(path).path:
        return words
    try:
        return f"{form.label(form.field_at(refusal.about), language)}: {words}"
    except KeyError:  # a whole section
        return words
