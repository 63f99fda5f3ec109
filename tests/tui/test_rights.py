"""Each command and each action of the registry for each kind of person, held against one table (`tests/rights.py`)."""

from collections.abc import Callable
from typing import Any

import pytest
from desks import Desk
from rights import CHANGES, CHANGING, LOOKING, OWNING, OWNS, PEOPLE
from screens import burst, press, screen_lines, screen_text, session, settled
from staff import GONE, KINDS, employ, owner

from models import employing, verifying
from models.access import Access
from models.rederiving import Moved
from models.workspace import Workspace
from tui.actions import ACTIONS
from tui.app import DabiaoApp
from tui.rights import why_not_action

Command = Callable[..., Any]


def test_the_table_is_about_everybody_and_everything() -> None:
    assert set(PEOPLE) == set(KINDS)
    assert {action.id for action in ACTIONS} >= CHANGES


# --- actions


@pytest.mark.parametrize("name", [name for name in PEOPLE if name != GONE])
def test_each_action_for_each(name: str) -> None:
    may = {action.id for action in ACTIONS if why_not_action(Access(*KINDS[name]), action, name) is None}
    place = PEOPLE.index(name)
    rows = {
        action.id: OWNING if action.id in OWNS else CHANGING if action.id in CHANGES else LOOKING for action in ACTIONS
    }
    assert may == {name for name, row in rows.items() if row[place] == "y"}


@pytest.fixture
def looker(workspace: Workspace) -> Desk:
    """`ana`, whose the sessions of the tests are, only looks; there is a case."""
    boss = Desk(workspace, owner(workspace).name)
    boss.create({"name": "王小明", "birth_date": "1988-03-07", "contact": {"phone": "13800000000"}}, consultant="ana")
    boss.set(1, "tags", ["重点"])
    employing.add(workspace, "ana", "read_only", "all", by=owner(workspace))
    return boss


PARTS = [f"2 enter {part}" for part in "ftpmaorchiw"]
SCREENS = ["2", "1", "3", "4", "5", "6", *PARTS, "2 enter h enter"]


@pytest.mark.parametrize("way", SCREENS)
async def test_on_every_screen_what_changes_anything_says_why_not(looker: Desk, way: str) -> None:
    """The reason stands beside each such key, whatever else is in the way; done all the same, nothing is written."""
    async with session(looker.workspace) as pilot:
        await press(pilot, *way.split())
        app = pilot.app
        assert isinstance(app, DabiaoApp) and app.view is not None
        view, before = app.view, verifying.head(looker.workspace.connection)
        mine = [action for scope in view.scopes() for action in ACTIONS if action.scope == scope]
        for action in mine:
            reason = view.why_not(action)
            is_refused = reason is not None and reason.code == "write.read_only"
            assert is_refused == (action.id in CHANGES), action.id
        for action in mine:
            if action.id in CHANGES:
                await view.perform(action)
                await settled(pilot)
                assert app.view is view and "只能查看" in screen_lines(app)[-2], action.id
        assert verifying.head(looker.workspace.connection) == before


async def test_typing_over_a_fact_opens_no_field(looker: Desk) -> None:
    async with session(looker.workspace) as pilot:
        await press(pilot, "enter", "enter", "e", "x", "n", "u")
        assert "只能查看" in screen_lines(pilot.app)[-2]
        assert looker.entries(1)[0].command == "set" and len(looker.entries(1)) == 2


async def test_a_view_and_the_columns_are_ones_own(looker: Desk) -> None:
    async with session(looker.workspace) as pilot:
        await press(pilot, "C", "enter", "escape", "f2")
        assert "只能查看" not in screen_text(pilot.app)
        assert pilot.app.language == "en"  # type: ignore[attr-defined]


# --- while a session runs


async def looked(pilot: Any) -> None:
    pilot.app.look()
    await settled(pilot)


async def test_who_may_only_look_from_now_on_is_told_at_once(looker: Desk) -> None:
    by = owner(looker.workspace)
    employing.change(looker.workspace, "ana", role="consultant", by=by)
    async with session(looker.workspace) as pilot:
        app = pilot.app
        assert isinstance(app, DabiaoApp) and app.access.may_change
        employing.change(looker.workspace, "ana", role="read_only", by=by)
        await looked(pilot)
        assert not app.access.may_change and app.return_code is None
        await press(pilot, "n")
        assert "只能查看" in screen_lines(app)[-2]


async def test_whose_reach_changes_has_to_come_back(looker: Desk) -> None:
    async with session(looker.workspace) as pilot:
        app = pilot.app
        assert isinstance(app, DabiaoApp)
        employing.change(looker.workspace, "ana", reach="own", by=owner(looker.workspace))
        app.look()
        assert app.last_words == [app.text("app.reach_changed")]


async def test_who_is_disabled_is_sent_out_once(looker: Desk) -> None:
    async with session(looker.workspace) as pilot:
        app = pilot.app
        assert isinstance(app, DabiaoApp)
        employing.change(looker.workspace, "ana", active=False, by=owner(looker.workspace))
        app.look()
        app.look()
        assert len(app.last_words) == 1 and "已停用" in app.last_words[0]
    assert app.return_code == 0


def test_an_owner_by_role_takes_back_what_others_did(workspace: Workspace) -> None:
    employ(workspace)
    ann = Desk(workspace, "ann")
    case = ann.create({"name": "王小明"})
    assert Desk(workspace, "ou").take_back(ann.entries(case)[0].id).cases == 1


async def test_a_new_client_whom_a_colleague_has_is_told_of_without_the_case(workspace: Workspace) -> None:
    employing.add(workspace, "ana", "consultant", "own", by=owner(workspace))
    Desk(workspace, "bo").create({"name": "张三丰", "contact": {"phone": "13900000000"}}, consultant="bo")
    workspace.seen_by = "ana"
    async with session(workspace) as pilot:
        await press(pilot, "N", "down", "down", "down")
        await burst(pilot, "13900000000")
        shown = screen_text(pilot.app)
        assert "同事那里已有" in shown and "张三丰" not in shown


async def test_the_calendar_tells_of_ones_own_cases_alone(workspace: Workspace) -> None:
    employing.add(workspace, "ana", "consultant", "own", by=owner(workspace))
    theirs = Desk(workspace, "bo").create({"name": "张三丰"}, consultant="bo")
    mine = Desk(workspace, "bo").create({"name": "王小明"}, consultant="ana")
    workspace.seen_by = "ana"
    async with session(workspace) as pilot:
        app = pilot.app
        assert isinstance(app, DabiaoApp)
        app.tell_moved([Moved(theirs, 100, 120, True)])
        assert f"#{theirs}" not in screen_text(app) and "张三丰" not in screen_text(app)
        app.tell_moved([Moved(theirs, 100, 120, True), Moved(mine, 100, 120, True)])
        await settled(pilot)
        assert "王小明" in screen_lines(app)[-2] and f"#{theirs}" not in screen_lines(app)[-2]
