"""The screen that locks itself: nothing of any case on it, nothing lost under it, and only its own answer opens it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from desks import DAY, Desk
from screens import burst, press, screen_text, settled
from textual.pilot import Pilot

from models.author import Author
from tui import pin
from tui.app import DabiaoApp
from tui.idle import AFTER, PIN
from tui.last_place import NOWHERE
from tui.screens import locked
from tui.screens.case import CaseScreen
from tui.screens.locked import Locked
from tui.screens.press import Press

SECRET = "王小明 13800000000"


class Clock:
    """Seconds that go on when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def after(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Let time go on."""
        self.now += minutes * 60 + seconds


class Sitting:
    """One session at the screen, with a clock of its own."""

    def __init__(self, pilot: Pilot[None], clock: Clock) -> None:
        self.pilot = pilot
        self.clock = clock
        self.app: DabiaoApp = pilot.app  # type: ignore[assignment]

    async def idle(self, minutes: float) -> None:
        """No key for so long; then the session looks, as it does each second."""
        self.clock.after(minutes=minutes)
        self.app.look()
        await settled(self.pilot)

    async def press(self, *keys: str) -> None:
        await press(self.pilot, *keys)

    async def type(self, text: str) -> None:
        await burst(self.pilot, text)

    @property
    def is_locked(self) -> bool:
        return isinstance(self.app.screen, Locked)

    @property
    def text(self) -> str:
        return screen_text(self.app)


Sit = Callable[..., Any]


@pytest.fixture
def sit(ana: Desk, tmp_path: Path) -> Sit:
    """Opens a session; `settings` are the office's, `own` the person's."""

    @asynccontextmanager
    async def opened(settings: str = "", **own: str) -> AsyncIterator[Sitting]:
        file = tmp_path / "home" / "config" / "dabiao" / "settings.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(settings, encoding="utf-8")
        clock = Clock()
        app = DabiaoApp(ana.workspace, Author("ana", "test"), DAY, "zh", ticks=clock)
        app.last = NOWHERE
        app.own.update(own)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            app.look()
            await settled(pilot)
            yield Sitting(pilot, clock)

    return opened


@pytest.fixture
def case_id(ana: Desk) -> int:
    """A client whose name nobody else is to read."""
    return ana.create({"name": "王小明", "contact": {"phone": "13800000000"}})


async def test_without_a_key_it_locks_and_shows_nothing_of_any_case(sit: Sit, case_id: int) -> None:
    async with sit() as seat:
        await seat.press("enter")
        await seat.idle(14.9)
        assert not seat.is_locked and "王小明" in seat.text
        await seat.idle(0.1)
        assert seat.is_locked
        assert [line.strip() for line in seat.text.splitlines() if line.strip()] == [
            "达标",
            "ana",
            "屏幕已锁：按 enter 继续，ctrl+q 退出",
        ]


async def test_enter_goes_on_where_it_was(sit: Sit, case_id: int) -> None:
    async with sit() as seat:
        await seat.press("enter", "c")
        before = seat.text
        await seat.idle(15)
        await seat.press("enter")
        assert seat.text == before


async def test_a_key_counts_from_anew(sit: Sit, case_id: int) -> None:
    async with sit() as seat:
        await seat.idle(14)
        await seat.press("j")
        await seat.idle(14)
        assert not seat.is_locked


async def test_while_it_is_locked_no_key_does_anything(sit: Sit, ana: Desk, case_id: int) -> None:
    async with sit() as seat:
        await seat.press("enter")
        stack = list(seat.app.screen_stack)
        await seat.idle(15)
        await seat.press("u", "1", "2", "n", "x", "q", "escape", "ctrl+p", "question_mark", "f2", "f4", "ctrl+l", "y")
        assert seat.is_locked
        assert seat.app.screen_stack[:-1] == stack
        assert ana.case(case_id).document["name"] == "王小明"


async def test_what_was_being_typed_is_kept_under_it(sit: Sit, ana: Desk, case_id: int) -> None:
    async with sit() as seat:
        await seat.press("enter", "slash", "x", "m", "enter", "enter")
        await seat.type("abc")
        await seat.press("ctrl+l")
        assert seat.is_locked and "abc" not in seat.text
        async with asyncio.timeout(30):
            while ana.count("SELECT count(*) FROM draft WHERE text = '王小明abc'") == 0:
                await asyncio.sleep(0.01)
        await seat.press("enter")
        await seat.type("d")
        assert "王小明abcd" in seat.text


async def test_at_once_where_that_is_asked_for(sit: Sit, case_id: int) -> None:
    async with sit("[lock]\nminutes = 0\n") as seat:
        await seat.press("ctrl+l")
        assert seat.is_locked


async def test_what_wants_to_be_shown_meanwhile_is_shown_after_it(sit: Sit, case_id: int) -> None:
    answers: list[bool] = []
    async with sit() as seat:
        await seat.idle(15)
        await seat.app.ask("app.ask_quit", lambda: answers.append(True))
        await seat.app.open_case(case_id)
        await settled(seat.pilot)
        assert seat.is_locked and "王小明" not in seat.text
        await seat.press("enter")
        assert [type(screen) for screen in seat.app.screen_stack[1:]] == [Press, CaseScreen]


async def test_nothing_takes_it_away_from_behind(sit: Sit, ana: Desk, case_id: int) -> None:
    async with sit() as seat:
        await seat.press("enter")
        await seat.idle(15)
        seat.app.pop_screen()
        ana.undo()  # the case is gone
        seat.app.look()
        await settled(seat.pilot)
        assert seat.is_locked
        await seat.press("enter")
        assert len(seat.app.screen_stack) == 1


async def test_a_window_of_another_size_neither_opens_nor_breaks_it(sit: Sit, case_id: int) -> None:
    async with sit() as seat:
        await seat.idle(15)
        await seat.pilot.resize_terminal(20, 5)
        await settled(seat.pilot)
        assert seat.is_locked and "ana" in seat.text
        await seat.press("enter")
        assert "窗口太小" in seat.text
        await seat.pilot.resize_terminal(80, 24)
        await settled(seat.pilot)
        assert "王小明" in seat.text


@pytest.mark.parametrize(
    ("settings", "own", "minutes"),
    [
        ("", {}, 15),
        ("[lock]\nminutes = 5\n", {}, 5),
        ("[lock]\nminutes = 0\n", {}, 0),
        ("[lock]\nminutes = 0\n", {AFTER: "20"}, 20),
        ("", {AFTER: "3"}, 3),
        ("", {AFTER: "60"}, 15),  # no longer than the office says
        ("", {AFTER: "0"}, 15),
        ("", {AFTER: "x"}, 15),
        ("", {AFTER: "9" * 5000}, 15),
        ("[lock]\nminutes = -1\n", {}, 15),
        ("[lock]\nminutes = 'a'\nends = 1\n", {}, 15),
    ],
)
async def test_after_how_long(sit: Sit, settings: str, own: dict[str, str], minutes: int) -> None:
    async with sit(settings, **own) as seat:
        assert seat.app.minutes == minutes
        await seat.idle((minutes or 240) - 0.1)
        assert not seat.is_locked
        await seat.idle(0.2)
        assert seat.is_locked is bool(minutes)


async def test_a_person_chooses_less(sit: Sit, ana: Desk) -> None:
    async with sit() as seat:
        await seat.press("f10")
        await seat.type("99\r")
        assert "0 到 15" in seat.text
        await seat.press("ctrl+u")
        await seat.type("５\r")
        assert "5 分钟没有按键就锁屏" in seat.text
        await seat.idle(5)
        assert seat.is_locked


async def test_before_the_offices_minutes_are_read_no_more_than_the_usual_ones_are_offered(sit: Sit) -> None:
    async with sit() as seat:
        seat.app.office_minutes = None
        await seat.press("f10")
        assert "最多 15" in seat.text


async def test_not_while_a_command_runs_that_somebody_waits_for(sit: Sit) -> None:
    async with sit() as seat:
        done = asyncio.Event()
        seat.app.run_worker(done.wait(), group="many")
        seat.clock.after(minutes=60)
        seat.app.look()
        seat.app.act_lock()
        assert not seat.is_locked
        done.set()
        await settled(seat.pilot)
        seat.app.look()
        await settled(seat.pilot)
        assert seat.is_locked


# --- the PIN


async def test_with_a_pin_only_the_pin_opens_it(sit: Sit, case_id: int) -> None:
    async with sit(**{PIN: pin.hashed("Ab12")}) as seat:
        await seat.idle(15)
        await seat.press("enter")
        assert seat.is_locked
        await seat.type("ab13")
        assert "••••" in seat.text and "ab13" not in seat.text
        await seat.press("enter")
        assert seat.is_locked and "密码不对" in seat.text
        await seat.type("xx")
        await seat.press("escape")
        await seat.type("ａb122")
        await seat.press("backspace", "enter")
        assert not seat.is_locked and "王小明" in seat.text


async def test_after_some_wrong_ones_the_next_try_has_to_wait(sit: Sit) -> None:
    async with sit(**{PIN: pin.hashed("1234")}) as seat:
        await seat.idle(15)
        for _ in range(locked.FREE):
            await seat.type("9999\r")
        assert "2 秒后再试" in seat.text
        await seat.type("1234\r")
        assert seat.is_locked and "再等" in seat.text
        seat.clock.after(seconds=2)
        await seat.type("1234\r")
        assert not seat.is_locked


async def test_after_too_many_the_session_ends_and_nothing_is_lost(sit: Sit, ana: Desk, case_id: int) -> None:
    async with sit(**{PIN: pin.hashed("1234")}) as seat:
        await seat.press("enter", "slash", "x", "m", "enter", "enter")
        await seat.type("abc")
        await seat.press("ctrl+l")
        for _ in range(locked.MOST):
            seat.clock.after(seconds=60)
            await seat.type("9999\r")
        assert seat.app.return_code == 0
        assert "重新登录" in seat.app.last_words[0]
    assert ana.count("SELECT text FROM draft WHERE case_id = ?", case_id) == "王小明abc"


async def test_it_is_set_by_typing_it_twice_unseen(sit: Sit, ana: Desk) -> None:
    async with sit() as seat:
        await seat.press("f12")
        await seat.type("123\r")
        assert "要 4 到 32 位" in seat.text and "123" not in seat.text.replace("f12", "")
        await seat.type("4\r")
        await seat.type("1243\r")
        assert "不一样" in seat.text
        await seat.press("ctrl+u")
        await seat.type("1234\r")
        assert "密码已设好" in seat.text
        kept = seat.app.own[PIN]
        assert pin.matches("1234", kept) and "1234" not in kept.partition("$")[0][:4]
        await seat.press("f12")
        await seat.type("-\r")
        assert not pin.is_one(seat.app.own[PIN])


@pytest.mark.parametrize("kept", ["", "x", "$", "ab$cd", "zz$" + "0" * 64, "00$" + "0" * 62, "$" + "0" * 64])
async def test_one_that_cannot_be_understood_locks_nobody_out(sit: Sit, kept: str) -> None:
    async with sit(**{PIN: kept}) as seat:
        await seat.idle(15)
        await seat.press("enter")
        assert not seat.is_locked


# --- ending instead


async def test_where_the_office_wants_it_a_session_without_a_pin_ends(sit: Sit, ana: Desk, case_id: int) -> None:
    async with sit("[lock]\nminutes = 10\nends = true\n") as seat:
        await seat.press("enter", "slash", "x", "m", "enter", "enter")
        await seat.type("abc")
        await seat.idle(10)
        assert seat.app.return_code == 0
        assert seat.app.last_words == ["10 分钟没有按键，已退出。已保存的都在，正在填的也留着。"]
    assert ana.count("SELECT text FROM draft WHERE case_id = ?", case_id) == "王小明abc"


async def test_one_with_a_pin_is_locked_there_too(sit: Sit) -> None:
    async with sit("[lock]\nends = true\n", **{PIN: pin.hashed("1234")}) as seat:
        await seat.idle(15)
        assert seat.is_locked and seat.app.return_code is None


async def test_the_session_may_be_ended_from_the_locked_screen(sit: Sit) -> None:
    async with sit(**{PIN: pin.hashed("1234")}) as seat:
        await seat.press("ctrl+l", "ctrl+q")
        assert seat.app.return_code == 0


def test_the_clock_is_one_that_only_goes_on() -> None:
    assert DabiaoApp.__init__.__kwdefaults__["ticks"] is time.monotonic
