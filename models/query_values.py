"""The values of the query language: spans of numbers and days, texts and spellings.

A span is the first and the last whole number (or day, as its ordinal) that fits; an open end is None.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from engine.months import Month
from models.names import FULL_WIDTH, fold
from models.today import SHANGHAI

# What a Chinese input method types for the signs of the language; one for one, so that places stay where they are.
SIGNS = FULL_WIDTH | {ord(typed): ord(meant) for typed, meant in zip("《》〈〉“”、。—–−", '<><>"",.---', strict=True)}

FIRST_YEAR, LAST_YEAR = 1900, 2199

_SPAN = re.compile(r"(?P<sign>>=|<=|=>|=<|≥|≤|>|<|=)?(?P<value>.+)", re.DOTALL)
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")
_MULTIPLE = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?[x倍]")
_AGO = re.compile(r"([+-]?[0-9]{1,5})(?:d|天|日)")
_DAY = re.compile(r"([0-9]{4})[-/年]([0-9]{1,2})[-/月]([0-9]{1,2})日?")
_MONTH = re.compile(r"([0-9]{4})[-/年]([0-9]{1,2})月?")
_YEAR = re.compile(r"([0-9]{4})年?")


class Value(NamedTuple):
    """One value as it was typed: what stood there, the same with plain signs, whether in quotes, and where."""

    typed: str
    plain: str
    quoted: bool
    start: int
    end: int

    @property
    def spellings(self) -> tuple[str, ...]:
        """The value as it may be kept: as typed, and folded."""
        return tuple(dict.fromkeys((self.typed, self.plain, fold(self.plain))))


class Span(NamedTuple):
    """From the first to the last that fits, both included; None is open."""

    low: int | None
    high: int | None


class Atom(NamedTuple):
    """What one number or day covers (a month: its days). `ago`: counted back, the larger the earlier."""

    first: int
    last: int
    ago: bool = False


class Unreadable(ValueError):
    """The value is not of its kind."""


class Backwards(ValueError):
    """A span that ends before it begins."""


def number_span(text: str) -> Span:
    """`>=120`, `<120`, `120`, `1..20`, `100..`; raises Unreadable or Backwards."""
    return _span(text, _number)


def multiple_span(text: str) -> Span:
    """`<1.05x`, `1x..2x`, `>=2倍` as hundredths; raises Unreadable or Backwards."""
    return _span(text, _multiple)


def year_span(text: str) -> Span:
    """`2027`, `>=2027`, `2027年..2029年`; raises Unreadable or Backwards."""
    return _span(text, _calendar_year)


def day_span(text: str, today: date, *, past: bool = False) -> Span:
    """`<30d`, `2027-03`, `2027-01..2027-03`, `>=2027-03-01`, `2027` as ordinals of days.

    Relative days count from today on, or back where the days of the key lie in the `past`. Raises Unreadable or
    Backwards.
    """
    return _span(text, lambda part: _day(part, today, past))


def utc(day: int) -> str:
    """The moment a day (an ordinal) begins in Shanghai, as moments are kept."""
    begins = datetime.combine(date.fromordinal(day), time(), SHANGHAI).astimezone(UTC)
    return begins.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _span(text: str, atom: Callable[[str], Atom]) -> Span:
    if ".." in text:
        left, right = text.split("..", 1)
        return _range(left, right, atom)
    found = _SPAN.fullmatch(text)
    if not found:
        raise Unreadable(text)
    first, last, ago = atom(found["value"])
    sign = found["sign"] or "="
    if ago:
        sign = sign.translate(str.maketrans("<>≤≥", "><≥≤"))
    match sign:
        case ">":
            return Span(last + 1, None)
        case "<":
            return Span(None, first - 1)
        case ">=" | "=>" | "≥":
            return Span(first, None)
        case "<=" | "=<" | "≤":
            return Span(None, last)
    return Span(first, last)


def _range(left: str, right: str, atom: Callable[[str], Atom]) -> Span:
    if not left and not right:
        raise Unreadable(left)
    begin, end = (atom(part) if part else None for part in (left, right))
    if all(part is None or part.ago for part in (begin, end)):
        begin, end = end, begin
    low, high = begin and begin.first, end and end.last
    if low is not None and high is not None and low > high:
        raise Backwards
    return Span(low, high)


def _number(text: str) -> Atom:
    if not _NUMBER.fullmatch(text):
        raise Unreadable(text)
    return Atom(int(text), int(text))


def _calendar_year(text: str) -> Atom:
    found = _YEAR.fullmatch(text)
    if not found:
        raise Unreadable(text)
    return Atom(_year(found[1]), _year(found[1]))


def _multiple(text: str) -> Atom:
    found = _MULTIPLE.fullmatch(text)
    if not found:
        raise Unreadable(text)
    hundredths = 100 * int(found[1]) + int((found[2] or "").ljust(2, "0"))
    return Atom(hundredths, hundredths)


def _day(text: str, today: date, past: bool) -> Atom:
    if found := _AGO.fullmatch(text):
        days = int(found[1])
        day = today.toordinal() + (-days if past else days)
        return Atom(day, day, past)
    try:
        if found := _DAY.fullmatch(text):
            day = date(_year(found[1]), int(found[2]), int(found[3])).toordinal()
            return Atom(day, day)
        if found := _MONTH.fullmatch(text):
            month = Month.parse(f"{_year(found[1])}-{int(found[2]):02d}")
            return Atom(month.first_day().toordinal(), month.last_day().toordinal())
        if found := _YEAR.fullmatch(text):
            year = _year(found[1])
            return Atom(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
    except ValueError as error:
        raise Unreadable(text) from error
    raise Unreadable(text)


def _year(text: str) -> int:
    if not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise Unreadable(text)
    return int(text)
