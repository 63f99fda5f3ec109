"""Amounts as people type them: `12,500`, `1.2万`, `一万二`, `80%`."""

import re
from decimal import Decimal, InvalidOperation

from engine.reason import Reason
from tui.signs import fold

_GROUPED = re.compile(r"\d{1,4}(,\d{3})+(\.\d+)?|\d{1,4}(,\d{4})+(\.\d+)?|\d+(\.\d+)?")
LONGEST = 40  # signs of an amount; of thousands Python makes no number
_UNITS = {"十": 10, "百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "亿": 100_000_000}
_NUMERALS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def money(text: str) -> int | Reason:
    """Whole yuan. `1.2万` `1万2` `一万二千五` `12k` `12,500` `¥12500元`."""
    if len(text) > LONGEST:
        return Reason("typed.money", {"text": text})
    folded = re.sub(r"^[¥$]|(元|块|圆|rmb)(/月|每月)?$", "", fold(text))
    amount = plain_number(folded)
    if amount is None:
        amount = _number_with_units(folded)
    if amount is None:
        return Reason("typed.money", {"text": text})
    if amount != amount.to_integral_value():
        return Reason("typed.whole_yuan", {"text": text})
    return int(amount)


def plain_number(text: str) -> Decimal | None:
    """A number in digits, grouped by commas or not; None where it is none."""
    if not text.isascii() or len(text) > LONGEST or not _GROUPED.fullmatch(text):
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


def share(text: str) -> float | Reason:
    """A share of one: `0.8`, `80%`. JSON has no other numbers than floats; its shortest spelling is exact."""
    if len(text) > LONGEST:
        return Reason("typed.decimal", {"text": text})
    folded = fold(text)
    percent = folded.endswith("%")
    try:
        number = Decimal(folded.removesuffix("%"))
    except InvalidOperation:
        return Reason("typed.decimal", {"text": text})
    if not number.is_finite() or not re.fullmatch(r"-?\d*\.?\d*%?", folded):
        return Reason("typed.decimal", {"text": text})
    return float(number / 100 if percent else number)
