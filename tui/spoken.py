"""What people say on the phone, understood: `七年二个月`, `一万出头`, `88年`, `本科有学位 2010全日制`.

Each answer becomes facts (a piece of an applicant document), or a `Reason` why it could not be read. What is rounded is
rounded to the safe side: `多`, `出头` are the lower figure, a year alone is the day of it that earns less. `open` is
what is still to be asked for it (`quick.open.<key>`). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from engine.months import Month
from engine.reason import Reason
from engine.schooling import school_year
from tui.amounts import LONGEST, money
from tui.signs import clean, fold
from tui.typed import understand

ANSWERS = ("who", "applies", "born", "schooling", "title", "insured", "base", "spouse", "records", "child")
"""In the order of a call."""


class Heard(NamedTuple):
    """An answer understood: the facts in it, and what is still to be asked."""

    facts: Mapping[str, Any]
    open: tuple[str, ...] = ()


NOTHING = Heard(MappingProxyType({}))
_NONE = frozenset({"无", "没有", "没", "没有过", "都没有", "清白", "no", "none", "-"})
_NUMERALS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_N = r"(\d+|[零〇一二三四五六七八九十百两俩]+)"
_YEAR = re.compile(r"((?:19|20)\d{2})|(?<!\d)(\d{2})(?=年|届|级)")


def heard(answer: str, typed: str, today: date) -> Heard | Reason:
    """An answer by its name in `ANSWERS`; one that is not given yet is to be asked."""
    said = clean(typed)
    if not said:
        return Heard({}, (answer,)) if answer != "applies" else NOTHING
    return _READERS[answer](said, today)


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


def _unread(text: str, wanted: str) -> Reason:
    return Reason(f"spoken_{wanted}", {"text": text})


def _who(said: str, today: date) -> Heard | Reason:
    """`李女士 13800000000`: the figures are the phone, the rest what the client is called."""
    phone = re.search(r"\+?\d[\d\- ]{5,}\d", said)
    called = (said if phone is None else said.replace(phone[0], " ")).strip(" ,，、；;")
    contact = {"called": " ".join(called.split()), "phone": re.sub(r"[\- ]", "", phone[0]) if phone else ""}
    return Heard({"contact": {key: value for key, value in contact.items() if value}}, () if phone else ("phone",))


def _applies(said: str, today: date) -> Heard | Reason:
    """Who would apply; the answers that follow are of that person."""
    folded = fold(said)
    if any(word in folded for word in ("本人", "自己", "我", "self")):
        return NOTHING
    if any(
        word in folded
        for word in ("配偶", "老公", "老婆", "爱人", "先生", "太太", "丈夫", "妻子", "spouse", "husband", "wife")
    ):
        return Heard({}, ("applicant",))
    if any(word in folded for word in ("都", "看谁", "不知道", "未定", "either")):
        return Heard({}, ("applies",))
    return _unread(said, "applies")


def _born(said: str, today: date) -> Heard | Reason:
    """An ID number, a day, a year (`88年`), or an age (`三十八岁`)."""
    folded = fold(said)
    if re.fullmatch(r"\d{17}[\dx]", folded):
        return Heard({"id_number": folded.upper()})
    day = understand("date", said, today)
    if isinstance(day, str) and day <= today.isoformat():
        return Heard({"birth_date": day})
    if age := re.fullmatch(rf"{_N}(?:周?岁|yearsold).*", folded):
        years = number(age[1])
        return _unread(said, "born") if years is None else Heard({"birth_year": today.year - years}, ("birth_day",))
    if year := re.match(r"((?:19|20)?\d{2})(?:年|$|[./-])", folded):
        return Heard({"birth_year": _past(year[1], today)}, ("birth_day",))
    return _unread(said, "born")


def _past(year: str, today: date) -> int:
    """A year that is not to come: of two figures the last one that ends so."""
    if len(year) == 4:
        return int(year)
    century = today.year // 100 * 100
    return century + int(year) - (100 if int(year) > today.year % 100 else 0)


def _year_in(folded: str, today: date) -> int | None:
    found = _YEAR.search(folded)
    return None if found is None else _past(found[1] or found[2], today)


_LEVELS = (
    ("doctor", ("博士", "doctor", "phd")),
    ("master", ("硕士", "研究生", "mba", "master")),
    ("associate", ("大专", "专科", "高职", "associate", "college")),
    ("bachelor", ("本科", "大本", "学士", "专升本", "bachelor")),
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


def _one_of(folded: str, kinds: tuple[tuple[str, tuple[str, ...]], ...]) -> str | None:
    return next((kind for kind, words in kinds if any(word in folded for word in words)), None)


def _schooling(said: str, today: date) -> Heard | Reason:
    """`本科有学位 2010全日制`: level, degree, year of graduation, form."""
    folded = fold(said)
    level = "bachelor" if "专升本" in folded else _one_of(folded, _LEVELS)
    if level is None:
        return _unread(said, "schooling")
    row: dict[str, Any] = {"level": level}
    open_: list[str] = []
    if level in ("bachelor", "master", "doctor"):
        if re.search(r"无学位|没学位|没有学位|单证|没拿到学位|nodegree", folded):
            row["degree"] = "none"
        elif re.search(r"学位|双证|学士|硕士|博士|degree", folded):
            row["degree"] = level
        else:
            open_.append("degree")
    form = _one_of(folded, _FORMS)
    if form is not None:
        row["form"] = form
    elif level not in ("high_school", "secondary_vocational"):
        open_.append("form")
    year = _year_in(folded, today)
    if year is not None and date(year, 7, 1) <= today:
        row["graduated"] = f"{year}-07-01"
    elif level not in ("high_school", "secondary_vocational"):
        open_.append("graduated")
    return Heard({"education": [row]}, tuple(open_))


_TITLES = (
    (("skill", "1"), ("高级技师", "一级技能", "技能一级")),
    (("skill", "3"), ("高级工", "三级技能", "技能三级")),
    (("skill", "4"), ("中级工", "四级技能", "技能四级")),
    (("skill", "5"), ("初级工", "五级技能", "技能五级")),
    (("skill", "2"), ("技师", "二级技能", "技能二级")),
    (("title", "senior"), ("高级", "正高", "副高", "senior")),
    (("title", "intermediate"), ("中级", "intermediate")),
    (("title", "junior"), ("初级", "助理", "junior")),
)


def _title(said: str, today: date) -> Heard | Reason:
    """`中级 2018`, `高级工`, `没有`."""
    folded = fold(said)
    if folded in _NONE:
        return NOTHING
    found = next((kind for kind, words in _TITLES if any(word in folded for word in words)), None)
    if found is None:
        return _unread(said, "title")
    kind, level = found
    year = _year_in(folded, today)
    row: dict[str, Any] = {"kind": kind, "level": level}
    if year is not None:
        row["obtained"] = _end_of(year, today)
    return Heard({"qualification": [row]}, ("matches_post",) if year is not None else ("obtained", "matches_post"))


def _end_of(year: int, today: date) -> str:
    """The last day of a year that is said alone, which earns least; of this year today."""
    return min(date(year, 12, 31), today).isoformat()


def _insured(said: str, today: date) -> Heard | Reason:
    """`七年二个月`, `86个月`, `2015年7月起`, `没交过`: months of insurance in Shanghai, up to the last one."""
    folded = fold(said)
    if folded in _NONE or re.search(r"没(有)?(交|缴)|never", folded):
        return NOTHING
    last = Month(Month.of(today) - 1)
    going = bool(re.search(r"至今|在(缴|交)|还在|起|开始|since|stillpaid", folded))
    end = {} if going else {"to": str(last)}
    still = () if going else ("paying",)
    # `15年7月` alone is a spell; with `起` it is the month it began
    short = r"|\d{2}" if re.search(r"起|开始|至今|since", folded) else ""
    if since := re.match(rf"(?:since)?((?:19|20)\d{{2}}{short})[年./-](\d{{1,2}})", folded):
        month = int(since[2])
        first = Month(_past(since[1], today) * 12 + month - 1) if 1 <= month <= 12 else None
        if first is None or first > last:
            return _unread(said, "insured")
        return Heard({"insurance": [{"from": str(first), **end, "approximate": True}]}, still)
    spell = re.match(rf"(?:{_N}(?:年|years?)(半)?)?零?(?:{_N}(?:个?月|months?))?", folded)
    years, half, months = (spell[1], spell[2], spell[3]) if spell is not None else (None, None, None)
    count = (number(years) or 0) * 12 if years else 0
    count += (6 if half else 0) + ((number(months) or 0) if months else 0)
    if not count or count > 60 * 12:
        return _unread(said, "insured")
    return Heard({"insurance": [{"from": str(Month(last - count + 1)), **end, "approximate": True}]}, still)


def _base(said: str, today: date) -> Heard | Reason:
    """`一万出头`, `12500`, `八千到一万` (the lower one), `两倍`; what base, in yuan, stands in `base` alone."""
    folded = fold(said)
    if times := re.fullmatch(r"(\d(?:\.\d)?|[一两二三])(?:倍|x).*", folded):
        tenths = {"一": 10, "两": 20, "二": 20, "三": 30}.get(times[1]) or int(Decimal(times[1]) * 10)
        return Heard({"tenths": tenths}, ("base",)) if tenths in (8, 10, 20, 30) else _unread(said, "base")
    plain = re.sub(r"(出头|多|左右|以上|上下|大概|差不多|不到|月薪|工资|基数|每月|一个月|about|amonth)", "", folded)
    plain = re.split(r"到|至|~|(?<=[\d万千])-(?=\d)", plain)[0].removesuffix("元").removesuffix("块")
    amount = money(plain)
    if isinstance(amount, Reason) or not 0 < amount < 10_000_000:
        return _unread(said, "base")
    return Heard({"base": amount - 1 if "不到" in folded else amount}, () if plain == folded else ("base",))


def _spouse(said: str, today: date) -> Heard | Reason:
    """`上海户口 2016年结婚`, `外地的`, `单身`, `离了`."""
    folded = fold(said)
    if re.search(r"单身|未婚|没结婚|没有?对象|single", folded) or folded in _NONE:
        return Heard({"marital_status": "single"})
    if re.search(r"离(异|婚|了)|divorced", folded):
        return Heard({"marital_status": "divorced"})
    if re.search(r"丧偶|widowed", folded):
        return Heard({"marital_status": "widowed"})
    local = re.search(r"上海|本市|沪籍|本地|shanghai", folded)
    other = re.search(r"外地|不是|非|没落户|外籍|elsewhere", folded)
    if not local and not other:
        return _unread(said, "spouse")
    married = {"marital_status": "married"}
    if other:
        return Heard({**married, "spouse": {"shanghai_hukou": False}})
    year = _year_in(folded, today)
    if year is None:
        return Heard({**married, "spouse": {"shanghai_hukou": True}}, ("married",))
    return Heard({**married, "spouse": {"shanghai_hukou": True, "married": _end_of(year, today)}}, ("married_day",))


_OFFENCES = (
    ("serious_crime", ("严重刑事", "重罪", "seriouscrime")),
    ("detention", ("拘留", "detention")),
    ("sentence", ("判刑", "刑事", "犯罪", "坐牢", "sentence")),
    ("false_materials", ("假材料", "造假", "虚假", "false")),
)


def _records(said: str, today: date) -> Heard | Reason:
    """`没有`, `2022年拘留过`: what is deducted counts from the last day of a year that is said alone."""
    folded = fold(said)
    kind = _one_of(folded, _OFFENCES)
    if kind is None:
        return NOTHING if folded in _NONE or "没有" in folded or "清白" in folded else _unread(said, "records")
    year = _year_in(folded, today)
    if year is None:
        return Heard({}, ("offence_date",))
    return Heard({"offence": [{"kind": kind, "date": _end_of(year, today)}]}, ("offence_date",))


def _child(said: str, today: date) -> Heard | Reason:
    """`初二`, `七年级和幼儿园`, `2017年上小学`, `没有`."""
    if fold(said) in _NONE:
        return NOTHING
    rows = []
    for part in re.split(r"[,，、;；和]+|(?<!grade) +", said):
        if part and (row := _one_child(fold(part), today)) is not None:
            rows.append(row)
        elif part:
            return _unread(part, "child")
    return Heard({"child": rows}, ("child_name",)) if rows else _unread(said, "child")


def _one_child(folded: str, today: date) -> dict[str, Any] | None:
    if re.search(r"幼儿园|[小中大托]班|kindergarten", folded):
        return {"kindergarten": True}
    if entered := re.search(r"((?:19|20)\d{2})年?(?:上|入|进)?小?学", folded):
        return {"entered_primary": int(entered[1])}
    grade = _grade(folded)
    return None if grade is None else {"entered_primary": school_year(today) - grade + 1}


def _grade(folded: str) -> int | None:
    """The years at school: `三年级` 3, `预初` 6, `初二` 8 (Shanghai's junior school begins with 预初), `高一` 10."""
    if "预初" in folded or "预备班" in folded:
        return 6
    if found := re.search(r"(初|高)([一二三四123])", folded):
        years = number(found[2]) or 0
        top = {"初": (6, 3), "高": (9, 3)}[found[1]]
        return top[0] + years if 1 <= years <= top[1] else None
    if found := re.search(rf"{_N}年级|grade(\d{{1,2}})", folded):
        years = number(found[1] or found[2]) or 0
        return years if 1 <= years <= 12 else None
    return None


_READERS: Mapping[str, Callable[[str, date], Heard | Reason]] = MappingProxyType(
    {
        "who": _who,
        "applies": _applies,
        "born": _born,
        "schooling": _schooling,
        "title": _title,
        "insured": _insured,
        "base": _base,
        "spouse": _spouse,
        "records": _records,
        "child": _child,
    }
)
