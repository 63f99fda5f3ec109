"""A person's facts from a file into the case they have: what the file names is taken, the rest stays."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from models.change import Change
from models.paths import APPLICANT, new_id, row_lists, same

Document = Mapping[str, Any]


def merged(stored: Document, given: Document) -> list[Change]:
    """The changes that bring a stored document to what a file gives.

    A group keeps the facts the file does not name. Of a repeating group the file gives all rows: one with the id of a
    stored row, or with the same facts, is that row; the others are added, and stored rows that are not among them go.
    """
    return list(_changes(stored, given, APPLICANT, ""))


def _changes(stored: Document, given: Document, path: str, key: str) -> Iterator[Change]:
    for name, value in given.items():
        here, inner = f"{path}.{name}", f"{key}.{name}".removeprefix(".")
        old = stored.get(name)
        if inner in row_lists():
            yield from _rows(old or [], value, here)
        elif isinstance(value, Mapping):
            yield from _changes(old or {}, value, here, inner)
        elif not same(old, value):
            yield Change(here, old, value)


def _rows(stored: Sequence[Document], given: Sequence[Document], path: str) -> Iterator[Change]:
    left = list(stored)
    pairs: list[tuple[Document | None, Document]] = [(None, row) for row in given]
    # by id first, so that a row with other facts is not taken for gone and new
    for alike in (_same_id, same):
        for n, (found, row) in enumerate(pairs):
            if found is None and (match := next((old for old in left if alike(old, row)), None)) is not None:
                left.remove(match)
                pairs[n] = (match, row)
    for old in left:
        yield Change(f"{path}.{old['id']}", old, None)
    taken = {old["id"] for old in stored}
    for place, (found, row) in enumerate(pairs):
        if found is None:
            row_id = row.get("id")
            row_id = row_id if row_id is not None and row_id not in taken else new_id()
            yield Change(f"{path}.{row_id}", None, {**row, "id": row_id}, place)
        elif not same(found, row):
            yield Change(f"{path}.{found['id']}", found, {**row, "id": found["id"]})


def _same_id(old: Document, row: Document) -> bool:
    return row.get("id") is not None and bool(old["id"] == row["id"])
