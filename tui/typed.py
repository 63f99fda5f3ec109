"""What people type, understood: dates, months, money, yes and no, choices.

`understand` turns the text of one field into the value that the applicant's document keeps (a JSON value),
None for a field that is cleared, or a `Reason` why not. What can be read in two ways (`201001` as a day) is
refused; the screen shows what was understood. The reasons' words are the screen's own (`typed.*`).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from engine.reason import Reason
from tui.amounts import money, plain_number, share
from tui.signs import clean, fold

Value = str | int | float | bool | list[str] | None


class Option(NamedTuple):
    """One thing to choose from: its id in the document and the words people read."""

    id: str
    label: str


YES = frozenset({"是", "有", "对", "真", "y", "yes", "t", "true", "1", "√", "✓", "shi", "you"})
NO = frozenset(
    {
        "否",
        "无",
        "没有",
        "没",
        "不",
        "不是",
        "不对",
        "假",
        "n",
        "no",
        "f",
        "false",
        "2",
        "×",
        "x",
        "fou",
        "wu",
    }
)
TILL_NOW = frozenset({"至今", "到现在", "现在", "今", "在缴", "在职", "now", "present", "-"})
SPLIT = re.compile(r"\s*[,;，；、]\s*")

# Two-digit years lie in the hundred years that end this many years from now: permits run into the future.
YEARS_AHEAD = 10


def understand(
    kind: str, text: str, today: date, *, options: Sequence[Option] = (), open_end: bool = False
) -> Value | Reason:
    """The value of `text` in a field of this kind (as `engine.fields` names kinds). `today` places two-digit
    years; `open_end` says that the field ends a span, where `至今` leaves it open."""
    text = clean(text)
    if not text:
        return None
    if kind in ("date", "month") and fold(text) in TILL_NOW:
        return None if open_end else Reason("typed.not_open", {"text": text})
    if kind == "date":
        return _date(text, today)
    if kind == "month":
        return _month(text, today)
    if kind == "money":
        return money(text)
    if kind == "integer":
        return _integer(text, today)
    if kind == "decimal":
        return share(text)
    if kind == "boolean":
        return _boolean(text)
    if kind == "choice":
        return _choice(text, options)
    if kind == "choices":
        return _choices(text, options)
    if kind == "texts":
        return [part for part in SPLIT.split(text) if part]
    return text


def matching(options: Sequence[Option], text: str) -> list[Option]:
    """The options that `text` may still become, the exact one alone: by number, id, label, part of a label,
    or the first letters of its syllables (`bk` 本科). All of them while nothing is typed."""
    typed = fold(clean(text))
    if not typed:
        return list(options)
    if (
        typed.isascii()
        and typed.isdigit()
        and len(typed) < 4
        and 1 <= int(typed) <= len(options)
        and not any(o.id == typed for o in options)
    ):
        return [options[int(typed) - 1]]
    exact = [option for option in options if typed in (option.id.lower(), fold(option.label))]
    if exact:
        return exact
    by_start = [option for option in options if _starts(option, typed)]
    return by_start or [option for option in options if typed in fold(option.label)]


def initials(label: str) -> str:
    """The first letters of a Chinese label's syllables, Latin letters as they are: `全日制` qrz.

    Read off the order of GB 2312, whose common characters stand by pronunciation, so that no dictionary is
    loaded for a menu."""
    letters = []
    for sign in label:
        if sign.isascii():
            if sign.isalnum():
                letters.append(sign.lower())
            continue
        try:
            code = sign.encode("gb2312")
        except UnicodeEncodeError:
            continue
        if _GB_STARTS[0] <= code <= _GB_LAST:
            letters.append(_GB_LETTERS[bisect_right(_GB_STARTS, code) - 1])
    return "".join(letters)


# The first character of each letter in GB 2312's first plane (no syllable begins with i, u or v).
_GB_LETTERS = "abcdefghjklmnopqrstwxyz"
_GB_STARTS = [sign.encode("gb2312") for sign in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"]
_GB_LAST = "座".encode("gb2312")


def _starts(option: Option, typed: str) -> bool:
    return (
        option.id.lower().startswith(typed)
        or fold(option.label).startswith(typed)
        or initials(option.label).startswith(typed)
    )


def _year(digits: str, today: date) -> int:
    """A year of four digits, or of two: the one in the hundred years that end YEARS_AHEAD years from now."""
    if len(digits) == 4:
        return int(digits)
    last = today.year + YEARS_AHEAD
    return last - (last - int(digits)) % 100


_DATE = re.compile(r"(\d{4}|\d{2})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?")
_DATE_SPACED = re.compile(r"(\d{4}|\d{2}) (\d{1,2}) (\d{1,2})")
_MONTH = re.compile(r"(\d{4}|\d{2})(?:年|[-./])(\d{1,2})月?")
_MONTH_SPACED = re.compile(r"(\d{4}|\d{2}) (\d{1,2})")


def _date(text: str, today: date) -> Value | Reason:
    folded = fold(text)
    if folded in ("今天", "today"):
        return today.isoformat()
    match = _DATE.fullmatch(folded) or _DATE_SPACED.fullmatch(text)
    if match:
        return _day(match[1], match[2], match[3], today, text)
    if folded.isascii() and folded.isdigit():
        if len(folded) == 8:
            return _day(folded[:4], folded[4:6], folded[6:], today, text)
        if len(folded) == 6 and folded[:2] not in ("19", "20"):
            return _day(folded[:2], folded[2:4], folded[4:], today, text)
        if len(folded) == 6:  # 201001 is January 2010 to one reader and 1 October 2020 to another
            return Reason("typed.date_needs_day", {"text": text})
    if _MONTH.fullmatch(folded) or _MONTH_SPACED.fullmatch(text):
        return Reason("typed.date_needs_day", {"text": text})
    return Reason("typed.date", {"text": text})


def _day(year: str, month: str, day: str, today: date, text: str) -> Value | Reason:
    try:
        return date(_year(year, today), int(month), int(day)).isoformat()
    except ValueError:
        return Reason("typed.no_such_day", {"text": text})


def _month(text: str, today: date) -> Value | Reason:
    folded = fold(text)
    if folded in ("本月", "这个月"):
        return today.isoformat()[:7]
    match = _MONTH.fullmatch(folded) or _MONTH_SPACED.fullmatch(text)
    if match:
        return _year_month(match[1], match[2], today, text)
    if folded.isascii() and folded.isdigit():
        if len(folded) == 6:
            return _year_month(folded[:4], folded[4:], today, text)
        if len(folded) == 4 and folded[:2] not in ("19", "20"):
            return _year_month(folded[:2], folded[2:], today, text)
        if len(folded) == 4:
            return Reason("typed.month_needs_month", {"text": text})
    whole = _date(text, today)
    if isinstance(whole, str):  # a day was pasted: its month
        return whole[:7]
    return Reason("typed.month", {"text": text})


def _year_month(year: str, month: str, today: date, text: str) -> Value | Reason:
    number = _year(year, today)
    if not 1 <= int(month) <= 12 or number < 1:
        return Reason("typed.no_such_month", {"text": text})
    return f"{number:04}-{int(month):02}"


def _integer(text: str, today: date) -> Value | Reason:
    folded = fold(text)
    year = re.fullmatch(r"(\d{4}|\d{2})年", folded)
    if year:
        return _year(year[1], today)
    plain = plain_number(re.sub(r"[人名个分]$", "", folded))
    if plain is None or plain != plain.to_integral_value():
        return Reason("typed.integer", {"text": text})
    return int(plain)


def _boolean(text: str) -> Value | Reason:
    folded = fold(text)
    if folded in YES:
        return True
    if folded in NO:
        return False
    return Reason("typed.boolean", {"text": text})


def _choice(text: str, options: Sequence[Option]) -> Value | Reason:
    found = matching(options, text)
    if len(found) == 1:
        return found[0].id
    if found:
        return Reason("typed.several_choices", {"text": text, "labels": [option.label for option in found[:4]]})
    return Reason("typed.choice", {"text": text})


def _choices(text: str, options: Sequence[Option]) -> Value | Reason:
    chosen: list[str] = []
    for part in SPLIT.split(text):
        if not part:
            continue
        one = _choice(part, options)
        if isinstance(one, Reason):
            return one
        if isinstance(one, str) and one not in chosen:
            chosen.append(one)
    return chosen or None
