"""Today: each case once by its nearest day, overdue first, with why and whose move; put off only until a named day."""

import pytest
from casesteps import READY
from desks import Desk
from screens import burst, press, screen_lines, screen_text, session

from tui.screens.calendar import CalendarScreen
from tui.screens.employers import EmployersScreen
from tui.screens.progress import ProgressScreen
from tui.screens.today import TodayScreen

SOON = {**READY, "permit": {"kind": "permit", "valid_until": "2027-05-09", "housing": "own"}}


def office(ana: Desk) -> tuple[int, int]:
    wang, li = ana.create({**SOON, "name": "王小明"}), ana.create({**SOON, "name": "李梅"}, status="hr_review")
    ana.change(wang, ("tasks.k3f9a", None, {"what": "催学位证", "due": "2026-12-01"}))
    ana.change(li, ("tasks.k3f9a", None, {"what": "问人事", "due": "2026-11-20"}))
    ana.create({"name": "没有期限"})
    return wang, li


def rows(lines: list[str]) -> list[list[str]]:
    return [line[2:].split() for line in lines[3:-2] if line.strip()]


async def test_1_shows_the_nearest_day_of_each_case_overdue_first(ana: Desk) -> None:
    office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "1")
        assert [row[:3] for row in rows(screen_lines(pilot.app))] == [
            ["-2!", "11-20", "李梅"],
            ["9", "12-01", "王小明"],
        ]
        assert "90 天内 2 个案件，逾期 1 个" in screen_text(pilot.app)


@pytest.mark.parametrize(
    ("line", "order"), [("", "李王"), ("排序:-期限", "王李"), ("sort:status", "王李"), ("排序:-状态", "李王")]
)
async def test_a_line_that_says_how_to_sort_sorts_it(ana: Desk, line: str, order: str) -> None:
    office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "1")
        await burst(pilot, f"/{line}\r")
        assert "".join(row[2][0] for row in rows(screen_lines(pilot.app))) == order


async def test_at_80_columns_what_matters_of_a_reason_is_not_cut(ana: Desk) -> None:
    permit = {"kind": "permit", "valid_until": "2026-12-20", "housing": "lease", "lease_registered_until": "2027-02-15"}
    ana.create({"name": "王小明", "permit": permit})
    ana.create({"name": "李梅", "permit": {**permit, "valid_until": "2028-12-20"}}, status="in_force")
    ana.create({**READY, "name": "张三"}, status="form", need_by="2027-04-14")
    async with session(ana.workspace) as pilot:
        await press(pilot, "1")
        shown = screen_text(pilot.app)
        assert "居住证 12-20 到期，11-20 起可签注" in shown
        assert "租赁备案 02-15 到期；到期的不能自动签注" in shown
        assert "最晚这天递交，按最慢算" in shown
    async with session(ana.workspace, size=(160, 45)) as pilot:
        await press(pilot, "1")
        assert "居住证 2026-12-20 到期，2026-11-20 起可签注" in screen_text(pilot.app)


async def test_enter_opens_the_case_at_its_progress(ana: Desk) -> None:
    _, li = office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "1", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, ProgressScreen) and screen.case_id == li


async def test_what_is_put_off_leaves_the_queue_until_its_day(ana: Desk) -> None:
    _, li = office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "1", "z")
        await burst(pilot, "+3\r")
        assert "推迟到 2026-11-25" in screen_text(pilot.app)
        assert "李梅" not in screen_text(pilot.app)
    assert ana.case(li).office["snoozes"][0]["until"] == "2026-11-25"


async def test_without_a_day_to_come_nothing_is_put_off(ana: Desk) -> None:
    _, li = office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "1", "z")
        await burst(pilot, "以后\r")
        assert "写一个以后的日子" in screen_text(pilot.app)
    assert "snoozes" not in ana.case(li).office


async def test_a_task_that_is_done_makes_room_for_what_is_next(ana: Desk) -> None:
    wang, _ = office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "1")
        ana.change(wang, ("tasks.k3f9a.done", None, "2026-11-22"))
        pilot.app.look()  # type: ignore[attr-defined]
        await press(pilot, "j")
        assert "王小明" not in screen_text(pilot.app)


async def test_the_filter_is_that_of_cases(ana: Desk) -> None:
    office(ana)
    async with session(ana.workspace) as pilot:
        await burst(pilot, "1/deadline:overdue")
        assert [row[2] for row in rows(screen_lines(pilot.app))] == ["李梅"]


async def test_a_line_is_logged_from_the_queue(ana: Desk) -> None:
    _, li = office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "1", "l")
        await burst(pilot, "打过电话\r")
    assert [row["text"] for row in ana.case(li).office["notes"]] == ["打过电话"]


async def test_with_nothing_due_enter_says_so(ana: Desk) -> None:
    async with session(ana.workspace, language="en") as pilot:
        await press(pilot, "1", "enter")
        assert "There is no case here" in screen_text(pilot.app)


@pytest.mark.parametrize(
    ("key", "said"), [("1", "90 天内 … 个案件，逾期 … 个"), ("3", "2026-11  … 件"), ("4", "… 家单位")]
)
async def test_before_it_is_known_how_much_there_is_no_number_is_told(
    ana: Desk, monkeypatch: pytest.MonkeyPatch, key: str, said: str
) -> None:
    monkeypatch.setattr(TodayScreen, "look", lambda *_: None)
    monkeypatch.setattr(CalendarScreen, "look", lambda *_: None)
    monkeypatch.setattr(EmployersScreen, "look", lambda *_: None)
    office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, key)
        assert said in screen_lines(pilot.app)[0]
        assert "没有" not in screen_text(pilot.app)
