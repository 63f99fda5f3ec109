"""The plan of a case: ways to the threshold, what each is in time for, and back from the days on which it is needed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from desks import Desk
from screens import press, screen_lines, screen_text, session, settled
from textual.pilot import Pilot

from engine.document import validate
from engine.planner import plan
from engine.policy import load
from tui.screens.plan import PlanScreen

# 36 years: 30, associate 50, 53 months: 12; a child that comes to zhongkao in 2028
WANG = {
    "name": "王小明",
    "birth_date": "1990-03-07",
    "permit": {"valid_until": "2027-05-09", "kind": "permit"},
    "employment": {"employer": "上海甲科技有限公司", "points_account": "active"},
    "education": [{"level": "associate", "graduated": "2010-06-30", "chsi": "found"}],
    "insurance": [{"from": "2022-06", "base": 8000}],
    "archive": {"location": "shanghai_centre"},
    "child": [{"name": "王某", "entered_primary": 2019, "permit_valid_until": "2029-05-09"}],
}


@asynccontextmanager
async def plan_of(
    desk: Desk, case_id: int, size: tuple[int, int] = (160, 50), **how: Any
) -> AsyncIterator[Pilot[None]]:
    async with session(desk.workspace, size=size, **how) as pilot:
        app: Any = pilot.app
        await app.open_case(case_id)
        await press(pilot, "p")
        assert isinstance(pilot.app.screen, PlanScreen)
        yield pilot


async def test_the_options_are_those_of_the_planner_with_their_days_costs_and_steps(ana: Desk) -> None:
    found = plan(validate(WANG), load(), ana.today)
    async with plan_of(ana, ana.create(WANG)) as pilot:
        shown = screen_text(pilot.app)
        for number, option in enumerate(found.options, 1):
            assert f"{number}. {option.reached_on} 达标" in shown
        assert f"{found.options[0].cost.low:,}" in shown and "1) " in shown


async def test_each_option_says_whether_it_is_in_time_for_the_examination(ana: Desk) -> None:
    async with plan_of(ana, ana.create(WANG)) as pilot:
        shown = screen_text(pilot.app)
        assert "赶得上中考 2028" in shown and "赶不上中考 2028" in shown


async def test_the_steps_before_the_examination_have_their_last_safe_days(ana: Desk) -> None:
    async with plan_of(ana, ana.create(WANG)) as pilot:
        shown = screen_text(pilot.app)
        assert "中考 2028 王某 预计：2027-12-02 至" in shown
        hand_in = next(line for line in screen_lines(pilot.app) if "递交材料" in line)
        assert "剩" in hand_in and "2027-" in hand_in
        assert "没有积分通知书" in shown


async def test_a_step_that_is_too_late_is_marked_without_colour_too(ana: Desk) -> None:
    hurried = {**WANG, "child": [{"name": "王某", "entered_primary": 2018}]}
    async with plan_of(ana, ana.create(hurried)) as pilot:
        line = next(line for line in screen_lines(pilot.app) if "递交材料" in line)
        assert "! 递交材料" in line and "已过" in line


async def test_a_day_that_was_named_is_a_need_of_its_own(ana: Desk) -> None:
    async with plan_of(ana, ana.create({"name": "张三"}, need_by="2028-03-01")) as pilot:
        assert "2028-03-01 要用积分" in screen_text(pilot.app)


async def test_who_has_no_need_is_told_what_to_fill_in(ana: Desk) -> None:
    async with plan_of(ana, ana.create({"name": "张三"})) as pilot:
        assert "没有要用积分的日子" in screen_text(pilot.app)


async def test_there_is_one_side_at_a_time_on_a_narrow_terminal(ana: Desk) -> None:
    async with plan_of(ana, ana.create(WANG), size=(64, 30)) as pilot:
        assert "1. 20" in screen_text(pilot.app) and "递交材料" not in screen_text(pilot.app)
        await press(pilot, "right")
        assert "1. 20" not in screen_text(pilot.app) and "递交材料" in screen_text(pilot.app)


async def test_a_fact_that_a_colleague_changes_is_planned_with_at_once(ana: Desk, bo: Desk) -> None:
    case_id = ana.create(WANG)
    async with plan_of(ana, case_id) as pilot:
        bo.set(case_id, ana.row(case_id, "education") + ".level", "doctor")
        bo.set(case_id, ana.row(case_id, "education") + ".degree", "doctor")
        pilot.app.screen.changed()
        await settled(pilot)
        assert "今天 152 分 / 120" in screen_text(pilot.app) and "1. 20" not in screen_text(pilot.app)


async def test_y_copies_both_sides_and_english_has_the_same(ana: Desk) -> None:
    async with plan_of(ana, ana.create(WANG), language="en") as pilot:
        await press(pilot, "y")
        assert pilot.app.clipboard.startswith("王小明\n") and "Zhongkao 2028" in pilot.app.clipboard
