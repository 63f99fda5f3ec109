"""The keys of the query language, and how the values of each become a condition on the table `cases`."""

import difflib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from engine.reason import Reason
from engine.words import LANGUAGES, catalogue, word
from engine.workflow import STATUSES
from models.names import fold, search_text
from models.query_values import Backwards, Span, Unreadable, Value, day_span, number_span, utc

_LEAST_ALIKE = 0.45  # of difflib: lets a two-character word with one wrong character pass
_LEAST_OF_STATUS = 2


# The same said in two ways: gather the cases from the keys (few have the word), or look at each case's keys (many do).
FROM_KEYS = "id IN (SELECT case_id FROM search_key WHERE key >= ? AND key < ?)"
OF_EACH_CASE = "EXISTS (SELECT 1 FROM search_key WHERE case_id = cases.id AND key >= ? AND key < ?)"


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


class Condition(NamedTuple):
    """A condition in SQL and its parameters."""

    sql: str
    parameters: tuple[str | int, ...] = ()


class Wanted(NamedTuple):
    """Who asks, and on which day."""

    today: date
    me: str


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
    found = Condition(FROM_KEYS, prefix(typed))
    statuses = () if value.quoted else _statuses_beginning(_spelled(value.plain))
    if not statuses:
        return found
    marks = ", ".join("?" * len(statuses))
    return Condition(f"{found.sql} OR stage IN ({marks})", found.parameters + statuses)


def key_of(typed: str, start: int, end: int) -> Key:
    """The key of that name, in either language."""
    known = _labels("query.key", tuple(KEYS))
    name = known.get(_spelled(typed))
    if name is None:
        raise _unknown("key", typed, start, end, known, tuple(KEYS))
    return KEYS[name]


def order_of(value: Value) -> str:
    """One value of `sort:` in SQL; what is not known comes last either way."""
    sortable = tuple(name for name, key in KEYS.items() if key.order)
    known = _labels("query.key", sortable)
    typed = value.plain.removeprefix("-")
    name = known.get(_spelled(typed))
    if name is None:
        raise _unknown("sort", typed, value.start, value.end, known, sortable)
    down = value.plain.startswith("-") != (name == "gap")  # the smallest gap is the highest score
    return f"{KEYS[name].order}{' DESC' if down else ''} NULLS LAST"


def _unknown(
    code: str,
    typed: str,
    start: int,
    end: int,
    known: Mapping[str, str],
    names: tuple[str, ...],
    table: str = "query.key",
) -> QueryError:
    # in the order known, so that of two that are as near the earlier is told
    near = difflib.get_close_matches(_spelled(typed), list(known), n=1, cutoff=_LEAST_ALIKE)
    if near:
        return failure(f"{code}_near", start, end, value=typed, near=near[0])
    prefix = "status" if code == "status" else table
    return failure(code, start, end, value=typed, known_word=[f"{prefix}.{name}" for name in names])


def _spelled(text: str) -> str:
    return fold(text).strip().replace(" ", "_")


@cache
def _labels(table: str, names: tuple[str, ...]) -> Mapping[str, str]:
    """What may be typed for each name of a catalogue's table: the name itself, and its word in each language."""
    labels = {name: name for name in names}
    for language in LANGUAGES:
        for name in names:
            labels.setdefault(_spelled(word(f"{table}.{name}", language)), name)
    return labels


def _statuses_beginning(typed: str) -> tuple[str, ...]:
    """The statuses a bare word names: in full in any language, in Chinese also by its beginning."""
    known = _labels("status", STATUSES)
    if typed in known:
        return (known[typed],)
    if len(typed) < _LEAST_OF_STATUS or typed.isascii():
        return ()
    return tuple(name for label, name in known.items() if label.startswith(typed))


def _is(value: Value, name: str) -> bool:
    return (
        not value.quoted and _labels("query.value", ("me", "none", "overdue", "due")).get(_spelled(value.plain)) == name
    )


def _status(value: Value, wanted: Wanted) -> Condition:
    known = _labels("status", STATUSES)
    name = known.get(_spelled(value.plain))
    if name is None:
        raise _unknown("status", value.plain, value.start, value.end, known, STATUSES)
    return Condition("stage = ?", (name,))


def _between(column: str, low: str | int | None, high: str | int | None) -> Condition:
    if low is not None and high is not None:
        return Condition(f"{column} BETWEEN ? AND ?", (low, high))
    if low is not None:
        return Condition(f"{column} >= ?", (low,))
    if high is not None:
        return Condition(f"{column} <= ?", (high,))
    return Condition(f"{column} IS NOT NULL")


def _spanned(kind: str, value: Value, read: Callable[[str], Span]) -> Span:
    try:
        return read(fold(value.plain).strip())
    except Unreadable:
        raise failure(kind, value.start, value.end, value=value.typed) from None
    except Backwards:
        raise failure("backwards", value.start, value.end, value=value.typed) from None


def _number(column: str, value: Value, wanted: Wanted) -> Condition:
    return _between(column, *_spanned("number", value, number_span))


def _gap(value: Value, wanted: Wanted) -> Condition:
    """Points short of the threshold; nobody is short of less than none."""
    from engine.policy import load  # the threshold is the pack's

    least, most = _spanned("number", value, number_span)
    threshold = load().threshold
    if most is not None and most < 0:
        return Condition("0")
    return _between(
        "score",
        None if most is None else threshold - most,
        None if least is None or least <= 0 else threshold - least,
    )


def _day(column: str, value: Value, wanted: Wanted) -> Condition:
    if _is(value, "none"):
        return Condition(f"{column} IS NULL")
    low, high = _spanned("day", value, lambda text: day_span(text, wanted.today))
    return _between(column, _iso(low), _iso(high))


def _iso(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day).isoformat()


def _moment(column: str, value: Value, wanted: Wanted) -> Condition:
    low, high = _spanned("day", value, lambda text: day_span(text, wanted.today, past=True))
    parts = []
    if low is not None:
        parts.append(Condition(f"{column} >= ?", (utc(low),)))
    if high is not None:
        parts.append(Condition(f"{column} < ?", (utc(high + 1),)))
    return Condition(" AND ".join(part.sql for part in parts), tuple(p for part in parts for p in part.parameters))


def _consultant(value: Value, wanted: Wanted) -> Condition:
    if _is(value, "none"):
        return Condition("consultant IS NULL")
    if _is(value, "me"):
        return Condition("consultant = ?", (wanted.me,))
    spellings = value.spellings
    return Condition(f"consultant IN ({', '.join('?' * len(spellings))})", spellings)


def _draft(value: Value, wanted: Wanted) -> Condition:
    """In which a consultant has left something unfinished."""
    if _is(value, "none"):
        return Condition("id NOT IN (SELECT case_id FROM draft)")
    who = (wanted.me,) if _is(value, "me") else value.spellings
    return Condition(f"id IN (SELECT case_id FROM draft WHERE by IN ({', '.join('?' * len(who))}))", who)


def _holding(column: str, value: Value, wanted: Wanted) -> Condition:
    """The text anywhere in the column. In one pass over the table: along an index each row is sought by itself."""
    if _is(value, "none"):
        return Condition(f"{column} IS NULL")
    spellings = value.spellings
    either = " OR ".join([f"{column} LIKE ? ESCAPE '\\'"] * len(spellings))
    return Condition(f"id IN (SELECT id FROM cases WHERE {either})", tuple(f"%{_escaped(s)}%" for s in spellings))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _deadline(value: Value, wanted: Wanted) -> Condition:
    """The nearest day of a case; overdue is before today."""
    if _is(value, "overdue"):
        return Condition("deadline < ?", (wanted.today.isoformat(),))
    return _day("deadline", value, wanted)


def _among(column: str, table: str, names: tuple[str, ...], value: Value, wanted: Wanted) -> Condition:
    """One of a few names, by its id or either word; none is nothing there."""
    if _is(value, "none"):
        return Condition(f"{column} IS NULL")
    known = _labels(table, names)
    name = known.get(_spelled(value.plain))
    if name is None:
        raise _unknown("value", value.plain, value.start, value.end, known, names, table)
    return Condition(f"{column} = ?", (name,))


def _note(value: Value, wanted: Wanted) -> Condition:
    """A text anywhere in a line of the log."""
    if _is(value, "none"):
        return Condition("id NOT IN (SELECT case_id FROM document WHERE office ->> '$.notes[0].id' IS NOT NULL)")
    spellings = value.spellings
    either = " OR ".join(["note.value ->> 'text' LIKE ? ESCAPE '\\'"] * len(spellings))
    of_notes = f"SELECT case_id FROM document, json_each(office, '$.notes') AS note WHERE {either}"
    return Condition(f"id IN ({of_notes})", tuple(f"%{_escaped(s)}%" for s in spellings))


def _owed(value: Value, wanted: Wanted) -> Condition:
    """Cases that owe a paper: by its code, or any part of its name in either language."""
    if _is(value, "none"):
        return Condition("owed IS NULL")
    codes = _papers_named(fold(value.plain).strip())
    if not codes:
        raise failure("paper", value.start, value.end, value=value.typed)
    among = f"EXISTS (SELECT 1 FROM json_each(cases.owed) WHERE value IN ({', '.join('?' * len(codes))}))"
    return Condition(f"owed IS NOT NULL AND {among}", codes)


def _papers_named(typed: str) -> tuple[str, ...]:
    names = {(key, language): word(key, language) for language in LANGUAGES for key in catalogue(language)}
    found = (key for (key, _), name in names.items() if key.startswith("paper.") and _means(key, name, typed))
    return tuple(dict.fromkeys(key.removeprefix("paper.") for key in found))


def _means(key: str, name: str, typed: str) -> bool:
    return key.removeprefix("paper.").lower() == typed or typed in fold(name)


def _past_day(column: str, value: Value, wanted: Wanted) -> Condition:
    """A day that is past: `>7d` is more than seven days ago."""
    if _is(value, "none"):
        return Condition(f"{column} IS NULL")
    low, high = _spanned("day", value, lambda text: day_span(text, wanted.today, past=True))
    return _between(column, _iso(low), _iso(high))


def _fee(value: Value, wanted: Wanted) -> Condition:
    """Cases with a fee that is due and not received."""
    if not _is(value, "due"):
        raise _unknown(
            "value", value.plain, value.start, value.end, _labels("query.value", ("due",)), ("due",), "query.value"
        )
    fees = "SELECT case_id FROM document, json_each(office, '$.fees') AS fee WHERE"
    open_ = "fee.value ->> 'received' IS NULL AND fee.value ->> 'due' <= ?"
    return Condition(f"id IN ({fees} {open_})", (wanted.today.isoformat(),))


def _exam(kind: int | None, value: Value, wanted: Wanted) -> Condition:
    """Cases with a child that comes to an examination, or to one kind of it (`engine.exam_lint.KINDS`), in a year."""
    of_kind = "" if kind is None else f"kind = {kind}"
    if _is(value, "none"):
        where = f" WHERE {of_kind}" if of_kind else ""
        return Condition(f"id NOT IN (SELECT case_id FROM child_exam{where})")
    years = _between("year", *_spanned("number", value, number_span))
    where = " AND ".join(filter(None, (years.sql, of_kind)))
    return Condition(f"id IN (SELECT case_id FROM child_exam WHERE {where})", years.parameters)


def _tag(value: Value, wanted: Wanted) -> Condition:
    if _is(value, "none"):
        return Condition("tags = '[]'")
    spellings = value.spellings
    marks = ", ".join("?" * len(spellings))
    among = f"EXISTS (SELECT 1 FROM json_each(cases.tags) WHERE value IN ({marks}))"
    return Condition(f"tags <> '[]' AND {among}", spellings)  # most cases have none, and that is seen at once


def _never(value: Value, wanted: Wanted) -> Condition:
    raise AssertionError("sort: makes an order, not a condition")


_PLACES = " ".join(f"WHEN '{name}' THEN {place}" for place, name in enumerate(STATUSES))
_STATUS_ORDER = f"CASE stage {_PLACES} END"

KEYS: Mapping[str, Key] = {
    "status": Key(_status, _STATUS_ORDER),
    "score": Key(partial(_number, "score"), "score"),
    "proven": Key(partial(_number, "proven"), "proven"),
    "gap": Key(_gap, "score"),
    "permit": Key(partial(_day, "permit_until"), "permit_until"),
    "points": Key(partial(_day, "points_until"), "points_until"),
    "renewal": Key(partial(_day, "renewal"), "renewal"),
    "need": Key(partial(_day, "need_by"), "need_by"),
    "deadline": Key(_deadline, "deadline"),
    "kind": Key(partial(_among, "kind", "application_kind", KINDS), "kind"),
    "waiting": Key(partial(_among, "waiting_on", "waiting_on", WAITING_ON), "waiting_on"),
    "owed": Key(_owed),
    "chased": Key(partial(_past_day, "chased"), "chased"),
    "note": Key(_note),
    "fee": Key(_fee),
    "exam": Key(partial(_exam, None)),
    "primary": Key(partial(_exam, 0)),
    "junior": Key(partial(_exam, 1)),
    "zhongkao": Key(partial(_exam, 2)),
    "gaokao": Key(partial(_exam, 3)),
    "drop": Key(partial(_day, "drops_on"), "drops_on"),
    "updated": Key(partial(_moment, "updated_at"), "updated_at"),
    "consultant": Key(_consultant, "consultant"),
    "employer": Key(partial(_holding, "employer"), "employer"),
    "district": Key(partial(_holding, "district"), "district"),
    "tag": Key(_tag),
    "draft": Key(_draft),
    "sort": Key(_never, sorts=True),
}
