"""All cases' children by exam year: who comes first, what each still lacks, and the way to the plan."""

from desks import Desk
from screens import press, screen_lines, session, settled

from tui.screens.exams import ExamsScreen
from tui.screens.plan import PlanScreen

READY = {
    "permit": {"kind": "permit", "valid_until": "2031-05-09", "first_issued": "2019-05-09"},
    "employment": {"employer": "上海甲科技有限公司", "points_account": "active"},
    "archive": {"location": "shanghai_centre"},
    "education": [{"level": "doctor", "degree": "doctor", "graduated": "2012-07-01", "chsi": "found"}],
    "birth_date": "1990-03-07",
}


def child(name: str, year: int) -> dict[str, object]:
    return {"name": name, "entered_primary": year, "permit_valid_until": "2031-05-09", "benefits": True}


def office(ana: Desk) -> None:
    ana.create({"name": "王小明", **READY, "child": [child("王一", 2019)]})
    notice = {"valid_until": "2031-05-09", "members": ["李梅", "李一"]}
    ana.create({"name": "李梅", **READY, "notice": notice, "child": [child("李一", 2018)]})
    ana.create({"name": "张三", "child": [child("张一", 2018)]})


async def test_6_lists_the_children_by_year_with_what_each_still_lacks_and_the_days_left(ana: Desk) -> None:
    office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "6")
        await settled(pilot)
        rows = [line[2:].split() for line in screen_lines(pilot.app)[3:6]]
        assert [row[:4] for row in rows] == [
            ["中考", "2027", "李一", "李梅"],
            ["中考", "2027", "张一", "张三"],
            ["中考", "2028", "王一", "王小明"],
        ]
        assert rows[0][-2:] == ["没有缺的", "-"]  # on the notice, for long enough
        assert rows[1][-1].endswith("!") and "不到" in " ".join(rows[1])
        assert "没有积分通知书" in rows[2] and int(rows[2][-1]) > 200


async def test_enter_opens_the_plan_of_the_case_and_esc_leads_back_to_the_child(ana: Desk) -> None:
    office(ana)
    async with session(ana.workspace, size=(160, 30)) as pilot:
        await press(pilot, "6")
        await settled(pilot)
        await press(pilot, "j", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, PlanScreen) and screen.case_id == 3
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, ExamsScreen)
        assert "▸ 中考 2027（预计）" in screen_lines(pilot.app)[4]


async def test_what_a_colleague_changes_is_shown(ana: Desk, bo: Desk) -> None:
    office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "6")
        await settled(pilot)
        bo.set(3, "applicant.name", "张四")
        bo.create({"child": [child("赵一", 2016)]})
        screen = pilot.app.screen
        assert isinstance(screen, ExamsScreen)
        screen.changed()
        await settled(pilot)
        lines = screen_lines(pilot.app)
        assert any("张四" in line for line in lines) and any("高考 2028" in line for line in lines)


async def test_without_children_there_is_nothing_to_open(ana: Desk) -> None:
    async with session(ana.workspace, language="en") as pilot:
        await press(pilot, "6")
        await settled(pilot)
        await press(pilot, "enter")
        assert "there is no child here" in "\n".join(screen_lines(pilot.app))


async def test_slash_filters_the_children_by_their_cases_and_esc_shows_all_again(ana: Desk) -> None:
    office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "6", "/", *"lm")
        lines = screen_lines(pilot.app)
        assert "李一" in lines[3] and not any("张一" in line for line in lines)
        await press(pilot, "escape")
        assert any("张一" in line for line in screen_lines(pilot.app))
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ExamsScreen) and pilot.app.focused is pilot.app.screen.table
        await press(pilot, "escape")
        assert len(pilot.app.screen_stack) == 1


async def test_what_is_wrong_in_the_filter_is_told(ana: Desk) -> None:
    office(ana)
    async with session(ana.workspace) as pilot:
        await press(pilot, "6", "/", *"exma:2027")
        assert any("是不是“exam”" in line for line in screen_lines(pilot.app))
