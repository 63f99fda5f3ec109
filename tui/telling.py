"""An entry of the journal in words: what was done, at which facts, and what stood there before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from engine.words import word
from models.entries import JournalEntry
from models.paths import APPLICANT, field_of, get, row_of
from tui import form
from tui.columns import cut
from tui.text import catalogue, text

IN_LIST = 24  # cells of a value in a list; opened, it is shown whole


class Told(NamedTuple):
    """One change in words; nothing stands for nothing. `row` is a whole row that came or went, or the whole case."""

    name: str
    before: str
    after: str
    row: bool = False


def did(command: str, language: str) -> str:
    """What a command is called; one that another release knows is shown as it stands."""
    return catalogue(language).get(f"did.{command}", command)


def sentence(entry: JournalEntry, language: str) -> str:
    """What an entry did, on one line: `状态 咨询 → 填报中`, `导入 王小明`."""
    what = text("history.and", language).join(line(_short(told), language) for told in changes(entry, language))
    if entry.undoes is not None and entry.changes and not entry.changes[0]["path"]:
        what = f"{word('write.field.case', language)} {what}"
    return what if entry.command == "set" else f"{did(entry.command, language)} {what}".rstrip()


def changes(entry: JournalEntry, language: str) -> Iterator[Told]:
    """The changes of an entry in words, in their order."""
    for change in entry.changes:
        yield told(change["path"], change["before"], change["after"], language)


def told(path: str, before: Any, after: Any, language: str) -> Told:
    """A change in words. What the model does not know (any more) is shown as it is kept."""
    if not path:
        there = after if after is not None else before
        return Told(name_of(there), "", "", row=True)
    row = row_of(path) == path
    return Told(_name(path, language), _value(path, before, language), _value(path, after, language), row)


def name_of(case: Mapping[str, Any] | None) -> str:
    """The name in a case, else what the client is called."""
    return str(get(case, f"{APPLICANT}.name") or get(case, f"{APPLICANT}.contact.called") or "")


def _short(told: Told) -> Told:
    return told._replace(before=cut(told.before, IN_LIST), after=cut(told.after, IN_LIST))


def line(told: Told, language: str) -> str:
    """A change on one line."""
    if told.row and not told.before and not told.after:
        return told.name
    if told.row and not (told.before and told.after):
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


def _value(path: str, value: Any, language: str) -> str:
    """A value as people read it; a row or a section summed up."""
    if value is None:
        return ""
    try:
        if isinstance(value, dict):
            return form.summary(form.section_at(field_of(path)), value, language) or text("history.a_row", language)
        return form.shown(form.of(path), value, language)
    except KeyError:
        return str(value)
