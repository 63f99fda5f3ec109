"""A new case: whatever is known is enough, likely duplicates are shown, nothing typed is lost."""

from desks import Desk
from screens import burst, line_with, press, screen_lines, screen_text, session
from textual.app import App

from models.reading import Reader
from models.workspace import Workspace
from tui.screens.case import CaseScreen
from tui.screens.cases import CasesScreen
from tui.screens.new_case import NewCaseScreen

MAN_1990 = "340104199003074516"


def documents(workspace: Workspace) -> list[dict[str, object]]:
    with Reader(workspace) as reader:
        cases = [reader.case(case_id) for case_id in reader.ids()]
    return [case.document for case in cases if case is not None]


def fields(app: App[None]) -> dict[str, str]:
    screen = app.screen
    assert isinstance(screen, NewCaseScreen)
    return screen.typed


async def test_a_name_alone_makes_a_case_which_then_is_open(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "N\r王小明")
        await press(pilot, "f9")
        assert isinstance(pilot.app.screen, CaseScreen)
        assert "王小明" in screen_lines(pilot.app)[0]
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CasesScreen)
        assert "咨询" in line_with(pilot.app, "王小明")
    assert documents(workspace) == [{"name": "王小明"}]


async def test_all_that_is_asked_is_kept_and_belongs_to_who_made_it(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, f"N李女士\r王小明\r{MAN_1990}\r138 0000 0000\rlily88\r老客户介绍\r")
        assert isinstance(pilot.app.screen, CaseScreen)
    [document] = documents(workspace)
    assert document == {
        "name": "王小明",
        "id_number": MAN_1990,
        "contact": {"called": "李女士", "phone": "138 0000 0000", "wechat": "lily88", "source": "老客户介绍"},
    }
    with Reader(workspace) as reader:
        [row] = reader.rows(reader.ids())
    assert (row.consultant, row.status) == ("ana", "lead")


async def test_nothing_typed_makes_no_case_and_says_so(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await press(pilot, "N", "f9")
        assert "先填至少一项" in screen_lines(pilot.app)[-2]
    assert documents(workspace) == []


async def test_an_id_number_tells_birth_sex_and_age_as_it_is_typed(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "N\r\r34010419900307")
        assert "14/18" in line_with(pilot.app, "身份证号")
        await burst(pilot, "4516")
        assert "1990-03-07 生，男，36 岁" in line_with(pilot.app, "身份证号")


async def test_a_wrong_id_number_is_told_and_not_taken(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, f"N\r\r{MAN_1990[:-1]}7")
        assert "校验位不对" in screen_text(pilot.app)
        await press(pilot, "f9")
        assert isinstance(pilot.app.screen, NewCaseScreen)
        assert "校验位不对" in screen_lines(pilot.app)[-2]
    assert documents(workspace) == []


async def test_a_case_of_the_same_id_number_is_shown_with_status_and_score_and_enter_opens_it(ana: Desk) -> None:
    ana.create({"name": "王晓明", "id_number": MAN_1990}, status="form")
    async with session(ana.workspace) as pilot:
        await burst(pilot, f"N\r\r{MAN_1990}")
        line = line_with(pilot.app, "王晓明")
        assert "填报中" in line
        assert "30" in line
        assert "身份证号相同" in line
        await press(pilot, "down", "down", "down", "down", "enter")
        assert isinstance(pilot.app.screen, CaseScreen)
        assert "王晓明" in screen_lines(pilot.app)[0]
    assert len(documents(ana.workspace)) == 1


async def test_a_case_of_the_same_name_or_telephone_is_shown(ana: Desk) -> None:
    ana.create({"name": "王小明"})
    ana.create({"contact": {"called": "李女士", "phone": "13800000000"}})
    async with session(ana.workspace) as pilot:
        await burst(pilot, "N\r王小明\r\r138-0000-0000")
        assert "王小明" in line_with(pilot.app, "姓名相同")
        assert "李女士" in line_with(pilot.app, "电话相同")


async def test_esc_loses_nothing_the_next_n_shows_it_again(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "N李女士\r王小明\x1b")
        assert isinstance(pilot.app.screen, CasesScreen)
        await press(pilot, "N")
        assert fields(pilot.app) == {"contact.called": "李女士", "name": "王小明"}
        assert "还在" in screen_lines(pilot.app)[-2]


async def test_what_was_typed_outlives_the_program(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "N李女士\r王小明\r")
    async with session(workspace) as pilot:
        await press(pilot, "N")
        assert fields(pilot.app) == {"contact.called": "李女士", "name": "王小明"}


async def test_once_the_case_is_made_the_next_one_begins_empty(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "N李女士\r")
        await press(pilot, "f9", "escape", "N")
        assert fields(pilot.app) == {}


async def test_making_a_case_can_be_undone_from_the_list(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "N\r王小明")
        await press(pilot, "f9", "escape", "u")
        assert "已撤销" in screen_lines(pilot.app)[-2]
        assert "还没有案件" in screen_text(pilot.app)
        await press(pilot, "U")
        assert "咨询" in line_with(pilot.app, "王小明")
