"""The query language: one line of terms, the same in the filter, in `list` and in saved views, parsed to SQL.

Terms are joined by a space (and); values by a comma (or); `-` before a term takes away; quotes hold a value with
spaces. Keys and values are equal in Chinese and English, full-width signs and plain ones. The keys are in
`models.query_terms`. Nothing that is typed becomes SQL text: every value is a parameter.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from models.names import search_text
from models.query_terms import (
    FROM_KEYS,
    OF_EACH_CASE,
    Condition,
    QueryError,
    Wanted,
    failure,
    key_of,
    order_of,
    search,
)
from models.query_values import SIGNS, Value

__all__ = ["Query", "QueryError", "parse"]

MOST_VALUES = 60  # more is a paste, and SQLite bounds the depth of a condition

_KEY = re.compile(r'[^\s:,"<>=]+(?=:)')
_UNFIT = re.compile(r"[\ud800-\udfff\x00]")
DEFAULT_ORDER = "id"


class Query(NamedTuple):
    """What to read of the table `cases`: a condition, its parameters, an order that always ends with the id.

    `words` are what is searched for, as search keys begin.
    """

    where: str
    parameters: tuple[str | int, ...]
    order: str
    words: tuple[str, ...] = ()

    def case_by_case(self) -> "Query":
        """The same query for a short look: cases are taken in their order and each one's search keys looked at.

        Quicker than gathering all that match where many do.
        """
        return self._replace(where=self.where.replace(FROM_KEYS, OF_EACH_CASE))


def parse(text: str, today: date, me: str) -> Query:
    """The query a line says; an empty line is all cases.

    `QueryError` names what is wrong, where it stands, and the nearest right word.
    Relative days (`<30d`) count from `today`; `me` is the consultant who asks.
    """
    if found := _UNFIT.search(text):
        raise failure("unfit", found.start(), found.end())
    wanted = Wanted(today, me)
    conditions: list[Condition] = []
    order: list[str] = []
    words: list[str] = []
    values = 0
    for term in _terms(text):
        values += len(term.values)
        if values > MOST_VALUES:
            raise failure("too_long", term.start, term.end, most=MOST_VALUES)
        if term.key is None:
            words.extend(search_text(value.plain) for value in term.values)
            conditions.append(_any([search(value) for value in term.values], term.negated))
        elif (key := key_of(*term.key)).sorts:
            if term.negated:
                raise failure("sort_not", term.start, term.end)
            order.extend(order_of(value) for value in term.values)
        else:
            conditions.append(_any([key.condition(value, wanted) for value in term.values], term.negated))
    where = " AND ".join(f"({condition.sql})" for condition in conditions) or "1"
    parameters = tuple(parameter for condition in conditions for parameter in condition.parameters)
    return Query(where, parameters, ", ".join([*dict.fromkeys(order), DEFAULT_ORDER]), tuple(words))


def _any(conditions: list[Condition], negated: bool) -> Condition:
    sql = " OR ".join(condition.sql for condition in conditions)
    # a column that is not known is not what is asked for, so it stays where that is taken away
    return Condition(f"({sql}) IS NOT TRUE" if negated else sql, tuple(p for c in conditions for p in c.parameters))


class _Term(NamedTuple):
    key: tuple[str, int, int] | None
    values: tuple[Value, ...]
    negated: bool
    start: int
    end: int


def _terms(text: str) -> Iterator[_Term]:
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
        yield _Term(key, values, negated, start, place)
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
