"""A statement of insurance (对账单) as it is pasted from a spreadsheet or the bureau's list, understood.

A month or a span a line, the columns in any order. Headings say which of several months and amounts is meant; where
there are none and it is not clear, the line is told by its number: nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from engine.kinds import known_province
from engine.months import Month
from engine.reason import Reason
from models.insured_months import Edit
from tui.amounts import money, plain_number
from tui.month_line import EMPLOYER, KINDS, span
from tui.signs import clean, fold
from tui.spoken_numbers import past
from tui.statement_years import Heading, heading, named_months, unused

MOST_LINES = 2_000  # of a statement: forty years of two lines a month
LONGEST = 500  # characters of a line that is looked at
# yuan a month: what is less numbers the lines; no base is near 100,000, what is more sums up a year or numbers people
SMALLEST, GREATEST = 100, 100_000
_APART = re.compile(r"\t+|\s*[,|](?!\s*\d{3}(?!\d))\s*|\s+")
_TO = re.compile(r"^(\.\.+|至|到|~|-+|—+|－+|to)$", re.IGNORECASE)
_UNPAID = ("未缴", "未交", "没交", "没缴", "欠缴", "欠费", "断缴", "停缴", "未到账", "unpaid")
_HEADS = re.compile(
    r"(序号|年月|月份|年份|基数|单位|状态|合计|小计|总计|累计|险种|缴费|month|base|employer|total)", re.IGNORECASE
)
_OF_BASE = re.compile(r"基数|base", re.IGNORECASE)
_OF_MONTH = re.compile(r"年月|月份|年份|^[年月]$|所属|期间|[起止]|month|from|to$", re.IGNORECASE)
_OF_PAYMENT = re.compile(r"到账|入账|缴款|实缴|缴纳|申报|办理|received", re.IGNORECASE)
_TOTAL = re.compile(r"合计|小计|总计|累计|total", re.IGNORECASE)
_COUNTED = re.compile(rf"{_TOTAL.pattern}|月数", re.IGNORECASE)
_PAID_IN = re.compile(r"到账|入账|缴款", re.IGNORECASE)
_WHOLE_YEAR = re.compile(r"(?:19|20)\d{2}(?:年|年度|全年|年全年)", re.ASCII)
_YEAR = re.compile(r"(1(?=,?9)|2(?=,?0)),?(\d{3})年?", re.ASCII)
_MONTH_ALONE = re.compile(r"(0?[1-9]|1[0-2])月?", re.ASCII)


class Statement(NamedTuple):
    """A statement understood: what it says, the lines that were not understood with their numbers from 1, and how many
    months are named more than once and not alike: the one that counts, with the higher base, is taken."""

    edits: tuple[Edit, ...]
    unread: tuple[tuple[int, str], ...]
    twice: int = 0

    @property
    def months(self) -> int:
        """How many months it names."""
        return len({month for edit in self.edits for month in range(edit.first, edit.last + 1)})


class _Heads(NamedTuple):
    """The columns that headings name: how many columns, those of months and of bases (none: any), and those that sum up
    or count."""

    width: int
    months: frozenset[int]
    bases: frozenset[int]
    counted: frozenset[int]


class _Row(NamedTuple):
    """A line understood; `loose`: two months stood apart and no heading says that they are a span."""

    number: int
    text: str
    edit: Edit
    loose: bool


NO_YEAR = (-1, "")
NO_HEADS = _Heads(0, frozenset(), frozenset(), frozenset())


def statement(pasted: str, today: date) -> Statement:
    """A statement, read off line by line."""
    rows: list[_Row] = []
    unread: list[tuple[int, str]] = []
    heads, above = NO_HEADS, NO_YEAR
    year: Heading | None = None
    for number, line in enumerate(pasted.splitlines(), 1):
        text = _plain(line[:LONGEST], today)
        if number > MOST_LINES:
            unread.append((number, "…"))
            break
        if not text.strip():
            continue
        said = clean(text)[:60]
        if (alone := heading(number, text)) is not None:
            unread += unused(year)
            year = alone
            continue
        text, above = _under_year(text, above)
        beneath = None if year is None else year.over(text)
        if beneath is not None:
            text, year = beneath
        row = _row(number, text, heads, today)
        if row is not None and beneath is None:  # it says its own year
            unread += unused(year)
            year = None
        if row is not None:
            rows.append(row)
        elif not _HEADS.search(text):
            unread.append((number, said))
        elif not re.search(r"\d{3}", text):
            named = _heads(_cells(text))
            heads = named if named.months or named.bases else heads  # else a sum among the lines
        elif not _TOTAL.search(text) or _names_month(text, today):
            unread.append((number, said))
    unread += unused(year)
    if _overlapping(row.edit for row in rows if row.loose):
        unread += [(row.number, clean(row.text)[:60]) for row in rows if row.loose]
        rows = [row for row in rows if not row.loose]
    edits, twice = _each_once([row.edit for row in rows])
    return Statement(tuple(edits), tuple(sorted(unread)), twice)


def _plain(line: str, today: date) -> str:
    """A line with plain signs; `2024 年 1 月份` and `24年1月` as `2024年1月`, a day without its time, and `：12500` or
    `基数12500` as an amount of its own."""
    text = unicodedata.normalize("NFKC", line).replace('"', "").strip(" ")
    text = named_months(text, today)
    text = re.sub(r"(?<=\d) +(?=[年月])|(?<=年) +(?=\d{1,2} *月)", "", text)
    text = re.sub(r"(?<!\d)(\d{2})年(?=\d{1,2}月)", lambda year: f"{past(year[1], today)}年", text)
    text = re.sub(r"(?<=\d)[ T]0?0:00(?::00)?(?!\S)|(?<=\d月)份", "", text)
    return re.sub(r"(?:基数)?[:=;] *(?=\d)|基数 *(?=\d)", " ", text)


def _cells(text: str) -> list[str]:
    """The cells of a line: between tabs each keeps its place, also an empty one; else between blanks and commas."""
    cells = text.split("\t") if "\t" in text else _APART.split(text)
    return [cell.strip() for cell in cells]


def _with_years(cells: list[str], heads: _Heads) -> list[str]:
    """The cells, a column for the year and one for the month as one, in that which is headed as months."""
    for place, (cell, following) in enumerate(pairwise(cells)):
        year, month = _year(cell), _MONTH_ALONE.fullmatch(following)
        if year and month and place not in heads.bases and place + 1 not in heads.counted:
            both = f"{year}-{int(month[1]):02}"
            of_month = place + 1 in heads.months and place not in heads.months
            cells[place : place + 2] = ["", both] if of_month else [both, ""]
    return cells


def _year(cell: str) -> str | None:
    """The year a cell says by itself, also as a spreadsheet writes it that takes it for an amount (`2,024`)."""
    found = _YEAR.fullmatch(cell)
    return found and f"{found[1]}{found[2]}"


def _under_year(text: str, above: tuple[int, str]) -> tuple[str, tuple[int, str]]:
    """A line whose cell for the year is empty, because one cell is the year of several lines, with that year; and the
    place and the year of the last such cell."""
    if "\t" not in text:
        return text, NO_YEAR
    cells = _cells(text)
    for place, (cell, following) in enumerate(pairwise(cells)):
        if _MONTH_ALONE.fullmatch(following):
            if year := _year(cell):
                above = place, year
            elif not cell and place == above[0]:
                cells[place] = above[1]
    return "\t".join(cells), above


def _names_month(text: str, today: date) -> bool:
    """Whether a line is about months, not about a year or about all."""
    cells = _with_years(_cells(text), NO_HEADS)
    return any(not _WHOLE_YEAR.fullmatch(cell) and span(cell, today)[0] is not None for cell in cells)


def _heads(cells: Sequence[str]) -> _Heads:
    """Which columns are the months that were paid for and which the bases, by their headings."""
    months = {place for place, cell in enumerate(cells) if _OF_MONTH.search(cell) and not _OF_BASE.search(cell)}
    for better in (
        {place for place in months if "所属" in cells[place]},
        {place for place in months if not _OF_PAYMENT.search(cells[place])},
    ):
        months = better or months
    counted = {place for place, cell in enumerate(cells) if _COUNTED.search(cell)}
    bases = {place for place, cell in enumerate(cells) if _OF_BASE.search(cell)} - counted
    bases = {place for place in bases if "养老" in cells[place]} or bases
    return _Heads(len(cells), frozenset(months - counted), frozenset(bases), frozenset(counted))


def _row(number: int, text: str, heads: _Heads, today: date) -> _Row | None:
    """A line; None where it names no month that has come, more than one amount that may be the base, none where the
    headings say that it stands, or sums up."""
    cells = _cells(text)
    if len(cells) != heads.width:
        heads = NO_HEADS
    cells = _with_years(cells, heads)
    months: list[int] = []
    facts: dict[str, Any] = {}
    bases: list[int] = []
    joined, paid, until = False, True, False
    for place, cell in enumerate(cells):
        if place in heads.counted:
            continue
        if _TOTAL.fullmatch(cell):
            return None
        folded = fold(cell)
        found, rest = span(cell, today)
        kind = next((kind for kind, names in KINDS if any(name in folded for name in names)), None)
        if found is not None and not rest:
            if found[1] < found[0] and len(_YEAR.findall(cell)) == 1:  # `2024年11月至1月`: of which year?
                return None
            if not heads.months or place in heads.months:
                months += found
                joined |= found[0] != found[1]
        elif _TO.match(cell):
            joined, until = True, until or not cell.startswith("-")  # a dash may stand before the base as well
        elif kind != "back_paid" and any(word in folded for word in _UNPAID):
            paid = False
        elif kind is not None:
            if kind != "normal":
                facts["pay_kind"] = kind
        elif EMPLOYER.search(cell):
            facts["employer"] = clean(cell)
        elif (province := known_province(cell)) is not None:
            facts["province"] = province
        elif not heads.bases or place in heads.bases:
            amount = _amount(cell)
            if amount is not None:
                bases.append(amount)
            elif heads.bases and cell:  # what stands in the column of bases is none
                return None
    if not months or len(months) > 4 or max(months) > Month.of(today) or len(set(bases)) > 1:
        return None
    said: Mapping[str, Any] | None = {**facts, "base": bases[0]} if bases else facts
    if not paid or bases == [0]:
        said = None
    elif not said:
        return None
    if until and len(months) == 2:  # its end was not understood
        return None
    if len(set(months)) > 1 and not joined and not heads.months and _PAID_IN.search(text):  # one is when it was paid
        return None
    loose = len(set(months)) > 1 and not joined and not heads.months
    return _Row(number, text, Edit(min(months), max(months), said), loose)


def _amount(cell: str) -> int | None:
    """What may be a base, in whole yuan; 0 where it says so."""
    plain = cell.replace("￥", "").replace("¥", "")
    exact = plain_number(plain)
    if exact is not None:
        plain = str(int(exact))  # of a base with fen the yuan are sure
    amount = money(plain)
    if isinstance(amount, Reason):
        return None
    written_out = amount == 0 and exact is not None
    return amount if written_out or SMALLEST <= amount < GREATEST else None


def _overlapping(edits: Iterable[Edit]) -> bool:
    """Whether spans overlap without being the same: then their second month is the one in which was paid."""
    ordered = sorted({(edit.first, edit.last) for edit in edits})
    return any(later[0] <= before[1] for before, later in pairwise(ordered))


def _each_once(edits: Sequence[Edit]) -> tuple[list[Edit], int]:
    """Every month once, months alike that follow one another as one span; how many were named otherwise besides."""
    best: dict[int, Mapping[str, Any] | None] = {}
    twice: set[int] = set()
    for edit in edits:
        for month in range(edit.first, edit.last + 1):
            if month in best and best[month] != edit.facts:
                twice.add(month)
            if month not in best or _worth(edit.facts) > _worth(best[month]):
                best[month] = edit.facts
    return list(_together(best)), len(twice)


def _worth(facts: Mapping[str, Any] | None) -> tuple[bool, bool, bool, int]:
    """Which of two lines about a month counts, as the count takes it: paid, here, in time, the higher base."""
    said = facts or {}
    here, in_time = said.get("province", "上海") == "上海", said.get("pay_kind") != "back_paid"
    return facts is not None, here, in_time, said.get("base", 0)


def _together(facts: Mapping[int, Mapping[str, Any] | None]) -> Iterator[Edit]:
    held: Edit | None = None
    for month in sorted(facts):
        if held is not None and held.last + 1 == month and held.facts == facts[month]:
            held = held._replace(last=month)
            continue
        if held is not None:
            yield held
        held = Edit(month, month, facts[month])
    if held is not None:
        yield held
