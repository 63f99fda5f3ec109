"""The risks of a case on screen: what, why, what to do, by when; and the facts they rest on as swimlanes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from desks import Desk
from screens import line_with, press, screen_lines, screen_text, session, settled
from textual.pilot import Pilot

from tui.screens.case import CaseScreen
from tui.screens.risks import RisksScreen

# the permit ends in 60 days; a gap of two months; the contract says nothing against it
WANG = {
    "name": "王小明",
    "birth_date": "1990-03-07",
    "permit": {"issued": "2026-01-22", "valid_until": "2027-01-21", "kind": "permit"},
    "education": [{"level": "bachelor", "enrolled": "2008-09-01", "graduated": "2012-07-01", "chsi": "found"}],
    "insurance": [{"from": "2022-06", "to": "2026-03", "base": 8000}, {"from": "2026-06", "base": 8000}],
}
WIDE = (160, 45)


@asynccontextmanager
async def risks_of(
    desk: Desk, facts: dict[str, Any], size: tuple[int, int] = WIDE, **how: Any
) -> AsyncIterator[Pilot[None]]:
    async with session(desk.workspace, size=size, **how) as pilot:
        app: Any = pilot.app
        await app.open_case(desk.create(facts))
        await press(pilot, "r")
        assert isinstance(app.screen, RisksScreen)
        await settled(pilot)
        yield pilot


async def test_each_risk_says_what_it_is_why_what_to_do_and_how_many_days_are_left(ana: Desk) -> None:
    async with risks_of(ana, WANG) as pilot:
        shown = screen_text(pilot.app)
        assert "2 项风险：  高 2" in shown
        assert "▸ [高] 居住证到期  剩 60 天" in shown
        assert "居住证 2027-01-21 到期，还有 60 天" in shown and "→ 先续签居住证" in shown
        assert "[高] 社保断缴  社保年限  关系 12 分" in shown and "2026-04 至 2026-05 断缴 2 个月" in shown


async def test_what_cannot_be_judged_is_told_with_the_facts_that_are_missing(ana: Desk) -> None:
    async with risks_of(ana, WANG) as pilot:
        shown = screen_text(pilot.app)
        assert "资料不全，没法判断" in shown and "档案有问题：人事档案 · " in shown


async def test_who_has_no_risk_is_told_so_and_nobody_is_told_to_be_safe(ana: Desk) -> None:
    async with risks_of(ana, {"name": "张三"}) as pilot:
        shown = screen_text(pilot.app)
        assert "没有发现风险" in shown and "资料不全，没法判断" in shown
        assert line_with(pilot.app, "个税").endswith("没有记录")


async def test_the_lanes_show_what_the_risk_under_the_cursor_rests_on(ana: Desk) -> None:
    for size in (WIDE, (80, 24)):
        async with risks_of(ana, {**WANG, "name": f"王{size[0]}"}, size=size) as pilot:
            assert "▸ 居住证 " in screen_text(pilot.app) and "▸ 社保" not in screen_text(pilot.app)
            await press(pilot, "j", "-", "-", "-")
            assert "▸ 社保 " in screen_text(pilot.app) and "▸ 居住证 " not in screen_text(pilot.app)
            paid = line_with(pilot.app, "▸ 社保 ").partition("▸ 社保 ")[2]
            assert "[" in paid and "═" not in paid and "▼" in screen_text(pilot.app)  # the gap, not what is paid
            assert "! 空缺" in screen_text(pilot.app)


async def test_on_a_wide_terminal_the_lanes_stand_beside_the_risks_else_below(ana: Desk) -> None:
    async with risks_of(ana, WANG) as pilot:
        lines = screen_lines(pilot.app)
        assert "项风险" in lines[2] and "2008-09-01 至" in lines[2]
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        lines = screen_lines(pilot.app)
        assert "2008-09-01 至" not in lines[2] and any(line.startswith("2008-09-01 至") for line in lines)
        assert any("学习" in line for line in lines)


async def test_enter_leads_to_the_fact_that_a_risk_rests_on(ana: Desk) -> None:
    async with risks_of(ana, WANG) as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CaseScreen)
        assert "2027-01-21" in line_with(pilot.app, "▸")


async def test_enter_on_a_fact_that_is_missing_leads_to_where_it_is_filled_in(ana: Desk) -> None:
    for facts in (WANG, {"name": "张三"}):
        async with risks_of(ana, facts) as pilot:
            screen: Any = pilot.app.screen
            lacking = [
                entry.target.removeprefix("fact:") for entry in screen.findings.entries if "fact:" in entry.target
            ]
            assert lacking
            for place in range(len(set(lacking))):
                await press(pilot, "g", *("j" for _ in range(len(screen.found.risks) + place)), "enter")
                case: Any = pilot.app.screen
                assert isinstance(case, CaseScreen)
                assert case.facts.item.path == list(dict.fromkeys(lacking))[place]
                await press(pilot, "r")
                screen = pilot.app.screen


async def test_fewer_and_more_years_are_drawn(ana: Desk) -> None:
    async with risks_of(ana, WANG) as pilot:
        assert "2008-09-01 至 2027-01-21" in screen_text(pilot.app)
        await press(pilot, "-")
        assert "2016-01-01 至" in screen_text(pilot.app) and "不在这段时间" in line_with(pilot.app, "学习")
        await press(pilot, "-", "-", "-")
        assert "2024-01-01 至" in screen_text(pilot.app)
        await press(pilot, "+", "+", "+")
        assert "2008-09-01 至" in screen_text(pilot.app)


async def test_the_arrows_lead_to_the_lanes_which_scroll_with_the_same_keys(ana: Desk) -> None:
    children = [{"name": f"孩子{n}", "entered_primary": 2020, "permit_valid_until": "2030-01-01"} for n in range(6)]
    async with risks_of(ana, {**WANG, "child": children}, size=(80, 24)) as pilot:
        await press(pilot, "g")
        assert "孩子5" not in screen_text(pilot.app).partition("至")[2].rpartition("2008-09-01")[2]
        await press(pilot, "right", "G")
        assert any(line.lstrip().startswith("孩子5") for line in screen_lines(pilot.app))
        await press(pilot, "left", "j")
        assert "▸ [高] 社保断缴" in screen_text(pilot.app)


async def test_a_fact_that_a_colleague_changes_is_looked_at_at_once(ana: Desk, bo: Desk) -> None:
    async with risks_of(ana, WANG) as pilot:
        case_id = pilot.app.screen.case_id  # type: ignore[attr-defined]
        bo.set(case_id, "applicant.permit.valid_until", "2026-11-21")
        pilot.app.screen.changed()  # type: ignore[attr-defined]
        await settled(pilot)
        shown = screen_text(pilot.app)
        assert "[退件] 居住证到期  过了 1 天" in shown and "! 空缺" in shown


async def test_y_copies_the_risks_in_the_language_of_the_session(ana: Desk) -> None:
    async with risks_of(ana, WANG, language="en") as pilot:
        assert "60 days left" in screen_text(pilot.app)
        await press(pilot, "y")
        assert pilot.app.clipboard.startswith("王小明\n2 risks:  high 2\n[high] permit ends  60 days left")


async def test_on_a_day_without_a_law_there_are_lanes_and_no_risks(ana: Desk) -> None:
    from datetime import date

    async with risks_of(ana, WANG, today=date(2013, 6, 30)) as pilot:
        assert "没有发现风险" in screen_text(pilot.app) and "├" in line_with(pilot.app, "学习")
