"""The query language: one line of terms, the same in the filter, in `list` and in saved views, parsed to SQL.

Terms are joined by a space (and); values by a comma (or); `-` before a term takes away; quotes hold a value with
spaces. Keys and values are equal in Chinese and English, full-width signs and plain ones. The keys are in
`models.query_terms`. Nothing that is typed becomes SQL text: every value is a parameter.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from engine.workflow import STATUSES
from models.query_conditions import Condition, Look, Wanted
from models.query_terms import STATUS_ORDER, key_of, order_of, search
from models.query_values import SIGNS, Value
from models.query_words import QueryError, failure

__all__ = ["Query", "QueryError", "parse"]

MOST_VALUES = 60  # more is a paste, and SQLite bounds the depth of a condition

_KEY = re.compile(r'[^\s:,"<>=]+(?=:)')
_UNFIT = re.compile(r"[\ud800-\udfff\x00]")
DEFAULT_ORDER = "id"


class Term(NamedTuple):
    """One term of a line as a condition; `looks` are those of its values, where an index serves each of them."""

    where: str
    parameters: tuple[str | int, ...]
    sought: str = ""
    walked: str = ""
    looks: tuple[Look, ...] = ()


class Query(NamedTuple):
    """What to read of the table `cases`: a condition, its parameters, an order that always ends with the id."""

    where: str
    parameters: tuple[str | int, ...]
    order: str
    terms: tuple[Term, ...] = ()

    def for_a_look(self, is_common: Callable[[Look], bool]) -> "Query":
        """The same query for the first cases: what few cases are is gathered from its index, what many are is asked
        of each case in its order. Each way takes for ever where the other is at once."""
        chosen = [
            term.where if not term.looks else term.walked if any(map(is_common, term.looks)) else term.sought
            for term in self.terms
        ]
        return self._replace(where=_all(chosen)) if chosen else self

    def in_pieces(self) -> "Iterator[Query]":
        """Queries that find one after the other what this one does, each of them served by an index.

        By status, whose order no index has, that is one for each status.
        """
        if not self.order.startswith(STATUS_ORDER):
            yield self
            return
        said, _, rest = self.order.partition(", ")
        for status in reversed(STATUSES) if said.removeprefix(STATUS_ORDER).startswith(" DESC") else STATUSES:
            of_status = (*self.parameters, status)
            yield Query(f"({self.where}) AND stage = ?", of_status, rest or DEFAULT_ORDER, self.terms)


def parse(text: str, today: date, me: str) -> Query:
    """The query a line says; an empty line is all cases.

    `QueryError` names what is wrong, where it stands, and the nearest right word.
    Relative days (`<30d`) count from `today`; `me` is the consultant who asks.
    """
    if unfit := _UNFIT.search(text):
        raise failure("unfit", unfit.start(), unfit.end())
    wanted = Wanted(today, me)
    found: list[Term] = []
    order: list[str] = []
    values = 0
    for term in terms(text):
        values += len(term.values)
        if values > MOST_VALUES:
            raise failure("too_long", term.start, term.end, most=MOST_VALUES)
        if term.key is None:
            found.append(_any([search(value) for value in term.values], term.negated))
        elif (key := key_of(*term.key)).sorts:
            if term.negated:
                raise failure("sort_not", term.start, term.end)
            order.extend(order_of(value) for value in term.values)
        else:
            found.append(_any([key.condition(value, wanted) for value in term.values], term.negated))
    parameters = tuple(parameter for term in found for parameter in term.parameters)
    order_by = ", ".join([*dict.fromkeys(order), DEFAULT_ORDER])
    return Query(_all(term.where for term in found), parameters, order_by, tuple(found))


def _all(conditions: Iterable[str]) -> str:
    return " AND ".join(f"({condition})" for condition in conditions) or "1"


def _any(conditions: list[Condition], negated: bool) -> Term:
    parameters = tuple(p for condition in conditions for p in condition.parameters)
    sql = " OR ".join(condition.sql for condition in conditions)
    looks = [condition.look for condition in conditions if condition.look is not None]
    if negated:
        # a column that is not known is not what is asked for, so it stays where that is taken away
        return Term(f"({sql}) IS NOT TRUE", parameters)
    if len(looks) < len(conditions):
        return Term(sql, parameters)
    sought, walked = (" OR ".join(said) for said in zip(*[look[:2] for look in looks], strict=True))
    return Term(sql, parameters, sought, f"likely({walked})" if len(looks) > 1 else walked, tuple(looks))


class Typed(NamedTuple):
    """A term as it was typed: its key and where that stands, its values, whether they are taken away."""

    key: tuple[str, int, int] | None
    values: tuple[Value, ...]
    negated: bool
    start: int
    end: int


def terms(text: str) -> Iterator[Typed]:
    """The terms of a line, not yet understood; `QueryError` for quotes without an end, and what is not finished."""
    plain = text.translate(SIGNS)
    place = _past_blanks(plain, 0)
    while place < len(plain):
        start = place
        negated = plain[place] == "-"
        place += negated
        key = None
        if found := _KEY.match(plain, place):
            key = (found[0], found.start(), found.end())
            place = found.end() + 1
        values = tuple(_values(text, plain, start, place, key))
        place = values[-1].end
        yield Typed(key, values, negated, start, place)
        place = _past_blanks(plain, place)


def _values(text: str, plain: str, start: int, place: int, key: tuple[str, int, int] | None) -> Iterator[Value]:
    while True:
        value = _value(text, plain, place)
        if not value.plain.strip():
            if key:
                raise failure("no_value", start, value.end, key=key[0])
            raise failure("no_word", start, max(value.end, start + 1))
        yield value
        if value.end == len(plain) or plain[value.end] != ",":
            return
        place = value.end + 1


def _value(text: str, plain: str, place: int) -> Value:
    if plain[place : place + 1] == '"':
        close = plain.find('"', place + 1)
        if close < 0:
            raise failure("quote", place, len(text))
        end = close + 1
        if end < len(plain) and not (plain[end].isspace() or plain[end] == ","):
            raise failure("quote", place, end)
        return Value(text[place + 1 : close], text[place + 1 : close], True, place, end)
    end = place
    while end < len(plain) and plain[end] not in ',"' and not plain[end].isspace():
        end += 1
    if plain[end : end + 1] == '"':
        raise failure("quote", end, len(text))
    return Value(text[place:end], plain[place:end], False, place, end)


def _past_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place
