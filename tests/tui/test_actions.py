"""The one registry of actions: bindings, footer, help, palette and docs/keys.md all say what it says."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from desks import Desk
from rich.cells import cell_len
from screens import burst, line_with, press, screen_lines, screen_text, session, settled
from textual.keys import _character_to_key

from models.workspace import Workspace
from tui import actions, keys_page
from tui.actions import ACTIONS, BY_ID, NAME, Action, display
from tui.app import DabiaoApp
from tui.palette import KEY
from tui.screens.as_it_was import AsItWasScreen
from tui.screens.case import CaseScreen
from tui.screens.cases import CasesScreen
from tui.screens.exams import ExamsScreen
from tui.screens.help import HelpScreen
from tui.screens.history import HistoryScreen
from tui.screens.line import LineScreen
from tui.screens.new_case import NewCaseScreen
from tui.screens.passage import PassageScreen
from tui.screens.plan import PlanScreen
from tui.screens.policy import PolicyScreen
from tui.screens.risks import RisksScreen
from tui.screens.time import TimeScreen
from tui.screens.view import View
from tui.text import LANGUAGES, text

VIEWS = (
    CasesScreen,
    ExamsScreen,
    PolicyScreen,
    PassageScreen,
    CaseScreen,
    LineScreen,
    HistoryScreen,
    TimeScreen,
    PlanScreen,
    RisksScreen,
    AsItWasScreen,
    NewCaseScreen,
    HelpScreen,
)


def each(scope: str) -> Iterator[Action]:
    return iter(actions.actions((scope,)))


# --- the registry itself


def test_no_two_actions_have_one_id() -> None:
    assert [name for name, count in Counter(action.id for action in ACTIONS).items() if count > 1] == []


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_on_one_screen_a_key_means_one_thing(view: type[View]) -> None:
    own = [key for scope in view.SCOPES for action in each(scope) for key in action.keys]
    assert [key for key, count in Counter(own).items() if count > 1] == []


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_every_action_of_a_screen_is_answered_there(view: type[View]) -> None:
    missing = [action.id for scope in view.SCOPES for action in each(scope) if not hasattr(view, f"act_{action.name}")]
    assert missing == []


def test_every_action_of_the_application_is_answered() -> None:
    assert [action.id for action in each("app") if not hasattr(DabiaoApp, f"act_{action.name}")] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_has_a_name_and_its_scope_and_group_too(action: Action, language: str) -> None:
    assert text(f"action.{action.id}", language).strip()
    assert text(f"scope.{action.scope}", language).strip()
    assert action.group in actions.GROUPS
    assert text(f"group.{action.group}", language).strip()


@pytest.mark.parametrize(
    ("scope", "name", "keys"),
    [
        ("app", "today", "1"),
        ("app", "cases", "2"),
        ("app", "calendar", "3"),
        ("app", "employers", "4"),
        ("app", "policy", "5"),
        ("app", "exams", "6"),
        ("app", "undo", "u"),
        ("app", "redo", "U"),
        ("app", "help", "?"),
        ("app", "palette", "ctrl+p"),
        ("app", "language", "f2"),
        ("app", "back", "q"),
        ("list", "down", "j down"),
        ("list", "up", "k up"),
        ("list", "first", "g home"),
        ("list", "last", "G end"),
        ("cases", "filter", "/"),
        ("cases", "open", "enter"),
        ("cases", "new", "n"),
        ("cases", "copy", "y"),
        ("cases", "clear", "escape"),
        ("cases", "select", "space"),
        ("cases", "select_all", "a"),
        ("cases", "stage", "s"),
        ("cases", "log", "l"),
        *((scope, "filter", "/") for scope in ("today", "calendar", "exams", "employers", "policy")),
        ("part", "facts", "f"),
        ("part", "time", "t"),
        ("part", "plan", "p"),
        ("part", "what_if", "w"),
        ("part", "materials", "m"),
        ("part", "progress", "o"),
        ("part", "risks", "r"),
        ("part", "notes", "c"),
        ("part", "history", "h"),
        ("part", "stage", "s"),
        ("part", "log", "l"),
        ("part", "next_part", "tab"),
        ("part", "previous", "["),
        ("part", "next", "]"),
        ("part", "leave", "escape"),
        ("history", "take_back", "u"),
        ("history", "do_again", "U"),
        ("history", "copy", "y"),
        ("case", "edit", "e enter"),
        ("case", "add", "n"),
        ("case", "remove", "x"),
        ("case", "other_side", "right left"),
        ("notes", "add", "n"),
        ("notes", "remove", "x"),
        ("what_if", "add", "n"),
        ("what_if", "drop", "x"),
        *(
            (scope, "copy", "y")
            for scope in ("case", "time", "plan", "what_if", "materials", "progress", "risks", "notes")
        ),
    ],
)
def test_the_keys_are_the_ones_that_were_promised(scope: str, name: str, keys: str) -> None:
    assert set(keys.split()) <= set(BY_ID[f"{scope}.{name}"].keys)


def test_every_binding_carries_the_id_of_its_action() -> None:
    assert all(binding.id in BY_ID for binding in actions.bindings("app", "cases", "list", "case"))


@pytest.mark.parametrize(
    ("key", "other"),
    [
        *(("/", "、"), ("/", "／"), ("?", "？"), ("[", "【"), ("]", "】"), ("j", "ｊ"), ("2", "２"), ("G", "Ｇ")),
        *((".", "。"), (".", "．")),
    ],
)
def test_the_full_width_form_of_a_key_is_the_same_key(key: str, other: str) -> None:
    assert other in actions.forms(key)


def test_named_keys_have_one_form() -> None:
    assert actions.forms("ctrl+p") == ("ctrl+p",)
    assert actions.forms("enter") == ("enter",)


def test_forms_of_different_keys_never_meet() -> None:
    signs = [chr(code) for code in range(0x21, 0x7F)]
    forms = [_character_to_key(form) for sign in signs for form in actions.forms(sign)]
    assert len(forms) == len(set(forms))


def test_the_page_of_keys_is_not_stale() -> None:
    written = Path(__file__).parents[2].joinpath("docs", "keys.md").read_text(encoding="utf-8")
    assert written == keys_page.page(), "write it again: python -m tui.keys_page > docs/keys.md"


# --- what the screens make of it


async def test_a_key_can_be_given_to_another_action(ana: Desk) -> None:
    ana.create({"name": "张三"})
    async with session(ana.workspace) as pilot:
        pilot.app.set_keymap({"cases.new": "a"})
        await press(pilot, "a")
        assert isinstance(pilot.app.screen, NewCaseScreen)


async def test_an_action_that_cannot_be_done_says_why(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await press(pilot, "enter")
        assert "这里没有案件" in screen_lines(pilot.app)[-2]


async def test_what_was_said_goes_with_the_next_action(ana: Desk) -> None:
    ana.create({"name": "张三"})
    async with session(ana.workspace) as pilot:
        await press(pilot, "escape")
        assert "没有筛选" in screen_lines(pilot.app)[-2]
        await press(pilot, "j")
        assert screen_lines(pilot.app)[-2] == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_and_palette_have_room_for_the_name_of_every_action(language: str) -> None:
    names = [text(f"action.{action.id}", language) for action in ACTIONS]
    assert [name for name in names if cell_len(name) > NAME] == []


def test_the_palette_has_room_for_the_first_key_of_what_it_shows() -> None:
    keys = [display(action.keys[0]) for action in ACTIONS if action.group != "move"]
    assert [key for key in keys if cell_len(key) > KEY] == []


async def test_the_footer_names_keys_of_the_registry_and_always_help_and_back(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        footer = screen_lines(pilot.app)[-1]
        assert [part for part in footer.split("  ") if part] == [
            " enter 打开",
            "/ 筛选",
            "n 新客户",
            "m 成批办",
            "v 视图",
            "? 按键",
            "ctrl+p 命令",
            "q 返回",
        ]


async def test_on_a_narrow_screen_the_footer_keeps_help_and_back(ana: Desk) -> None:
    async with session(ana.workspace, size=(60, 20), language="en") as pilot:
        footer = screen_lines(pilot.app)[-1]
        assert "? Keys" in footer
        assert "q Back" in footer


async def test_while_one_types_the_footer_names_only_keys_that_are_not_letters(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "slash")
        footer = screen_lines(pilot.app)[-1]
        assert "f1 按键" in footer
        assert "q 返回" not in footer


async def test_in_a_field_of_a_case_too_the_footer_names_no_key_that_is_a_letter_there(ana: Desk) -> None:
    ana.create({"name": "张三"})
    async with session(ana.workspace) as pilot:
        await press(pilot, "enter", "down", "e")
        assert screen_lines(pilot.app)[-1].split() == [
            *("tab", "下一项", "shift+tab", "上一项", "enter", "好了", "esc", "离开"),
            *("f1", "按键", "ctrl+p", "命令"),
        ]


async def test_a_click_on_the_footer_is_the_key(ana: Desk) -> None:
    ana.create({"name": "张三"})
    async with session(ana.workspace) as pilot:
        await pilot.click("Footer", offset=(25, 0))
        await settled(pilot)
        assert isinstance(pilot.app.screen, NewCaseScreen)


async def test_help_lists_every_key_of_the_screen_and_why_one_cannot_be_used(ana: Desk) -> None:
    ana.create({"name": "张三"})
    async with session(ana.workspace, size=(100, 60)) as pilot:
        await press(pilot, "question_mark")
        shown = screen_text(pilot.app)
        for scope in ("cases", "list", "filter", "app"):
            for action in each(scope):
                assert text(f"action.{action.id}", "zh") in shown
        assert "没有筛选" in line_with(pilot.app, "清除筛选")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CasesScreen)


async def test_help_of_a_screen_stands_in_the_order_of_its_scopes(ana: Desk) -> None:
    async with session(ana.workspace, size=(100, 60)) as pilot:
        await press(pilot, "question_mark")
        shown = screen_text(pilot.app)
        places = [shown.index(text(f"scope.{scope}", "zh"), 30) for scope in ("cases", "list", "filter", "app")]
        assert all(before < after for before, after in pairwise(places))


@pytest.mark.parametrize("typed", ["新建", "new", "n"])
async def test_the_palette_does_what_is_named_in_either_language_or_by_key(ana: Desk, typed: str) -> None:
    ana.create({"name": "张三"})
    async with session(ana.workspace) as pilot:
        await press(pilot, "ctrl+p")
        await burst(pilot, typed + "\r")
        assert isinstance(pilot.app.screen, NewCaseScreen)


async def test_in_the_palette_what_is_named_so_stands_before_what_belongs_to_a_place_named_so(ana: Desk) -> None:
    ana.create({"name": "张三"})
    async with session(ana.workspace) as pilot:
        await press(pilot, "ctrl+p")
        await burst(pilot, "列")  # of 案件列表, which all actions here belong to
        assert "选列" in line_with(pilot.app, "▸ C")
        assert " /  " in screen_text(pilot.app)


async def test_the_palette_shows_every_action_but_those_that_move(ana: Desk) -> None:
    async with session(ana.workspace, size=(100, 80)) as pilot:
        await press(pilot, "ctrl+p")
        shown = screen_text(pilot.app)
        for scope in ("cases", "app"):
            for action in each(scope):
                if action.group != "move" and action.id != "app.palette":
                    assert text(f"action.{action.id}", "zh") in shown


async def test_the_palette_says_why_not_and_does_nothing_then(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await press(pilot, "ctrl+p")
        await burst(pilot, "打开")
        assert "这里没有案件" in line_with(pilot.app, "▸ enter")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CasesScreen)
        assert "这里没有案件" in screen_lines(pilot.app)[-2]


async def test_the_palette_says_when_nothing_fits_and_esc_leaves_it(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "/")
        await press(pilot, "ctrl+p")
        await burst(pilot, "zzz")
        assert "没有这个命令" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CasesScreen)
