"""Completion in the filter line: at the end of the term the cursor is in, wherever in the line that is."""

import pytest
from desks import Desk
from screens import burst, press, screen_lines, session
from textual.pilot import Pilot

from tui.screens.cases import CasesScreen
from tui.widgets.filter import FilterInput


def typed(pilot: Pilot[None]) -> tuple[str, str]:
    """The line before the cursor, and after it."""
    field = pilot.app.screen.query_one(FilterInput)
    return field.value[: field.cursor_position], field.value[field.cursor_position :]


@pytest.fixture
def one(ana: Desk) -> Desk:
    ana.create({"name": "张三"}, status="form")
    return ana


async def test_tab_takes_what_is_offered_first_and_the_list_follows(one: Desk) -> None:
    async with session(one.workspace) as pilot:
        await burst(pilot, "/状\t填\t")
        assert typed(pilot) == ("状态:填报中", "")
        assert "1 / 1" in screen_lines(pilot.app)[0]


async def test_right_at_the_end_of_the_line_takes_it_too(one: Desk) -> None:
    async with session(one.workspace) as pilot:
        await burst(pilot, "/状")
        await press(pilot, "right")
        assert typed(pilot) == ("状态:", "")


async def test_a_term_in_the_middle_goes_on_and_what_follows_it_stays(one: Desk) -> None:
    async with session(one.workspace) as pilot:
        await burst(pilot, "/状态:填 卡在:我方")
        await press(pilot, *["left"] * 6)
        assert typed(pilot) == ("状态:填", " 卡在:我方")
        assert "tab  状态:填报中" in screen_lines(pilot.app)[2]  # and not what is wrong with it as it stands
        await press(pilot, "tab")
        assert typed(pilot) == ("状态:填报中", " 卡在:我方")
        assert "1 / 1" in screen_lines(pilot.app)[0]


async def test_within_a_term_nothing_is_offered_and_nothing_taken(one: Desk) -> None:
    async with session(one.workspace) as pilot:
        await burst(pilot, "/张 状")
        assert "tab  状态:" in screen_lines(pilot.app)[2]
        await press(pilot, "left")
        assert typed(pilot) == ("张 ", "状")
        assert "tab" not in screen_lines(pilot.app)[2]
        await press(pilot, "tab")
        assert typed(pilot) == ("张 ", "状")
        assert "没有可补全的" in screen_lines(pilot.app)[-2]


async def test_what_is_wrong_further_on_is_told_while_one_types_before_it(one: Desk) -> None:
    async with session(one.workspace) as pilot:
        await burst(pilot, "/状 分:abc")
        await press(pilot, *["left"] * 6)
        assert "abc" in screen_lines(pilot.app)[2]
        screen = pilot.app.screen
        assert isinstance(screen, CasesScreen) and screen.wrong is not None
