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
        assert "中考 2028（预计） 王某：2027-12-02 至" in shown
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
        await settled(pilot)  # the other side is laid out once it has its place
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


async def test_an_option_is_kept_after_a_question_and_its_steps_become_tasks(ana: Desk) -> None:
    case_id = ana.create(WANG)
    option = plan(validate(WANG), load(), ana.today).options[0]
    async with plan_of(ana, case_id) as pilot:
        await press(pilot, "enter")
        assert f"采用 {option.reached_on} 达标的方案？" in screen_text(pilot.app)
        await press(pilot, "y")
        shown = screen_text(pilot.app)
        assert "采用的方案（2026-11-22 起）" in shown and f"按它 {option.reached_on} 达标" in shown
        assert "开始：" in shown and "[ ] 20" in shown
    tasks = ana.case(case_id).office["tasks"]
    assert len(tasks) >= len(option.steps) and tasks[0]["due"] == str(option.steps[0].start.first_day())


async def test_n_keeps_nothing_and_x_drops_a_plan(ana: Desk) -> None:
    case_id = ana.create(WANG)
    async with plan_of(ana, case_id) as pilot:
        await press(pilot, "enter", "n")
        assert ana.case(case_id).office == {}
        await press(pilot, "x")
        assert "还没有采用的方案" in screen_text(pilot.app)
        await press(pilot, "enter", "y", "x")
        assert ana.case(case_id).office == {}


async def test_enter_on_a_task_says_that_it_is_done_and_again_that_it_is_not(ana: Desk) -> None:
    case_id = ana.create(WANG)
    async with plan_of(ana, case_id) as pilot:
        await press(pilot, "enter", "y", "g", "enter")
        assert ana.case(case_id).office["tasks"][0].get("done") == "2026-11-22"
        assert "[x]" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "[x]" not in screen_text(pilot.app)


async def test_a_task_whose_day_is_past_is_marked(ana: Desk) -> None:
    case_id = ana.create(WANG)
    ana.change(
        case_id,
        ("what_ifs.m4e2b", None, {"line": "base=2x from 2026-01", "kept": "2025-12-01"}),
        ("tasks.k3f9a", None, {"what": "base=2x from 2026-01", "due": "2026-01-01", "what_if": "m4e2b"}),
    )
    async with plan_of(ana, case_id, language="en") as pilot:
        assert "[!] 2026-01-01 Begin: base=2x" in screen_text(pilot.app)


async def test_w_tries_the_option_under_the_cursor_out_beside_the_real_case(ana: Desk) -> None:
    async with plan_of(ana, ana.create(WANG)) as pilot:
        option = plan(validate(WANG), load(), ana.today).options[0]
        await press(pilot, "w")
        lines = [line for line in screen_lines(pilot.app) if "首次达标" in line]
        assert lines and lines[0].split()[-1] == str(option.reached_on)
