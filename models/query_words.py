"""The names that a line of the query language may hold, in either language; what is said of one that is not known."""

import difflib
from collections.abc import Iterable, Mapping
from functools import cache

from engine.reason import Reason
from engine.words import LANGUAGES, word
from models.names import fold
from models.query_values import Value

WORDS = ("me", "none", "overdue", "due")  # that stand for something, and are no name
_LEAST_ALIKE = 0.45  # of difflib: lets a two-character word with one wrong character pass


class QueryError(Exception):
    """The line cannot be read; `reason` says why, `start` and `end` are the place in the line."""

    def __init__(self, reason: Reason, start: int, end: int) -> None:
        super().__init__(reason.code)
        self.reason = reason
        self.start = start
        self.end = end


def failure(code: str, start: int, end: int, **values: object) -> QueryError:
    """A `QueryError` of the catalogue `reason.query`."""
    return QueryError(Reason(f"query.{code}", values), start, end)


def unknown(
    code: str,
    typed: str,
    start: int,
    end: int,
    known: Mapping[str, str],
    names: tuple[str, ...],
    table: str = "query.key",
) -> QueryError:
    """What is said of a name that is not known: the nearest one, else all there are."""
    if near := nearest(typed, known):
        return failure(f"{code}_near", start, end, value=typed, near=near)
    prefix = "status" if code == "status" else table
    return failure(code, start, end, value=typed, known_word=[f"{prefix}.{name}" for name in names])


def nearest(typed: str, known: Iterable[str], alike: float = _LEAST_ALIKE) -> str | None:
    """The word that is most like what was typed, of two the earlier; None where none is so much `alike` (0 to 1)."""
    matcher = difflib.SequenceMatcher(b=spelled(typed))
    near, most = None, 0.0
    for name in known:
        matcher.set_seq1(name)
        if matcher.quick_ratio() > most and (ratio := matcher.ratio()) > most and ratio >= alike:
            near, most = name, ratio
    return near


def spelled(text: str) -> str:
    """A word as names are compared."""
    return fold(text).strip().replace(" ", "_")


@cache
def labels(table: str, names: tuple[str, ...]) -> Mapping[str, str]:
    """What may be typed for each name of a catalogue's table: the name itself, and its word in each language."""
    labels = {name: name for name in names}
    for language in LANGUAGES:
        for name in names:
            labels.setdefault(spelled(word(f"{table}.{name}", language)), name)
    return labels


def says(value: Value, name: str) -> bool:
    """Whether a value is one of the words that stand for something: me, none, overdue, due."""
    return not value.quoted and labels("query.value", WORDS).get(spelled(value.plain)) == name
