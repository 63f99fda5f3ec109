"""What a consultant makes of the list of cases: its columns, views, the preview; and where they were last."""

from typing import Any

import pytest
from desks import Desk
from screens import burst, line_with, press, screen_lines, screen_text, session, settled
from textual.widgets import Input

from models.writing import set_preference
from tui.last_place import Place, kept
from tui.screens.cases import CasesScreen
from tui.screens.part import Part

DEGREE = {"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01", "evidence": "verified"}
ZHANG = {
    "name": "张三",
    "birth_date": "1988-03-07",
    "permit": {"valid_until": "2027-03-01"},
    "education": [DEGREE],
    "child": [{"name": "小明", "entered_primary": 2019}],
}


@pytest.fixture
def three(ana: Desk) -> list[int]:
    """王小明, 李梅 and 张三, made in this order; the last is ana's own."""
    found = [ana.create({"name": "王小明"}), ana.create({"name": "李梅", "birth_date": "1990-01-01"})]
    return [*found, ana.create(ZHANG, status="form", consultant="ana")]


def filtered(app: Any) -> str:
    return str(app.screen_stack[0].query_one("#filter", Input).value)


def titles(app: Any) -> list[str]:
    return screen_lines(app)[2].split()


# --- columns


async def test_columns_are_chosen_and_moved_and_stay_so(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        assert titles(pilot.app) == ["客户", "状态", "分", "差", "卡在", "天", "下一步"]
        await burst(pilot, "Cjj")
        assert "[x] 分" in line_with(pilot.app, "▸")
        await burst(pilot, "KJ\rj\r")  # up and down again; away with the score, and with what follows it
        await press(pilot, "escape")
        assert "分" not in titles(pilot.app)
    async with session(ana.workspace) as pilot:
        assert "分" not in titles(pilot.app)
        await burst(pilot, "Cx\x1b")
        assert titles(pilot.app) == ["客户", "状态", "分", "差", "卡在", "天", "下一步"]


async def test_the_client_cannot_be_left_out_and_that_is_said(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "C\r")
        assert "客户总在最前面" in screen_lines(pilot.app)[-2]
        await burst(pilot, "jK")
        assert "不能再移了" in screen_lines(pilot.app)[-2]


# --- views


async def test_v_and_the_key_of_a_view_show_it_in_one_go(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "v")
        assert line_with(pilot.app, "我的").split() == ["▸", "1", "我的", "1", "顾问:我"]  # with its count
        assert line_with(pilot.app, "卡在客户").split()[2] == "0"
        await burst(pilot, "１")  # full width, as an input method types it
        assert filtered(pilot.app) == "顾问:我"
        assert "案件列表  我的    1 / 3" in screen_lines(pilot.app)[0]
        await press(pilot, "j")
        assert isinstance(pilot.app.screen, CasesScreen)


async def test_a_filter_is_kept_as_a_view_under_a_name_and_a_key(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "V")
        assert "先筛选" in screen_lines(pilot.app)[-2]
        await burst(pilot, "/李\rVb 李家\r")
        assert "v b" in screen_lines(pilot.app)[-2]
        await press(pilot, "escape")
        await burst(pilot, "vb")
        assert filtered(pilot.app) == "李"
        await burst(pilot, "vjjjjjj")
        await burst(pilot, "e李\rx")  # another name; then away with it
        assert "李" in screen_lines(pilot.app)[-1]
        await burst(pilot, "y")
        assert "李" not in screen_text(pilot.app).replace("李梅", "")
        assert "差 20 分以内" in screen_text(pilot.app)


# --- how the line goes on


async def test_under_the_filter_stands_how_it_may_go_on_and_tab_takes_it(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "/填报")
        assert "状态:填报中" in screen_lines(pilot.app)[2]
        await press(pilot, "tab")
        assert filtered(pilot.app) == "状态:填报中"
        assert "1 / 3" in screen_lines(pilot.app)[0]
        await burst(pilot, " 顾问:a")  # whoever there is in the workspace
        assert "顾问:ana" in screen_lines(pilot.app)[2]
        await press(pilot, "right", "enter")
        assert filtered(pilot.app) == "状态:填报中 顾问:ana"
        assert titles(pilot.app)[0] == "客户"  # back in the list


# --- the preview


async def test_beside_a_wide_list_stands_the_case_under_the_cursor(ana: Desk, three: list[int]) -> None:
    ana.change(three[2], ("notes.n1a2b", None, {"id": "n1a2b", "on": "2026-11-20", "by": "ana", "text": "已寄材料"}))
    async with session(ana.workspace, size=(120, 40)) as pilot:
        shown = screen_text(pilot.app)
        for said in (
            "张三  38 岁",
            "顾问 ana",
            "120 分  已核 90  达标",
            "90  学历",
            "居住证至 2027-03-01",
            "中考 2028",
        ):
            assert said in shown
        assert "已寄材料" in shown
        await press(pilot, "j")
        assert "李梅  36 岁" in screen_text(pilot.app) and "张三  38 岁" not in screen_text(pilot.app)
        await press(pilot, "p")
        assert "李梅  36 岁" not in screen_text(pilot.app)
    async with session(ana.workspace, size=(120, 40)) as pilot:
        assert "张三  38 岁" not in screen_text(pilot.app)  # it stays away
    async with session(ana.workspace) as pilot:
        await press(pilot, "p")
        assert "120 列" in screen_lines(pilot.app)[-2]


# --- the last place


async def looked_twice(pilot: Any, times: int = 2) -> None:
    """As half a second later, and half a second more."""
    for _ in range(times):
        pilot.app.look_where()
    await settled(pilot)


async def test_a_session_comes_back_to_the_filter_the_case_and_its_part(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace, comes_back=True) as pilot:
        await burst(pilot, "/状态:咨询\rj")
        await burst(pilot, "\r")
        await press(pilot, "o")
        await looked_twice(pilot)
        assert pilot.app.reader.preference("ana", "place") is not None
    async with session(ana.workspace, comes_back=True) as pilot:
        assert isinstance(pilot.app.screen, Part) and pilot.app.screen.PART == "progress"
        assert "王小明" in screen_lines(pilot.app)[0]
        await press(pilot, "q", "q")
        assert filtered(pilot.app) == "状态:咨询"
        assert "王小明" in line_with(pilot.app, "▸")


async def test_a_case_in_which_something_was_left_unfinished_opens_there(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace, comes_back=True) as pilot:
        await burst(pilot, "\r/微信\relily")
        await looked_twice(pilot)
    async with session(ana.workspace, comes_back=True) as pilot:
        assert "微信" in line_with(pilot.app, "▸") and "lily" in line_with(pilot.app, "▸")


async def test_the_cursor_is_kept_once_it_rests(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace, comes_back=True) as pilot:
        await press(pilot, "j")
        await looked_twice(pilot)
        assert pilot.app.reader.preference("ana", "place") is None
        await looked_twice(pilot, 8)
        assert f", {three[1]}, null" in str(pilot.app.reader.preference("ana", "place"))


async def test_a_case_that_is_gone_is_no_error(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace, comes_back=True) as pilot:
        await press(pilot, "enter")
        await looked_twice(pilot)
    ana.undo()
    async with session(ana.workspace, comes_back=True) as pilot:
        assert isinstance(pilot.app.screen, CasesScreen)
        assert "李梅" in line_with(pilot.app, "▸")
        assert screen_lines(pilot.app)[-2] == ""


async def test_a_view_is_told_in_the_language_that_is_spoken_and_known_in_either(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "/status:form sort:renewal\rVb 填报\r")
        await press(pilot, "f2")
        await burst(pilot, "v")
        assert "status:form sort:renewal" in line_with(pilot.app, "填报")
        await press(pilot, "f2")
        assert "状态:填报中 排序:续办" in line_with(pilot.app, "填报 ")
        await press(pilot, "escape")
        await burst(pilot, "/\x1b/状态：填报中　排序：续办\r")
        assert "填报" in screen_lines(pilot.app)[0]


async def test_where_the_kept_filter_is_not_right_any_more_all_cases_stand_below_what_is_wrong(
    ana: Desk, three: list[int]
) -> None:
    set_preference(ana.workspace, "ana", "place", kept(Place("天报:3", three[1])))
    async with session(ana.workspace, comes_back=True) as pilot:
        shown = screen_lines(pilot.app)
        assert "3 / 3" in shown[0] and "天报:3" in shown[1] and "没有“天报”这个条件" in shown[2]
        assert "李梅" in line_with(pilot.app, "▸")
