"""The screen of the facts stays when a case is left, and the next case is put into it: nothing of the one before shows;
what is drawn is drawn once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from desks import Desk
from screens import burst, press, screen_lines, screen_text, session
from textual._compositor import LayoutUpdate
from textual.app import App

from tui.screens.case import CaseScreen

WANG = {"name": "王小明", "hukou": {"province": "安徽"}, "insurance": [{"from": "2022-11", "base": 9000}]}
LI = {"name": "李梅", "birth_date": "1991-02-03", "employment": {"uscc": "91310115MA1K3BXX0C"}}


@contextmanager
def frames(app: App[Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is drawn meanwhile: "whole" for a frame of the whole screen, "part" for a stretch of it."""
    drawn: list[str] = []
    before = app._display

    def display(screen: Any, what: Any) -> None:
        if what is not None:
            drawn.append("whole" if isinstance(what, LayoutUpdate) else "part")
        before(screen, what)

    with monkeypatch.context() as patched:
        patched.setattr(app, "_display", display)
        yield drawn


async def test_a_case_that_is_opened_is_drawn_once(ana: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ana.create(WANG)
    ana.create(LI)
    async with session(ana.workspace) as pilot:
        with frames(pilot.app, monkeypatch) as drawn:
            await press(pilot, "enter")  # its screen is made
        assert drawn.count("whole") == 1
        await press(pilot, "q", "down")
        with frames(pilot.app, monkeypatch) as drawn:
            await press(pilot, "enter")  # it is there
        assert drawn == ["whole"]


async def test_another_part_is_drawn_once(ana: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ana.create(WANG)
    async with session(ana.workspace) as pilot:
        await press(pilot, "enter")
        with frames(pilot.app, monkeypatch) as drawn:
            await press(pilot, "m")
        assert drawn.count("whole") == 1


async def test_what_others_do_to_the_list_is_not_drawn_while_a_case_stands_on_it(
    ana: Desk, bo: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.create(WANG)
    async with session(ana.workspace) as pilot:
        await press(pilot, "enter")
        bo.create(LI)
        with frames(pilot.app, monkeypatch) as drawn:
            pilot.app.look()  # type: ignore[attr-defined]
            await pilot.pause(0.1)
        assert "whole" not in drawn
        await press(pilot, "q")
        assert "李梅" in screen_text(pilot.app)


async def test_nothing_of_the_case_before_is_left(ana: Desk) -> None:
    wang, li = ana.create(WANG), ana.create(LI)
    async with session(ana.workspace, size=(90, 40)) as pilot:
        app: Any = pilot.app

        async def both_sides() -> list[list[str]]:
            await app.open_case(li)
            await pilot.pause()
            left = screen_lines(app)
            await press(pilot, "right")
            right = screen_lines(app)
            await press(pilot, "q")
            return [left, right]

        fresh = await both_sides()
        await app.open_case(wang, "applicant.permit.valid_until")  # unfolded, the cursor there
        app.screen.tell("说了一句")
        assert "说了一句" in screen_text(app)
        app.pop_screen()
        assert await both_sides() == fresh
        await app.open_case(li)
        await press(pilot, "right", "G", "q")  # its own right side at the end
        assert await both_sides() == fresh


async def test_what_was_being_typed_when_the_case_was_left_is_kept_and_not_carried_over(
    ana: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.widgets.facts.KEEP_AFTER", 600)  # not by itself
    wang, li = ana.create(WANG), ana.create(LI)
    async with session(ana.workspace) as pilot:
        app: Any = pilot.app
        await app.open_case(wang, "applicant.name")
        await press(pilot, "enter", *"丰")
        app.pop_screen()
        await app.open_case(li, "applicant.name")
        await pilot.pause()
        assert isinstance(app.screen, CaseScreen) and app.screen.facts.editor is None
        assert "丰" not in screen_text(app)
        assert ana.drafts(wang) == {"applicant.name": "王小明丰"}
    assert ana.document(li) == LI and ana.document(wang)["name"] == "王小明"


async def test_a_case_opened_out_of_another_leaves_that_one_as_it_was(ana: Desk) -> None:
    wang, li = ana.create(WANG), ana.create(LI)
    async with session(ana.workspace) as pilot:
        app: Any = pilot.app
        await app.open_case(wang, "applicant.hukou.province")
        before = screen_lines(app)
        await app.open_case(li)
        await pilot.pause()
        assert "李梅" in screen_lines(app)[0]
        await press(pilot, "q")
        assert screen_lines(app) == before


async def test_the_theme_and_the_language_chosen_meanwhile_are_the_next_cases_too(ana: Desk) -> None:
    ana.create(WANG)
    async with session(ana.workspace) as pilot:
        await press(pilot, "enter")
        dark = pilot.app.screen.query_one("Header").rich_style.color
        await press(pilot, "q", "f3", "f2", "enter")
        assert pilot.app.screen.query_one("Header").rich_style.color != dark
        assert "0 proven" in screen_lines(pilot.app)[0]


async def test_a_case_that_is_gone_when_it_is_to_be_opened_leads_back_to_the_list(ana: Desk, bo: Desk) -> None:
    wang, li = bo.create(WANG), ana.create(LI)
    async with session(ana.workspace) as pilot:
        app: Any = pilot.app
        await app.open_case(li)
        await press(pilot, "q")
        bo.undo(wang)
        await app.open_case(wang)
        await pilot.pause()
        assert not isinstance(app.screen, CaseScreen) and len(app.screen_stack) == 1


async def test_the_next_case_by_its_key_is_put_into_the_same_place(ana: Desk) -> None:
    ana.create(WANG)
    ana.create(LI)
    async with session(ana.workspace) as pilot:
        await press(pilot, "enter")
        first = screen_lines(pilot.app)[0]
        await burst(pilot, "]")
        other = screen_lines(pilot.app)[0]
        await burst(pilot, "[")
        assert first != other and screen_lines(pilot.app)[0] == first
