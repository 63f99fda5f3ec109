"""The facts of a case as lines: titles of sections, rows summed up, fields; what is folded leaves its lines out.

A line's path is "" for the person's section, `education` for a title, `education.k3f9` for a row,
`education.k3f9.level` for a field. Rows that so far exist only in drafts have their lines too.
"""

from collections.abc import Collection, Mapping
from typing import Any, Literal, NamedTuple

from engine.fields import Field, Section
from tui import form
from tui.editing import Document, at, place, rows

Kind = Literal["title", "row", "field"]


class Item(NamedTuple):
    """One line of the facts."""

    kind: Kind
    path: str
    section: Section
    field: Field | None = None

    @property
    def parent(self) -> str:
        """The path of the row or section a field stands in; a title's and a row's own path."""
        return place(self.path).parent if self.kind == "field" else self.path


def title(path: str) -> str:
    """How a section's title is named among what is unfolded (the person's section has no path of its own)."""
    return path or "person"


def key(item: Item) -> str:
    """What names a line for good: the cursor holds on to it while lines come and go."""
    return f"title {item.path}" if item.kind == "title" else item.path


def outline(document: Document, unfolded: Collection[str], new: Collection[str]) -> list[Item]:
    """The lines of a document. `unfolded` names titles and rows whose fields show; `new` are the paths of rows that
    the document does not have yet."""
    items: list[Item] = []
    for section in form.form():
        items.append(Item("title", section.path, section))
        if title(section.path) not in unfolded:
            continue
        if not section.repeats:
            items.extend(fields(section, section.path if section is not form.CASE else ""))
            continue
        for path in row_paths(document, section, new):
            items.append(Item("row", path, section))
            if path in unfolded:
                items.extend(fields(section, path))
    return items


def fields(section: Section, parent: str) -> list[Item]:
    """The lines of a row's or a section's fields."""
    found = []
    for field in form.plain_fields(section):
        name = field.path.rpartition(".")[2]
        found.append(Item("field", f"{parent}.{name}" if parent else name, section, field))
    return found


def row_paths(document: Document, section: Section, new: Collection[str]) -> list[str]:
    """The paths of a section's rows: those of the document, then the new ones."""
    known = [f"{section.path}.{row['id']}" for row in rows(document, section.path)]
    return known + [path for path in new if place(path).section == section.path and path not in known]


def values(document: Document, item: Item) -> Mapping[str, Any]:
    """The facts a title or a row sums up."""
    if item.section is form.CASE or not item.path:
        return document
    found = at(document, item.path)
    return found if isinstance(found, Mapping) else {}
