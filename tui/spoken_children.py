"""Children as they are spoken of: `初二`, `老大初二老二大班`, `2028年中考`. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from engine.reason import Reason
from engine.schooling import entry_year, school_year
from tui.heard import NONE, NOTHING, Heard, unread
from tui.signs import fold
from tui.spoken_numbers import N, number, years_ago

_NO_CHILD = re.compile(
    r"(?:还|暂|目前)?(?:没有?|无|未)(?:孩子|小孩|子女|娃|生|育|要)*|不(?:打算|准备|想)?要(?:孩子)?|(?:准备|打算)要|备孕中?|怀孕中?|未婚没.*|nochild(?:ren)?"
)
_WHICH_CHILD = re.compile(
    r"有?(?:[一二两俩三123]个)?(?:孩子|小孩|宝宝|娃|女儿|儿子|男孩|女孩|老[大二三]|大的|小的|哥哥|姐姐|弟弟|妹妹)?"
)


def child(said: str, today: date) -> Heard | Reason:
    """`初二`, `七年级和幼儿园`, `老大初二老二大班`, `2017年上小学`, `没有`; of `14岁` the grade is to be asked."""
    if fold(said) in NONE or _NO_CHILD.fullmatch(fold(said)):
        return NOTHING
    children: list[_Told] = []
    for apart in re.split(r"[、;；和]+", said.replace("双胞胎", " ")):
        last: _Told | None = None
        for part in re.split(r"[,，]+|(?<!grade) +|(?=老[二三]|小的|弟弟|妹妹)", apart):
            folded = fold(part)
            if not part or _WHICH_CHILD.fullmatch(folded):  # `两个，三年级和大班`
                continue
            if (told := _told(folded, today)) is None:
                return unread(part, "child")
            both = None if last is None or _names_a_child(folded) else _together(last, told, today)
            if both is not None:
                children.pop()
            last = told if both is None else both
            children.append(last)
    if "双胞胎" in said and len(children) == 1:
        children *= 2
    if not children:
        return unread(said, "child")
    rows = [dict(each.row) for each in children]
    return Heard({"child": rows}, ("child_name",) if all(rows) else ("child_grade", "child_name"))


class _Told(NamedTuple):
    """What is told of a child: its facts, none where its age alone is said."""

    row: Mapping[str, Any]
    age: int | None = None


def _told(folded: str, today: date) -> _Told | None:
    if age := re.fullmatch(rf"(?:{_WHICH_CHILD.pattern})(?:今年|现在|已经|快|都)*{N}周?岁[半多了]*", folded):
        years = number(age[1])
        return None if years is None or years > _GROWN else _Told({}, years)
    row = _one_child(re.sub(r"^老[大二三]", "", folded), today)
    return None if row is None else _Told(row)


def _names_a_child(folded: str) -> bool:
    found = _WHICH_CHILD.match(folded)
    return found is not None and bool(found[0])


def _together(before: _Told, then: _Told, today: date) -> _Told | None:
    """`初二，14岁` and `14岁，初二` as one child, where it may be so old; None where they are two."""
    aged, placed = (then, before) if then.age is not None else (before, then)
    if aged.age is None or not placed.row or placed.age is not None:
        return None
    if "kindergarten" in placed.row:
        return _Told(placed.row, aged.age) if aged.age in _IN_KINDERGARTEN else None
    # of one age some entered a year later than others
    first = entry_year(years_ago(aged.age + 1, today) + timedelta(1))
    return _Told(placed.row, aged.age) if first <= placed.row["entered_primary"] <= first + 1 else None


_GROWN = 60  # years: no child is older
_IN_KINDERGARTEN = range(2, 8)  # years
_BEFORE_EXAM = {"中考": 9, "高考": 12, "zhongkao": 9, "gaokao": 12}  # years from the first at school to it
_AHEAD = {"今年": 0, "明年": 1, "后年": 2}


def _one_child(folded: str, today: date) -> dict[str, Any] | None:
    if re.search(r"幼儿园|[小中大托]班|kindergarten", folded):
        return {"kindergarten": True}
    if entered := re.search(r"((?:19|20)\d{2})年?(?:上|入|进)?小?学", folded):
        return {"entered_primary": int(entered[1])}
    if coming := re.search(r"(今年|明年|后年|20\d{2}|\d{2}(?=年))年?(中考|高考|zhongkao|gaokao)", folded):
        year = today.year + _AHEAD[coming[1]] if coming[1] in _AHEAD else 2000 + int(coming[1]) % 100
        return {"entered_primary": year - _BEFORE_EXAM[coming[2]]} if today.year <= year < today.year + 12 else None
    grade = _grade(re.sub(r"([初高])中([一二三四1-4])年级", r"\1\2", folded))
    return None if grade is None else {"entered_primary": school_year(today) - grade + 1}


def _grade(folded: str) -> int | None:
    """The years at school: `三年级` 3, `预初` 6, `初二` 8 (Shanghai's junior school begins with 预初), `高一` 10."""
    if "预初" in folded or "预备班" in folded:
        return 6
    if found := re.search(r"(初|高)([一二三四123])", folded):
        years = number(found[2]) or 0
        top = {"初": (6, 3), "高": (9, 3)}[found[1]]
        return top[0] + years if 1 <= years <= top[1] else None
    if found := re.search(rf"{N}年级|grade(\d{{1,2}})", folded):
        years = number(found[1] or found[2]) or 0
        return years if 1 <= years <= 12 else None
    return None
