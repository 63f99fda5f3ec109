"""Schooling as it is said: `本科有学位 2010 全日制`, `大专 2008，专升本 2011`. Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from engine.reason import Reason
from tui.heard import NONE, NOTHING, Heard, one_of, unread
from tui.signs import fold
from tui.spoken_numbers import year_in

_LEVELS = (
    ("doctor", ("博士", "doctor", "phd")),
    ("master", ("硕士", "研究生", "mba", "master")),
    ("associate", ("大专", "专科", "高职", "associate", "college")),
    ("bachelor", ("本科", "大本", "一本", "二本", "三本", "学士", "专升本", "bachelor")),
    ("secondary_vocational", ("中专", "技校", "职高", "职校", "vocational")),
    ("high_school", ("高中", "highschool")),
)
_FORMS = (
    ("full_time", ("全日制", "统招", "full-time", "fulltime")),
    ("self_study", ("自考", "自学考试", "self-study")),
    ("adult", ("成人", "成教", "函授", "夜大", "业余", "adult")),
    ("online", ("网络", "网教", "远程", "online")),
    ("open", ("电大", "开放", "国开", "openuniversity")),
    ("overseas", ("海外", "国外", "留学", "overseas")),
)


def schooling(said: str, today: date) -> Heard | Reason:
    """`本科有学位 2010，硕士没学位 2016`: one diploma, or one after the other."""
    spells: list[str] = []
    before: str | None = None
    for piece in re.split(r"([,，;；、]|和)", said):
        level = _level(fold(piece))
        if spells and (level is None or before in (None, level)):
            spells[-1] += piece
        else:
            spells.append(piece)
        before = level or before
    heard = [_diploma(spell.strip(",，;；、和 "), today) for spell in spells]
    wrong = next((each for each in heard if isinstance(each, Reason)), None)
    if wrong is not None or len(heard) == 1:
        return wrong or heard[0]
    found = [each for each in heard if isinstance(each, Heard)]
    rows = [row for each in found for row in each.facts.get("education", ())]
    return Heard({"education": rows}, tuple(dict.fromkeys(key for each in found for key in each.open)))


def _level(folded: str) -> str | None:
    """The level of schooling that a text names."""
    return "bachelor" if "专升本" in folded else one_of(folded, _LEVELS)


def _diploma(said: str, today: date) -> Heard | Reason:
    """`本科有学位 2010全日制`: level, degree, year of graduation, form."""
    folded = fold(said)
    if folded in NONE or re.match(r"小学|初中|文盲|没(?:读|上)", folded):
        return NOTHING
    if re.search(r"在读|肄业|退学|[没未]毕业|没读完|studying|unfinished", folded):
        return Reason("spoken_unfinished", {"text": said})
    level = _level(folded)
    if level is None:
        return unread(said, "schooling")
    row: dict[str, Any] = {"level": level}
    open_: list[str] = []
    if level in ("bachelor", "master", "doctor"):
        if re.search(
            r"(?:无|没有?|未获?|没有?拿到?)(?:学位|学士|[硕博]士学)|学位证?还?[没未无]|单证|只有毕业证|nodegree", folded
        ):
            row["degree"] = "none"
        elif re.search(r"学位|双证|学士|硕士|博士|degree", folded):
            row["degree"] = level
        else:
            open_.append("degree")
    form = one_of(folded, _FORMS)
    if form is not None:
        row["form"] = form
    elif level not in ("high_school", "secondary_vocational"):
        open_.append("form")
    year = year_in(folded, today)
    if year is not None and date(year, 7, 1) <= today:
        row["graduated"] = f"{year}-07-01"
    elif level not in ("high_school", "secondary_vocational"):
        open_.append("graduated")
    return Heard({"education": [row]}, tuple(open_))
