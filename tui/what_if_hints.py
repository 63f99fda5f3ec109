"""What may be written next in the line of a what-if: levers, facts with their names, the values of a choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from engine.fields import Field, sections
from engine.lever_pack import Lever
from engine.lever_phrases import beginning, names, nearest
from engine.words import word
from models.paths import APPLICANT, get
from models.query_values import SIGNS
from models.what_if_line import last_piece
from tui.signs import fold

MOST = 5


class Hint(NamedTuple):
    """What may stand in the place of the piece that is typed, and what it means."""

    text: str
    means: str = ""


def hints(line: str, document: Mapping[str, Any], levers: Mapping[str, Lever], language: str) -> list[Hint]:
    """The likeliest ways on from what is typed at the end of a line, the likeliest first."""
    typed = last_piece(line).translate(SIGNS)  # one sign for one
    path, assigned, value = typed.partition("=")
    if assigned and (field := _facts(document).get(path.strip().removeprefix(f"{APPLICANT}."))) is not None:
        return [
            Hint(f"{path.strip()}={choice}", label)
            for choice, label in _choices(field, language)
            if choice.startswith(value.strip()) or fold(value) in fold(label)
        ][:MOST]
    if not typed:
        return [Hint(names(lever, language)[0]) for lever in levers.values()][:MOST]
    found = [*map(Hint, beginning(typed, levers)), *_paths(typed, document, language)]
    return (found or [*map(Hint, nearest(typed, levers))])[:MOST]


def taken(line: str, hint: Hint) -> str:
    """The line with the piece at its end replaced by a hint."""
    typed = last_piece(line)
    return line[: len(line) - len(typed)] + hint.text


def _choices(field: Field, language: str) -> list[tuple[str, str]]:
    if field.kind == "boolean":
        return [(choice, word(f"value.{choice}", language)) for choice in ("true", "false")]
    return [(choice, field.choice_label(choice, language)) for choice in field.choices]


def _paths(typed: str, document: Mapping[str, Any], language: str) -> list[Hint]:
    """Facts whose path or name begins so, before those in whose name it stands somewhere; by its whole name first."""
    wanted, ranked = fold(typed), list[tuple[int, Hint]]()
    groups = {member.path: member.label(language) for member in sections() if member.path}
    for path, field in _facts(document).items():
        group, name = groups.get(path.partition(".")[0], ""), fold(field.label(language))
        hint = Hint(f"{path}=", " · ".join(filter(None, [group, field.label(language)])))
        if name == wanted:
            ranked.append((0, hint))
        elif path.startswith(typed) or (wanted and name.startswith(wanted)):
            ranked.append((1, hint))
        elif wanted and wanted in fold(group) + name:
            ranked.append((2, hint))
    return [hint for _, hint in sorted(ranked, key=lambda one: one[0])]


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
