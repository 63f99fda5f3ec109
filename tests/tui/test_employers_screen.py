"""The register of employers: who has how many cases in which stage; one of them, changed in all its cases at once."""

from desks import Desk
from screens import burst, line_with, press, screen_lines, screen_text, session

from tui.screens.case import CaseScreen
from tui.screens.employer import EmployerScreen

ONE, TWO = "91310115MA1K3BXX0C", "913100006072887707"


def office(ana: Desk) -> None:
    known = {"uscc": ONE, "employer": "上海某某科技有限公司", "points_account": "active", "district": "浦东新区"}
    ana.create({"name": "王小明", "employment": {**known, "hr": [{"name": "周敏"}]}}, status="form")
    ana.create({"name": "李梅", "employment": {"uscc": ONE}}, status="lead")
    ana.create({"name": "张三", "employment": {"uscc": TWO, "employer": "上海乙有限公司"}})
    ana.create({"name": "无单位"})


async def test_4_lists_employers_with_account_district_and_cases_by_stage(ana: Desk) -> None:
    office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "4")
        rows = [line[2:].split() for line in screen_lines(pilot.app)[3:5]]
        assert rows[0] == ["上海某某科技有限公司", "正常使用", "浦东新区", "2", "咨询", "1", "填报中", "1"]
        assert rows[1][:4] == ["上海乙有限公司", "-", "-", "1"]
        assert "2 家单位" in screen_text(pilot.app)


async def test_the_filter_is_that_of_cases(ana: Desk) -> None:
    office(ana)
    async with session(ana.workspace) as pilot:
        await burst(pilot, "4/status:form")
        shown = screen_text(pilot.app)
        assert "上海某某科技有限公司" in shown and "上海乙有限公司" not in shown


async def test_enter_opens_an_employer_and_from_there_a_case(ana: Desk) -> None:
    office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "4", "enter")
        assert isinstance(pilot.app.screen, EmployerScreen)
        shown = screen_text(pilot.app)
        assert shown.index("咨询  1") < shown.index("李梅") < shown.index("填报中  1") < shown.index("王小明")
        await press(pilot, "G", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, CaseScreen) and screen.case_id == 1


async def test_an_account_that_is_opened_is_open_in_all_its_cases_and_u_takes_it_back(ana: Desk) -> None:
    office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "4", "enter", "e")
        assert "2 个案件里一起改" in screen_text(pilot.app)
        await press(pilot, "tab", "ctrl+u", *"已锁定", "f9")
        assert "已锁定" in line_with(pilot.app, "积分账户")
        assert [ana.document(case)["employment"]["points_account"] for case in (1, 2)] == ["locked", "locked"]
        await press(pilot, "u", "y")
        assert "正常使用" in line_with(pilot.app, "积分账户")


async def test_a_contact_is_added_and_removed(ana: Desk) -> None:
    office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "4", "enter", "n")
        await burst(pilot, "吴芳\t13800000000")
        await press(pilot, "f9")
        assert "吴芳  138****0000" in screen_text(pilot.app)
        assert [person["name"] for person in ana.document(2)["employment"]["hr"]] == ["周敏", "吴芳"]
        await press(pilot, *"jjjjjj", "x")
        assert [person["name"] for person in ana.document(1)["employment"]["hr"]] == ["吴芳"]


async def test_a_note_is_kept_with_the_employer(ana: Desk) -> None:
    office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "4", "enter", *"jjjjj", "e")
        await burst(pilot, "周五下午不办\r")
        assert "周五下午不办" in line_with(pilot.app, "单位备注")
    assert ana.case(2).office["employer_note"] == "周五下午不办"


async def test_where_cases_do_not_agree_that_is_marked(ana: Desk) -> None:
    office(ana)
    ana.create({"name": "赵四", "employment": {"uscc": ONE, "district": "静安区"}})
    async with session(ana.workspace) as pilot:
        await press(pilot, "4", "enter")
        assert "! 各案件写的不一样" in line_with(pilot.app, "所在区")


async def test_without_an_employer_enter_says_why(ana: Desk) -> None:
    async with session(ana.workspace, language="en") as pilot:
        await press(pilot, "4", "enter")
        assert "There is no employer here" in screen_text(pilot.app)
