"""Names that no case has, in a line of the query language or of whom cases are to go to; and the nearest one in use."""

from collections.abc import Iterable
from datetime import date

from engine.reason import Reason
from models.in_use import InUse, in_use
from models.query import Query, QueryError, terms
from models.query_conditions import Wanted
from models.query_terms import KEYS
from models.query_values import Value
from models.query_words import labels, nearest, says, spelled
from models.reading import Reader

CONSULTANT, TAG = "consultant", "tag"


def names_in(line: str) -> list[tuple[str, Value]]:
    """The consultants and tags that a line asks for, each with its key; none of a line that cannot be read."""
    known = labels("query.key", tuple(KEYS))
    try:
        asked = [
            (known.get(spelled(term.key[0])), value)
            for term in terms(line)
            if term.key is not None and not term.negated
            for value in term.values
        ]
    except QueryError:
        return []
    return [(key, value) for key, value in asked if key in (CONSULTANT, TAG) and not _stands_for_something(key, value)]


def _stands_for_something(key: str, value: Value) -> bool:
    return says(value, "none") or (key == CONSULTANT and says(value, "me"))


def unused(line: str, reader: Reader, known: InUse, today: date, me: str) -> list[Reason]:
    """What is said of the names in a line that stand in no case that one sees; `known` are those in use."""
    found = []
    for key, value in names_in(line):
        condition = KEYS[key].condition(value, Wanted(today, me))
        if not reader.count(Query(condition.sql, condition.parameters, "id")):
            names = known.consultants if key == CONSULTANT else known.tags
            found.append(_nobodys(f"query.{key}", value.typed, value.plain, names))
    return found


def stranger(name: str, reader: Reader, me: str) -> Reason | None:
    """What is said of somebody who is to get cases, works nowhere here and is in no case that one sees; None where
    they are known. The name counts as it is written: with other letters it is another consultant."""
    there = [me, *reader.active_people()]
    if name in there or reader.count(Query("consultant = ?", (name,), "id")):
        return None
    return _nobodys("write.stranger", name, name, [*there, *in_use(reader).consultants])


def _nobodys(code: str, typed: str, plain: str, known: Iterable[str]) -> Reason:
    """What is said of a name, with the nearest one that is known."""
    names = {spelled(name): name for name in known}
    near = nearest(plain, names)
    if near is None:
        return Reason(code, {"value": typed})
    return Reason(f"{code}_near", {"value": typed, "near": names[near]})
