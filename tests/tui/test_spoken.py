"""What is said on the phone, understood to the safe side; what cannot be read is told, never guessed."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.assessment import assess
from engine.document import validate
from engine.policy import load
from engine.reason import Reason
from tui.heard import Heard
from tui.spoken import ANSWERS, heard
from tui.spoken_numbers import number

TODAY = date(2026, 11, 26)


def facts(answer: str, typed: str) -> dict[str, Any]:
    found = heard(answer, typed, TODAY)
    assert isinstance(found, Heard), found
    return dict(found.facts)


def still(answer: str, typed: str) -> tuple[str, ...]:
    found = heard(answer, typed, TODAY)
    assert isinstance(found, Heard), found
    return found.open


SAID: list[tuple[str, str, dict[str, Any]]] = [
    ("who", "李女士 13800000000", {"contact": {"called": "李女士", "phone": "13800000000"}}),
    ("who", "138 0000 0000 李女士", {"contact": {"called": "李女士", "phone": "13800000000"}}),
    ("who", "李女士", {"contact": {"called": "李女士"}}),
    ("who", "王先生 电话13800000000", {"contact": {"called": "王先生", "phone": "13800000000"}}),
    ("who", "张三 微信lily88", {"contact": {"called": "张三", "wechat": "lily88"}}),
    ("applies", "本人", {}),
    ("born", "八八年", {"birth_year": 1988}),
    ("born", "一九八八年", {"birth_year": 1988}),
    ("born", "七八年", {"birth_year": 1978}),
    ("born", "35", {"birth_year": 1991}),
    ("born", "88", {"birth_year": 1988}),
    ("born", "三十五", {"birth_year": 1991}),
    ("schooling", "初中", {}),
    ("schooling", "没有", {}),
    ("schooling", "本科没学士", {"education": [{"level": "bachelor", "degree": "none"}]}),
    ("schooling", "大专 一五年毕业", {"education": [{"level": "associate", "graduated": "2015-07-01"}]}),
    ("title", "高级工程师", {"qualification": [{"kind": "title", "level": "senior"}]}),
    ("title", "中级工程师", {"qualification": [{"kind": "title", "level": "intermediate"}]}),
    ("title", "没有职称", {}),
    ("title", "没考过", {}),
    ("spouse", "没有上海户口", {"marital_status": "married", "spouse": {"shanghai_hukou": False}}),
    ("spouse", "上海户口没有", {"marital_status": "married", "spouse": {"shanghai_hukou": False}}),
    ("spouse", "沪籍还没有", {"marital_status": "married", "spouse": {"shanghai_hukou": False}}),
    ("spouse", "上海户口在办", {"marital_status": "married", "spouse": {"shanghai_hukou": False}}),
    ("spouse", "上海户口没多久", {"marital_status": "married", "spouse": {"shanghai_hukou": True}}),
    ("schooling", "本科学位还没拿到", {"education": [{"level": "bachelor", "degree": "none"}]}),
    ("spouse", "男朋友上海人", {"marital_status": "single"}),
    (
        "spouse",
        "结婚10年，上海户口",
        {"marital_status": "married", "spouse": {"shanghai_hukou": True, "married": "2016-11-26"}},
    ),
    (
        "spouse",
        "上海户口 2016年5月20日",
        {"marital_status": "married", "spouse": {"shanghai_hukou": True, "married": "2016-05-20"}},
    ),
    ("spouse", "已婚", {"marital_status": "married"}),
    ("records", "没有犯罪记录", {}),
    ("records", "没被拘留过", {}),
    ("records", "2022年5月10日拘留", {"offence": [{"kind": "detention", "date": "2022-05-10"}]}),
    ("child", "没有孩子", {}),
    ("child", "双胞胎，二年级", {"child": [{"entered_primary": 2025}] * 2}),
    ("child", "初中二年级", {"child": [{"entered_primary": 2019}]}),
    ("child", "一个女儿 初二", {"child": [{"entered_primary": 2019}]}),
    ("child", "老大初二老二三年级", {"child": [{"entered_primary": 2019}, {"entered_primary": 2024}]}),
    ("child", "2028年中考", {"child": [{"entered_primary": 2019}]}),
    ("born", "88年", {"birth_year": 1988}),
    ("born", "1988", {"birth_year": 1988}),
    ("born", "05年", {"birth_year": 2005}),
    ("born", "1988.3.7", {"birth_date": "1988-03-07"}),
    ("born", "三十八岁", {"birth_year": 1988}),
    ("born", "340104199003074516", {"id_number": "340104199003074516"}),
    ("insured", "七年二个月", {"insurance": [{"from": "2019-09", "to": "2026-10", "approximate": True}]}),
    ("insured", "7年多", {"insurance": [{"from": "2019-11", "to": "2026-10", "approximate": True}]}),
    ("insured", "86个月", {"insurance": [{"from": "2019-09", "to": "2026-10", "approximate": True}]}),
    ("insured", "两年半，还在缴", {"insurance": [{"from": "2024-05", "approximate": True}]}),
    ("insured", "2015年7月起", {"insurance": [{"from": "2015-07", "approximate": True}]}),
    ("insured", "没交过", {}),
    ("insured", "2015.7-2020.6", {"insurance": [{"from": "2015-07", "to": "2020-06", "approximate": True}]}),
    ("insured", "19年3月到24年5月", {"insurance": [{"from": "2019-03", "to": "2024-05", "approximate": True}]}),
    ("insured", "从15年7月到现在", {"insurance": [{"from": "2015-07", "approximate": True}]}),
    ("insured", "2015年开始", {"insurance": [{"from": "2015-12", "approximate": True}]}),
    ("insured", "七八年", {"insurance": [{"from": "2019-11", "to": "2026-10", "approximate": True}]}),
    ("insured", "不到八年", {"insurance": [{"from": "2018-12", "to": "2026-10", "approximate": True}]}),
    ("insured", "三十多个月", {"insurance": [{"from": "2024-05", "to": "2026-10", "approximate": True}]}),
    (
        "insured",
        "在上海断断续续交了差不多五年",
        {"insurance": [{"from": "2021-11", "to": "2026-10", "approximate": True}]},
    ),
    ("insured", "半年", {"insurance": [{"from": "2026-05", "to": "2026-10", "approximate": True}]}),
    ("base", "一万出头", {"base": 10000}),
    ("base", "12500", {"base": 12500}),
    ("base", "1万2", {"base": 12000}),
    ("base", "八千到一万", {"base": 8000}),
    ("base", "不到一万", {"base": 9999}),
    ("base", "两倍", {"tenths": 20}),
    ("base", "0.8倍", {"tenths": 8}),
    ("base", "1.5倍", {"tenths": 15}),
    ("base", "八九千", {"base": 8000}),
    ("base", "一万二三", {"base": 12000}),
    ("base", "税前一万五", {"base": 15000}),
    ("base", "按最低交的", {}),
    ("title", "没有", {}),
    ("title", "中级 2018", {"qualification": [{"kind": "title", "level": "intermediate", "obtained": "2018-12-31"}]}),
    ("title", "高级技师", {"qualification": [{"kind": "skill", "level": "1"}]}),
    ("title", "高级工 19年", {"qualification": [{"kind": "skill", "level": "3", "obtained": "2019-12-31"}]}),
    ("title", "副高", {"qualification": [{"kind": "title", "level": "senior"}]}),
    (
        "schooling",
        "本科有学位 2010全日制",
        {"education": [{"level": "bachelor", "degree": "bachelor", "form": "full_time", "graduated": "2010-07-01"}]},
    ),
    (
        "schooling",
        "大专自考 08年",
        {"education": [{"level": "associate", "form": "self_study", "graduated": "2008-07-01"}]},
    ),
    ("schooling", "硕士没学位", {"education": [{"level": "master", "degree": "none"}]}),
    ("schooling", "高中", {"education": [{"level": "high_school"}]}),
    ("spouse", "单身", {"marital_status": "single"}),
    ("spouse", "离了", {"marital_status": "divorced"}),
    ("spouse", "外地的", {"marital_status": "married", "spouse": {"shanghai_hukou": False}}),
    (
        "spouse",
        "上海户口 2016年结婚",
        {"marital_status": "married", "spouse": {"shanghai_hukou": True, "married": "2016-12-31"}},
    ),
    ("records", "没有", {}),
    ("records", "2022年拘留过", {"offence": [{"kind": "detention", "date": "2022-12-31"}]}),
    ("child", "初二", {"child": [{"entered_primary": 2019}]}),
    ("child", "七年级和大班", {"child": [{"entered_primary": 2020}, {"kindergarten": True}]}),
    ("child", "2017年上小学", {"child": [{"entered_primary": 2017}]}),
    ("child", "没有", {}),
    ("child", "不打算要", {}),
    ("child", "怀孕中", {}),
    ("child", "孩子没有", {}),
    ("child", "小孩还没有", {}),
    ("child", "孩子，暂时没有", {}),
    ("title", "职称没有", {}),
    ("insured", "社保还没有", {}),
    (
        "insured",
        "2016年3月到2020年3月 2020.7至今",
        {
            "insurance": [
                {"from": "2016-03", "to": "2020-03", "approximate": True},
                {"from": "2020-07", "approximate": True},
            ]
        },
    ),
    ("insured", "2015.7 - 2020.6", {"insurance": [{"from": "2015-07", "to": "2020-06", "approximate": True}]}),
    ("base", "工资两万，基数一万", {"base": 10000}),
    ("base", "基数12,500，工资两万", {"base": 12500}),
    ("born", "88的", {"birth_year": 1988}),
    ("born", "今年38了", {"birth_year": 1988}),
    ("who", "王先生 电话同微信 13800000000", {"contact": {"called": "王先生", "phone": "13800000000"}}),
    ("spouse", "还没领证", {"marital_status": "single"}),
    ("records", "2019年判过缓刑", {"offence": [{"kind": "sentence", "date": "2019-12-31"}]}),
    ("spouse", "对象没有", {"marital_status": "single"}),
    (
        "schooling",
        "bachelor with degree 2010",
        {"education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2010-07-01"}]},
    ),
    ("insured", "7 years 2 months", {"insurance": [{"from": "2019-09", "to": "2026-10", "approximate": True}]}),
    ("insured", "since 2015-07", {"insurance": [{"from": "2015-07", "approximate": True}]}),
    ("base", "about 10000", {"base": 10000}),
    ("base", "2x", {"tenths": 20}),
    ("born", "85后", {}),  # of five years any
    ("title", "二建", {}),  # a qualification, no level of a skill
    ("child", "儿子初二", {"child": [{"entered_primary": 2019}]}),
    ("child", "孩子14岁", {"child": [{}]}),  # of one age some are a grade above others
    ("child", "有一个孩子，14岁了", {"child": [{}]}),
    ("child", "女儿三年级，儿子14岁", {"child": [{"entered_primary": 2024}, {}]}),
    ("child", "初二，14岁", {"child": [{"entered_primary": 2019}]}),
    ("child", "孩子14岁，初二", {"child": [{"entered_primary": 2019}]}),
    ("child", "孩子14岁 初二", {"child": [{"entered_primary": 2019}]}),
    ("child", "大班，5岁", {"child": [{"kindergarten": True}]}),
    ("child", "女儿14岁，儿子初二", {"child": [{}, {"entered_primary": 2019}]}),
    ("child", "初二，5岁", {"child": [{"entered_primary": 2019}, {}]}),  # nobody in that grade is so old
    ("child", "双胞胎，9岁 三年级", {"child": [{"entered_primary": 2024}] * 2}),
    ("child", "三年级和14岁", {"child": [{"entered_primary": 2024}, {}]}),
    ("child", "老大14岁老二5岁", {"child": [{}, {}]}),
    ("child", "grade 8", {"child": [{"entered_primary": 2019}]}),
    ("records", "none", {}),
    ("insured", "从没交过", {}),
    ("insured", "七年，没断过", {"insurance": [{"from": "2019-11", "to": "2026-10", "approximate": True}]}),
    ("base", "8-10k", {"base": 8000}),
    ("base", "一到两万", {"base": 10000}),
    ("base", "8000-10000", {"base": 8000}),
    (
        "schooling",
        "本科有学位 2010，硕士没学位 2016",
        {
            "education": [
                {"level": "bachelor", "degree": "bachelor", "graduated": "2010-07-01"},
                {"level": "master", "degree": "none", "graduated": "2016-07-01"},
            ]
        },
    ),
    (
        "schooling",
        "2008年大专和专升本有学位，2011",
        {
            "education": [
                {"level": "associate", "graduated": "2008-07-01"},
                {"level": "bachelor", "degree": "bachelor", "graduated": "2011-07-01"},
            ]
        },
    ),
    (
        "schooling",
        "2010年，本科，学士学位，全日制",
        {"education": [{"level": "bachelor", "degree": "bachelor", "form": "full_time", "graduated": "2010-07-01"}]},
    ),
]


@pytest.mark.parametrize(("answer", "typed", "wanted"), SAID)
def test_it_is_understood(answer: str, typed: str, wanted: dict[str, Any]) -> None:
    assert facts(answer, typed) == wanted


@pytest.mark.parametrize(
    ("answer", "typed"),
    [
        ("born", "年轻"),
        ("born", "3天前"),
        ("schooling", "上过学"),
        ("title", "工程"),
        ("insured", "很久"),
        ("insured", "2027年7月起"),
        ("base", "够用"),
        ("base", "4倍"),
        ("born", "63"),  # an age, or the year
        ("title", "在考中级"),
        ("title", "正在评中级"),
        ("title", "中级过期了"),
        ("title", "还没拿到中级"),
        ("insured", "五年，中间断过三个月"),
        ("insured", "2015年7月、2016年8月"),
        ("schooling", "本科在读"),
        ("schooling", "博士在读"),
        ("spouse", "在老家"),
        ("records", "有一点"),
        ("child", "两个"),
        ("child", "初五"),
        ("child", "99999999岁"),
        ("title", "二建没考过"),
        ("born", "85后一年"),
        ("insured", "缴了七年，现在没交"),
        ("insured", "2015年7月起，后来没交了"),
        ("insured", "7 years, not paying now"),
        ("insured", "7 years, stopped"),
        ("insured", "七年，去年离职了"),
        ("base", "8"),
        ("spouse", "没离婚 上海户口"),
        ("spouse", "准备离婚"),
        ("schooling", "本科有学位 2010，硕士在读"),
    ],
)
def test_what_cannot_be_read_is_said_and_not_guessed(answer: str, typed: str) -> None:
    found = heard(answer, typed, TODAY)
    assert isinstance(found, Reason) and found.values["text"]


@pytest.mark.parametrize(
    ("answer", "typed", "key"),
    [
        ("who", "李女士", "phone"),
        ("born", "88年", "birth_day"),
        ("schooling", "本科 2010 全日制", "degree"),
        ("schooling", "本科有学位", "graduated"),
        ("title", "中级", "obtained"),
        ("insured", "86个月", "paying"),
        ("base", "一万出头", "base"),
        ("spouse", "上海户口", "married"),
        ("records", "拘留过", "offence_date"),
        ("applies", "老公", "applicant"),
        ("applies", "我老公", "applicant"),
        ("applies", "看谁分高", "applies"),
        ("spouse", "已婚", "spouse_hukou"),
        ("born", "85后", "birth_year"),
        ("born", "九零后", "birth_year"),
        ("title", "二建", "title_level"),
        ("title", "一级建造师 2019 没注册", "title_level"),
        ("title", "注册会计师", "title_level"),
        ("child", "孩子14岁", "child_grade"),
    ],
)
def test_what_is_still_to_be_asked_is_named(answer: str, typed: str, key: str) -> None:
    assert key in still(answer, typed)


def test_an_answer_that_is_not_given_yet_is_to_be_asked() -> None:
    assert {answer for answer in ANSWERS if still(answer, "") == (answer,)} == set(ANSWERS) - {"applies"}


@pytest.mark.parametrize("answer", list(ANSWERS))
@pytest.mark.parametrize("said", ["不知道", "忘了", "？"])
def test_what_is_not_known_stays_to_be_asked(answer: str, said: str) -> None:
    assert facts(answer, said) == {} and answer in still(answer, said)


@pytest.mark.parametrize(
    ("answer", "typed"), [("records", "没被拘留过"), ("spouse", "上海户口 2016.5.20"), ("base", "12500元")]
)
def test_what_was_said_is_not_asked_again(answer: str, typed: str) -> None:
    assert still(answer, typed) == ()


def test_a_diploma_of_a_summer_to_come_is_none_yet() -> None:
    found = heard("schooling", "本科有学位 2026 全日制", date(2026, 5, 1))
    assert isinstance(found, Heard) and "graduated" not in found.facts["education"][0] and "graduated" in found.open


@given(months=st.integers(1, 400))
def test_so_many_months_of_insurance_are_so_many(months: int) -> None:
    typed = f"{months // 12}年{months % 12}个月" if months >= 12 and months % 12 else f"{months}个月"
    applicant = validate(facts("insured", typed))
    [line] = [line for line in assess(applicant, load(), TODAY).lines if line.indicator == "insurance_years"] or [None]
    assert (line.points if line is not None else 0) == months // 12 * 3


@given(st.integers(0, 199))
def test_numbers_in_chinese_are_those_in_figures(n: int) -> None:
    tens, ones = divmod(n % 100, 10)
    digits = "零一二三四五六七八九"
    text = ("一百" if n >= 100 else "") + (f"{digits[tens]}十" if tens else "零" if n > 100 and ones else "")
    text += digits[ones] if ones or n == 0 else ""
    assert number(text) == n


@given(answer=st.sampled_from(ANSWERS), typed=st.text(max_size=40))
def test_whatever_is_typed_it_is_understood_or_told(answer: str, typed: str) -> None:
    assert isinstance(heard(answer, typed, TODAY), Heard | Reason)
