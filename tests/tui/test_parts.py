"""The parts of a case: one key each, one line that names them, and when the points are needed."""

from casework import opened, reopened
from desks import Desk
from rich.cells import cell_len
from screens import press, screen_lines

from tui.screens.case import CaseScreen
from tui.screens.history import HistoryScreen
from tui.screens.part import PARTS, Part

BOY = {"name": "王小明", "child": [{"name": "王某", "entered_primary": 2018}]}


async def test_the_line_of_the_parts_marks_the_one_that_is_shown_and_says_when_points_are_needed(ana: Desk) -> None:
    async with opened(ana, BOY, size=(80, 24)) as case:
        line = screen_lines(case.pilot.app)[1]
        assert "[f积分]" in line and " h历史 " in line
        assert line.endswith("中考27剩10天")
        await press(case.pilot, "h")
        line = screen_lines(case.pilot.app)[1]
        assert "[h历史]" in line and " f积分 " in line and line.endswith("中考27剩10天")


async def test_where_there_is_room_names_stand_apart(ana: Desk) -> None:
    async with opened(ana, BOY, size=(120, 24)) as case:
        line = screen_lines(case.pilot.app)[1]
        assert line.startswith("[f 积分] t 时间  p 方案  w 试算 ")
        assert line.endswith("中考2027 预计2026-12-02起，剩10天")


async def test_a_name_without_end_leaves_room_for_what_the_header_says(ana: Desk) -> None:
    async with opened(ana, {"name": "长" * 200}, size=(80, 24)) as case:
        for key, said in {"m": "材料  0/", "p": "达标方案", "h": "历史    1 条"}.items():
            await press(case.pilot, key)
            head = screen_lines(case.pilot.app)[0]
            assert f"长…  {said}" in head and head.endswith("ana  2026-11-22")


async def test_within_the_days_it_says_how_long_they_last(ana: Desk) -> None:
    case_id = ana.create({"name": "王小明"}, need_by="2026-11-22")
    async with reopened(ana, case_id, size=(80, 24)) as case:
        assert screen_lines(case.pilot.app)[1].endswith("h历史   2026-11-22 剩0天")


async def test_tab_goes_round_the_parts_of_a_case(ana: Desk) -> None:
    async with opened(ana, BOY) as case:
        seen = []
        for _ in PARTS:
            assert isinstance(case.pilot.app.screen, Part)
            seen.append(case.pilot.app.screen.PART)
            await press(case.pilot, "tab")
        assert tuple(seen) == PARTS
        assert isinstance(case.pilot.app.screen, CaseScreen)


async def test_the_next_case_shows_the_same_part_and_esc_leads_back_through_the_case(ana: Desk) -> None:
    ana.create({"name": "王大明"})
    async with opened(ana, {"name": "张三"}) as case:
        await press(case.pilot, "h", "]")
        screen = case.pilot.app.screen
        assert isinstance(screen, HistoryScreen) and "王大明" in screen_lines(case.pilot.app)[0]
        await press(case.pilot, "escape")
        assert isinstance(case.pilot.app.screen, CaseScreen) and "王大明" in screen_lines(case.pilot.app)[0]
        await press(case.pilot, "escape")
        assert len(case.pilot.app.screen_stack) == 1


async def test_a_click_on_its_name_opens_a_part(ana: Desk) -> None:
    async with opened(ana, BOY, size=(80, 24)) as case:
        line = screen_lines(case.pilot.app)[1]
        await case.pilot.click("PartsLine", offset=(cell_len(line[: line.index("历史")]), 0))
        assert isinstance(case.pilot.app.screen, HistoryScreen)
