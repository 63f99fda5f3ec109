"""Numbers, years and days as they are said: `八十六`, `八八年`, `七八年`, `2016年5月20日`. Pure."""

from __future__ import annotations

import re
from datetime import date

from tui.amounts import LONGEST

_NUMERALS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
N = r"(\d+|[零〇一二三四五六七八九十百两俩]+)"
"""A whole number, for patterns."""
_DIGITS = "[零〇一二三四五六七八九]"
_SPOKEN_YEAR = re.compile(rf"(?<![零〇一二三四五六七八九十百千万])({_DIGITS}{{4}}|{_DIGITS}{{2}})(?=年|届|级)")
_YEAR = re.compile(r"((?:19|20)\d{2})|(?<!\d)(\d{2})(?=年|届|级)")
_DAY = re.compile(r"((?:19|20)\d{2}|(?<!\d)\d{2})[年./-](\d{1,2})[月./-](\d{1,2})(?!\d)")
_ABOUT = re.compile(r"([一二两三四五六七八])([二三四五六七八九])")
MOST_YEARS = 60  # of a marriage, of insurance


def number(text: str) -> int | None:
    """A whole number in figures or in Chinese: `86`, `八十六`, `十二`; None where it is none."""
    if text.isascii() and text.isdigit() and len(text) < LONGEST:
        return int(text)
    total, digit = 0, None
    for sign in text:
        if sign in "零〇" and total:
            continue  # 一百零一
        if sign in _NUMERALS:
            if digit is not None:
                return None
            digit = _NUMERALS[sign]
        elif sign in "十百":
            total += (1 if digit is None else digit) * (10 if sign == "十" else 100)
            digit = None
        else:
            return None
    return total + (digit or 0) if text else None


def _follow(pair: re.Match[str]) -> bool:
    return _NUMERALS[pair[2]] == _NUMERALS[pair[1]] + 1


def lower(text: str) -> str:
    """`七八年`, `两三个月`, `八九千`: of two figures that follow one another the lower one."""
    return _ABOUT.sub(lambda pair: pair[1] if _follow(pair) else pair[0], text)


def years_in_figures(text: str, *, born: bool = False) -> str:
    """`一九八八年` as `1988年`, `八八年` as `88年`. `七八年` is a year where somebody was born, else about seven."""

    def figures(said: re.Match[str]) -> str:
        pair = _ABOUT.fullmatch(said[1])
        if pair and _follow(pair) and not born:
            return said[1]
        return "".join(str(_NUMERALS[sign]) for sign in said[1])

    return _SPOKEN_YEAR.sub(figures, text)


def past(year: str, today: date) -> int:
    """A year that is not to come: of two figures the last one that ends so."""
    if len(year) == 4:
        return int(year)
    century = today.year // 100 * 100
    return century + int(year) - (100 if int(year) > today.year % 100 else 0)


def year_in(text: str, today: date) -> int | None:
    """The first year a text names."""
    found = _YEAR.search(years_in_figures(text))
    return None if found is None else past(found[1] or found[2], today)


def day_in(text: str, today: date) -> date | None:
    """The first whole day a text names that is not to come."""
    found = _DAY.search(years_in_figures(text))
    try:
        day = None if found is None else date(past(found[1], today), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return day if day is not None and day <= today else None


def years_ago(years: int, today: date) -> date:
    """The day so many whole years ago."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # 29 February
        return today.replace(year=today.year - years, day=28)
