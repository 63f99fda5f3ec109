"""What may be written next in the line of a what-if: levers, facts with their names, the values of a choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from engine.fields import Field, Section, sections
from engine.lever_pack import Lever
from engine.lever_phrases import names, nearest
from models.paths import APPLICANT, get
from tui.signs import fold

MOST = 5


class Hint(NamedTuple):
    """What may stand in the place of the piece that is typed, and what it means."""

    text: str
    means: str = ""


def hints(line: str, document: Mapping[str, Any], levers: Mapping[str, Lever], language: str) -> list[Hint]:
    """The likeliest ways on from what is typed at the end of a line, the likeliest first."""
    typed = _last(line)
    path, assigned, value = typed.partition("=")
    if assigned and (field := _facts(document).get(path.strip().removeprefix(f"{APPLICANT}."))) is not None:
        return [
            Hint(f"{path.strip()}={choice}", field.choice_label(choice, language))
            for choice in field.choices
            if choice.startswith(value.strip()) or fold(value) in fold(field.choice_label(choice, language))
        ][:MOST]
    found = [Hint(name) for name in _levers(typed, levers, language)]
    if typed:
        found += _paths(typed, document, language)
    return list(dict.fromkeys(found))[:MOST]


def taken(line: str, hint: Hint) -> str:
    """The line with the piece at its end replaced by a hint."""
    typed = _last(line)
    return line[: len(line) - len(typed)] + hint.text


def _last(line: str) -> str:
    """The piece that is typed: what stands after the last separator."""
    return line[max(line.rfind(";"), line.rfind("；")) + 1 :].lstrip()


def _levers(typed: str, levers: Mapping[str, Lever], language: str) -> Iterator[str]:
    if not typed:
        yield from (names(lever, language)[0] for lever in levers.values())
    else:
        yield from nearest(typed, levers)


def _paths(typed: str, document: Mapping[str, Any], language: str) -> Iterator[Hint]:
    wanted = fold(typed)
    for path, field in _facts(document).items():
        section = path.split(".")[0] if "." in path else ""
        label = field.label(language)
        if path.startswith(typed) or (wanted and wanted in fold(label)):
            yield Hint(f"{path}=", f"{_name(section, language)}{label}")


def _name(section: str, language: str) -> str:
    found = next((member for member in sections() if isinstance(member, Section) and member.path == section), None)
    return f"{found.label(language)} · " if found is not None and section else ""


def _facts(document: Mapping[str, Any]) -> dict[str, Field]:
    """Every field that can be assigned, by its path, those of rows for each row that is there."""
    return dict(_of(sections(), document))


def _of(members: Any, document: Mapping[str, Any]) -> Iterator[tuple[str, Field]]:
    for member in members:
        if isinstance(member, Field):
            yield member.path, member
        elif not member.repeats:
            yield from _of(member.fields, document)
        else:
            rows = get(document, member.path) or []
            for place in range(len(rows)):
                for field in member.fields:
                    if isinstance(field, Field):
                        yield f"{member.path}.{place}{field.path.removeprefix(member.path)}", field
