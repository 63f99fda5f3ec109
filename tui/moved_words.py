"""Whose score a new day has moved, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.words import word
from models.reading import Reader
from tui.text import text

if TYPE_CHECKING:
    from models.rederiving import Moved

NAMED = 3  # cases that are named; of the others it is told how many there are in all


def moved_words(moved: Sequence[Moved], reader: Reader, language: str) -> str:
    """Whose score has moved, one case or more: first those who reach the threshold or fall below it."""
    first = sorted(moved, key=lambda one: (one.reached is None, one.case_id))[:NAMED]
    rows = reader.rows([one.case_id for one in first])
    names = {row.id: row.name or row.called or f"#{row.id}" for row in rows}
    what = word("list.and", language).join(
        text(_key(one), language, name=names.get(one.case_id, f"#{one.case_id}"), before=one.before, after=one.after)
        for one in first
    )
    return text("app.moved_more" if len(moved) > len(first) else "app.moved", language, count=len(moved), what=what)


def _key(one: Moved) -> str:
    return f"app.moved_{'stays' if one.reached is None else 'reached' if one.reached else 'lost'}"
