"""A full disk, a file that became read-only, a lock somebody keeps: what was typed stays, is said to, and is kept as
soon as it can be."""

import fcntl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from itertools import count
from typing import Any

import pytest
from casework import Case, opened
from desks import Desk
from screens import press, screen_lines, settled
from sqlalchemy.exc import OperationalError
from textual import events

from models.backups import daily
from models.connection import fault
from models.settings import Backups
from tui import keeping

LONG = "浦东新区" * 100
ROOM = 1_000_000  # pages
FILLERS = (
    "INSERT INTO draft (case_id, by, path, text, at) VALUES (9, '', ?, ?, '')",
    "INSERT INTO entry (at, by, origin, command, batch, changes, hash) VALUES ('', '', '', '', ?, ?, '')",
)


def of_writer(desk: Desk, pragma: str) -> Any:
    """Ask the connection that commands are written by."""
    with closing(desk.workspace.engine.raw_connection()) as connection:
        found = connection.driver_connection.execute(f"PRAGMA {pragma}").fetchone()
        return found and found[0]


@contextmanager
def full_disk(desk: Desk) -> Iterator[None]:
    """No page more than there are, and those full to the last sign."""
    of_writer(desk, f"max_page_count={of_writer(desk, 'page_count')}")
    rows = count()
    for filler in FILLERS:
        for size in (1000, 100, 10, 1):
            with suppress(OperationalError), desk.workspace.engine.connect() as connection:
                while True:
                    with connection.begin():
                        connection.exec_driver_sql(filler, (next(rows), "x" * size))
    yield
    of_writer(desk, f"max_page_count={ROOM}")


@contextmanager
def read_only(desk: Desk) -> Iterator[None]:
    """The file takes nothing."""
    of_writer(desk, "query_only=ON")
    yield
    of_writer(desk, "query_only=OFF")


@contextmanager
def lock_kept(desk: Desk) -> Iterator[None]:
    """Somebody keeps the writers' lock."""
    desk.workspace.patience = 0.01
    with desk.workspace.path.with_name(desk.workspace.path.name + "-lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("4711\n")
        lock.flush()
        yield


TROUBLES = {"磁盘满了": full_disk, "案件库成了只读的": read_only, "被另一个达标（进程 4711）占着": lock_kept}
each_trouble = pytest.mark.parametrize("trouble", TROUBLES)


def app_of(case: Case) -> Any:
    return case.pilot.app


def status(case: Case) -> str:
    return screen_lines(app_of(case))[-2]


async def paste(case: Case, text: str) -> None:
    """What is pasted comes in one piece."""
    app_of(case).post_message(events.Paste(text))
    await case.dealt_with()


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is tried anew before the test says so, however slow the machine."""
    monkeypatch.setattr(keeping, "AGAIN", 10**9)


async def some_seconds_later(case: Case) -> None:
    """The session tries anew."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(keeping, "AGAIN", 1)
        app_of(case).look()
    await case.dealt_with()


@each_trouble
async def test_what_is_left_is_said_not_to_be_saved_stays_and_is_saved_when_it_can_be(ana: Desk, trouble: str) -> None:
    async with opened(ana, {"permit": {"valid_until": "2027-05-09"}}) as case:
        await case.find("居住地址")
        with TROUBLES[trouble](ana):
            await case.type("\r")
            await paste(case, LONG)
            await case.type("\t")
            assert trouble in status(case) and "填的都留着" in status(case)
            assert "address" not in case.document["permit"]
            assert "浦东新区" in case.line("居住地址") and case.line("居住地址").endswith("!")
            assert "还没存进去；存得进去了会自动存" in case.told
            await some_seconds_later(case)
            assert trouble in status(case)
        await some_seconds_later(case)
        assert case.document["permit"]["address"] == LONG
        assert "刚才没存进去的都存好了" in status(case)
        assert "!" not in case.line("居住地址") and case.drafts == {}


@each_trouble
async def test_what_is_being_typed_is_kept_as_a_draft_when_it_can_be(ana: Desk, trouble: str) -> None:
    async with opened(ana, {"permit": {"valid_until": "2027-05-09"}}) as case:
        await case.find("居住地址")
        with TROUBLES[trouble](ana):
            await case.type("\r")
            await paste(case, LONG)
            while trouble not in status(case):
                await settled(case.pilot)
            assert case.drafts == {}
        await some_seconds_later(case)
        assert case.drafts == {"permit.address": LONG}
        await case.type("\x1b")
        assert case.document["permit"]["address"] == LONG and case.drafts == {}


async def test_the_next_field_that_can_be_saved_takes_the_earlier_ones_along(ana: Desk) -> None:
    async with opened(ana, {"permit": {"valid_until": "2027-05-09"}}) as case:
        await case.find("居住地址")
        with full_disk(ana):
            await case.type("\r")
            await paste(case, LONG)
            await case.type("\x1b")
        await case.find("民族")
        await case.type("\r汉族\x1b")
        assert case.document["ethnic_group"] == "汉族" and case.document["permit"]["address"] == LONG
        assert len(ana.entries(case.id)) == 2


async def test_while_the_lock_is_kept_one_goes_on_from_field_to_field(ana: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.find("姓名")
        with lock_kept(ana):
            await case.type("\r王小明\t\t\t\t女\t汉族\x1b")
            assert case.document == {}
            assert "王小明" in case.line("姓名") and "汉族" in case.line("民族")
        await some_seconds_later(case)
        assert case.document == {"name": "王小明", "sex": "female", "ethnic_group": "汉族"}


async def test_what_a_colleague_wrote_meanwhile_is_not_written_over(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"permit": {"address": "徐汇"}}) as case:
        await case.find("居住地址")
        with full_disk(ana):
            await case.type("\r⌧")
            await paste(case, LONG)
            await case.type("\x1b")
        bo.set(case.id, "applicant.permit.address", "静安")
        await some_seconds_later(case)
        assert case.document["permit"]["address"] == "静安"
        assert "改成了静安" in case.told and "1 用我的" in case.text


async def test_a_case_that_is_left_meanwhile_shows_it_again_and_saves_it(ana: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.find("姓名")
        with lock_kept(ana):
            await case.type("\r王小明\x1b")
            await press(case.pilot, "escape")
            await app_of(case).open_case(case.id)
            await settled(case.pilot)
            assert "王小明" in case.line("姓名") and "还没存进去" in case.told
            await press(case.pilot, "escape")
        app_of(case).keep_again()
        await settled(case.pilot)
        assert case.document == {"name": "王小明"}


async def test_a_field_that_is_opened_again_is_gone_on_with(ana: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.find("姓名")
        with lock_kept(ana):
            await case.type("\r王小\x1b\r明")
        while case.drafts != {"name": "王小明"}:
            await some_seconds_later(case)
        assert case.document == {}
        await case.type("\x1b")
        assert case.document == {"name": "王小明"}


async def test_a_text_that_is_dropped_meanwhile_is_not_saved_later(ana: Desk) -> None:
    async with opened(ana, {"name": "王"}) as case:
        await case.find("姓名")
        with lock_kept(ana):
            await case.type("\r小明\x1bx")
            assert case.here.split() == ["姓名", "王"]
        await some_seconds_later(case)
        assert case.document == {"name": "王"} and case.drafts == {}


async def test_quitting_meanwhile_asks_and_what_cannot_be_kept_is_told_to_the_end(ana: Desk) -> None:
    async with opened(ana, {"name": "张三"}) as case:
        await case.find("居住地址")
        with lock_kept(ana):
            await case.type("\r长宁路一号\x1b")
            await press(case.pilot, "ctrl+q")
            assert "还有 1 项没能存进去，退出就没有了" in screen_lines(app_of(case))[-1]
            await press(case.pilot, "y")
            await app_of(case)._shutdown()
    assert "退出时没能存下" in app_of(case).last_words[0]
    assert app_of(case).last_words[1:] == ["张三 · 居住地址: 长宁路一号"]


async def test_what_can_be_kept_at_the_end_is_kept_and_nothing_is_told(ana: Desk) -> None:
    async with opened(ana, {"name": "张三"}) as case:
        await case.find("居住地址")
        with lock_kept(ana):
            await case.type("\r长宁路一号\x1b")
    assert case.drafts == {"permit.address": "长宁路一号"}
    assert app_of(case).last_words == []


async def test_an_undo_that_has_to_wait_too_long_says_so(ana: Desk) -> None:
    async with opened(ana, {"name": "张三"}) as case:
        await case.find("姓名")
        await case.type("\r⌧李四\x1b")
        with lock_kept(ana):
            await case.type("u")
            assert "被别的程序占用" in status(case)
        assert case.document == {"name": "李四"}


@pytest.mark.parametrize("backed_up", [True, False])
async def test_a_workspace_that_is_taken_away_is_told_with_its_newest_backup(ana: Desk, backed_up: bool) -> None:
    path, away = ana.workspace.path, ana.workspace.path.with_name("moved")
    async with opened(ana, {"permit": {"valid_until": "2027-05-09"}}) as case:
        for day in (21, 22) if backed_up else ():
            daily(ana.workspace, date(2026, 11, day), Backups())
        await case.find("居住地址")
        path.rename(away)
        await case.type("\r浦东\t")
        assert "案件库文件不见了" in status(case) and "填的都留着" in status(case)
        assert ("恢复 cases-2026-11-22.db（在" in status(case)) is backed_up
        away.rename(path)
        await some_seconds_later(case)
        assert case.document["permit"]["address"] == "浦东"
        await case.type("\x1b")
        path.rename(away)
        await case.type("u")
        while "案件库文件不见了，这次的改动没有存进去" not in status(case):
            await settled(case.pilot)
        wanted = str(path.with_name("backups") / "cases-2026-11-22.db")
        assert (wanted in app_of(case).say(fault("vanished", path).reason)) is backed_up
