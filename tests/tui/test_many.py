"""Selecting in the list, and what is done with all that are selected: first what would come of it, then doing it."""

import pytest
from casesteps import READY
from desks import Desk
from screens import burst, line_with, press, screen_lines, screen_text, session

from tui.screens.cases import CasesScreen
from tui.screens.chasing import ChasingScreen
from tui.screens.many import ManyScreen


@pytest.fixture
def three(ana: Desk) -> list[int]:
    """The list shows them the last one first: 张三, 李梅, 王小明."""
    return [ana.create({**READY, "name": name}, status="account") for name in ("王小明", "李梅", "张三")]


async def test_space_selects_and_goes_on_and_the_row_shows_it_without_colour(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "space", "space")
        assert "已选 2" in screen_lines(pilot.app)[0]
        assert line_with(pilot.app, "张三").startswith(" *") and line_with(pilot.app, "王小明").startswith("▸ ")
        await press(pilot, "k", "space")
        assert "已选 1" in screen_lines(pilot.app)[0]


async def test_r_selects_up_to_the_cursor_and_esc_drops_the_selection_before_the_filter(
    ana: Desk, three: list[int]
) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "space", "G", "r")
        screen = pilot.app.screen
        assert isinstance(screen, CasesScreen) and sorted(screen.selected) == three
        await burst(pilot, "/zs\r")
        assert "已选 3" in screen_lines(pilot.app)[0]
        await press(pilot, "escape")
        assert "已选" not in screen_lines(pilot.app)[0] and screen.field.value == "zs"


async def test_a_selects_all_that_are_shown_and_again_none(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "/zs\ra")
        screen = pilot.app.screen
        assert isinstance(screen, CasesScreen) and screen.selected == [three[2]]
        await press(pilot, "a")
        assert screen.table.picked == set()


async def test_a_tag_for_all_is_foreseen_then_done_and_u_takes_all_of_it_back(ana: Desk, three: list[int]) -> None:
    ana.set(three[0], "tags", ["重点"])
    async with session(ana.workspace) as pilot:
        await press(pilot, "a", "m", "j", "enter")
        await burst(pilot, "重点\r")
        shown = screen_text(pilot.app)
        assert isinstance(pilot.app.screen, ManyScreen)
        assert "会改 2 个案件" in shown and "1 个已经是这样" in shown and ana.case(three[2]).tags == ()
        await press(pilot, "enter")
        assert "改了 2 个案件" in screen_text(pilot.app) and ana.case(three[2]).tags == ("重点",)
        await press(pilot, "enter", "u", "y")
        assert [ana.case(case_id).tags for case_id in three] == [("重点",), (), ()]


async def test_a_stage_for_all_leaves_out_whom_a_condition_stops_and_says_why(ana: Desk, three: list[int]) -> None:
    ana.set(three[1], "applicant.employment.points_account", "unregistered")
    async with session(ana.workspace, size=(100, 40)) as pilot:
        await press(pilot, "a", "s")
        screen = pilot.app.screen
        assert isinstance(screen, ManyScreen)
        screen.lines.go_to("stage:form")
        await press(pilot, "enter", "enter")
        shown = screen_text(pilot.app)
        assert "会改 2 个案件" in shown and "1 个改不了" in shown and "李梅" in shown
        await press(pilot, "enter")
        assert [ana.case(case_id).status for case_id in three] == ["form", "account", "form"]


async def test_a_task_wants_its_day_and_esc_does_nothing(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "a", "m", "j", "j", "j", "enter")
        await burst(pilot, "催学位证\r")
        assert "行尾写哪天前" in screen_text(pilot.app)
        await burst(pilot, " +3\r")
        assert "催学位证  2026-11-25" in screen_text(pilot.app)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, CasesScreen) and "tasks" not in ana.case(three[0]).office


async def test_letters_that_ask_for_papers_are_written_for_all_that_are_selected(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "a", "z")
        screen = pilot.app.screen
        assert isinstance(screen, ChasingScreen) and screen.ids == three[::-1]
        assert "1 / 4" in screen_lines(pilot.app)[0]  # three clients, and the contact of all
