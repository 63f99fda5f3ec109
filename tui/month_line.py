"""A range of months of insurance as it is typed: `2024-01..2024-06 基数 12500`, `2024年1月到6月 补缴`.

What is not understood is told; nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from engine.kinds import known_province, province
from engine.months import Month
from engine.reason import Reason
from models.insured_months import Edit
from tui.amounts import money
from tui.signs import clean, fold
from tui.typed import TILL_NOW, YEARS_AHEAD

_MONTH = re.compile(
    r"((?:19|20)\d{2})[年./\-]?(0?[1-9]|1[0-2])月?"
    r"(?:[./\-](?:0?[1-9]|[12]\d|3[01])日?|(?:0[1-9]|[12]\d|3[01]))?(?![\d月])",
    re.ASCII,
)
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})(?=[年./\-](?:0?[1-9]|1[0-2])(?!\d))", re.ASCII)
_SAME_YEAR = re.compile(r"(0?[1-9]|1[0-2])月?(?![\d年./\-])", re.ASCII)
_WHOLE_YEAR = re.compile(r"((?:19|20)\d{2})(?:年全年|全年|年度|年)(?=\s|$)", re.ASCII)
_A_MONTH = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])", re.ASCII)  # no base is so high
_JOINED = re.compile(r"(\.\.+|。。+|至今|起|开始|至|到|~|——?|-+|－)\s*")
_GOES_ON = ("至今", "起", "开始")
_SAYS = re.compile(r"(?:缴费)?(基数|base)[\s:=]*|(单位|外省|省份)[:=]", re.IGNORECASE)
_APART = re.compile(r"\s+|[,;、](?!\d{3}(?!\d))", re.ASCII)  # `12,500` is one amount
KINDS = (
    ("back_paid", ("补缴", "补交", "back")),
    ("topped_up", ("补差", "topped")),
    ("exempt", ("减免", "免缴", "exempt")),
    ("deferred", ("缓缴", "deferred")),
    ("normal", ("正常", "normal", "已到账", "到账", "已缴")),
)
_NONE = ("删除", "删", "没交", "没缴", "未交", "未缴", "断缴", "断", "停缴", "none", "remove")
EMPLOYER = re.compile(r"(公司|厂|店|局|院|所|中心|学校|事务所|集团|企业|有限|合作社|协会)")


def read(typed: str, today: date) -> Edit | Reason:
    """One line about a range: months, then what they say (`基数 12500`, `补缴`, `外省 江苏`, `单位 X`, `删`)."""
    text = clean(unicodedata.normalize("NFKC", typed))
    short = _SHORT_YEAR.match(text) is not None  # `24.1-24.6`; in `2024-06-01` the figures are a month
    found_span, rest = span(_SHORT_YEAR.sub(lambda year: _full(year[1], today), text) if short else text, today)
    if found_span is None:
        return Reason("month_line_months", {"text": text})
    first, last = found_span
    if last < first:
        return Reason("month_line_order", {"text": text})
    if last > Month.of(today):
        return Reason("month_line_future", {"text": text})
    found = _facts(rest)
    if isinstance(found, Reason):
        return found
    return Edit(first, last, found.facts)


def read_behind(begun: str, typed: str, today: date) -> Edit | Reason:
    """One line that was begun with months: where others are typed behind them, these are meant."""
    found = read(typed, today)
    if isinstance(found, Reason) and typed.startswith(begun):
        behind = read(typed.removeprefix(begun), today)
        return found if isinstance(behind, Reason) else behind
    return found


def _full(year: str, today: date) -> str:
    """A year of two figures as fields take it."""
    last = today.year + YEARS_AHEAD
    return str(last - (last - int(year)) % 100)


def _month(found: re.Match[str]) -> Month:
    return Month.parse(f"{found[1]}-{int(found[2]):02}")


def span(text: str, today: date) -> tuple[tuple[int, int] | None, str]:
    """The months a text begins with, and the rest; `至今` is the month before today's, the last that can be paid."""
    until_now = Month.of(today) - 1
    if whole := _WHOLE_YEAR.match(text):
        january = Month.parse(f"{whole[1]}-01")
        return (january, max(january, min(january + 11, until_now))), text[whole.end() :].strip()
    start = _MONTH.match(text)
    if start is None:
        return None, text
    first = _month(start)
    rest = text[start.end() :].lstrip()
    joined = _JOINED.match(rest)
    if joined is None:
        return (first, first), rest
    if joined[1] in _GOES_ON:
        return (first, until_now), rest[joined.end() :]
    if end := _MONTH.match(rest, joined.end()):
        return (first, _month(end)), rest[end.end() :].strip()
    for now in sorted(TILL_NOW - {"-"}, key=len, reverse=True):
        if rest.startswith(now, joined.end()):
            return (first, until_now), rest[joined.end() + len(now) :].strip()
    if end := _SAME_YEAR.match(rest, joined.end()):
        return (first, Month.parse(f"{start[1]}-{int(end[1]):02}")), rest[end.end() :].strip()
    return None, text


class _Facts(NamedTuple):
    facts: Mapping[str, Any] | None


def _facts(text: str) -> _Facts | Reason:
    """What a range says; a bare amount is its base."""
    words = [word for word in _APART.split(_SAYS.sub(r" \1\2 ", text)) if word]
    if not words:
        return Reason("month_line_nothing", {})
    if len(words) == 1 and fold(words[0]) in _NONE:
        return _Facts(None)
    facts: dict[str, Any] = {}
    place = 0
    while place < len(words):
        word, following = words[place], words[place + 1] if place + 1 < len(words) else ""
        folded = fold(word)
        kind = next((kind for kind, names in KINDS if folded in names), None)
        if folded in ("基数", "base"):
            base = money(following)
            if isinstance(base, Reason):
                return Reason("month_line_base", {"text": following})
            facts["base"], place = base, place + 2
        elif folded in ("单位", "employer") and following:
            facts["employer"], place = following, place + 2
        elif folded in ("外省", "省", "省份", "province") and following:
            facts["province"], place = province(following), place + 2
        elif kind is not None:
            facts["pay_kind"], place = None if kind == "normal" else kind, place + 1
        elif "base" not in facts and not _A_MONTH.fullmatch(word) and not isinstance(amount := money(word), Reason):
            facts["base"], place = amount, place + 1
        elif (place_of := known_province(word)) is not None:
            facts["province"], place = place_of, place + 1
        elif EMPLOYER.search(word):
            facts["employer"], place = word, place + 1
        else:
            return Reason("month_line_word", {"text": word})
    return _Facts(facts)
