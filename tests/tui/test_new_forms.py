"""The form of a new case is kept as it is typed, each form by itself, until the case is made or the form dropped."""

import asyncio
import json
import os
from pathlib import Path

from desks import Desk, a_moment_later
from screens import burst, press, screen_lines, session, settled
from textual.app import App

from models.workspace import Workspace
from models.writing import keep_form, set_preference
from tui.screens.case import CaseScreen
from tui.screens.new_case import NewCaseScreen

GONE = "1-0-1"  # process 1 runs, but began at another time: this one is gone


def forms(desk: Desk) -> list[dict[str, str]]:
    """What is kept of ana's forms, each by its fields."""
    found: dict[str, dict[str, str]] = {}
    rows = desk.workspace.connection.execute(
        "SELECT path, text FROM draft WHERE case_id = 0 AND by = 'ana' ORDER BY at"
    )
    for path, text in rows:
        form, _, field = path.partition(".")
        found.setdefault(form, {})[field] = text
    return list(found.values())


def typed(app: App[None]) -> dict[str, str]:
    assert isinstance(app.screen, NewCaseScreen)
    return app.screen.typed


def running() -> str:
    """The id of a form in a process that runs and is not this one."""
    began = Path(f"/proc/{os.getppid()}/stat").read_text().rpartition(")")[2].split()[19]
    return f"{os.getppid()}-{began}-1"


async def test_what_is_typed_is_kept_soon_after_the_last_key(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "N李女士")
        async with asyncio.timeout(10):
            while forms(ana) != [{"contact.called": "李女士"}]:
                await settled(pilot)


async def test_a_session_that_ends_in_the_middle_of_a_field_keeps_it(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "N李女士\r王")
    assert forms(ana) == [{"contact.called": "李女士", "name": "王"}]


async def test_a_form_left_behind_is_offered_and_goes_on_as_ones_own(ana: Desk) -> None:
    keep_form(ana.workspace, "ana", GONE, {"contact.called": "李女士"})
    async with session(ana.workspace) as pilot:
        await press(pilot, "N")
        assert typed(pilot.app) == {"contact.called": "李女士"}
        assert "上次没建完的内容还在" in screen_lines(pilot.app)[-2]
        await burst(pilot, "王小明\r")  # in the first field that is empty
    assert forms(ana) == [{"contact.called": "李女士", "name": "王小明"}]


async def test_a_form_that_is_open_in_another_session_is_left_alone(ana: Desk) -> None:
    keep_form(ana.workspace, "ana", running(), {"contact.called": "李女士"})
    async with session(ana.workspace) as pilot:
        await press(pilot, "N")
        assert typed(pilot.app) == {}
        await burst(pilot, "周先生\r")
    assert forms(ana) == [{"contact.called": "李女士"}, {"contact.called": "周先生"}]


async def test_a_form_taken_on_by_two_sessions_is_lost_by_neither(ana: Desk) -> None:
    keep_form(ana.workspace, "ana", GONE, {"contact.called": "李女士"})
    async with session(ana.workspace) as pilot:
        await press(pilot, "N")
        keep_form(ana.workspace, "ana", running(), {"contact.called": "李女士", "name": "王"}, [GONE])
        await burst(pilot, "李\r")
    assert forms(ana) == [{"contact.called": "李女士", "name": "王"}, {"contact.called": "李女士", "name": "李"}]


async def test_another_form_is_filled_in_while_the_first_is_put_by(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "N李女士")
        await press(pilot, "f7")
        assert typed(pilot.app) == {}
        await burst(pilot, "周先生")
        await press(pilot, "f9")
        assert isinstance(pilot.app.screen, CaseScreen)
        assert forms(ana) == [{"contact.called": "李女士"}]
        await press(pilot, "escape", "N")
        assert typed(pilot.app) == {"contact.called": "李女士"}


async def test_of_several_each_is_shown_in_turn_and_an_empty_one_last(ana: Desk) -> None:
    keep_form(ana.workspace, "ana", "1-0-1", {"contact.called": "李女士"})
    a_moment_later()
    keep_form(ana.workspace, "ana", "1-0-2", {"contact.called": "周先生"})
    async with session(ana.workspace) as pilot:
        await press(pilot, "N")
        assert "第 1 份，共 2 份" in screen_lines(pilot.app)[-2]
        seen = [typed(pilot.app)]
        for _ in range(3):
            await press(pilot, "f7")
            seen.append(typed(pilot.app))
    first, second, empty, again = seen
    assert first == again == {"contact.called": "周先生"} and second == {"contact.called": "李女士"} and empty == {}
    assert len(forms(ana)) == 2


async def test_a_form_is_dropped_only_after_asking(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "N李女士\r")
        await press(pilot, "f8", "N")
        assert typed(pilot.app) == {"contact.called": "李女士"}
        await press(pilot, "f8")
        assert "不要这一份了" in screen_lines(pilot.app)[-1]
        await press(pilot, "y")
        assert typed(pilot.app) == {} and "已丢掉" in screen_lines(pilot.app)[-2]
        assert forms(ana) == []
    assert forms(ana) == []


async def test_there_is_nothing_to_drop_in_an_empty_form(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await press(pilot, "N", "f8")
        assert "先填至少一项" in screen_lines(pilot.app)[-2]


async def test_the_case_and_the_end_of_its_form_are_one(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "N李女士\r王小明\r")
        await press(pilot, "f9")
        assert isinstance(pilot.app.screen, CaseScreen)
    assert forms(ana) == []
    assert ana.document(1) == {"contact": {"called": "李女士"}, "name": "王小明"}


async def test_what_an_earlier_release_kept_is_offered_once(ana: Desk) -> None:
    set_preference(ana.workspace, "ana", "new_case", json.dumps({"contact.called": "李女士"}))
    async with session(ana.workspace) as pilot:
        await press(pilot, "N")
        assert typed(pilot.app) == {"contact.called": "李女士"}
        await press(pilot, "f9", "escape", "N")
        assert typed(pilot.app) == {}


async def test_a_preference_that_is_no_form_is_passed_over(ana: Desk) -> None:
    set_preference(ana.workspace, "ana", "new_case", "")
    set_preference(ana.workspace, "ana", "theme", "{")
    async with session(ana.workspace) as pilot:
        await press(pilot, "N")
        assert typed(pilot.app) == {}
