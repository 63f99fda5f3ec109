"""A session from start to end: what is loaded when, a terminal too small, quitting, the theme, a crash."""

import subprocess
import sys

import pytest
from desks import Desk
from screens import application, burst, press, screen_lines, screen_text, session, settled
from textual.widgets import Input

from models.reading import Reader
from models.workspace import Workspace
from tui.screens.cases import CasesScreen
from tui.screens.new_case import NewCaseScreen
from tui.screens.too_small import TooSmall

# the modules that take long to load, and so may not stand before the first frame
HEAVY = ("pydantic", "sqlmodel", "sqlalchemy", "alembic", "pypinyin", "models.writing", "engine.facts")


def test_nothing_heavy_is_loaded_before_the_first_frame(workspace: Workspace) -> None:
    """The modules at the moment at which the first frame is drawn, in a process of its own."""
    program = f"""
import sys
from collections import namedtuple
from datetime import date
from pathlib import Path
from models.workspace import open_workspace
from tui.app import DabiaoApp

Author = namedtuple("Author", "name origin")

def first_frame(app):
    heavy = [name for name in {HEAVY!r} if name in sys.modules]
    lines = [strip.text for strip in app.screen._compositor.render_strips()]
    print("heavy:", heavy, "drawn:", "ana" in lines[0], file=sys.__stdout__)
    app.exit()

DabiaoApp.derive_anew = first_frame
DabiaoApp(open_workspace(Path({str(workspace.path)!r})), Author("ana", ""), date(2026, 11, 22), "zh").run(headless=True)
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.stdout.split("\n")[0] == "heavy: [] drawn: True", ended.stderr


# --- a terminal too small


async def test_in_a_terminal_too_small_stands_one_plain_sentence(workspace: Workspace) -> None:
    async with session(workspace, size=(40, 10)) as pilot:
        shown = screen_text(pilot.app)
        assert "窗口太小" in shown
        assert "60×15" in shown
        assert "达标" not in shown


async def test_made_larger_again_everything_is_as_it_was(ana: Desk) -> None:
    ana.create({"name": "张三"})
    async with session(ana.workspace) as pilot:
        await burst(pilot, "N李女士")
        await pilot.resize_terminal(40, 10)
        await settled(pilot)
        assert isinstance(pilot.app.screen, TooSmall)
        await press(pilot, "x", "escape", "2")
        await pilot.resize_terminal(80, 24)
        await burst(pilot, "x")
        assert isinstance(pilot.app.screen, NewCaseScreen)
        assert pilot.app.screen.typed == {"contact.called": "李女士x"}


async def test_a_terminal_too_small_can_be_left(workspace: Workspace) -> None:
    app = application(workspace)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("q")
    assert app.return_code == 0


# --- quitting


async def test_q_on_the_first_screen_asks_and_another_key_than_q_says_yes(workspace: Workspace) -> None:
    app = application(workspace)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "q")
        assert "退出达标？ y" in screen_text(app)
        await press(pilot, "q")
        assert "退出达标？" not in screen_text(app)
        await press(pilot, "q", "ｙ")
    assert app.return_code == 0


async def test_where_other_keys_than_y_are_said_to_be_no_enter_is_one(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await press(pilot, "q")
        assert "其他键留下" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert pilot.app.is_running and pilot.app.return_code is None


async def test_q_on_another_screen_leads_back(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await press(pilot, "question_mark", "q")
        assert isinstance(pilot.app.screen, CasesScreen)
        assert "退出" not in screen_lines(pilot.app)[-2]


async def test_in_a_field_q_is_a_letter(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await burst(pilot, "/q2?")
        assert pilot.app.screen.query_one(Input).value == "q2?"


async def test_2_leads_to_the_cases_from_anywhere(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await press(pilot, "question_mark", "2")
        assert isinstance(pilot.app.screen, CasesScreen)


# --- undo from the list


async def test_undo_says_what_it_took_back_and_redo_puts_it_there_again(ana: Desk) -> None:
    case_id = ana.create({"name": "张三"})
    ana.change(case_id, ("status", "lead", "form"))
    async with session(ana.workspace) as pilot:
        await press(pilot, "u")
        assert "已撤销：张三 状态" in screen_lines(pilot.app)[-2]
        assert ana.case(case_id).status == "lead"
        await press(pilot, "U")
        assert "已重做：张三 状态" in screen_lines(pilot.app)[-2]
        assert ana.case(case_id).status == "form"


async def test_with_nothing_to_undo_that_is_said(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await press(pilot, "u")
        assert screen_lines(pilot.app)[-2].startswith(" ! ")


# --- the theme


async def test_the_theme_is_kept_as_the_consultants_own(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        assert pilot.app.theme == "dark"
        await press(pilot, "f3")
        assert pilot.app.theme == "light"
    async with session(workspace) as pilot:
        assert pilot.app.theme == "light"


# --- the end nobody wants


class Broken(Exception):
    """Something nobody thought of."""


async def test_what_a_worker_could_not_do_is_told_and_the_session_goes_on(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise Broken

    async with session(workspace) as pilot:
        monkeypatch.setattr("models.demo.build", broken)
        await press(pilot, "d")
        assert "没有做成" in screen_lines(pilot.app)[-2]
        await press(pilot, "slash")
        assert pilot.app.screen.query_one(Input).has_focus


async def test_without_a_language_or_theme_of_ones_own_nothing_is_kept(workspace: Workspace) -> None:
    async with session(workspace):
        pass
    with Reader(workspace) as reader:
        assert reader.preference("ana", "theme") is None
