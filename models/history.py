"""A case as it was: the journal's changes carried out again, from the making of the case on.

Pure: entries come in, trees go out. The present case is what the whole journal leads to; `doctor` holds that.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from models.paths import APPLICANT, Tree, copied, pruned, put
from models.rows import StoredCase

APART = 100  # entries between two states that are kept
Changes = Sequence[Mapping[str, Any]]
"""The changes of one entry, as the journal keeps them: `{path, before, after, position?}`."""


def present(stored: StoredCase) -> Tree:
    """The case as it is now."""
    row = stored.row
    office = {"status": row.status, "consultant": row.consultant, "tags": list(row.tags), "need_by": row.need_by}
    given = {**office, **stored.office}
    return {**{name: value for name, value in given.items() if value}, APPLICANT: stored.document}


def led_to(entries: Iterable[Changes]) -> Tree | None:
    """The case after these entries, the oldest first; None where there is none (not made yet, or taken away).

    Raises `models.paths.NoPlace` where the entries do not fit one another.
    """
    tree: Tree | None = None
    for changes in entries:
        tree = after(tree, changes)
    return tidied(tree)


class States:
    """A case after any of its entries. Some of the states that were passed are kept: from one entry to the next is then
    no long way, however many there are. `read` gives the entries after a number up to and with another one, the oldest
    first, with their numbers."""

    def __init__(self, read: Callable[[int, int], Iterable[tuple[int, Changes]]]) -> None:
        self._read = read
        self._kept: list[tuple[int, Tree | None]] = [(0, None)]

    def after(self, number: int) -> Tree | None:
        """The case after the entry of this number, as `led_to`."""
        seen, kept = self._kept[bisect_right(self._kept, number, key=lambda state: state[0]) - 1]
        tree = copied(kept)
        for count, (entry, changes) in enumerate(self._read(seen, number), 1):
            tree = after(tree, changes)
            if count % APART == 0 and entry > self._kept[-1][0]:
                self._kept.append((entry, copied(tree)))
        return tidied(tree)


def after(tree: Tree | None, changes: Changes) -> Tree | None:
    """The case after one entry more. The tree that comes in is used up."""
    for change in _in_order(changes):
        if not change["path"]:
            tree = copied(change["after"])
        else:
            put(tree if tree is not None else {}, change["path"], copied(change["after"]), change.get("position"))
    return tree


def tidied(tree: Tree | None) -> Tree | None:
    """The tree as it is stored: without groups that hold nothing any more."""
    if tree is None:
        return None
    kept: Tree = pruned(tree)
    return {**kept, APPLICANT: kept.get(APPLICANT, {})}


def _in_order(changes: Changes) -> Iterator[Mapping[str, Any]]:
    """Rows that come do so last and by their place: each then finds those before it already there."""
    coming = [c for c in changes if c["after"] is not None and c.get("position") is not None]
    yield from (c for c in changes if c not in coming)
    yield from sorted(coming, key=lambda c: int(c["position"]))
