"""Views: filter lines with a name and a key. Each consultant's own; a few are there from the start, in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from models.query_spoken import spoken
from tui import actions
from tui.kept_data import understood
from tui.signs import clean
from tui.text import LANGUAGES, text

START = ("mine", "overdue", "renewal", "hr", "client", "near")  # in the catalogues: `views.start.<id>.name` and `.line`
KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
LONGEST_NAME = 40
MOST_KEPT = 10_000  # characters of all of them together, as a setting is kept


class SavedView(NamedTuple):
    """A filter line under a name; `key` picks it in the list of views."""

    key: str
    name: str
    line: str


def read(kept: str | None, language: str) -> list[SavedView]:
    """A person's views as `kept`; those of the start where none were, or it cannot be understood."""
    if kept is not None:
        try:
            return [SavedView(str(key), str(name), str(line)) for key, name, line in understood(kept)]
        except (ValueError, TypeError):
            pass
    return [
        SavedView(str(number), text(f"views.start.{name}.name", language), text(f"views.start.{name}.line", language))
        for number, name in enumerate(START, 1)
    ]


def kept(views: Sequence[SavedView]) -> str | None:
    """Views as they are kept; None where that is more than can be."""
    said = json.dumps([list(view) for view in views], ensure_ascii=False)
    return said if len(said) <= MOST_KEPT else None


def free_keys(views: Iterable[SavedView]) -> list[str]:
    """The keys that no view has, and that mean nothing else where views are picked."""
    taken = {view.key for view in views}
    taken |= {key for action in actions.actions(("views", "list")) for key in action.keys}
    taken |= {key for action in actions.actions(("app",)) for key in action.keys if key.isalpha()}
    return [key for key in KEYS if key not in taken]


def of_line(views: Iterable[SavedView], line: str) -> SavedView | None:
    """The view that a filter line is."""
    wanted = _meant(line)
    return next((view for view in views if wanted and _meant(view.line) == wanted), None)


@lru_cache(maxsize=256)
def _meant(line: str) -> str:
    """The same for lines that say the same in two languages."""
    return spoken(line, LANGUAGES[0])


def named(typed: str, others: Sequence[SavedView], line: str, usual: str = "") -> SavedView | None:
    """What is typed as a name of a line, with a key before it where one is wanted (`b 浦东`).

    Else it has its `usual` key, that of the other one of the same name, or the first that is free; None without any.
    """
    free = free_keys(others)
    first, _, rest = " ".join(typed.split()).partition(" ")
    if rest and (key := clean(first).lower()) in free:  # `ｂ` where an input method is on
        return SavedView(key, rest[:LONGEST_NAME], line)
    name = " ".join(typed.split())[:LONGEST_NAME]
    same = next((view.key for view in others if view.name == name), "")
    key = usual or same or next(iter(free), "")
    return SavedView(key, name, line) if key else None


def put(views: Sequence[SavedView], view: SavedView) -> list[SavedView]:
    """The views with one more, or in the place of the one of the same name."""
    if any(each.name == view.name for each in views):
        return [view if each.name == view.name else each for each in views]
    return [*views, view]
