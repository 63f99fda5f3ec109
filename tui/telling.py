"""An entry of the journal in words: what was done, at which facts, and what stood there before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from engine import masks
from engine.words import word
from models.entries import JournalEntry
from models.paths import APPLICANT, Tree, field_of, get, row_of
from models.sealing import ERASED
from tui import form
from tui.columns import cut
from tui.text import catalogue, text

SHORT = 24  # cells of a value that was there before, in a list; what it was changed to takes the room that is left


class Told(NamedTuple):
    """One change in words; nothing stands for nothing. `whole`: a row that came or went, or the case. `where` is the
    row that the field stands in, summed up, where there are several such."""

    name: str
    before: str
    after: str
    whole: bool = False
    where: str = ""


def did(command: str, language: str) -> str:
    """What a command is called; one that another release knows is shown as it stands."""
    return catalogue(language).get(f"did.{command}", command)


def sentence(entry: JournalEntry, case: Tree | None, language: str, *, whole: bool = False) -> str:
    """What an entry did, on one line: `状态 咨询 → 填报中`, `导入 王小明`. `case` says which row a field is in."""
    found = [told._replace(before=cut(told.before, SHORT)) for told in changes(entry, case, language, whole=whole)]
    what = text("history.and", language).join(lines(found, language))
    if entry.undoes is not None and entry.changes and not entry.changes[0]["path"]:
        what = f"{word('write.field.case', language)} {what}"
    return what if entry.command == "set" else f"{did(entry.command, language)} {what}".rstrip()


def changes(entry: JournalEntry, case: Tree | None, language: str, *, whole: bool = False) -> list[Told]:
    """The changes of an entry in words, in their order; ID numbers and phone numbers masked unless `whole`."""
    return [told(c["path"], c["before"], c["after"], case, language, whole=whole) for c in entry.changes]


def told(path: str, before: Any, after: Any, case: Tree | None, language: str, *, whole: bool = False) -> Told:
    """A change in words. What the model does not know (any more) is shown as it is kept."""
    if after == ERASED:
        return Told(_name(path, language) if path else "", "", text("history.erased", language), whole=not path)
    if not path:
        return Told(name_of(after if after is not None else before), "", "", whole=True)
    row = row_of(path)
    several = row is not None and row != path and len(get(case, row.rpartition(".")[0]) or ()) > 1
    where = _value(row, get(case, row), language, whole) if row is not None and several else ""
    before, after = _value(path, before, language, whole), _value(path, after, language, whole)
    return Told(_name(path, language), before, after, row == path, where)


def name_of(case: Mapping[str, Any] | None) -> str:
    """The name in a case, else what the client is called."""
    return str(get(case, f"{APPLICANT}.name") or get(case, f"{APPLICANT}.contact.called") or "")


def lines(found: Sequence[Told], language: str) -> list[str]:
    """Changes, a line each; of several in one row, the last one says which row that is."""
    said = []
    for place, told in enumerate(found):
        last = place + 1 == len(found) or found[place + 1].where != told.where
        where = text("history.where", language, row=told.where) if told.where and last else ""
        said.append(_line(told, language) + where)
    return said


def _line(told: Told, language: str) -> str:
    if told.whole and not told.before and not told.after:
        return told.name
    if told.whole and not (told.before and told.after):
        key = "history.added" if told.after else "history.removed"
        return text(key, language, name=told.name, value=told.after or told.before)
    if not told.before:
        return f"{told.name} {told.after}"
    return f"{told.name} {told.before} → {told.after or text('case.cleared', language)}"


def _name(path: str, language: str) -> str:
    try:
        return form.name(path, language)
    except KeyError:
        return path


def _value(path: str, value: Any, language: str, whole: bool) -> str:
    """A value as people read it; a row or a section summed up."""
    if value is None:
        return ""
    try:
        if isinstance(value, dict):
            return form.summary(form.section_at(field_of(path)), value, language, whole=whole) or text(
                "history.a_row", language
            )
        return form.shown(form.of(path), value, language, whole=whole)
    except KeyError:
        return str(value) if whole else masks.in_text(str(value))
