"""The official form of a case: copied field by field, its gaps marked, each leading to its fact."""

from typing import Any

from casework import reopened
from desks import Desk
from screens import line_with, press, screen_text

from tui.screens.case import CaseScreen
from tui.screens.official_form import OfficialFormScreen

FACTS: dict[str, Any] = {"name": "王小明", "birth_date": "1990-03-07", "sex": "male", "permit": {"number": "123456789"}}


async def test_y_copies_a_value_and_goes_on_to_the_next_that_is_known(ana: Desk) -> None:
    case_id = ana.create(FACTS)
    async with reopened(ana, case_id) as case:
        await press(case.pilot, "a", "y")
        assert case.pilot.app.clipboard == "王小明" and "已复制 王小明" in screen_text(case.pilot.app)
        await press(case.pilot, "y", "y")
        assert case.pilot.app.clipboard == "1990-03-07"
        await press(case.pilot, "y")
        assert case.pilot.app.clipboard == "123456789"


async def test_gaps_are_marked_counted_and_found_by_n(ana: Desk) -> None:
    case_id = ana.create(FACTS)
    async with reopened(ana, case_id) as case:
        await press(case.pilot, "a")
        assert "[缺]" in line_with(case.pilot.app, "民族") and "[缺]" not in line_with(case.pilot.app, "出生日期")
        screen = case.pilot.app.screen
        assert isinstance(screen, OfficialFormScreen)
        await press(case.pilot, "n", "n")
        assert screen.here is not None and screen.here.path == "id_number"
        await press(case.pilot, "y")
        assert "这一栏没有值可复制" in screen_text(case.pilot.app)


async def test_enter_leads_to_the_fact(ana: Desk) -> None:
    case_id = ana.create(FACTS)
    async with reopened(ana, case_id) as case:
        await press(case.pilot, "a", "n", "enter")
        assert isinstance(case.pilot.app.screen, CaseScreen)
        assert line_with(case.pilot.app, "民族").startswith("▸")
