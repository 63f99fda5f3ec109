"""A case erased from the list and from the case itself: the name is typed, and everybody who has it open is told."""

import pytest
from casework import reopened
from desks import Desk
from screens import burst, press, screen_lines, screen_text, session, settled

from tui.screens.cases import CasesScreen


@pytest.fixture
def owner(ana: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Ana, who owns the file."""
    monkeypatch.setattr("models.access.owns", lambda author, path: author.name == "ana")
    return ana


async def test_X_in_the_list_asks_for_the_name_and_erases(owner: Desk) -> None:
    owner.create({"name": "李雷"})
    case_id = owner.create({"name": "王小明"})
    async with session(owner.workspace) as pilot:
        await press(pilot, "X")
        assert "输入 王小明 确认" in screen_text(pilot.app)
        await burst(pilot, "王小明\r")
        await settled(pilot)
        await press(pilot, "j")
        assert owner.find(case_id) is None
        assert "王小明" not in "\n".join(screen_lines(pilot.app)[:-2])


async def test_another_name_erases_nothing(owner: Desk) -> None:
    case_id = owner.create({"name": "王小明"})
    async with session(owner.workspace) as pilot:
        await press(pilot, "X")
        await burst(pilot, "王小\r")
        assert "要输入 王小明，一字不差" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert owner.find(case_id) is not None


async def test_in_a_case_it_leads_back_to_the_list_and_says_so(owner: Desk) -> None:
    case_id = owner.create({"name": "王小明"})
    async with session(owner.workspace) as pilot:
        await press(pilot, "enter", "m", "X")
        await burst(pilot, "王小明\r")
        await settled(pilot)
        assert owner.find(case_id) is None
        assert isinstance(pilot.app.screen, CasesScreen)
        assert f"{case_id} 号案件已清除" in screen_text(pilot.app)


async def test_who_does_not_own_the_workspace_is_told(ana: Desk) -> None:
    case_id = ana.create({"name": "王小明"})
    async with session(ana.workspace) as pilot:
        await press(pilot, "X")
        assert "只有案件库的所有者能清除案件" in screen_text(pilot.app)
        assert ana.find(case_id) is not None


async def test_a_colleague_who_has_it_open_is_told_who_erased_it(
    ana: Desk, bo: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.forgetting import forget
    from models.settings import Backups

    monkeypatch.setattr("models.access.owns", lambda author, path: author.name == "bo")
    case_id = ana.create({"name": "王小明"})
    async with reopened(ana, case_id) as case:
        await press(case.pilot, "m")
        forget(bo.workspace, case_id, by=bo.author, today=bo.today, settings=Backups())
        case.pilot.app.look()  # type: ignore[attr-defined]
        await settled(case.pilot)
        assert isinstance(case.pilot.app.screen, CasesScreen)
        assert f"bo 已把 {case_id} 号案件清除，不能恢复" in screen_text(case.pilot.app)


async def test_undo_says_that_it_does_not_come_back(owner: Desk) -> None:
    case_id = owner.create({"name": "王小明"})
    async with session(owner.workspace) as pilot:
        await press(pilot, "X")
        await burst(pilot, "王小明\r")
        await settled(pilot)
        await press(pilot, "u")
        await settled(pilot)
        assert "不能恢复，也不能撤销" in screen_text(pilot.app)
        assert owner.find(case_id) is None
