"""The facts of a case as lines: titles of sections, rows summed up, fields; what is folded leaves its lines out.

A line's path is `applicant.education` for a title, `applicant.education.k3f9` for a row,
`applicant.education.k3f9.level` for a field. Rows that so far exist only in drafts have their lines too.
"""

from collections.abc import Collection, Mapping
from typing import Any, Literal, NamedTuple

from engine.fields import Field, Section
from models.paths import Tree, get, row_of
from tui import form
from tui.typed import initials


class Item(NamedTuple):
    """One line of the facts."""

    kind: Literal["title", "row", "field"]
    path: str
    section: Section
    field: Field | None = None

    @property
    def parent(self) -> str:
        """The path of the row or section a field stands in; a title's and a row's own."""
        if self.kind != "field":
            return self.path
        return form.CASE.path if self.section is form.CASE else self.path.rpartition(".")[0]


def outline(case: Tree, unfolded: Collection[str], new: Collection[str]) -> list[Item]:
    """The lines of a case. `unfolded` names titles and rows whose content shows; `new` are the paths of rows that the
    document does not have yet."""
    items: list[Item] = []
    for section in form.form():
        path = form.path_of(section)
        items.append(Item("title", path, section))
        if path not in unfolded:
            continue
        if not section.repeats:
            items.extend(fields(section, path))
            continue
        for row in row_paths(case, section, new):
            items.append(Item("row", row, section))
            if row in unfolded:
                items.extend(fields(section, row))
    return items


def fields(section: Section, parent: str) -> list[Item]:
    """The lines of a row's or a section's fields."""
    inside = "" if section is form.CASE else f"{parent}."
    return [
        Item("field", inside + field.path.rpartition(".")[2], section, field) for field in form.plain_fields(section)
    ]


def row_paths(case: Tree, section: Section, new: Collection[str] = ()) -> list[str]:
    """The paths of a section's rows: those of the document, then the new ones."""
    path = form.path_of(section)
    known = [f"{path}.{row['id']}" for row in get(case, path) or ()]
    return known + [row for row in new if row.rpartition(".")[0] == path and row not in known]


def values(case: Tree, item: Item) -> Mapping[str, Any]:
    """The facts a title or a row sums up."""
    found = case if item.section is form.CASE else get(case, item.path)
    return found if isinstance(found, Mapping) else {}


def ancestors(path: str) -> list[str]:
    """What has to be unfolded for the line of a field to show: its section, and its row."""
    if path in form.OF_CASE:
        return [form.CASE.path]
    parent = path.rpartition(".")[0]
    return [parent.rpartition(".")[0], parent] if row_of(path) else [parent]


def called(item: Item, language: str) -> str:
    """The name of a line: its field's, else its section's."""
    if item.field is not None:
        return form.label(item.field, language)
    return form.section_label(item.section, language)


def named(case: Tree, new: Collection[str], typed: str, language: str) -> list[str]:
    """The paths of the titles and fields, folded or not, whose name is like a text, the likeliest first."""
    found: list[tuple[int, str]] = []
    for section in form.form():
        path = form.path_of(section)
        parents = row_paths(case, section, new) if section.repeats else [path]
        for item in (Item("title", path, section), *(line for parent in parents for line in fields(section, parent))):
            if likeness := _likeness(called(item, language).lower(), typed):
                found.append((likeness, item.path))
    return [path for _, path in sorted(found, key=lambda pair: -pair[0])]


def _likeness(name: str, typed: str) -> int:
    """How much a name is like a text: the same, beginning with it, its syllables beginning so, having it somewhere."""
    if name == typed:
        return 4
    if name.startswith(typed):
        return 3
    return 2 if initials(name).startswith(typed) else int(typed in name)
