"""What others write: another case has the lists look again, another draft or last place has not."""

from typing import Any

import pytest
from desks import Desk
from screens import burst, press, screen_text, session, settled

from models.drafts import save_draft, set_preference
from models.reading import Reader
from models.rederiving import rederive
from tui.app import DabiaoApp
from tui.screens.today import TodayScreen


async def test_a_colleagues_draft_and_last_place_have_the_list_look_for_nothing(
    ana: Desk, bo: Desk, searches: list[bool]
) -> None:
    case_id = ana.create({"name": "王小明"})
    async with session(ana.workspace) as pilot:
        app, before = pilot.app, len(searches)
        assert isinstance(app, DabiaoApp)
        save_draft(bo.workspace, case_id, "bo", "applicant.name", "王大")
        set_preference(bo.workspace, "bo", "last", "{}")
        app.look()
        await settled(pilot)
        assert len(searches) == before


async def test_a_colleagues_change_has_it_look_again(ana: Desk, bo: Desk, searches: list[bool]) -> None:
    case_id = ana.create({"name": "王小明"})
    async with session(ana.workspace) as pilot:
        app, before = pilot.app, len(searches)
        assert isinstance(app, DabiaoApp)
        save_draft(bo.workspace, case_id, "bo", "applicant.name", "王大")
        bo.set(case_id, "applicant.name", "王大")
        app.look()
        await settled(pilot)
        assert len(searches) > before and "王大" in screen_text(app)


async def test_where_drafts_are_asked_for_another_draft_is_found(ana: Desk, bo: Desk) -> None:
    case_id = ana.create({"name": "王小明"})
    async with session(ana.workspace) as pilot:
        app = pilot.app
        assert isinstance(app, DabiaoApp)
        await burst(pilot, "/draft:bo\r")
        assert "王小明" not in screen_text(app)
        save_draft(bo.workspace, case_id, "bo", "applicant.name", "王大")
        app.look()
        await settled(pilot)
        assert "王小明" in screen_text(app)


async def test_todays_queue_stands_still_for_a_draft(ana: Desk, bo: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = ana.create({"name": "王小明"})
    async with session(ana.workspace) as pilot:
        app = pilot.app
        assert isinstance(app, DabiaoApp)
        await press(pilot, "1")
        looked: list[Any] = []
        monkeypatch.setattr(TodayScreen, "search", lambda *given, **named: looked.append(given))
        save_draft(bo.workspace, case_id, "bo", "applicant.name", "王大")
        app.look()
        assert looked == []
        bo.set(case_id, "tags", ["重点"])
        app.look()
        assert len(looked) == 1


def test_a_case_that_is_derived_anew_is_told_by_the_mark(ana: Desk) -> None:
    ana.create({"name": "王小明", "birth_date": "1990-03-07"})
    with Reader(ana.workspace) as reader:
        before = reader.cases_mark()
        assert reader.cases_mark() == before
        rederive(ana.workspace, ana.today.replace(year=2027), limit=10)
        assert reader.cases_mark() != before


async def test_a_list_looks_for_what_others_wrote_once_when_the_case_that_stands_on_it_is_left(
    ana: Desk, bo: Desk, searches: list[bool]
) -> None:
    case_id = ana.create({"name": "王小明"})
    async with session(ana.workspace) as pilot:
        app = pilot.app
        assert isinstance(app, DabiaoApp)
        await app.open_case(case_id)
        before = len(searches)
        for name in ("李梅", "张三"):
            bo.create({"name": name})
            app.look()
        assert len(searches) == before
        await press(pilot, "q")
        await settled(pilot)
        assert len(searches) == before + 1
        assert "李梅" in screen_text(app) and "张三" in screen_text(app)


async def test_what_was_changed_in_a_case_stands_in_its_row_as_soon_as_one_is_back(
    ana: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = ana.create({"name": "王小明"})
    async with session(ana.workspace) as pilot:
        app = pilot.app
        assert isinstance(app, DabiaoApp)
        monkeypatch.setattr(app, "look", lambda: None)  # before the next second
        await app.open_case(case_id, "applicant.name")
        await press(pilot, "enter", *"丰", "enter", "q")
        assert "王小明丰" in screen_text(app)


async def test_a_list_beneath_a_question_goes_on_showing_what_others_do(ana: Desk, bo: Desk) -> None:
    async with session(ana.workspace) as pilot:
        app = pilot.app
        assert isinstance(app, DabiaoApp)
        await press(pilot, "q")  # whether to leave
        bo.create({"name": "李梅"})
        app.look()
        await settled(pilot)
        await press(pilot, "n")
        assert "李梅" in screen_text(app)
