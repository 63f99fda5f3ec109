"""Months of insurance as they are typed or pasted: `2024-01..2024-06 基数 12500`, the lines of a statement (对账单).

What is not understood is told, line by line; nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from engine.kinds import province
from engine.months import Month
from engine.reason import Reason
from models.insured_months import OPEN, Edit
from tui.amounts import money
from tui.signs import clean, fold
from tui.typed import TILL_NOW

MOST_LINES = 2_000  # of a statement: forty years of two lines a month
LONGEST = 500  # characters of a line that is looked at
_MONTH = re.compile(
    r"((?:19|20)\d{2})[年./\-]?(0?[1-9]|1[0-2])月?(?:[./\-](?:0?[1-9]|[12]\d|3[01])日?|(?:0[1-9]|[12]\d|3[01]))?(?!\d)",
    re.ASCII,
)
_TO = re.compile(r"^(\.\.+|至|到|~|-+|—+|－+)$")
_KINDS = (
    ("back_paid", ("补缴", "补交", "back")),
    ("topped_up", ("补差", "topped")),
    ("exempt", ("减免", "免缴", "exempt")),
    ("deferred", ("缓缴", "deferred")),
    ("normal", ("正常", "normal", "已到账", "到账", "已缴")),
)
_NONE = ("删除", "删", "没交", "未缴", "断缴", "none", "remove")
_EMPLOYER = re.compile(r"(公司|厂|店|局|院|所|中心|学校|事务所|集团|企业|有限|合作社|协会)")
_HEADS = re.compile(r"(序号|年月|月份|基数|单位|状态|合计|险种|缴费|month|base|employer)", re.IGNORECASE)


class Statement(NamedTuple):
    """A statement understood: what it says, the lines that were not understood with their numbers from 1."""

    edits: tuple[Edit, ...]
    unread: tuple[tuple[int, str], ...]

    @property
    def months(self) -> int:
        """How many months it names."""
        return len({month for edit in self.edits for month in range(edit.first, edit.last + 1)})


def read(typed: str, today: date) -> Edit | Reason:
    """One line about a range: months, then what they say (`基数 12500`, `补缴`, `外省 江苏`, `单位 X`, `删`)."""
    text = clean(unicodedata.normalize("NFKC", typed))
    span, rest = _span(text, today)
    if span is None:
        return Reason("month_line_months", {"text": text})
    first, last = span
    if last < first:
        return Reason("month_line_order", {"text": text})
    found = _facts(rest)
    if isinstance(found, Reason):
        return found
    if last >= OPEN and found.facts is None:
        return Edit(first, OPEN - 1, None)
    return Edit(first, last, found.facts)


def _span(text: str, today: date) -> tuple[tuple[int, int] | None, str]:
    """The months a text begins with, and the rest; `至今` is the month before today's, the last that can be paid."""
    start = _MONTH.match(text)
    if start is None:
        return None, text
    first = Month.parse(f"{start[1]}-{int(start[2]):02}")
    rest = text[start.end() :].lstrip()
    joined = re.match(r"(\.\.+|至今|至|到|~|——?|-|－)\s*", rest)
    if joined is None:
        return (first, first), rest
    if joined[1] == "至今":
        return (first, Month.of(today) - 1), rest[joined.end() :]
    end = _MONTH.match(rest, joined.end())
    if end is None:
        for now in sorted(TILL_NOW - {"-"}, key=len, reverse=True):
            if rest.startswith(now, joined.end()):
                return (first, Month.of(today) - 1), rest[joined.end() + len(now) :].strip()
        return None, text
    return (first, Month.parse(f"{end[1]}-{int(end[2]):02}")), rest[end.end() :].strip()


class _Facts(NamedTuple):
    facts: Mapping[str, Any] | None


def _facts(text: str) -> _Facts | Reason:
    """What a range says; a bare amount is its base."""
    words = [word for word in re.split(r"[\s,，;；]+", text) if word]
    if not words:
        return Reason("month_line_nothing", {})
    if len(words) == 1 and fold(words[0]) in _NONE:
        return _Facts(None)
    facts: dict[str, Any] = {}
    place = 0
    while place < len(words):
        word, following = words[place], words[place + 1] if place + 1 < len(words) else ""
        folded = fold(word)
        kind = next((kind for kind, names in _KINDS if folded in names), None)
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
        elif not isinstance(amount := money(word), Reason):
            facts["base"], place = amount, place + 1
        else:
            return Reason("month_line_word", {"text": word})
    return _Facts(facts)


def statement(pasted: str, today: date) -> Statement:
    """A statement copied from a spreadsheet or the bureau's list: a month or span a line, in any order of columns."""
    edits: list[Edit] = []
    unread: list[tuple[int, str]] = []
    for number, line in enumerate(pasted.splitlines(), 1):
        text = unicodedata.normalize("NFKC", line).strip()
        if number > MOST_LINES:
            unread.append((number, "…"))
            break
        if not text or (_HEADS.search(text) and not re.search(r"\d{4}", text)):
            continue
        found = _row(text[:LONGEST], today)
        if found is None:
            unread.append((number, clean(text)[:60]))
        else:
            edits.append(found)
    return Statement(tuple(_together(edits)), tuple(unread))


def _row(text: str, today: date) -> Edit | None:
    """A line of a statement; None where it names no month, or more than one amount that may be the base."""
    parts = [part.strip() for part in re.split(r"\t+|\s*[,，|]\s*(?!\d{3}(?!\d))|\s+", text) if part.strip()]
    months: list[int] = []
    facts: dict[str, Any] = {}
    bases: list[int] = []
    for part in parts:
        folded = fold(part)
        span, rest = _span(part, today)
        kind = next((kind for kind, names in _KINDS if any(name in folded for name in names)), None)
        if span is not None and not rest:
            months += span
        elif _TO.match(part):
            continue
        elif kind is not None:
            if kind != "normal":
                facts["pay_kind"] = kind
        elif _EMPLOYER.search(part):
            facts["employer"] = clean(part)
        elif (amount := _amount(part)) is not None and amount >= 100:  # smaller figures number the lines
            bases.append(amount)
    if not months or len(months) > 4 or len(set(bases)) > 1:
        return None
    if bases:
        facts["base"] = bases[0]
    return Edit(min(months), max(months), facts) if facts else None


def _amount(part: str) -> int | None:
    amount = money(re.sub(r"\.0+$", "", part.replace("￥", "").replace("¥", "")))
    return None if isinstance(amount, Reason) else amount


def _together(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Months that follow one another with the same facts as one span."""
    held: Edit | None = None
    for edit in sorted(edits, key=lambda each: each.first):
        if held is not None and held.facts == edit.facts and edit.first == held.last + 1:
            held = held._replace(last=edit.last)
            continue
        if held is not None:
            yield held
        held = edit
    if held is not None:
        yield held
