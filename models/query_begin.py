"""The first cases of a query, without finding all: a page of a list, at once."""

import json
from array import array
from collections.abc import Callable
from typing import Any

from models.query import Gauge, Query
from models.query_terms import DOWN, STATUS_ORDER

Ask = Callable[[str, tuple[Any, ...]], list[tuple[Any, ...]]]


def begin(query: Query, limit: int, ask: Ask, gauge: Gauge) -> "array[int]":
    """The ids of the first cases, in the query's order; `ask` sends a statement, `gauge` tells how many a condition is
    true of."""
    look = query.for_a_look(gauge)
    if look.is_few or not look.keys:
        return _page(look, limit, ask)
    if look.order.startswith(STATUS_ORDER):
        return _by_status(query, look, limit, ask, gauge)
    return _page(look, limit, ask) if len(look.keys) == 1 else _by_the_first_key(query, look, limit, ask, gauge)


def _by_status(query: Query, look: Query, limit: int, ask: Ask, gauge: Gauge) -> "array[int]":
    """No index has the order of the statuses: one is looked at after the other."""
    found = array("q")
    for status in query.statuses():
        rest, left = query.order.partition(", ")[2], limit - len(found)
        if query.terms:  # a status of which none is found has its own cases walked past, not all there are
            of_status = (f"({look.where}) AND stage = ?", (*look.parameters, status), rest)
            found += _page(Query(*of_status), left, ask)
        else:
            found += begin(query.also("stage", status, rest), left, ask, gauge)
        if len(found) >= limit:
            break
    return found


def _page(look: Query, limit: int, ask: Ask) -> "array[int]":
    sql = f"SELECT id FROM cases WHERE {look.where} ORDER BY {look.order} LIMIT ?"
    return array("q", (row[0] for row in ask(sql, (*look.parameters, limit))))


def _by_the_first_key(query: Query, look: Query, limit: int, ask: Ask, gauge: Gauge) -> "array[int]":
    """No index has two keys: a page by the first one is sorted by all of them, and those of the value it ends with are
    looked for by the keys that are left."""
    key, _, rest = query.order.partition(", ")
    column = key.split()[0]
    sql = f"SELECT id, {column} FROM cases WHERE {look.where} ORDER BY {key}, id{DOWN if DOWN in key else ''} LIMIT ?"
    page = ask(sql, (*look.parameters, limit))
    is_all = len(page) < max(limit, 1)
    before = [case_id for case_id, value in page if is_all or value != page[-1][1]]
    sql = f"SELECT id FROM cases WHERE id IN (SELECT value FROM json_each(?)) ORDER BY {query.order}"
    found = array("q", (row[0] for row in ask(sql, (json.dumps(before),))))
    return found if is_all else found + begin(query.also(column, page[-1][1], rest), limit - len(found), ask, gauge)
