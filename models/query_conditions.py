"""How the values of each key of the query language become a condition on the table `cases`.

What few cases have is gathered from its index; what a text may hold is asked of each different text once.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

from engine.words import LANGUAGES, catalogue, word
from models.names import fold
from models.query_looks import NOTES, Condition, Look, gathered, indexed, listed, nothing
from models.query_values import (
    Backwards,
    Span,
    Unreadable,
    Value,
    day_span,
    multiple_span,
    number_span,
    utc,
    year_span,
)
from models.query_words import QueryError, failure, labels, nearest, says, spelled, unknown

_BETWEEN = re.compile(r"\s*[、，；：（）《》“”,;:()\"]\s*")
_A_WORD = 3  # letters of one that may be meant
_LIKE_A_WORD = 0.6  # of difflib: what is meant for a day or a number is seldom near a word by chance


class Wanted(NamedTuple):
    """Who asks, and on which day."""

    today: date
    me: str


def _between(column: str, low: str | int | None, high: str | int | None) -> tuple[str, str, tuple[str | int, ...]]:
    """The column, what is asked of it, and the parameters of that."""
    if low is not None and high is not None:
        return column, f"{column} BETWEEN ? AND ?", (low, high)
    if low is not None:
        return column, f"{column} >= ?", (low,)
    if high is not None:
        return column, f"{column} <= ?", (high,)
    return column, f"{column} IS NOT NULL", ()


def _spanned(kind: str, value: Value, read: Callable[[str], Span], words: tuple[str, ...] = ("none",)) -> Span:
    """The span a value is; `words` may stand in its place, and one of them may be meant."""
    try:
        return read(fold(value.plain).strip())
    except Unreadable:
        if meant := nearest(value.plain, labels("query.value", words), _LIKE_A_WORD):
            raise failure("value_near", value.start, value.end, value=value.typed, near=meant) from None
        raise failure(kind, value.start, value.end, value=value.typed) from None
    except Backwards:
        raise failure("backwards", value.start, value.end, value=value.typed) from None


def number(column: str, value: Value, wanted: Wanted) -> Condition:
    return indexed(*_between(column, *_spanned("number", value, number_span, ())))


def gap(value: Value, wanted: Wanted) -> Condition:
    """Points short of the threshold; nobody is short of less than none."""
    from engine.policy import load  # the threshold is the pack's

    least, most = _spanned("number", value, number_span, ())
    threshold = load().threshold
    if most is not None and most < 0:
        return Condition("0")
    low = None if most is None else threshold - most
    return indexed(*_between("score", low, None if least is None or least <= 0 else threshold - least))


def day(column: str, value: Value, wanted: Wanted, words: tuple[str, ...] = ("none",)) -> Condition:
    if says(value, "none"):
        return nothing(column)
    low, high = _spanned("day", value, lambda text: day_span(text, wanted.today), words)
    return indexed(*_between(column, _iso(low), _iso(high)))


def _iso(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day).isoformat()


def moment(column: str, value: Value, wanted: Wanted) -> Condition:
    low, high = _spanned("day", value, lambda text: day_span(text, wanted.today, past=True), ())
    parts = []
    if low is not None:
        parts.append((f"{column} >= ?", utc(low)))
    if high is not None:
        parts.append((f"{column} < ?", utc(high + 1)))
    return indexed(column, " AND ".join(sql for sql, _ in parts), tuple(value for _, value in parts))


def consultant(value: Value, wanted: Wanted) -> Condition:
    if says(value, "none"):
        return nothing("consultant")
    if says(value, "me"):
        return indexed("consultant", "consultant = ?", (wanted.me,))
    spellings = value.spellings
    if len(spellings) == 1:
        return indexed("consultant", "consultant = ?", spellings)
    return indexed("consultant", f"consultant IN ({', '.join('?' * len(spellings))})", spellings)


def draft(value: Value, wanted: Wanted) -> Condition:
    """In which a consultant has left something unfinished."""
    if says(value, "none"):
        return Condition("id NOT IN (SELECT case_id FROM draft)")
    who = (wanted.me,) if says(value, "me") else value.spellings
    return Condition(f"id IN (SELECT case_id FROM draft WHERE by IN ({', '.join('?' * len(who))}))", who)


def holding(column: str, value: Value, wanted: Wanted) -> Condition:
    """The text anywhere in the column."""
    if says(value, "none"):
        return nothing(column)
    spellings = value.spellings
    return _saying(column, "{} LIKE ? ESCAPE '\\'", tuple(f"%{_escaped(s)}%" for s in spellings))


def _saying(column: str, says_one: str, parameters: tuple[str, ...]) -> Condition:
    """Cases in whose column one of the `parameters` is said: asked of each different text once, as there are few."""
    said, of_each = (" OR ".join([says_one.format(name)] * len(parameters)) for name in ("said", column))
    # the texts of all cases, whosever one sees: the index has them one after the other
    each = (
        f"WITH RECURSIVE each_text(said) AS (SELECT min({column}) FROM main.cases WHERE {column} >= ''"
        f" UNION ALL SELECT (SELECT min({column}) FROM main.cases WHERE {column} > said) FROM each_text"
        f" WHERE said IS NOT NULL)"
    )
    fits = f"{column} IN ({each} SELECT said FROM each_text WHERE {said})"
    among = f"({each} SELECT said FROM each_text WHERE {said})"
    look = Look(gathered(fits), of_each, among, parameters, column, of_values=True)
    return Condition(f"id IN (SELECT id FROM cases WHERE {fits})", parameters, look)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def deadline(value: Value, wanted: Wanted) -> Condition:
    """The nearest day of a case; overdue is before today."""
    if says(value, "overdue"):
        return indexed("deadline", "deadline < ?", (wanted.today.isoformat(),))
    return day("deadline", value, wanted, ("overdue", "none"))


def among(column: str, table: str, names: tuple[str, ...], value: Value, wanted: Wanted) -> Condition:
    """One of a few names, by its id or either word; none is nothing there."""
    if says(value, "none"):
        return nothing(column)
    known = labels(table, names)
    name = known.get(spelled(value.plain))
    if name is None:
        raise unknown("value", value.plain, value.start, value.end, known, names, table)
    return indexed(column, f"{column} = ?", (name,))


def note(value: Value, wanted: Wanted) -> Condition:
    """A text anywhere in a line of the log."""
    noted = f"document WHERE {NOTES}"
    if says(value, "none"):
        any_of_them = f"id IN (SELECT case_id FROM {noted} <> '[]')"
        return Condition(f"NOT {any_of_them}", opposite=any_of_them)
    texts: tuple[str, ...] = tuple(f"%{_escaped(spelling)}%" for spelling in value.spellings)
    said = " OR ".join(["note.value ->> 'text' LIKE ? ESCAPE '\\'"] * len(texts))
    said = f"EXISTS (SELECT 1 FROM json_each({NOTES}) AS note WHERE {said})"
    if '"' not in value.typed and "\\" not in value.typed:  # as they stand in JSON: to be seen before it is taken apart
        anywhere = " OR ".join([f"{NOTES} LIKE ? ESCAPE '\\'"] * len(texts))
        said, texts = f"({anywhere}) AND {said}", texts * 2
    among = f"{noted} IS NOT NULL AND {said}"
    look = Look(
        f"id IN (SELECT case_id FROM main.{among})",
        f"EXISTS (SELECT 1 FROM {among} AND case_id = cases.id)",
        f"(SELECT case_id AS said FROM main.{among})",
        texts,
        "id",
        of_values=True,
    )
    return Condition(f"id IN (SELECT case_id FROM {among})", texts, look)


def base(value: Value, wanted: Wanted) -> Condition:
    """The contribution base of the last month paid: as a multiple of the 1x reference, or in yuan a month."""
    if says(value, "none"):
        return nothing("base")
    of_reference = any(sign in fold(value.plain) for sign in ("x", "倍"))
    column, read = ("base_multiple", multiple_span) if of_reference else ("base", number_span)
    return indexed(*_between(column, *_spanned("base", value, read)))


def risk(value: Value, wanted: Wanted) -> Condition:
    """Cases in which a risk stands: of that severity, else by its id or any part of its name in either language."""
    if says(value, "none"):
        return nothing("risks")
    severity = labels("severity", _names("severity")).get(spelled(value.plain))
    codes = (severity,) if severity is not None else _named("risk", fold(value.plain).strip())
    if not codes:
        raise _misnamed("risk", value, "severity", "risk")
    return _saying("risks", "instr({}, ?)", tuple(f'"{code}"' for code in codes))


def owed(value: Value, wanted: Wanted) -> Condition:
    """Cases that owe a paper: by its code, or any part of its name in either language."""
    if says(value, "none"):
        return nothing("owed")
    codes = _named("paper", fold(value.plain).strip())
    if not codes:
        raise _misnamed("paper", value, "paper")
    return _saying("owed", "instr({}, ?)", tuple(f'"{code}"' for code in codes))


@cache
def _names(table: str) -> tuple[str, ...]:
    """The names of a catalogue's table."""
    return tuple(key.removeprefix(f"{table}.") for key in catalogue(LANGUAGES[0]) if key.startswith(f"{table}."))


def _named(table: str, typed: str) -> tuple[str, ...]:
    """The names of a table that are meant: by itself, or by any part of its words."""
    said = {name: [fold(word(f"{table}.{name}", language)) for language in LANGUAGES] for name in _names(table)}
    return tuple(name for name, words in said.items() if name.lower() == typed or any(typed in each for each in words))


@cache
def _pieces(table: str) -> tuple[str, ...]:
    """What may be typed of a table: its names, and the pieces and single words of their words, the shortest first."""
    said = [word(f"{table}.{name}", language) for name in _names(table) for language in LANGUAGES]
    pieces = [piece for text in said for piece in _BETWEEN.split(text) if piece]
    words = [each for piece in pieces for each in piece.split() if len(each) >= _A_WORD]
    return tuple(sorted(dict.fromkeys([*_names(table), *words, *pieces]), key=len))


def _misnamed(code: str, value: Value, *tables: str) -> QueryError:
    """No name of the tables has the text in it: the piece of one that is nearest to it is told."""
    typed = spelled(value.plain)
    like: dict[str, str] = {}
    for piece in (piece for table in tables for piece in _pieces(table)):
        said = spelled(piece)
        # few have most of the letters: only their parts are compared
        if sum(letter in said for letter in typed) >= _LIKE_A_WORD * len(typed):
            for start in range(max(len(said) - len(typed), 0) + 1):
                like.setdefault(said[start : start + len(typed)], piece)
    meant = nearest(typed, like, _LIKE_A_WORD)
    if meant is None:
        return failure(code, value.start, value.end, value=value.typed)
    return failure(f"{code}_near", value.start, value.end, value=value.typed, near=like[meant])


def chased(value: Value, wanted: Wanted) -> Condition:
    """The day on which a paper was asked for last: `>7d` is more than seven days ago."""
    if says(value, "none"):
        return nothing("chased")
    low, high = _spanned("day", value, lambda text: day_span(text, wanted.today, past=True))
    return indexed(*_between("chased", _iso(low), _iso(high)))


def fee(value: Value, wanted: Wanted) -> Condition:
    """Cases with a fee that is due and not received."""
    if not says(value, "due"):
        raise unknown(
            "value", value.plain, value.start, value.end, labels("query.value", ("due",)), ("due",), "query.value"
        )
    return indexed("fee_due", "fee_due <= ?", (wanted.today.isoformat(),))


def exam(kind: int | None, value: Value, wanted: Wanted) -> Condition:
    """Cases with a child that comes to an examination, or to one kind of it (`engine.exam_lint.KINDS`), in a year."""
    of_kind = "" if kind is None else f"kind = {kind}"
    if says(value, "none"):
        among = f"child_exam WHERE {of_kind or 'TRUE'}"
        sought = f"id NOT IN (SELECT case_id FROM {among})"
        return Condition(sought, (), Look(sought, f"NOT EXISTS (SELECT 1 FROM {among} AND case_id = cases.id)", "", ()))
    _, years, span = _between("year", *_spanned("year", value, year_span))
    among = f"child_exam WHERE {' AND '.join(filter(None, (years, of_kind)))}"
    return listed(among, span)


def tag(value: Value, wanted: Wanted) -> Condition:
    if says(value, "none"):
        return nothing(
            "tags", "{} = '[]'", "{} < '[]'"
        )  # a list that is not empty goes on with a quote, before a bracket
    return _saying("tags", "EXISTS (SELECT 1 FROM json_each({}) WHERE value = ?)", value.spellings)
