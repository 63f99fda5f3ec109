"""The calendar: a month with how much falls on each day, and below it what; offices' days off and examinations."""

from desks import Desk
from screens import burst, line_with, press, screen_text, session, settled

from tui.screens.progress import ProgressScreen


def office(ana: Desk) -> int:
    wang = ana.create({"name": "王小明", "permit": {"kind": "permit", "valid_until": "2026-11-26", "housing": "own"}})
    li = ana.create({"name": "李梅"})
    ana.change(li, ("tasks.k3f9a", None, {"what": "催学位证", "due": "2026-12-02"}))
    return wang


async def test_3_shows_the_month_of_today_with_what_falls_on_its_days(ana: Desk) -> None:
    office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "3")
        shown = screen_text(pilot.app)
        assert "2026-11  2 件" in shown and "[26] 2" in shown and " 22*·" in shown
        assert shown.index("2026-11-26  周四") < shown.index("王小明  居住证签注")


async def test_the_cursor_begins_on_what_comes_next_from_today_on(ana: Desk) -> None:
    late = ana.create({"name": "赵云"})
    ana.change(late, ("tasks.k3f9b", None, {"what": "催", "due": "2026-11-03"}))
    office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "3")
        assert "▸" in line_with(pilot.app, "王小明") and "[26]" in screen_text(pilot.app)
        await press(pilot, "k", "]", ".")
        assert "▸" in line_with(pilot.app, "王小明")


async def test_where_all_of_the_month_is_past_it_begins_on_the_last(ana: Desk) -> None:
    for name, day in (("赵云", "2026-11-03"), ("孙权", "2026-11-17")):
        ana.change(ana.create({"name": name}), ("tasks.k3f9b", None, {"what": "催", "due": day}))
    async with session(ana.workspace) as pilot:
        await press(pilot, "3")
        assert "▸" in line_with(pilot.app, "孙权")


async def test_a_change_leaves_the_cursor_where_it_is(ana: Desk) -> None:
    office(ana)
    late = ana.create({"name": "赵云"})
    ana.change(late, ("tasks.k3f9b", None, {"what": "催", "due": "2026-11-03"}))
    async with session(ana.workspace) as pilot:
        await press(pilot, "3", "k")
        ana.set(late, "tags", ["重点"])
        pilot.app.look()  # type: ignore[attr-defined]
        await settled(pilot)
        assert "▸" in line_with(pilot.app, "赵云")


async def test_brackets_lead_from_month_to_month_and_a_dot_back(ana: Desk) -> None:
    office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "3", "]")
        assert "李梅  任务" in screen_text(pilot.app) and "2026-12  1 件" in screen_text(pilot.app)
        await press(pilot, "[", "[")
        assert "2026-10  0 件" in screen_text(pilot.app)
        await press(pilot, ".")
        assert "2026-11  2 件" in screen_text(pilot.app)


async def test_the_first_day_of_an_examination_stands_there_with_its_forecast(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "3", "]")
        assert "中考 2027（预计） 开始要用积分" in screen_text(pilot.app)


async def test_days_off_are_marked(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "3")
        assert " 28·" in screen_text(pilot.app)  # a Saturday
        assert " 27·" not in screen_text(pilot.app)


async def test_enter_opens_the_case_at_its_progress_and_esc_leads_back(ana: Desk) -> None:
    wang = office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "3", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, ProgressScreen) and screen.case_id == wang
        await press(pilot, "escape", "escape")
        assert "▸" in line_with(pilot.app, "王小明")


async def test_the_filter_is_that_of_cases(ana: Desk) -> None:
    office(ana)
    async with session(ana.workspace) as pilot:
        await burst(pilot, "3/lm")
        assert "2026-11  0 件" in screen_text(pilot.app)


async def test_in_english_too(ana: Desk) -> None:
    office(ana)
    async with session(ana.workspace, language="en") as pilot:
        await press(pilot, "3")
        assert "Mon" in screen_text(pilot.app) and "permit ends" in screen_text(pilot.app)
