"""What is done each second waits until what a key led to is drawn; not for ever."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from desks import DAY, Desk
from screens import press

from models.author import Author
from tui import idle
from tui.app import DabiaoApp
from tui.idle import PUT_OFF


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A word for each time the session has looked around."""
    found: list[str] = []
    monkeypatch.setattr(idle, "tidy", lambda quiet: found.append("looked"))
    return found


class Clock:
    """Seconds that go on when a test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def just_pressed(ana: Desk, looks: list[str], ticks: Callable[[], float]) -> AsyncIterator[DabiaoApp]:
    """A session in which a key has just been pressed, and that has not looked since."""
    app = DabiaoApp(ana.workspace, Author("ana", "test"), DAY, "zh", ticks=ticks)
    async with app.run_test() as pilot:
        await press(pilot, "down")
        looks.clear()
        yield app


async def test_nobody_looks_around_just_after_a_key(ana: Desk, looks: list[str]) -> None:
    clock = Clock()
    async with just_pressed(ana, looks, clock) as app:
        app.each_second()
        assert not looks
        clock.now += 1
        app.each_second(again=True)
        assert looks == ["looked"]


async def test_keys_that_never_end_do_not_keep_a_session_from_looking(ana: Desk, looks: list[str]) -> None:
    async with just_pressed(ana, looks, Clock()) as app:
        app._put_off = PUT_OFF - 1
        app.each_second(again=True)
        assert not looks
        app.each_second(again=True)
        assert looks == ["looked"]


async def test_one_wait_is_enough_for_a_second(ana: Desk, looks: list[str]) -> None:
    clock = Clock()
    async with just_pressed(ana, looks, clock) as app:
        app.each_second()
        clock.now += 1
        app.each_second()
        assert not looks
