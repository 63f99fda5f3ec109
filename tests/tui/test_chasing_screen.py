"""Letters that ask for papers: to each client, to a contact for several; copied, counted, the next one copied."""

from typing import Any

import pytest
from desks import DAY, Desk
from screens import press, screen_lines, screen_text, session

from engine.policy import load
from models.reading import Reader
from tui.letters import Letter, letters
from tui.screens.materials import MaterialsScreen

USCC = "91310115MA1K3BXX0C"
FIRM = {"uscc": USCC, "employer": "上海甲", "points_account": "active", "hr": [{"name": "周敏"}]}
BACHELOR = {"level": "bachelor", "degree": "bachelor", "form": "full_time", "graduated": "2012-07-01"}


def client(name: str, **facts: Any) -> dict[str, Any]:
    common = {"birth_date": "1990-03-07", "claims": ["age", "education"], "education": [BACHELOR]}
    return {"name": name, **common, "employment": FIRM, **facts}


@pytest.fixture
def firm(ana: Desk) -> list[int]:
    """Two clients of one employer, of whom the second has a permit that ends soon, and a lead."""
    ids = [ana.create(client("王小明"), status="form")]
    ids.append(ana.create(client("李梅", permit={"valid_until": "2026-11-27"}), status="form"))
    return [*ids, ana.create(client("张三"), status="lead")]


def written(desk: Desk, ids: list[int]) -> list[Letter]:
    with Reader(desk.workspace) as reader:
        stored = [case for case in map(reader.case, ids) if case is not None]
    return letters(stored, load(), DAY, "zh")


def test_the_contact_gets_one_letter_for_both_and_nobody_is_asked_for_a_lead(ana: Desk, firm: list[int]) -> None:
    found = written(ana, firm)
    assert sorted((one.supplier, one.to) for one in found) == [("client", "李梅"), ("client", "王小明"), ("hr", "周敏")]
    [contact] = [one for one in found if one.supplier == "hr"]
    assert [case.called for case in contact.of] == ["王小明", "李梅"]


def test_what_is_the_employers_stands_in_it_once(ana: Desk, firm: list[int]) -> None:
    [contact] = [one for one in written(ana, firm) if one.supplier == "hr"]
    said = contact.text(DAY, "zh")
    assert said.count("单位介绍信") == 1 and said.count("劳动（聘用）合同") == 2
    assert said.index("【单位，各人共用】") < said.index("【王小明】") < said.index("【李梅】")


def test_the_nearest_deadline_comes_first_then_the_most_points(ana: Desk, firm: list[int]) -> None:
    found = written(ana, firm)
    assert [one.to for one in found if one.supplier == "client"] == ["李梅", "王小明"]
    assert found[-1].to == "王小明" and found[-1].points == 90


def test_a_letter_for_a_near_deadline_asks_for_the_papers_before_it(ana: Desk, firm: list[int]) -> None:
    [urgent] = [one for one in written(ana, firm) if one.to == "李梅"]
    assert "请在 2026-11-27 前给我" in urgent.text(DAY, "zh")


async def test_enter_counts_a_letter_and_copies_the_next(ana: Desk, firm: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "G", "z")  # 王小明, whose case is the last in the list
        shown = screen_lines(pilot.app)
        assert "1 / 2" in shown[0] and "给客户 王小明" in shown[1]
        assert pilot.app.clipboard.startswith("王小明您好")
        await press(pilot, "enter")
        assert pilot.app.clipboard.startswith("周敏您好") and "给经办人 周敏" in screen_text(pilot.app)
        asked = {row["code"]: row["chased"] for row in ana.case(firm[0]).office["papers"]}
        assert asked["B05"] == 1 and "B07" not in asked


async def test_a_run_that_was_broken_off_goes_on_where_it_stood(ana: Desk, firm: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "G", "z", "enter", "escape", "z")
        assert "1 / 1" in screen_lines(pilot.app)[0] and "给经办人" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "催了 1 条，跳过 0 条" in screen_text(pilot.app)
        await press(pilot, "escape", "z")
        assert "今天催过了" in screen_text(pilot.app)


async def test_what_is_skipped_is_not_counted_and_m_opens_the_papers(ana: Desk, firm: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "G", "z", "]", "[")
        assert "给客户" in screen_text(pilot.app) and "papers" not in ana.case(firm[0]).office
        await press(pilot, "m")
        assert isinstance(pilot.app.screen, MaterialsScreen)


async def test_the_contact_of_an_employer_is_asked_for_all_its_cases_and_u_takes_it_back(
    ana: Desk, firm: list[int]
) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "4", "enter", "z")
        assert "周敏，2 个案件" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert all(ana.case(case_id).office["papers"] for case_id in firm[:2])
        await press(pilot, "escape", "u", "y")
        assert not any("papers" in ana.case(case_id).office for case_id in firm[:2])


async def test_the_hand_in_list_names_the_employers_papers_once_and_each_clients_in_the_order_of_the_counter(
    ana: Desk, firm: list[int]
) -> None:
    async with session(ana.workspace, size=(100, 60)) as pilot:
        await press(pilot, "4", "enter", "m", "y")
        copied = pilot.app.clipboard
        assert copied.startswith("上海甲") and copied.count("单位介绍信") == 1
        assert copied.index("单位，各人共用") < copied.index("李梅  填报中") < copied.index("王小明  填报中")
        assert copied.index("B03") < copied.index("B04") < copied.index("B05") < copied.index("E01")
        assert "张三" not in copied


async def test_what_was_copied_can_be_looked_at_as_a_plain_page(ana: Desk, firm: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "f4")
        assert "还没有复制过什么" in screen_text(pilot.app)
        await press(pilot, "G", "z", "f4")
        assert screen_lines(pilot.app)[0].startswith("王小明您好，办积分还缺下面这些材料：")
        await press(pilot, "q")
        assert "给客户" in screen_text(pilot.app)
