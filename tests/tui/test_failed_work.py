"""Work in a thread of its own that cannot be done: it is told, whichever screen began it, and the session goes on."""

from typing import Any, NoReturn

import pytest
from desks import Desk
from screens import press, screen_lines, session, settled

from engine.reason import Reason
from models.reading import Reader
from models.workspace import WorkspaceError
from tui.text import say


class Unexpected(Exception):
    """An error nobody has thought of."""


def fails(monkeypatch: pytest.MonkeyPatch, what: str, error: Exception) -> None:
    """From now on a reader fails with an error."""

    def failing(*_: Any, **__: Any) -> NoReturn:
        raise error

    monkeypatch.setattr(Reader, what, failing)


async def test_what_a_screen_cannot_read_is_told_with_its_reason(ana: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reason = Reason("workspace.vanished", {"path": "cases.db"})
    async with session(ana.workspace) as pilot:
        fails(monkeypatch, "employers", WorkspaceError(reason))
        await press(pilot, "4")
        await settled(pilot)
        assert say(reason, "zh")[:10] in screen_lines(pilot.app)[-2]


async def test_an_unexpected_error_is_told_with_its_place_in_the_log_and_keys_go_on(
    ana: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.create({"name": "王小明"})
    async with session(ana.workspace) as pilot:
        fails(monkeypatch, "employers", Unexpected())
        await press(pilot, "4")
        await settled(pilot)
        assert "这一步没有做成" in screen_lines(pilot.app)[-2]
        await press(pilot, "2", "enter")
        assert "王小明" in screen_lines(pilot.app)[0]


async def test_who_a_new_client_may_be_that_cannot_be_looked_up_is_told(
    ana: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with session(ana.workspace) as pilot:
        fails(monkeypatch, "duplicates", Unexpected())
        await press(pilot, "N", *"王小")
        await settled(pilot)
        assert "这一步没有做成" in screen_lines(pilot.app)[-2]
