"""The time of a case: plot and steps, what follows from them, and the spouse on the same axis."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from desks import Desk
from screens import press, screen_lines, screen_text, session, settled
from textual.pilot import Pilot

from tui.screens.case import CaseScreen
from tui.screens.line import LineScreen
from tui.screens.time import TimeScreen

# 43 years: 30; associate 50; 108 months by 2027-02: 24, 27 from 2027-03; 44 on 2027-05-09: -1
LIN = {
    "name": "林晓",
    "birth_date": "1983-05-09",
    "education": [{"level": "associate", "graduated": "2005-07-01"}],
    "insurance": [{"from": "2018-03"}],
    "child": [{"entered_primary": 2018}],
}
MAN, WOMAN = "340104198803071239", "110101199001011229"


@asynccontextmanager
async def time_of(desk: Desk, case_id: int, size: tuple[int, int] = (80, 24), **how: Any) -> AsyncIterator[Pilot[None]]:
    async with session(desk.workspace, size=size, **how) as pilot:
        app: Any = pilot.app
        await app.open_case(case_id)
        await press(pilot, "t")
        assert isinstance(pilot.app.screen, TimeScreen)
        yield pilot


def table(pilot: Pilot[None]) -> list[str]:
    """The steps in sight."""
    lines = screen_lines(pilot.app)
    start = next(n for n, line in enumerate(lines) if line.split()[:2] == ["日期", "分"]) + 1
    return [" ".join(line.split()) for line in lines[start:-2] if line.strip()]


async def test_each_step_has_its_day_its_points_and_its_cause(ana: Desk) -> None:
    async with time_of(ana, ana.create(LIN)) as pilot:
        assert table(pilot)[:3] == [
            "▸ 2026-11-22 104 -16 今天",
            "2027-03-01 107 -13 +3 社保年限 缴满第 9 年（累计 108 个月）",
            "2027-05-09 106 -14 -1 年龄 满 44 周岁",
        ]


async def test_the_arrows_walk_the_steps_and_the_plot_marks_where_one_is(ana: Desk) -> None:
    async with time_of(ana, ana.create(LIN)) as pilot:
        marks = []
        for key in ("right", "right", "left", "j"):
            await press(pilot, key)
            axis = next(line for line in screen_lines(pilot.app) if "◆" in line)
            marks.append((axis.index("◆"), next(line for line in table(pilot) if line.startswith("▸"))[2:12]))
        assert [day for _, day in marks] == ["2027-03-01", "2027-05-09", "2027-03-01", "2027-05-09"]
        assert marks[0][0] == marks[2][0] < marks[1][0] == marks[3][0]


async def test_the_plot_has_the_threshold_today_and_the_days_of_the_examination(ana: Desk) -> None:
    async with time_of(ana, ana.create(LIN)) as pilot:
        shown = screen_text(pilot.app)
        assert "120 ┄" in shown and "今天" in shown and "中考" in shown and "░" in shown and "╎" in shown


async def test_what_follows_is_said_and_where_the_score_crosses_is_marked(ana: Desk) -> None:
    person = {"education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2027-07-01"}]}
    async with time_of(ana, ana.create({**LIN, **person})) as pilot:
        shown = screen_text(pilot.app)
        assert "首次达标：2027-07-01" in shown and "▲" in shown


async def test_plus_looks_farther_ahead_and_minus_less_far(ana: Desk) -> None:
    async with time_of(ana, ana.create(LIN)) as pilot:
        seen = []
        for key in ("minus", "minus", "plus", "plus", "plus", "plus", "plus"):
            await press(pilot, key)
            seen.append(screen_lines(pilot.app)[0].split("至")[1].split()[0])
        assert seen == ["2027-11", "2027-11", "2028-11", "2029-11", "2031-11", "2036-11", "2036-11"]


async def test_enter_opens_the_line_as_it_is_counted_on_that_day(ana: Desk) -> None:
    async with time_of(ana, ana.create(LIN)) as pilot:
        await press(pilot, "j", "j", "enter")
        assert isinstance(pilot.app.screen, LineScreen)
        assert screen_lines(pilot.app)[0].split()[:2] == ["年龄", "29"]


async def test_a_line_that_ends_is_opened_as_it_was_the_day_before(ana: Desk) -> None:
    offence = [{"kind": "detention", "date": "2022-04-01"}]
    async with time_of(ana, ana.create({**LIN, "offence": offence})) as pilot:
        while "行政拘留" not in next(line for line in table(pilot) if line.startswith("▸")):
            await press(pilot, "j")
        await press(pilot, "enter")
        assert screen_lines(pilot.app)[0].split()[:2] == ["行政拘留", "-50"]


async def test_what_a_colleague_changes_moves_the_steps_and_the_cursor_stays(ana: Desk, bo: Desk) -> None:
    case_id = ana.create(LIN)
    async with time_of(ana, case_id) as pilot:
        await press(pilot, "j", "j")
        bo.set(case_id, ana.row(case_id, "education") + ".level", "bachelor")
        pilot.app.screen.changed()
        await settled(pilot)
        assert "▸ 2027-05-09 116 -4 -1 年龄 满 44 周岁" in table(pilot)


async def test_both_spouses_are_on_one_axis_and_it_is_said_when_the_better_one_turns(ana: Desk) -> None:
    wife = {
        "name": "李梅",
        "id_number": WOMAN,
        "education": [{"level": "master", "degree": "master", "graduated": "2028-07-01"}],
    }
    his = {
        "name": "张三",
        "id_number": MAN,
        "marital_status": "married",
        "spouse": {"name": "李梅", "id_number": WOMAN},
        "education": [{"level": "associate", "graduated": "2010-07-01"}],
    }
    other = ana.create(wife)
    async with time_of(ana, ana.create(his), size=(120, 30)) as pilot:
        shown = screen_text(pilot.app)
        assert "配偶 李梅（1 号，·）：本人 80 分，配偶 30 分，现在本人申请更好；2028-07-01 起李梅更好" in shown
        assert "·····" in shown
        await press(pilot, "v")
        screen = pilot.app.screen
        assert isinstance(screen, TimeScreen) and screen.case_id == other
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CaseScreen)


async def test_without_a_case_of_the_spouse_v_says_why_not(ana: Desk) -> None:
    async with time_of(ana, ana.create(LIN)) as pilot:
        await press(pilot, "v")
        assert "配偶没有案件" in screen_text(pilot.app)


async def test_it_fits_the_least_terminal_in_english_and_survives_another_size(ana: Desk) -> None:
    async with time_of(ana, ana.create(LIN), size=(60, 16), language="en") as pilot:
        assert "120 ┄" in screen_text(pilot.app)
        await pilot.resize_terminal(160, 45)
        await settled(pilot)
        assert "2027-05-09" in screen_text(pilot.app) and "turns 44" in screen_text(pilot.app)


async def test_a_click_on_the_plot_leads_to_the_step_that_holds_then(ana: Desk) -> None:
    async with time_of(ana, ana.create(LIN)) as pilot:
        await press(pilot, "j", "j")
        axis = next(line for line in screen_lines(pilot.app) if "◆" in line)
        await press(pilot, "g")
        await pilot.click("Plot", offset=(axis.index("◆"), 2))
        await settled(pilot)
        assert next(line for line in table(pilot) if line.startswith("▸"))[2:12] == "2027-05-09"
        await pilot.click("Plot", offset=(axis.index("◆") - 1, 2))
        assert next(line for line in table(pilot) if line.startswith("▸"))[2:12] == "2027-03-01"
        await pilot.click("Plot", offset=(5, 2))
        assert next(line for line in table(pilot) if line.startswith("▸"))[2:12] == "2026-11-22"


async def test_y_copies_what_follows_and_every_step(ana: Desk) -> None:
    async with time_of(ana, ana.create(LIN)) as pilot:
        await press(pilot, "y")
        copied = pilot.app.clipboard
        assert copied.splitlines()[0] == "林晓" and "2027-05-09  106  -14  -1  年龄  满 44 周岁" in copied
