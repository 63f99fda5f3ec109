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
from models.query_conditions import Wanted
from models.query_looks import Condition, Look, indexed
from models.query_terms import DOWN, key_of, order_of, search
from models.query_values import SIGNS, Value
from models.query_words import QueryError, failure

__all__ = ["Query", "QueryError", "parse"]

FEW = 8_000  # cases: so many are gathered and sorted as fast as an order is walked to find some of more
MANY = 25_000  # are not gathered even where all the other terms leave few of them
MOST_VALUES = 60  # more is a paste, and SQLite bounds the depth of a condition

_KEY = re.compile(r'[^\s:,"<>=]+(?=:)')
_UNFIT = re.compile(r"[\ud800-\udfff\x00]")
DEFAULT_ORDER = "id"


class Term(NamedTuple):
    """One term of a line as a condition; `looks` are those of its values, where there is one for each of them."""

    where: str
    parameters: tuple[str | int, ...]
    looks: tuple[Look, ...] = ()
    negated: bool = False


class Query(NamedTuple):
    """What to read of the table `cases`: a condition, its parameters, an order that always ends with the id.

    `is_few`: the condition gathers few cases, whatever the order.
    """

    where: str
    parameters: tuple[str | int, ...]
    order: str
    terms: tuple[Term, ...] = ()
    is_few: bool = False

    @property
    def keys(self) -> list[str]:
        """What is sorted by, one after the other; the id comes last and is none of them."""
        return self.order.split(", ")[:-1]

    def for_a_look(self, gauge: "Gauge") -> "Query":
        """The same query for the first cases: what few cases are is gathered from its index, what many are is asked
        of each case in its order. Each way takes for ever where the other is at once.

        Of several terms that many cases are, one that is not of too many is gathered: few may be all of them.
        """
        if not any(term.looks for term in self.terms):
            return self
        most = MANY if len(self.terms) > 1 else FEW + 1
        gauged = {
            n: [gauge(look, most) for look in term.looks] for n, term in enumerate(self.terms) if _is_gauged(term)
        }
        sizes = {n: sum(size for size, _ in found) for n, found in gauged.items()}
        sought = {n for n, size in sizes.items() if size <= FEW}
        if not sought and len(self.terms) > 1 and sizes:
            sought = {n for n in [min(sizes, key=sizes.__getitem__)] if sizes[n] < MANY}
        order = (self.keys or [self.order])[0].split()[0]
        chosen = [
            _sought(look for _, look in gauged[n]) if n in sought else _walked(term, order)
            for n, term in enumerate(self.terms)
        ]
        return self._replace(
            where=_all(where for where, _ in chosen),
            parameters=tuple(parameter for _, parameters in chosen for parameter in parameters),
            is_few=bool(sought),
        )

    def also(self, column: str, value: str | int | None, order: str) -> "Query":
        """Those of the cases that have a value in a column, or nothing, in another order."""
        found = indexed(column, f"{column} IS NULL") if value is None else indexed(column, f"{column} = ?", (value,))
        terms = (*self.terms, _any([found], negated=False))
        parameters = (*self.parameters, *found.parameters)
        return Query(f"({self.where}) AND {found.sql}", parameters, order or DEFAULT_ORDER, terms)

    def statuses(self) -> Iterable[str]:
        """The statuses in the order asked for, where that is by status first."""
        return reversed(STATUSES) if DOWN in self.keys[0] else STATUSES


Gauge = Callable[[Look, int], tuple[int, Look]]
"""How many cases a condition is true of, counted up to a number, and how it is best sought."""


def _is_gauged(term: Term) -> bool:
    return bool(term.looks) and not term.negated and all(look.among for look in term.looks)


def _sought(looks: Iterable[Look]) -> tuple[str, tuple[str | int, ...]]:
    found = list(looks)
    return " OR ".join(look.sought for look in found), tuple(p for look in found for p in look.parameters)


def _walked(term: Term, order: str) -> tuple[str, tuple[str | int, ...]]:
    if not term.looks:
        return term.where, term.parameters
    if len(term.looks) == 1 and not term.negated:
        return term.looks[0].walked_in(order), term.parameters
    each = " OR ".join(look.walked for look in term.looks)
    return (f"({each}) IS NOT TRUE" if term.negated else each), term.parameters


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
    keys = list(dict.fromkeys(order))
    # between equals as the last key goes: its index is in that order
    last = f"{DEFAULT_ORDER}{DOWN if keys and DOWN in keys[-1] else ''}"
    return Query(_all(term.where for term in found), parameters, ", ".join([*keys, last]), tuple(found))


def _all(conditions: Iterable[str]) -> str:
    return " AND ".join(f"({condition})" for condition in conditions) or "1"


def _any(conditions: list[Condition], negated: bool) -> Term:
    if negated and len(conditions) == 1 and (opposite := conditions[0].opposite):
        look = conditions[0].look
        if look is None:
            return Term(opposite, conditions[0].parameters)
        conditions, negated = [indexed(look.column, opposite, conditions[0].parameters)], False
    parameters = tuple(p for condition in conditions for p in condition.parameters)
    sql = " OR ".join(condition.sql for condition in conditions)
    looks = tuple(condition.look for condition in conditions if condition.look is not None)
    if negated:
        # a column that is not known is not what is asked for, so it stays where that is taken away
        sql = f"({sql}) IS NOT TRUE"
    return Term(sql, parameters, looks if len(looks) == len(conditions) else (), negated)


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
