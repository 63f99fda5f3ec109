"""Names that carry markup, commands for the terminal, signs that hide or turn round: shown as text, on every screen."""

from typing import Any

import pytest
from desks import Desk
from hostile import HIDDEN, NAMES, planted
from rich.cells import cell_len
from rich.segment import Segment
from screens import burst, press, screen_lines, screen_text, session, settled
from textual import events
from textual.color import Color
from textual.strip import Strip
from textual.widgets import Input

from tui.clean import NoControls
from tui.screens.cases import CasesScreen

BLACK = Color.parse("#000000")
PARTS = "ftpmorchai"


def shown(text: str) -> str:
    """A text as the last filter lets it through."""
    return "".join(segment.text for segment in NoControls().apply([Segment(text)], BLACK))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_what_is_hidden_or_steers_is_left_out_and_the_line_stays_as_wide(name: str) -> None:
    assert not HIDDEN & set(shown(name))
    assert cell_len(shown(name)) == cell_len(name)


def test_plain_text_is_let_through_as_it_is() -> None:
    for text in ("张三 138 ▓▒│ é ａ", "a" * 200, "‘引号’—…→", "👍", "Müller e\u0301"):
        assert shown(text) == text


def test_marks_grow_out_of_no_line() -> None:
    assert shown("e" + "\u0301" * 40) == "e" + "\u0301" * 3


class Looked:
    """Looks at each screen a session comes by: what is in its lines, and how wide they are."""

    def __init__(self, pilot: Any) -> None:
        self.pilot = pilot
        self.screens: set[str] = set()

    async def press(self, *keys: str) -> None:
        """Press keys one by one, and look after each."""
        for key in keys:
            await press(self.pilot, key)
            self.look()

    def look(self) -> None:
        app = self.pilot.app
        self.screens.add(type(app.screen).__name__)
        strips: list[Strip] = app.screen._compositor.render_strips()
        for strip in strips:
            assert not HIDDEN & set(strip.text), f"{type(app.screen).__name__}: {strip.text!r}"
            assert strip.cell_length == cell_len(strip.text) == app.size.width, f"{strip.text!r}"


async def test_on_every_screen_they_are_text(ana: Desk) -> None:
    for n in range(len(NAMES)):
        planted(ana, n)
    async with session(ana.workspace, size=(160, 45)) as pilot:
        looked = Looked(pilot)
        await looked.press("j", "end")
        for where in "23456":
            await looked.press(where, "j")
            if where == "4":
                await looked.press("enter", "j", "m", "escape", "escape")
        await looked.press("1", "?", "escape", "ctrl+p", "escape", "n", "escape", "C", "escape", "v", "escape")
        await looked.press("space", "j", "space", "m", "escape", "escape", "x")
        assert isinstance(pilot.app.screen_stack[0], CasesScreen)
    assert looked.screens >= {
        "CasesScreen",
        "TodayScreen",
        "CalendarScreen",
        "EmployersScreen",
        "PolicyScreen",
        "ExamsScreen",
    }


@pytest.mark.parametrize("n", [0, 8])
async def test_so_they_are_in_every_part_of_a_case(ana: Desk, n: int) -> None:
    case_id = planted(ana, n)
    async with session(ana.workspace, size=(80, 24)) as pilot:
        looked = Looked(pilot)
        await pilot.app.open_case(case_id)
        await settled(pilot)
        for part in PARTS:
            await looked.press(part, "j")
        await looked.press("f", "j", "enter", "escape", "w", "escape", "y", "f4", "escape")
        assert len(looked.screens) >= len(PARTS)


@pytest.mark.parametrize(
    "line", ["字" * 10_000, "z" * 10_000, "状态:" * 3_000, '"' * 9_999, "a " * 5_000, "-" * 10_000]
)
async def test_a_filter_of_ten_thousand_characters_is_answered(ana: Desk, line: str) -> None:
    ana.create({"name": "王小明"})
    async with session(ana.workspace) as pilot:
        await press(pilot, "/")
        pilot.app.screen.query_one("#filter", Input).value = line
        await settled(pilot)
        Looked(pilot).look()
        await press(pilot, "escape", "escape")
        await burst(pilot, "/王")
        assert "1 / 1" in screen_lines(pilot.app)[0]


async def test_a_megabyte_that_is_pasted_is_refused_with_the_reason_and_keys_go_on(ana: Desk) -> None:
    case_id = ana.create({"name": "王小明"})
    megabyte = "\x1b[201~q王\n" * 100_000

    async def paste() -> None:
        pilot.app.post_message(events.Paste(megabyte))
        await settled(pilot)
        assert "900000 字" in screen_text(pilot.app) and "什么都没有粘进去" in screen_text(pilot.app)
        Looked(pilot).look()

    async with session(ana.workspace) as pilot:
        await paste()
        await press(pilot, "/")
        await paste()
        await burst(pilot, "王\r\r")
        await press(pilot, "j", "enter")
        await paste()
        await press(pilot, "escape", "i")
        await paste()
        await press(pilot, "escape", "l")
        await paste()
        await burst(pilot, "已寄出\r")
    assert "已寄出" in str(ana.case(case_id))
