"""The notes of a case: tasks with their days, lines of the log, fees; and a line logged from wherever one is."""

from typing import Any

import pytest
from desks import Desk
from screens import burst, line_with, press, screen_text, session

from models.workspace import Workspace


@pytest.fixture
def wang(ana: Desk) -> int:
    return ana.create({"name": "王小明"})


def rows(desk: Desk, case_id: int, name: str) -> list[dict[str, Any]]:
    return desk.case(case_id).office.get(name, [])


async def test_a_line_is_logged_with_its_follow_up_from_the_list(workspace: Workspace, ana: Desk, wang: int) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "l已报价 6800，周四回 +12-03")
        assert "2026-12-03 跟进" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "已记下，2026-12-03 跟进" in screen_text(pilot.app)
    note, task = rows(ana, wang, "notes")[0], rows(ana, wang, "tasks")[0]
    assert (note["on"], note["by"], note["text"]) == ("2026-11-22", "ana", "已报价 6800，周四回")
    assert (task["what"], task["due"], task["note"]) == ("已报价 6800，周四回", "2026-12-03", note["id"])
    assert ana.entries(wang)[0].command == "log"


async def test_a_line_and_its_follow_up_are_taken_back_as_one(workspace: Workspace, ana: Desk, wang: int) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "\rl打过电话 +3\r")
        await press(pilot, "u")
    assert ana.case(wang).office == {}


async def test_a_line_that_was_left_is_gone_on_with(workspace: Workspace, ana: Desk, wang: int) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "l打过电")
        await press(pilot, "escape")
        assert rows(ana, wang, "notes") == []
        await burst(pilot, "l")
        assert "打过电" in screen_text(pilot.app)
        await burst(pilot, "话\r")
    assert [row["text"] for row in rows(ana, wang, "notes")] == ["打过电话"]
    assert ana.drafts(wang) == {}


async def test_a_line_without_words_says_what_is_lacking(workspace: Workspace, ana: Desk, wang: int) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "l+3\r")
        assert "先写内容" in screen_text(pilot.app)
    assert rows(ana, wang, "notes") == []


async def test_a_task_is_added_ticked_and_ticked_off_again(workspace: Workspace, ana: Desk, wang: int) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "\rcn收身份证复印件\t12-05\r\r")
        assert line_with(pilot.app, "收身份证复印件").strip("▸ ").startswith("[ ] 2026-12-05")
        await press(pilot, "enter")
        assert rows(ana, wang, "tasks")[0]["done"] == "2026-11-22"
        assert line_with(pilot.app, "收身份证复印件").strip("▸ ").startswith("[x]")
        await press(pilot, "enter")
    assert "done" not in rows(ana, wang, "tasks")[0]


async def test_a_task_whose_day_is_past_is_marked_without_colour(workspace: Workspace, ana: Desk, wang: int) -> None:
    ana.change(wang, ("tasks.k3f9a", None, {"what": "催学位证", "due": "2026-11-20"}))
    async with session(workspace) as pilot:
        await burst(pilot, "\rc")
        assert "[!] 2026-11-20  催学位证" in screen_text(pilot.app)


async def test_what_a_task_needs_is_asked_for_where_it_lacks(workspace: Workspace, ana: Desk, wang: int) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "\rcn收身份证复印件")
        await press(pilot, "f9")
        assert "任务期限 要填" in screen_text(pilot.app)
        await burst(pilot, "12-05")
        await press(pilot, "f9")
    assert rows(ana, wang, "tasks")[0]["due"] == "2026-12-05"


async def test_a_day_that_cannot_be_read_keeps_the_form_open(workspace: Workspace, ana: Desk, wang: int) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "\rcn收身份证复印件\t下周")
        await press(pilot, "f9")
        assert "看不懂" in screen_text(pilot.app)
    assert rows(ana, wang, "tasks") == []


async def test_a_form_that_was_left_is_offered_again_and_can_be_thrown_away(
    workspace: Workspace, ana: Desk, wang: int
) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "\rcn收身份证")
        await press(pilot, "escape", "escape")
    assert sorted(ana.drafts(wang).values()) == ["", "", "收身份证"]
    async with session(workspace) as pilot:
        await burst(pilot, "D")
        assert "新任务" in screen_text(pilot.app) and "收身份证" in screen_text(pilot.app)
        await press(pilot, "f8")
        assert "收身份证" not in screen_text(pilot.app)
    assert ana.drafts(wang) == {} and rows(ana, wang, "tasks") == []


async def test_fees_are_summed_up_and_received(workspace: Workspace, ana: Desk, wang: int) -> None:
    ana.change(wang, ("fees.a2222", None, {"what": "首付", "amount": 3400}))
    async with session(workspace) as pilot:
        await burst(pilot, "\rcG")
        await burst(pilot, "n尾款\t3400\t\t学历/档案")
        await press(pilot, "f9")
        assert "约定 6,800 元  已收 0 元  待收 6,800 元" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "已收 3,400 元  待收 3,400 元" in screen_text(pilot.app)
    assert rows(ana, wang, "fees")[1] | {"id": ""} == {
        "id": "",
        "what": "尾款",
        "amount": 3400,
        "agreed": "2026-11-22",
        "stage": "verifying",
        "received": "2026-11-22",
    }


async def test_a_note_is_edited_and_removed(workspace: Workspace, ana: Desk, wang: int) -> None:
    ana.change(wang, ("notes.k3f9a", None, {"on": "2026-11-20", "by": "bo", "text": "来访"}))
    async with session(workspace) as pilot:
        await burst(pilot, "\rcG")
        await press(pilot, "k", "e")
        await burst(pilot, "，带了户口簿")
        await press(pilot, "f9")
        assert rows(ana, wang, "notes")[0]["text"] == "来访，带了户口簿"
        await press(pilot, "x")
    assert rows(ana, wang, "notes") == []


async def test_the_newest_line_of_the_log_stands_first(workspace: Workspace, ana: Desk, wang: int) -> None:
    for row_id, day in (("a2222", "2026-11-20"), ("b2222", "2026-11-21"), ("c2222", "2026-11-21")):
        ana.change(wang, (f"notes.{row_id}", None, {"on": day, "by": "ana", "text": f"第{row_id[0]}行"}))
    async with session(workspace, language="en") as pilot:
        await burst(pilot, "\rc")
        shown = screen_text(pilot.app)
        assert shown.index("第c行") < shown.index("第b行") < shown.index("第a行")
        assert "Log (3, the newest first)" in shown


async def test_what_came_together_with_esc_is_kept_too(workspace: Workspace, ana: Desk, wang: int) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "\rcn问档案在哪\x1b")
        await press(pilot, "t", "c")
        assert "问档案在哪" in line_with(pilot.app, "任务 *")
        await press(pilot, "f8", "escape")
        await burst(pilot, "l打过电话\x1b")
        assert list(ana.drafts(wang).values()) == ["打过电话"]
        await press(pilot, "l", "ctrl+u", "escape")
    assert ana.drafts(wang) == {}
