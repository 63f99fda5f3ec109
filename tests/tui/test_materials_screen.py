"""The materials of a case: papers by who owes them, a state further by a key, and the message that asks for them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from casework import reopened
from desks import Desk
from screens import burst, line_with, press, screen_text

from engine.document import validate
from engine.materials import items
from engine.paper import State
from engine.policy import load
from models.papers import Owed
from tui.screens.materials import MaterialsScreen
from tui.widgets.papers import asked_for

FACTS: dict[str, Any] = {
    "name": "王小明",
    "contact": {"called": "王先生"},
    "birth_date": "1990-03-07",
    "claims": ["age", "education"],
    "employment": {"employer": "上海甲", "hr": [{"name": "周敏"}]},
    "education": [
        {"id": "e1", "level": "bachelor", "degree": "bachelor", "form": "full_time", "graduated": "2012-07-01"}
    ],
}


async def test_m_lists_the_papers_by_who_supplies_them_with_the_points_at_stake(ana: Desk) -> None:
    case_id = ana.create(FACTS)
    async with reopened(ana, case_id, size=(100, 40)) as case:
        await press(case.pilot, "m")
        assert isinstance(case.pilot.app.screen, MaterialsScreen)
        shown = screen_text(case.pilot.app)
        assert shown.index("客户  0/") < shown.index("身份证") < shown.index("人事  0/") < shown.index("单位介绍信")
        assert "关系 90 分" in line_with(case.pilot.app, "E01")
        assert "年龄、学历，合计 120 分" in shown


async def test_enter_takes_a_paper_further_until_it_proves_its_line(ana: Desk) -> None:
    case_id = ana.create(FACTS)
    async with reopened(ana, case_id, size=(100, 40)) as case:
        await press(case.pilot, "m")
        screen = case.pilot.app.screen
        assert isinstance(screen, MaterialsScreen)
        place = next(n for n, paper in enumerate(screen.papers) if paper.item.code == "E01")
        screen.lines.go_to(f"paper:{place}")
        await press(case.pilot, "enter")
        assert "[?] E01" in screen_text(case.pilot.app) and "已索要 2026-11-22" in screen_text(case.pilot.app)
        await press(case.pilot, "enter", "enter", "enter")
        assert "[v] E01" in screen_text(case.pilot.app)
        assert ana.case(case_id).row.proven == 90
        await press(case.pilot, "u")
        assert "[o] E01" in screen_text(case.pilot.app) and ana.case(case_id).row.proven == 0


async def test_a_paper_that_is_no_good_wants_a_reason(ana: Desk) -> None:
    case_id = ana.create(FACTS)
    async with reopened(ana, case_id, size=(100, 40)) as case:
        await press(case.pilot, "m", "x", "f9")
        assert "写明为什么不合格" in screen_text(case.pilot.app)
        await press(case.pilot, "tab", "tab", "tab", "tab")
        await burst(case.pilot, "过期了")
        await press(case.pilot, "f9")
        assert "[x] B03" in screen_text(case.pilot.app) and "过期了" in line_with(case.pilot.app, "B03")


async def test_y_copies_the_message_to_the_client_and_z_counts_it(ana: Desk) -> None:
    case_id = ana.create(FACTS)
    async with reopened(ana, case_id, size=(100, 40)) as case:
        await press(case.pilot, "m", "y")
        copied = case.pilot.app.clipboard
        assert copied.startswith("王先生您好") and "1. 《上海市居住证》" in copied and "单位介绍信" not in copied
        assert "2026-11-30 前" in copied  # a week on, and a working day
        await press(case.pilot, "z")
        assert "催过 1 次，2026-11-22" in line_with(case.pilot.app, "B03")
        assert "催过" not in line_with(case.pilot.app, "B01")


async def test_with_the_cursor_on_hr_the_message_is_to_the_contact(ana: Desk) -> None:
    case_id = ana.create(FACTS)
    async with reopened(ana, case_id, size=(100, 40)) as case:
        await press(case.pilot, "m", "G", "y")
        assert case.pilot.app.clipboard.startswith("周敏您好") and "【王小明】" in case.pilot.app.clipboard


async def test_custody_of_an_original_is_told(ana: Desk) -> None:
    case_id = ana.create(FACTS)
    async with reopened(ana, case_id, size=(100, 40)) as case:
        await press(case.pilot, "m", "e", "tab", "tab", "tab", "tab", "tab")
        await burst(case.pilot, "我方\t今天")
        await press(case.pilot, "f9")
        assert "原件在我方（2026-11-22 起）" in line_with(case.pilot.app, "B03")


async def test_in_english_too(ana: Desk) -> None:
    case_id = ana.create(FACTS)
    async with reopened(ana, case_id, size=(100, 40), language="en") as case:
        await press(case.pilot, "m")
        assert "ID card" in screen_text(case.pilot.app) and "Put forward" in screen_text(case.pilot.app)


async def test_the_message_says_whose_paper_and_why_the_last_one_would_not_do(ana: Desk) -> None:
    children = [{"id": "k1", "name": "王一"}, {"id": "k2", "birth_date": "2019-05-01", "id_number": None}]
    case_id = ana.create({**FACTS, "child": children})
    async with reopened(ana, case_id, size=(100, 50)) as case:
        await press(case.pilot, "m", "x", "tab", "tab", "tab", "tab")
        await burst(case.pilot, "看不清")
        await press(case.pilot, "f9", "y")
        copied = case.pilot.app.clipboard.splitlines()
    assert copied[1].startswith("1. 《上海市居住证》，原件和复印件 1 份，居住地社区事务受理服务中心")
    assert copied[1].endswith("（在有效期内，快到期的先签注）。上次的不行：看不清")
    assert [line.partition(" ")[2].partition("：")[0] for line in copied if "出生医学证明" in line] == [
        "王一",
        "2019-05-01",
    ]
    assert any("本科·学士 2012：毕业证" in line for line in copied)


@pytest.mark.parametrize(
    ("state", "row", "because"),
    [
        ("missing", None, ""),
        ("rejected", {"rejected_because": "看不清"}, "看不清"),
        ("requested", {"rejected_because": "看不清"}, "看不清"),
        ("expired", {"rejected_because": "看不清"}, "过期"),
    ],
)
def test_why_the_last_one_would_not_do_is_still_said_when_it_is_asked_for_again(
    state: State, row: Mapping[str, Any] | None, because: str
) -> None:
    item = next(items(validate({}), load(), date(2026, 11, 22), frozenset()))
    assert asked_for(Owed(item, row, state, None, None), {}, "zh").because == because


async def test_what_was_typed_of_a_paper_and_left_is_there_again(ana: Desk) -> None:
    case_id = ana.create(FACTS)
    async with reopened(ana, case_id, size=(100, 50)) as case:
        await press(case.pilot, "m", "x", "tab", "tab", "tab", "tab")
        await burst(case.pilot, "看不清")
        await press(case.pilot, "escape", "x")
        assert "看不清" in screen_text(case.pilot.app)
        await press(case.pilot, "f9")
        assert ana.case(case_id).office["papers"][0]["rejected_because"] == "看不清"
