"""What-ifs beside the real case: typed in one line, recounted at every key, kept as the plan or dropped."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from desks import Desk
from screens import burst, press, screen_lines, screen_text, session, settled
from textual.pilot import Pilot

from tui.screens.case import CaseScreen
from tui.screens.what_if import WhatIfScreen

# 36 years: 30, associate 50, 53 months: 12
WANG = {
    "name": "王小明",
    "birth_date": "1990-03-07",
    "employment": {"employer": "上海甲科技有限公司"},
    "education": [{"level": "associate", "graduated": "2010-06-30"}],
    "insurance": [{"from": "2022-06", "base": 8000}],
}


@asynccontextmanager
async def what_if(desk: Desk, case_id: int, size: tuple[int, int] = (80, 24), **how: Any) -> AsyncIterator[Pilot[None]]:
    async with session(desk.workspace, size=size, **how) as pilot:
        app: Any = pilot.app
        await app.open_case(case_id)
        await press(pilot, "w")
        assert isinstance(pilot.app.screen, WhatIfScreen)
        yield pilot


def row(pilot: Pilot[None], name: str) -> list[str]:
    """The figures of a line, one column after the other."""
    return next(line for line in screen_lines(pilot.app) if line.strip().startswith(name)).split()[1:]


def day(pilot: Pilot[None]) -> str:
    """The day on which the columns are compared."""
    return next(line for line in screen_lines(pilot.app) if "现在的事实" in line).split()[0]


def lines(desk: Desk, case_id: int) -> list[str]:
    return [row["line"] for row in desk.case(case_id).office.get("what_ifs", [])]


async def test_what_is_typed_is_counted_at_every_key_beside_the_real_case(ana: Desk) -> None:
    async with what_if(ana, ana.create(WANG)) as pilot:
        await press(pilot, "n")
        await burst(pilot, "title intermediate 2027-06; base=title from 2026-12")
        assert day(pilot) == "2027-06-01"  # on which it gets there
        assert row(pilot, "职称/技能") == ["0", "100", "+100"]
        assert row(pilot, "合计") == ["95", "145", "+50"]  # the title is counted instead of the education
        assert row(pilot, "首次达标") == ["-", "2027-06-01"]


async def test_up_to_three_stand_side_by_side_and_a_fourth_is_refused_with_the_reason(ana: Desk) -> None:
    case_id = ana.create(WANG)
    async with what_if(ana, case_id) as pilot:
        for line in ("bachelor", "degree", "title intermediate"):
            await press(pilot, "n")
            await burst(pilot, f"{line}\r")
        assert lines(ana, case_id) == ["bachelor", "degree", "title intermediate"]
        assert len([figure for figure in row(pilot, "合计") if figure[0] not in "+-"]) == 4
        await press(pilot, "n")
        assert "最多并排 3 个" in screen_text(pilot.app)


async def test_what_is_wrong_is_told_with_the_nearest_right_word_and_stays(ana: Desk) -> None:
    case_id = ana.create(WANG)
    async with what_if(ana, case_id) as pilot:
        await press(pilot, "n")
        await burst(pilot, "bachlor; education.0.level=bachelr")
        shown = screen_text(pilot.app)
        assert "! bachlor：没有“bachlor”；是不是：bachelor" in shown and "是不是 bachelor" in shown
        await burst(pilot, "\x1b")
        assert len(lines(ana, case_id)) == 1
        await press(pilot, "f9")
        assert "先改好标出的地方" in screen_text(pilot.app)


async def test_levers_facts_and_values_are_offered_and_tab_takes_the_first(ana: Desk) -> None:
    async with what_if(ana, ana.create(WANG)) as pilot:
        await press(pilot, "n")
        await burst(pilot, "bach")
        assert "bachelor" in screen_lines(pilot.app)[-3]
        await burst(pilot, "\t; 学历")
        assert "education.0.level= 学历学位 · 学历" in screen_text(pilot.app)
        await burst(pilot, "\t博士\t")
        field = pilot.app.screen.query_one("LineInput")
        assert field.value == "bachelor; education.0.level=doctor"  # type: ignore[attr-defined]


async def test_a_what_if_survives_a_restart_and_a_later_change_of_the_facts(ana: Desk, bo: Desk) -> None:
    case_id = ana.create(WANG)
    async with what_if(ana, case_id) as pilot:
        await press(pilot, "n")
        await burst(pilot, "education.0.level=doctor; education.0.degree=doctor\r")
        await press(pilot, "k")
        await press(pilot, "f9")
    before = ana.row(case_id, "education")
    bo.change(case_id, ("applicant.education.aaaaa", None, {"level": "high_school"}, 0))
    bo.set(case_id, "applicant.birth_date", "1970-03-07")
    assert ana.row(case_id, "education", 1) == before
    async with what_if(ana, case_id) as pilot:
        shown = screen_text(pilot.app)
        assert "方案（2026-11-22 采用）：education.1.level=doctor" in shown
        assert row(pilot, "学历") == ["50", "110", "+60"]


async def test_kept_it_is_the_plan_with_tasks_and_u_takes_it_back_as_one(ana: Desk) -> None:
    case_id = ana.create(WANG)
    async with what_if(ana, case_id) as pilot:
        await press(pilot, "n")
        await burst(pilot, "title intermediate 2028-06; base=title from 2028-01; 续缴")
        await press(pilot, "f9")
        plans = ana.case(case_id).office
        assert [(task["what"], task["due"]) for task in plans["tasks"]] == [
            ("title intermediate from 2027-06", "2027-06-01"),
            ("title intermediate 2028-06", "2028-06-01"),
            ("base=title from 2028-01", "2028-01-01"),
            ("pay from 2026-12", "2026-12-01"),
        ]
        assert plans["what_ifs"][0]["line"].endswith("; 续缴 2026-12 起")
        assert plans["what_ifs"][0]["kept"] == "2026-11-22"
        await press(pilot, "u")
        assert "tasks" not in ana.case(case_id).office


async def test_the_plan_edited_changes_its_tasks_with_it(ana: Desk) -> None:
    case_id = ana.create(WANG)
    async with what_if(ana, case_id) as pilot:
        await press(pilot, "n")
        await burst(pilot, "base=2x from 2027-01")
        await press(pilot, "f9", "e")
        await burst(pilot, "⌫\b")
        await press(pilot, "backspace", "backspace")
        await burst(pilot, "3\r")
        assert [task["due"] for task in ana.case(case_id).office["tasks"]] == ["2027-03-01"]


async def test_x_drops_the_one_under_the_cursor_and_an_emptied_line_drops_itself(ana: Desk) -> None:
    case_id = ana.create(WANG)
    async with what_if(ana, case_id) as pilot:
        for line in ("bachelor", "degree"):
            await press(pilot, "n")
            await burst(pilot, f"{line}\r")
        await press(pilot, "g", "x")
        assert lines(ana, case_id) == ["degree"]
        await press(pilot, "g", "enter", "ctrl+u", "enter")
        assert lines(ana, case_id) == []


async def test_left_and_right_walk_the_days_on_which_any_column_changes(ana: Desk) -> None:
    async with what_if(ana, ana.create(WANG)) as pilot:
        assert day(pilot) == "2026-11-22"
        await press(pilot, "right")
        assert day(pilot) == "2027-06-01"  # a year of insurance more
        await press(pilot, "left", "left")
        assert day(pilot) == "2026-11-22"


async def test_a_colleague_who_wrote_the_same_line_meanwhile_is_shown_before_it_is_overwritten(
    ana: Desk, bo: Desk
) -> None:
    case_id = ana.create(WANG)
    ana.change(case_id, ("what_ifs.m4e2b", None, {"line": "bachelor"}))
    async with what_if(ana, case_id) as pilot:
        await press(pilot, "e")
        bo.change(case_id, ("what_ifs.m4e2b.line", "bachelor", "degree"))
        pilot.app.screen.changed()
        await burst(pilot, " 2030-09\r")
        assert "别人已改成：degree" in screen_text(pilot.app)
        assert lines(ana, case_id) == ["degree"]
        await press(pilot, "enter")
        assert lines(ana, case_id) == ["bachelor 2030-09"]


async def test_what_was_typed_when_the_session_ended_is_there_again(ana: Desk) -> None:
    case_id = ana.create(WANG)
    async with what_if(ana, case_id) as pilot:
        await press(pilot, "n")
        await burst(pilot, "title inter")
        screen = pilot.app.screen
        assert isinstance(screen, WhatIfScreen)
        await screen.keep()
    assert lines(ana, case_id) == []
    async with session(ana.workspace) as pilot:
        await press(pilot, "D")
        await settled(pilot)
        assert isinstance(pilot.app.screen, WhatIfScreen)
        assert pilot.app.screen.query_one("LineInput").value == "title inter"  # type: ignore[attr-defined]
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, CaseScreen)
    assert lines(ana, case_id) == ["title inter"]


async def test_another_language_and_another_day_leave_what_is_typed_and_count_it_anew(ana: Desk) -> None:
    async with what_if(ana, ana.create(WANG)) as pilot:
        await press(pilot, "n")
        await burst(pilot, "title intermediate 2028-06; bachlor")
        assert "没有“bachlor”" in screen_text(pilot.app)
        await press(pilot, "f2")
        shown = screen_text(pilot.app)
        assert "“bachlor” is not known" in shown and "> 1" in shown
        pilot.app.screen.new_day()
        assert "> 1" in screen_text(pilot.app)


async def test_letters_in_the_line_are_letters_and_a_colleague_changes_nothing_in_it(ana: Desk, bo: Desk) -> None:
    case_id = ana.create(WANG)
    async with what_if(ana, case_id, size=(160, 45), language="en") as pilot:
        await press(pilot, "n")
        await burst(pilot, "qxnu")
        bo.set(case_id, "applicant.name", "王大明")
        pilot.app.screen.changed()
        await burst(pilot, "2w")
        assert pilot.app.screen.query_one("LineInput").value == "qxnu2w"  # type: ignore[attr-defined]
        assert "王大明" in screen_text(pilot.app)
