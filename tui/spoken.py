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
from typing import Any

from engine.reason import Reason
from tui.amounts import money
from tui.heard import NONE, NOTHING, Heard, one_of, unread
from tui.signs import clean, fold
from tui.spoken_children import child
from tui.spoken_insurance import insured
from tui.spoken_numbers import MOST_YEARS, N, day_in, lower, number, past, year_in, years_ago, years_in_figures
from tui.spoken_schooling import schooling
from tui.typed import understand

ANSWERS = ("who", "applies", "born", "schooling", "title", "insured", "base", "spouse", "records", "child")
"""In the order of a call."""


_OF_ITSELF: Mapping[str, str] = MappingProxyType(
    {
        "title": "职称|技能|证书?|技能证书?",
        "insured": "社保|保险",
        "spouse": "配偶|对象|爱人|老公|老婆|先生|太太",
        "child": "孩子|小孩子?|子女|儿女|娃",
    }
)
"""What an answer may name itself by before it says that there is none: `孩子没有`, `职称还没有`."""
_IS_NONE = r"[,?]?(?:现在|目前|暂时?|还|也|都)*(?:没有?|无)过?(?:呢|的|了)?"
_UNKNOWN = re.compile(
    r"(?:不知道|不清楚|不确定|不记得|记不清|忘了|没问|待问|待定|不详|unknown|notsure|don'?tknow)了?|\?+", re.IGNORECASE
)


def heard(answer: str, typed: str, today: date) -> Heard | Reason:
    """An answer by its name in `ANSWERS`; one that is not given or not known yet is to be asked."""
    said = clean(typed)
    if not said:
        return Heard({}, (answer,)) if answer != "applies" else NOTHING
    if _UNKNOWN.fullmatch(fold(said)):
        return Heard({}, (answer,))
    if answer in _OF_ITSELF and re.fullmatch(f"(?:{_OF_ITSELF[answer]}){_IS_NONE}", fold(said)):
        said = "没有"
    return _READERS[answer](said, today)


def _who(said: str, today: date) -> Heard | Reason:
    """`李女士 13800000000 微信lily88`: the figures are the phone, the rest what the client is called."""
    contact: dict[str, str] = {}
    rest = re.sub(r"(?:电话|手机|微信)号?同(?:号|微信|手机号?|电话)", " ", said)
    if found := re.search(r"(?:微信|wechat|vx)号?[:： ]*([A-Za-z][\w-]{3,})", rest, re.ASCII | re.IGNORECASE):
        contact["wechat"] = found[1]
        rest = rest.replace(found[0], " ")
    if phone := re.search(r"\+?\d[\d\- ]{5,}\d", rest):
        contact["phone"] = re.sub(r"[\- ]", "", phone[0])
        rest = rest.replace(phone[0], " ")
    called = re.sub(r"(?:电话|手机|联系方式|微信)号?[:：]?\s*$", "", rest.strip(" ,，、；;")).strip(" ,，、；;")
    if called:
        contact["called"] = " ".join(called.split())
    return Heard({"contact": contact}, () if phone else ("phone",))


_EITHER = re.compile(r"都(?:可以|行|可|能|$)|看谁|谁.*[高来]|哪个|[未没]定|不一定|没想好|either")
_SELF = re.compile(r"本人|自己|self")
_SPOUSE = re.compile(r"配偶|老公|老婆|爱人|先生|太太|丈夫|妻子|spouse|husband|wife")


def _applies(said: str, today: date) -> Heard | Reason:
    """Who would apply; the answers that follow are of that person."""
    folded = fold(said)
    if _EITHER.search(folded):
        return Heard({}, ("applies",))
    if _SELF.search(folded):
        return NOTHING
    if _SPOUSE.search(folded):  # also 我老公
        return Heard({}, ("applicant",))
    return NOTHING if "我" in folded else unread(said, "applies")


_TENS = "[零〇五六七八九]"
# ages at which somebody calls: two figures alone are taken where only one reading of them is such an age
_AGES = range(16, 66)


def _born(said: str, today: date) -> Heard | Reason:
    """An ID number, a day, a year (`88年`, `八八年`), or an age (`三十八岁`)."""
    folded = re.sub(r"^今年|[的了]$", "", years_in_figures(fold(said), born=True))
    if re.fullmatch(r"\d{17}[\dx]", folded):
        return Heard({"id_number": folded.upper()})
    if re.fullmatch(rf"(?:19|20)?\d[05]后|{_TENS}[零〇五]后", folded):  # 85后: of five years any, of ten after 80后
        return Heard({}, ("birth_year",))
    day = understand("date", folded, today)
    if isinstance(day, str) and day <= today.isoformat():
        return Heard({"birth_date": day})
    if age := re.fullmatch(rf"{N}(?:周?岁|yearsold).*", folded):
        years = number(age[1])
        return unread(said, "born") if years is None else Heard({"birth_year": today.year - years}, ("birth_day",))
    if alone := re.fullmatch(r"\d{2}|[二三四五六]?十[一二三四五六七八九]?", folded):
        said_age, said_year = number(alone[0]) or 0, past(alone[0], today) if alone[0].isdigit() else today.year
        as_age, as_year = said_age in _AGES, today.year - said_year in _AGES
        if as_age == as_year:  # 63: an age, or the year
            return unread(said, "born")
        return Heard({"birth_year": said_year if as_year else today.year - said_age}, ("birth_day",))
    if year := re.match(r"((?:19|20)\d{2}|\d{2}(?=年|[./-]))(?:年|$|[./-])", folded):
        return Heard({"birth_year": past(year[1], today)}, ("birth_day",))
    return unread(said, "born")


_TITLES = (
    (("skill", "1"), ("高级技师", "一级技能", "技能一级")),
    (("skill", "3"), ("高级工", "三级技能", "技能三级")),
    (("skill", "4"), ("中级工", "四级技能", "技能四级")),
    (("skill", "5"), ("初级工", "五级技能", "技能五级")),
    (("skill", "2"), ("技师", "二级技能", "技能二级")),
    (("title", "senior"), ("高级", "正高", "副高", "高工", "senior")),
    (("title", "intermediate"), ("中级", "intermediate")),
    (("title", "junior"), ("初级", "助理", "junior")),
)


_QUALIFICATION = re.compile(
    r"(?:[一二]级?|注册)(?:建|造|消防|结构|监理)|注册.*师|注会|cpa|法考|律师|税务师|执业|职业资格|建造师|造价师"
)
"""Vocational qualifications (职业资格): their worth hangs on the title they stand for, and on being registered."""


def _title(said: str, today: date) -> Heard | Reason:
    """`中级 2018`, `高级工`, `没有`; `二建` is to be asked about."""
    folded = fold(said).replace("工程", "")  # 高级工程师 is no 高级工
    if folded in NONE or re.fullmatch(
        r"(?:暂|还|都|目前)?(?:没有?|无|未)(?:考|评|拿|取得)?过?(?:职称|技能|证书?)*", folded
    ):
        return NOTHING
    found = next((kind for kind, words in _TITLES if any(word in folded for word in words)), None)
    registered = re.sub(r"[没未]注册", "", folded)
    unsure = re.search(r"没|无|未|在考|在评|准备|打算|报考|想考|过期|not", registered)  # none yet, or no more
    if found is None and not unsure and _QUALIFICATION.search(registered):
        return Heard({}, ("title_level",))
    if found is None or unsure:
        return unread(said, "title")
    kind, level = found
    year = year_in(folded, today)
    row: dict[str, Any] = {"kind": kind, "level": level}
    if year is not None:
        row["obtained"] = _end_of(year, today)
    return Heard({"qualification": [row]}, ("matches_post",) if year is not None else ("obtained", "matches_post"))


def _end_of(year: int, today: date) -> str:
    """The last day of a year that is said alone, which earns least; of this year today."""
    return min(date(year, 12, 31), today).isoformat()


LEAST_BASE = 100  # yuan a month: what is less lacks its unit


def _base(said: str, today: date) -> Heard | Reason:
    """`一万出头`, `12500`, `八千到一万` (the lower one), `两倍`; what base, in yuan, stands in `base` alone."""
    folded = fold(said)
    if re.search(r"最低|下限", folded):  # below every band; how much it is, is to be asked
        return Heard({}, ("base",))
    if beside := re.search(r"基数[是为按交缴]*(.+?)(?:[,;](?!\d{3})|$)", folded):  # `工资两万，基数一万`
        folded = beside[1]
    if times := re.fullmatch(r"(\d(?:\.\d)?|[一两二三])(?:倍|x).*", folded):
        tenths = {"一": 10, "两": 20, "二": 20, "三": 30}.get(times[1]) or int(Decimal(times[1]) * 10)
        return Heard({"tenths": tenths}, ("base",)) if 5 <= tenths <= 30 else unread(said, "base")
    plain = re.sub(
        r"(出头|多|左右|以上|上下|大概|大约|差不多|不到|税前|月薪|工资|基数|每月|一个月|about|amonth)", "", folded
    )
    low, *high = re.split(r"到|至|~|(?<=[\d万千])-(?=\d)", plain)
    unit = re.search(r"[万千kw]", high[-1]) if high and not re.search(r"[万千百kw]|\d{3}", low) else None
    plain = lower(low + (unit[0] if unit else "")).replace("块钱", "块")  # `8-10k`: eight thousand
    amount = money(plain)
    if isinstance(amount, Reason) or not LEAST_BASE <= amount < 10_000_000:
        return unread(said, "base")
    return Heard(
        {"base": amount - 1 if "不到" in folded else amount}, () if plain == folded.replace("块钱", "块") else ("base",)
    )


def _spouse(said: str, today: date) -> Heard | Reason:
    """`上海户口 2016年结婚`, `结婚五年`, `外地的`, `单身`, `离了`."""
    folded = fold(said)
    if re.search(r"单身|未婚|没结婚|没领证|没登记|没有?对象|[男女]朋友|single", folded) or folded in NONE:
        return Heard({"marital_status": "single"})
    if re.search(r"(?:没|未|不|准备|打算|想|要|快|正在|在办|闹)离", folded):  # married still, or not any more
        return unread(said, "spouse")
    if re.search(r"离(异|婚|了)|divorced", folded):
        return Heard({"marital_status": "divorced"})
    if re.search(r"丧偶|widowed", folded):
        return Heard({"marital_status": "widowed"})
    local = re.search(r"上海|本市|沪籍|本地|shanghai", folded)
    other = re.search(
        r"外地|不是|非|没落户|外籍|(?:没有?|无|不)(?:上海|沪|本地|本市)|elsewhere|notshanghai"
        r"|(?:户口|户籍|籍)(?:还|也|都)?(?:没(?!多久|几)|无|未|在办|正在|办理中|快了)",  # what is none yet
        folded,
    )
    if not local and not other and not re.search(r"已婚|结婚|结了|再婚|领证|married", folded):
        return unread(said, "spouse")
    if other:
        return Heard({"marital_status": "married", "spouse": {"shanghai_hukou": False}})
    spouse: dict[str, Any] = {"shanghai_hukou": True} if local else {}
    open_: tuple[str, ...] = () if local else ("spouse_hukou",)
    day = day_in(folded, today)
    married = day.isoformat() if day is not None else _married(folded, today)
    if married is not None:
        spouse["married"] = married
    open_ += () if day is not None else ("married",) if married is None else ("married_day",)
    return Heard({"marital_status": "married", "spouse": spouse} if spouse else {"marital_status": "married"}, open_)


def _married(folded: str, today: date) -> str | None:
    """The day a marriage is counted from, where only its length (`结婚五年`) or its year (`16年结婚`) is said."""
    lasting = re.search(rf"结(?:婚|了)+(?:了|有|快)?{N}(?:年|周年)|(?<![\d]){N}年(?:了|前|多)|married{N}years", folded)
    if lasting is not None:
        years = number(next(found for found in lasting.groups() if found))
        if years is not None and 0 < years <= MOST_YEARS:
            return years_ago(years, today).isoformat()
    year = year_in(folded, today)
    return None if year is None else _end_of(year, today)


_OFFENCES = (
    ("serious_crime", ("严重刑事", "重罪", "seriouscrime")),
    ("detention", ("拘留", "detention")),
    ("sentence", ("判刑", "判过", "缓刑", "刑事", "犯罪", "坐牢", "sentence")),
    ("false_materials", ("假材料", "造假", "虚假", "false")),
)


def _records(said: str, today: date) -> Heard | Reason:
    """`没有`, `2022年拘留过`: what is deducted counts from the last day of a year that is said alone."""
    folded = fold(said)
    kind, year, day = one_of(folded, _OFFENCES), year_in(folded, today), day_in(folded, today)
    if year is None and (folded in NONE or re.search(r"没|无|未|清白|never", folded)):  # 没被拘留过
        return NOTHING
    if kind is None:
        return unread(said, "records")
    if day is not None:
        return Heard({"offence": [{"kind": kind, "date": day.isoformat()}]})
    if year is None:
        return Heard({}, ("offence_date",))
    return Heard({"offence": [{"kind": kind, "date": _end_of(year, today)}]}, ("offence_date",))


_READERS: Mapping[str, Callable[[str, date], Heard | Reason]] = MappingProxyType(
    {
        "who": _who,
        "applies": _applies,
        "born": _born,
        "schooling": schooling,
        "title": _title,
        "insured": insured,
        "base": _base,
        "spouse": _spouse,
        "records": _records,
        "child": child,
    }
)
