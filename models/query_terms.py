"""The keys of the query language, and what each may be sorted by."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from engine.workflow import STATUSES
from models import query_conditions as conditions
from models.names import search_text
from models.query_conditions import Wanted
from models.query_looks import Condition, either, indexed, listed
from models.query_values import Value
from models.query_words import failure, labels, spelled, unknown

DOWN = " DESC"
_LEAST_OF_STATUS = 2
_FOUR, _SIX = 4, 6

_KEYS = "search_key WHERE key >= ? AND key < ?"
_FIGURES = re.compile(r"[0-9]{4,16}[0-9x]")
_TAILS = (
    "search_key AS tail WHERE key = ? AND EXISTS"
    " (SELECT 1 FROM search_key AS longer WHERE longer.case_id = tail.case_id AND longer.key LIKE ?)"
)


class Key(NamedTuple):
    """One key: the condition a value of it makes, and the SQL to sort by, where it can be sorted by."""

    condition: Callable[[Value, Wanted], Condition]
    order: str = ""
    sorts: bool = False


# the ids alone: their classes load pydantic, and lists do without
KINDS = ("new", "renew", "change_employer", "change_item", "add_spouse", "add_child", "address", "reissue")
WAITING_ON = ("client", "hr", "us", "counter", "archive")


def prefix(word: str) -> tuple[str, str]:
    """The bounds between which the search keys lie that begin with a word."""
    return word, word + "\U0010ffff"


def search(value: Value) -> Condition:
    """Cases one of whose search keys begins with the word; a status of that name as well."""
    typed = search_text(value.plain)
    if not typed:
        raise failure("no_letters", value.start, value.end, value=value.typed)
    found = listed(_KEYS, prefix(typed))
    if tail := _tail(typed):
        found = either(found, listed(_TAILS, (tail, f"%{typed}")))
    statuses = () if value.quoted else _statuses_beginning(spelled(value.plain))
    if not statuses:
        return found
    # the status first, which is at hand where a case is looked at
    return either(indexed("stage", f"stage IN ({', '.join('?' * len(statuses))})", statuses), found)


def _tail(typed: str) -> str | None:
    """The key under which a number that ends so is looked up: the last figures are keys by four and by six
    (`models.names`), and of five, or of more than six, a longer key tells whether all are right."""
    if len(typed) == _SIX or not _FIGURES.fullmatch(typed):
        return None
    return typed[-_SIX:] if len(typed) > _SIX else typed[-_FOUR:]


def key_of(typed: str, start: int, end: int) -> Key:
    """The key of that name, in either language."""
    known = labels("query.key", tuple(KEYS))
    name = known.get(spelled(typed))
    if name is None:
        raise unknown("key", typed, start, end, known, tuple(KEYS))
    return KEYS[name]


def order_of(value: Value) -> str:
    """One value of `sort:` in SQL; what is not known comes last either way."""
    sortable = tuple(name for name, key in KEYS.items() if key.order)
    known = labels("query.key", sortable)
    typed = value.plain.removeprefix("-")
    name = known.get(spelled(typed))
    if name is None:
        raise unknown("sort", typed, value.start, value.end, known, sortable)
    down = value.plain.startswith("-") != (name == "gap")  # the smallest gap is the highest score
    return f"{KEYS[name].order}{DOWN if down else ''} NULLS LAST"


def _statuses_beginning(typed: str) -> tuple[str, ...]:
    """The statuses a bare word names: in full in any language, in Chinese also by its beginning."""
    known = labels("status", STATUSES)
    if typed in known:
        return (known[typed],)
    if len(typed) < _LEAST_OF_STATUS or typed.isascii():
        return ()
    return tuple(name for label, name in known.items() if label.startswith(typed))


def _status(value: Value, wanted: Wanted) -> Condition:
    known = labels("status", STATUSES)
    name = known.get(spelled(value.plain))
    if name is None:
        raise unknown("status", value.plain, value.start, value.end, known, STATUSES)
    return indexed("stage", "stage = ?", (name,))


def _never(value: Value, wanted: Wanted) -> Condition:
    raise AssertionError("sort: makes an order, not a condition")


_PLACES = " ".join(f"WHEN '{name}' THEN {place}" for place, name in enumerate(STATUSES))
STATUS_ORDER = f"CASE stage {_PLACES} END"

KEYS: Mapping[str, Key] = {
    "status": Key(_status, STATUS_ORDER),
    "score": Key(partial(conditions.number, "score"), "score"),
    "proven": Key(partial(conditions.number, "proven"), "proven"),
    "gap": Key(conditions.gap, "score"),
    "permit": Key(partial(conditions.day, "permit_until"), "permit_until"),
    "points": Key(partial(conditions.day, "points_until"), "points_until"),
    "renewal": Key(partial(conditions.day, "renewal"), "renewal"),
    "need": Key(partial(conditions.day, "need_by"), "need_by"),
    "deadline": Key(conditions.deadline, "deadline"),
    "kind": Key(partial(conditions.among, "kind", "application_kind", KINDS), "kind"),
    "waiting": Key(partial(conditions.among, "waiting_on", "waiting_on", WAITING_ON), "waiting_on"),
    "owed": Key(conditions.owed),
    "chased": Key(conditions.chased, "chased"),
    "note": Key(conditions.note),
    "fee": Key(conditions.fee),
    "exam": Key(partial(conditions.exam, None)),
    "primary": Key(partial(conditions.exam, 0)),
    "junior": Key(partial(conditions.exam, 1)),
    "zhongkao": Key(partial(conditions.exam, 2)),
    "gaokao": Key(partial(conditions.exam, 3)),
    "drop": Key(partial(conditions.day, "drops_on"), "drops_on"),
    "updated": Key(partial(conditions.moment, "updated_at"), "updated_at"),
    "consultant": Key(conditions.consultant, "consultant"),
    "employer": Key(partial(conditions.holding, "employer"), "employer"),
    "district": Key(partial(conditions.holding, "district"), "district"),
    "base": Key(conditions.base, "base"),
    "risk": Key(conditions.risk),
    "tag": Key(conditions.tag),
    "draft": Key(conditions.draft),
    "sort": Key(_never, sorts=True),
}

NAMED_VALUES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "status": ("status", STATUSES),
    "kind": ("application_kind", KINDS),
    "waiting": ("waiting_on", WAITING_ON),
    "sort": ("query.key", tuple(name for name, key in KEYS.items() if key.order)),
}
"""The keys whose values are names: the catalogue's table and the ids."""
VALUE_WORDS = {"deadline": ("overdue",), "fee": ("due",), "consultant": ("me",), "draft": ("me",)}
"""The words that stand for something behind a key; none stands behind every key besides those of `NO_NONE`."""
NO_NONE = frozenset({"status", "score", "proven", "gap", "fee", "updated", "sort"})
