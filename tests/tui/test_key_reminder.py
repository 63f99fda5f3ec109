"""Today says in one quiet line that the key is kept in no second place, until somebody has shown one."""

from pathlib import Path

import pytest
from desks import Desk
from screens import screen_lines, session, settled

from models import keyring
from models.workspace import Workspace, open_workspace
from tui.app import DabiaoApp

LINE = "密钥只有这台机器上一份"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """One whose key nobody has confirmed."""
    monkeypatch.setenv(keyring.VARIABLE, str(tmp_path / "apart"))
    return open_workspace(tmp_path / "own.db")


async def test_until_it_is_confirmed(ana: Desk) -> None:
    ana.create({"name": "张三"})
    async with session(ana.workspace) as pilot:
        assert LINE not in "\n".join(screen_lines(pilot.app))
        await pilot.press("1")
        await settled(pilot)
        assert sum(LINE in line for line in screen_lines(pilot.app)) == 1
        keyring.confirm(keyring.names()[0])
        ana.create({"name": "李四"})  # in a shell beside it
        app = pilot.app
        assert isinstance(app, DabiaoApp)
        app.look()
        await settled(pilot)
        assert LINE not in "\n".join(screen_lines(pilot.app))


async def test_never_in_a_demo(tmp_path: Path) -> None:
    demo = Desk(open_workspace(tmp_path / "demo.db", kind="demo"), "ana")
    async with session(demo.workspace) as pilot:
        await pilot.press("1")
        await settled(pilot)
        assert LINE not in "\n".join(screen_lines(pilot.app))
