"""What people type, understood: dates, months, money, yes and no, choices.

`understand` turns the text of one field into the value that the applicant's document keeps (a JSON value),
None for a field that is cleared, or a `Reason` why not. What can be read in two ways (`201001` as a day) is
refused; the screen shows what was understood. The reasons' words are the screen's own (`typed.*`).
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from engine import kinds
from engine.reason import Reason

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


def clean(text: str) -> str:
    """Text as it may be kept: `engine.kinds.clean`, full-width letters and digits (an input method's) as
    plain ones, one space between words. Punctuation stays as typed."""
    plain = "".join(chr(ord(sign) - 0xFEE0) if _is_full_width(sign) else sign for sign in kinds.clean(text))
    return " ".join(plain.split())


def understand(
    kind: str, text: str, today: date, *, options: Sequence[Option] = (), open_end: bool = False
) -> Value | Reason:
    """The value of `text` in a field of this kind (as `engine.fields` names kinds). `today` places two-digit
    years; `open_end` says that the field ends a span, where `至今` leaves it open."""
    text = clean(text)
    if not text:
        return None
    if kind in ("date", "month") and _fold(text) in TILL_NOW:
        return None if open_end else Reason("typed.not_open", {"text": text})
    if kind == "date":
        return _date(text, today)
    if kind == "month":
        return _month(text, today)
    if kind == "money":
        return _money(text)
    if kind == "integer":
        return _integer(text, today)
    if kind == "decimal":
        return _decimal(text)
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
    typed = _fold(clean(text))
    if not typed:
        return list(options)
    if typed.isdigit() and 1 <= int(typed) <= len(options) and not any(o.id == typed for o in options):
        return [options[int(typed) - 1]]
    exact = [option for option in options if typed in (option.id.lower(), _fold(option.label))]
    if exact:
        return exact
    by_start = [option for option in options if _starts(option, typed)]
    return by_start or [option for option in options if typed in _fold(option.label)]


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


def _is_full_width(sign: str) -> bool:
    return "０" <= sign <= "９" or "Ａ" <= sign <= "Ｚ" or "ａ" <= sign <= "ｚ"


def _fold(text: str) -> str:
    """For comparing: full-width signs as plain ones, small letters, no spaces."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return folded.replace(" ", "").replace("。", ".").replace("、", "/").replace("—", "-")


def _starts(option: Option, typed: str) -> bool:
    return (
        option.id.lower().startswith(typed)
        or _fold(option.label).startswith(typed)
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
    folded = _fold(text)
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
    folded = _fold(text)
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


_GROUPED = re.compile(r"\d{1,4}(,\d{3})+(\.\d+)?|\d{1,4}(,\d{4})+(\.\d+)?|\d+(\.\d+)?")
_UNITS = {"十": 10, "百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "亿": 100_000_000}
_NUMERALS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def _money(text: str) -> Value | Reason:
    """Whole yuan. `1.2万` `1万2` `一万二千五` `12k` `12,500` `¥12500元`."""
    folded = re.sub(r"^[¥$]|(元|块|圆|rmb)(/月|每月)?$", "", _fold(text))
    amount = _plain_number(folded)
    if amount is None:
        amount = _number_with_units(folded)
    if amount is None:
        return Reason("typed.money", {"text": text})
    if amount != amount.to_integral_value():
        return Reason("typed.whole_yuan", {"text": text})
    return int(amount)


def _plain_number(text: str) -> Decimal | None:
    if not text.isascii() or not _GROUPED.fullmatch(text):
        return None
    return Decimal(text.replace(",", ""))


_PART = re.compile(r"(\d+(?:\.\d+)?|[零〇一二两三四五六七八九])?([十百千万亿kw])|零|〇|(\d+|[一二两三四五六七八九])$")


def _number_with_units(text: str) -> Decimal | None:
    """`1.2万`, `一万二千五`: units in falling order; a last digit without one counts the next lower."""
    total = Decimal(0)
    place, last_unit, after_zero = 0, 0, False
    while place < len(text):
        part = _PART.match(text, place)
        if part is None:
            return None
        if part[2]:
            unit = _UNITS[part[2]]
            bare = part[1] is None and (part[2] != "十" or place > 0)
            cut = part[1] is not None and "." in part[1] and part.end() < len(text)
            if bare or cut or (last_unit and unit >= last_unit):
                return None
            total += _amount(part[1] or "1") * unit
            last_unit, after_zero = unit, False
        elif part[3]:
            if not last_unit:
                return None
            lower = 1 if after_zero or last_unit == 10 else last_unit // 10
            amount = _amount(part[3])
            if amount >= 10:  # `1万2500`: all the places below the unit are written out, or it is unclear which are
                if len(part[3]) != len(str(last_unit)) - 1:
                    return None
                lower = 1
            total += amount * lower
        else:
            after_zero = True
        place = part.end()
    return total if last_unit else None


def _amount(digits: str) -> Decimal:
    return Decimal(_NUMERALS[digits]) if digits in _NUMERALS else Decimal(digits)


def _integer(text: str, today: date) -> Value | Reason:
    folded = _fold(text)
    year = re.fullmatch(r"(\d{4}|\d{2})年", folded)
    if year:
        return _year(year[1], today)
    plain = _plain_number(re.sub(r"[人名个分]$", "", folded))
    if plain is None or plain != plain.to_integral_value():
        return Reason("typed.integer", {"text": text})
    return int(plain)


def _decimal(text: str) -> Value | Reason:
    """A share of one: `0.8`, `80%`. JSON has no other numbers than floats; its shortest spelling is exact."""
    folded = _fold(text)
    percent = folded.endswith("%")
    try:
        number = Decimal(folded.removesuffix("%"))
    except InvalidOperation:
        return Reason("typed.decimal", {"text": text})
    if not number.is_finite() or not re.fullmatch(r"-?\d*\.?\d*%?", folded):
        return Reason("typed.decimal", {"text": text})
    return float(number / 100 if percent else number)


def _boolean(text: str) -> Value | Reason:
    folded = _fold(text)
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
        return Reason("typed.several_choices", {"text": text, "labels": "、".join(o.label for o in found[:4])})
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
