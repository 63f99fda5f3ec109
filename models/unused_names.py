"""Names in a line of the query language that no case has: of a consultant, of a tag; and the nearest one in use."""

from datetime import date

from engine.reason import Reason
from models.in_use import InUse
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
            names = {spelled(name): name for name in (known.consultants if key == CONSULTANT else known.tags)}
            near = nearest(value.plain, names)
            found.append(
                Reason(f"query.{key}", {"value": value.typed})
                if near is None
                else Reason(f"query.{key}_near", {"value": value.typed, "near": names[near]})
            )
    return found
