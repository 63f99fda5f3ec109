"""Dark, light, the terminal's own sixteen colours, none: chosen by what the terminal can show, changed by a key."""

import pytest
from desks import Desk
from screens import press, session

from models.workspace import Workspace
from tui.theme import NAMES, of_terminal
from tui.widgets.table import Table


@pytest.mark.parametrize(
    ("environ", "theme"),
    [
        ({"TERM": "xterm-256color"}, "dark"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "none"),
        ({"TERM": "dumb"}, "none"),
        ({"TERM": "linux"}, "ansi"),
        ({"TERM": "linux", "COLORTERM": "truecolor"}, "dark"),
    ],
)
def test_a_terminal_gets_what_it_can_show(environ: dict[str, str], theme: str) -> None:
    assert of_terminal(environ) == theme


async def test_f3_goes_through_all_of_them_and_each_draws_every_screen(ana: Desk) -> None:
    ana.create({"name": "王小明", "birth_date": "1990-03-07"})
    async with session(ana.workspace) as pilot:
        for theme in (*NAMES[1:], NAMES[0]):
            await press(pilot, "f3")
            assert pilot.app.theme == theme
            await press(pilot, "enter", "m", "escape", "escape")
    assert pilot.app.return_code in (0, None)


async def test_without_colour_the_row_and_the_line_under_the_cursor_are_reversed(
    ana: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    ana.create({"name": "王小明", "birth_date": "1990-03-07"})
    async with session(ana.workspace) as pilot:
        cursor = pilot.app.screen.query_one(Table).get_component_rich_style("table--cursor", partial=True)
        assert cursor.reverse
        await press(pilot, "enter", "o")
        assert pilot.app.ink("cursor").reverse


async def test_what_a_consultant_chose_is_kept_but_no_color_goes_before_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with session(workspace) as pilot:
        await press(pilot, "f3")
    async with session(workspace) as pilot:
        assert pilot.app.theme == "light"
    monkeypatch.setenv("NO_COLOR", "1")
    async with session(workspace) as pilot:
        assert pilot.app.theme == "none"
