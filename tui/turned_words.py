"""What a command changed that was taken back or done again, in words: the names of fields; of insurance, the months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.months import Month
from engine.words import word
from models.change import Change
from models.insured_months import OPEN, ROWS, changed
from models.paths import NoPlace, Tree
from tui import form
from tui.text import text

SPANS = 3  # spans of months that are told one by one


def turned_words(changes: Sequence[Change], case: Tree | None, language: str) -> str:
    """What was changed, once it is: `case` has the changes in it. None where the case went with them."""
    months = _months(changes, case, language)
    names = names_of((change.path for change in changes if not (months and _insured(change))), language)
    return word("list.and", language).join(filter(None, [*months, names]))


def names_of(paths: Iterable[str], language: str) -> str:
    """The names of facts, each once."""
    return word("list.and", language).join(dict.fromkeys(form.name(path, language) for path in paths))


def _insured(change: Change) -> bool:
    return change.path.startswith(f"{ROWS}.")


def _months(changes: Sequence[Change], case: Tree | None, language: str) -> list[str]:
    """The months of insurance that were changed; nothing where none was, or somebody has changed the rows since."""
    if case is None or not any(map(_insured, changes)):
        return []
    try:
        spans = changed(case, changes)
    except NoPlace:
        return []
    if len(spans) > SPANS:
        return [text("turned.spans", language, first=Month(spans[0][0]), count=len(spans))]
    return [_span(first, last, language) for first, last in spans]


def _span(first: int, last: int, language: str) -> str:
    how = "till_now" if last == OPEN else "month" if last == first else "months"
    return text(f"turned.{how}", language, first=Month(first), last=Month(last))
