"""The quick assessment: ten answers as they are spoken, the score beside each, a case of them, a message of them."""

import re
from typing import Any

import pytest
from desks import DAY, Desk
from screens import burst, line_with, press, screen_lines, screen_text, session

from models.reading import Reader
from models.workspace import Workspace
from tui.heard import Heard
from tui.screens.case import CaseScreen
from tui.screens.cases import CasesScreen
from tui.screens.quick import QuickScreen
from tui.spoken import ANSWERS, heard
from tui.text import LANGUAGES, text

CALL = "李女士 13800000000\r本人\r88年\r大专 2010 全日制\r没有\r七年二个月\r一万出头\r外地\r没有\r初二"


def only_case(workspace: Workspace) -> tuple[dict[str, Any], dict[str, Any], str]:
    with Reader(workspace) as reader:
        [case_id] = reader.ids()
        found = reader.case(case_id)
    assert found is not None
    return found.document, found.office, found.status


async def test_each_answer_shows_what_it_earns_and_what_is_still_to_be_asked(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, f"n{CALL}")
        app = pilot.app
        assert "30 分  还问：出生日期" in line_with(app, "哪年生") and "50 分" in line_with(app, "学历")
        assert "21 分  还问：现在还在缴吗" in line_with(app, "社保 ")
        assert "合计 126 分，够 120 分" in screen_text(app)
        assert "孩子：中考 2028（预计），2027-12-02 起要用" in screen_text(app)


async def test_in_english_what_is_still_to_be_asked_is_listed_in_english(workspace: Workspace) -> None:
    async with session(workspace, language="en", size=(160, 45)) as pilot:
        await burst(pilot, "n" + "\r" * 9 + "孩子14岁")
        assert "the child's grade, the child's name" in line_with(pilot.app, "孩子14岁")


async def test_all_ten_and_what_comes_of_them_fit_80_by_24(workspace: Workspace) -> None:
    async with session(workspace, size=(80, 24)) as pilot:
        await burst(pilot, f"n{CALL}")
        shown = screen_text(pilot.app)
        for said in ("称呼和电话", "孩子  ", "合计 ", "还要问：", "中考 2028", "f9 建立"):
            assert said in shown


async def test_below_the_threshold_the_nearest_way_is_told(workspace: Workspace) -> None:
    async with session(workspace, size=(120, 30)) as pilot:
        await burst(pilot, "n\r\r88年\r大专 2010 全日制\r\r两年，还在缴\r8000")
        assert "还差" in line_with(pilot.app, "合计") and "最近的办法：" in screen_text(pilot.app)


async def test_it_becomes_a_case_with_what_was_said_marked_approximate(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, f"n{CALL}\r")
        assert isinstance(pilot.app.screen, CaseScreen)
    document, office, status = only_case(workspace)
    assert status == "simulated" and document["contact"] == {"called": "李女士", "phone": "13800000000"}
    [insured] = document["insurance"]
    assert insured["approximate"] is True and insured["base"] == 10000
    assert "社保：七年二个月" in office["notes"][0]["text"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_empty_field_shows_what_may_be_typed_until_something_is(workspace: Workspace, language: str) -> None:
    mark = text("quick.such_as", language, example="")
    async with session(workspace, size=(80, 24), language=language) as pilot:
        await press(pilot, "n")
        for answer in ANSWERS:
            example = text("quick.such_as", language, example=text(f"quick.example.{answer}", language))
            assert example.startswith(mark) and example in screen_text(pilot.app)
        example = text("quick.example.who", language)
        await burst(pilot, "李")
        assert example not in screen_text(pilot.app)
        await press(pilot, "f9")
    document, _, _ = only_case(workspace)
    assert document == {"contact": {"called": "李"}}


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_empty_field_shows_is_understood(language: str, answer: str) -> None:
    for example in re.split("、|, ", text(f"quick.example.{answer}", language)):
        if example != "身份证号":  # the number itself has no room
            assert isinstance(heard(answer, example, DAY), Heard), example


async def test_an_answer_longer_than_its_field_shows_its_beginning_once_it_is_left(workspace: Workspace) -> None:
    async with session(workspace, size=(80, 24)) as pilot:
        await burst(pilot, "n\r\r\r本科有学位 2010 全日制，后来又读了在职硕士没学位\r")
        assert "本科有学位 2010" in line_with(pilot.app, "学历")
        await press(pilot, "shift+tab")
        await burst(pilot, " 2016")
        assert pilot.app.focused.value.endswith("没学位 2016")


async def test_a_form_that_was_not_finished_goes_on_in_the_first_field_that_is_empty(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "n李女士 13800000000\r本人\r88年\r")
        await press(pilot, "escape", "n")
        await burst(pilot, "大专")
        assert "学历        大专" in screen_text(pilot.app)


async def test_an_answer_that_is_not_understood_says_so_once_it_is_left_and_earns_nothing(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "n\r\r很年轻\r")
        assert "没听懂“很年轻”" in screen_text(pilot.app) and "合计 0 分" in screen_text(pilot.app)


async def test_what_was_not_understood_is_still_to_be_asked(workspace: Workspace) -> None:
    async with session(workspace, size=(120, 30)) as pilot:
        await burst(pilot, "n李女士\r\r88年\r\r\r缴了七年，现在没交\r够用\r准备离婚\r")
        asked = line_with(pilot.app, "还要问：").strip().removeprefix("还要问：").split("、")
        assert {"社保缴了多久", "基数的准数", "配偶"} <= set(asked)


async def test_f6_copies_a_message_that_promises_nothing(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, f"n{CALL}")
        await press(pilot, "f6")
        said = pilot.app.clipboard
    assert said.startswith("李女士您好，按电话里说的，2026-11-22 粗算如下：") and "- 年龄 30 分" in said
    assert said.endswith("结果以受理部门核定为准。") and "保证" not in said and "一定" not in said


async def test_the_message_to_who_has_enough_says_so_and_not_that_nothing_is_missing(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "n李女士\r本人\r88年\r博士 2015\r没有\r七年")
        await press(pilot, "f6")
        said = pilot.app.clipboard
    assert "标准分 120，照电话里说的已经够了。" in said and "差 0 分" not in said
    assert said.endswith("结果以受理部门核定为准。")


async def test_what_was_typed_and_left_is_offered_again(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "n李女士\r\r88年")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CasesScreen)
        await press(pilot, "D")
        screen = pilot.app.screen
        assert isinstance(screen, QuickScreen)
        assert screen.typed == {"quick.who": "李女士", "quick.born": "88年"}


async def test_somebody_of_the_same_phone_is_shown_at_once(ana: Desk) -> None:
    ana.create({"name": "李梅", "contact": {"phone": "13800000000"}})
    async with session(ana.workspace) as pilot:
        await burst(pilot, "n李女士 13800000000")
        assert "李梅" in screen_text(pilot.app) and "电话相同" in screen_text(pilot.app)


async def test_the_whole_form_is_behind_a_key_of_its_own(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await press(pilot, "N")
        assert "身份证号" in screen_text(pilot.app) and "新建案件" in screen_lines(pilot.app)[0]
