"""What is done each second waits until what a key led to is drawn; not for ever."""

from collections.abc import Callable

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


def session(ana: Desk, ticks: Callable[[], float]) -> DabiaoApp:
    return DabiaoApp(ana.workspace, Author("ana", "test"), DAY, "zh", ticks=ticks)


async def test_nobody_looks_around_just_after_a_key(ana: Desk, looks: list[str]) -> None:
    clock = Clock()
    async with session(ana, clock).run_test() as pilot:
        await press(pilot, "down")
        looks.clear()
        pilot.app.each_second()  # type: ignore[attr-defined]
        assert not looks
        clock.now += 1
        pilot.app.each_second(again=True)  # type: ignore[attr-defined]
        assert looks == ["looked"]


async def test_keys_that_never_end_do_not_keep_a_session_from_looking(ana: Desk, looks: list[str]) -> None:
    async with session(ana, Clock()).run_test() as pilot:
        await press(pilot, "down")
        looks.clear()
        pilot.app._put_off = PUT_OFF - 1  # type: ignore[attr-defined]
        pilot.app.each_second(again=True)  # type: ignore[attr-defined]
        assert not looks
        pilot.app.each_second(again=True)  # type: ignore[attr-defined]
        assert looks == ["looked"]


async def test_one_wait_is_enough_for_a_second(ana: Desk, looks: list[str]) -> None:
    clock = Clock()
    async with session(ana, clock).run_test() as pilot:
        await press(pilot, "down")
        looks.clear()
        pilot.app.each_second()  # type: ignore[attr-defined]
        clock.now += 1
        pilot.app.each_second()  # type: ignore[attr-defined]
        assert not looks
