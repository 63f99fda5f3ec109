"""How a filter line may go on: the likeliest first, in the language one types, all of it readable."""

from datetime import date

import pytest
from rich.cells import cell_len

from engine.policy import load
from models.in_use import InUse
from models.query import parse
from models.query_terms import KEYS
from tui.filter_hints import Hint, hints, taken
from tui.text import LANGUAGES

DAY = date(2026, 11, 22)
IN_USE = InUse(("陈静", "Li Mei"), ("重点", "VIP客户"), ("浦东新区",), ("上海某某科技有限公司", "A, B"))


def offered(line: str, language: str = "zh") -> list[Hint]:
    return hints(line, IN_USE, language, DAY, load().threshold)


@pytest.mark.parametrize(
    ("line", "language", "first"),
    [
        ("", "zh", "状态:"),
        ("", "en", "status:"),
        ("居", "zh", "居住证至:"),
        ("st", "zh", "status:"),  # typed in English, offered in English
        ("填报", "zh", "状态:填报中"),  # a value brings its key
        ("逾", "zh", "期限:逾期"),
        ("状态：填", "zh", "状态:填报中"),  # an input method's colon
        ("状态:填报中，单", "zh", "状态:填报中,单位注册"),  # the second of two values
        ("-卡在:", "zh", "-卡在:客户"),
        ("status:fo", "en", "status:form"),
        ("status:filling", "en", "status:form"),  # by what it means
        ("status:fo", "zh", "status:form"),  # a key and its value in another language than the screen's
        ("sort:-sc", "zh", "sort:-score"),
        ("状态:fo", "zh", "状态:form"),
        ("status:填", "en", "status:填报中"),
        ("张 分:", "zh", "分:>=120"),
        ("顾问:", "zh", "顾问:我"),
        ("顾问:li", "zh", '顾问:"Li Mei"'),
        ("标签:客", "zh", "标签:VIP客户"),  # it stands somewhere in it
        ("排序:-积", "zh", "排序:-积分至"),
        ("中考:", "zh", "中考:2027"),
    ],
)
def test_the_likeliest_stands_first(line: str, language: str, first: str) -> None:
    assert offered(line, language)[0].text == first


@pytest.mark.parametrize(
    "line",
    [
        "张三",  # nobody's name is guessed at
        "状态:填报中",  # it is written out
        "status:form",
        "状态:form",
        '单位:"上海',  # within quotes everything is text
        "没有:",  # no such key: the error says the nearest
        "更新:昨天",
    ],
)
def test_where_nothing_is_known_to_follow_nothing_is_offered(line: str) -> None:
    assert offered(line) == []


def test_what_is_taken_takes_the_place_of_the_term_at_the_end() -> None:
    assert taken("张 -状", offered("张 -状")[0]) == "张 -状态:"
    assert taken("填报", offered("填报")[0]) == "状态:填报中"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_all_that_is_offered_can_be_read(key: str, language: str) -> None:
    for begun in ("", "-") if key != "sort" else ("",):
        for hint in offered(f"{begun}{key}:", language):
            parse(hint.text, DAY, "ana")
    if key not in ("note",):  # any text stands in a note
        assert offered(f"{key}:", language)


@pytest.mark.parametrize("paper", ["学位", "居住证", "申请表"])
def test_a_paper_that_is_owed_is_found_by_any_part_of_its_name(paper: str) -> None:
    found = offered(f"欠:{paper}")
    assert found and all(paper in hint.text for hint in found)
    assert all(parse(hint.text, DAY, "ana").parameters for hint in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_the_papers_that_may_be_owed_several_are_read_at_80_columns(language: str) -> None:
    assert sum(cell_len(hint.text) + 3 for hint in offered("owed:", language)[:3]) < 72
