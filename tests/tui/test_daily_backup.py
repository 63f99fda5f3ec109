"""The backup of the day, made behind the screen of whichever session looks first."""

import errno
import os
from asyncio import to_thread
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any

import pytest
from desks import DAY, Desk
from screens import application, press, screen_lines, session, settled
from textual.pilot import Pilot

from models import examining
from models.connection import connect
from models.workspace import Workspace, open_workspace
from tui import daily_backup
from tui.app import DabiaoApp


def there(workspace: Workspace) -> list[str]:
    directory = workspace.path.parent / "backups"
    return sorted(found.name for found in directory.iterdir()) if directory.exists() else []


async def looked(pilot: Pilot[None]) -> None:
    """Have the session look whether the day's backup is there."""
    app = pilot.app
    assert isinstance(app, DabiaoApp) and app.daily_backup is not None
    app.daily_backup.look()
    await settled(pilot)


def full(*given: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def settings(text: str) -> Path:
    path = Path(os.environ["XDG_CONFIG_HOME"]) / "dabiao" / "settings.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return path


async def test_a_session_makes_it_soon_after_its_start(ana: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily_backup, "FIRST", 0.01)
    ana.create({"name": "张三"})
    async with session(ana.workspace, backing_up=True) as pilot:
        while there(ana.workspace) != ["cases-2026-11-22.db"]:
            await pilot.pause(0.01)
        assert screen_lines(pilot.app)[-2] == ""


async def test_a_session_that_only_shows_makes_none(workspace: Workspace) -> None:
    async with session(workspace):
        pass
    assert there(workspace) == []


async def test_after_midnight_it_makes_the_next(workspace: Workspace) -> None:
    days = [DAY]

    def clock() -> date:
        return days[0]

    async with session(workspace, backing_up=True, clock=clock) as pilot:
        await looked(pilot)
        days[0] += timedelta(1)
        assert isinstance(pilot.app, DabiaoApp)
        pilot.app.look()
        await settled(pilot)
    assert there(workspace) == ["cases-2026-11-22.db", "cases-2026-11-23.db"]


async def test_of_two_sessions_one_makes_it(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    async with session(workspace, backing_up=True) as pilot:
        await looked(pilot)
        made = (workspace.path.parent / "backups" / "cases-2026-11-22.db").stat()
        second = open_workspace(workspace.path)
        async with session(second, backing_up=True) as other:
            await looked(other)
        second.close()
    assert (workspace.path.parent / "backups" / "cases-2026-11-22.db").stat() == made


async def test_what_is_in_the_way_is_told_once_and_tried_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with session(workspace, backing_up=True, size=(120, 24)) as pilot:
        with monkeypatch.context() as disk:
            disk.setattr(os, "fsync", full)
            await looked(pilot)
            assert screen_lines(pilot.app)[-2].startswith(" ! 今天的自动备份没有做成：磁盘满了")
            await press(pilot, "j")
            await looked(pilot)
            assert screen_lines(pilot.app)[-2] == ""
        assert there(workspace) == []
        await looked(pilot)
        assert there(workspace) == ["cases-2026-11-22.db"]


async def test_a_wrong_setting_is_told_and_the_backup_made_all_the_same(workspace: Workspace) -> None:
    file = settings("[backups]\nkeep_days = 0\n")
    async with session(workspace, backing_up=True, size=(200, 24)) as pilot:
        await looked(pilot)
        line = screen_lines(pilot.app)[-2]
        assert line.startswith(" ! backups.keep_days: 要写 1 到 3650 之间的整数")
        assert f"· {str(file)[:20]}" in line
    assert there(workspace) == ["cases-2026-11-22.db"]


async def test_a_journal_that_is_not_whole_is_told(ana: Desk) -> None:
    ana.create({"name": "张三"})
    with closing(connect(ana.workspace.path, writing=True)) as connection:
        connection.execute("DROP TRIGGER entry_is_not_changed")
        connection.execute("UPDATE entry SET by = 'eve'")
    async with session(ana.workspace, backing_up=True, size=(120, 24)) as pilot:
        await looked(pilot)
        assert "操作历史第 1 条" in screen_lines(pilot.app)[-2]


def test_a_session_that_ends_meanwhile_leaves_none_half_made(ana: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The end does not wait for it either: the work is broken off."""
    at_work, leaving = Event(), Event()

    def rest(seconds: float) -> None:
        at_work.set()
        leaving.wait()
        sleep(0.01)

    monkeypatch.setattr(examining, "_ASKED_EVERY", 1)
    monkeypatch.setattr(daily_backup, "sleep", rest)
    app = application(ana.workspace, backing_up=True)

    async def leave(pilot: object) -> None:
        assert app.daily_backup is not None
        app.daily_backup.look()
        await to_thread(at_work.wait)
        app.exit()
        app.call_later(leaving.set)

    app.run(headless=True, auto_pilot=leave)
    assert there(ana.workspace) == []
    assert (ana.workspace.path.parent / "backups").exists()
