"""Widgets that draw their own lines: as Textual would draw them, anew where anything is another, and else not again."""

from collections.abc import Iterable, Sequence
from typing import cast

import pytest
from desks import Desk
from rich.segment import Segment
from rich.style import Style
from screens import session, settled
from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult
from textual.strip import Strip

from models.workspace import Workspace
from tui.app import DabiaoApp
from tui.theme import NAMES
from tui.widgets.lines import CellView, Drawn
from tui.widgets.own_lines import BOLD, OneLine, Run

EDGES = ("", "border-right: vkey red;", "padding: 0 2;", "border-left: vkey green; padding: 0 3 0 1;")
Sign = tuple[str, object, object, object]
WORDS = ("张三", "x" * 40, "三" * 40, "")


class Said(OneLine):
    """Words, then bold ones."""

    words = ""

    def runs(self, room: int, base: Style) -> Iterable[Run]:
        yield self.words, base
        yield "完", base + BOLD

    def render_line(self, y: int) -> Strip:
        """The same for Textual."""
        base = self.rich_style
        line = Strip([Segment(text, style) for text, style in self.runs(self.size.width, base)])
        return line.adjust_cell_length(self.size.width, base)


class Stage(App[None]):
    """One line."""

    def compose(self) -> ComposeResult:
        yield Said()


def staged(edges: str = "") -> Stage:
    """The line with edges."""
    worn = (
        f"Said {{ width: 31; height: 1; background: blue; color: white; {edges} }} Said.-warning {{ color: yellow; }}"
    )
    return type("Worn", (Stage,), {"CSS": worn})()  # type: ignore[no-any-return]


def cells(line: Strip) -> list[Sign]:
    """A line sign by sign, however it is cut into pieces."""
    return [
        (sign, style.color, style.bgcolor, bool(style.bold))
        for text, style, _ in line
        for sign in text
        if style is not None
    ]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("edges", EDGES)
async def test_a_line_of_its_own_is_what_textual_would_draw(edges: str, words: str) -> None:
    async with staged(edges).run_test(size=(31, 3)) as pilot:
        said = pilot.app.query_one(Said)
        said.words = words
        said.refresh()
        assert drawn_by(said, said._styles_cache) == drawn_by(said, StylesCache())


async def test_a_line_in_another_colour_is_drawn_in_it() -> None:
    async with staged().run_test(size=(31, 3)) as pilot:
        said = pilot.app.query_one(Said)
        own = said._styles_cache
        before = drawn_by(said, own)
        said.add_class("-warning")
        await pilot.pause()
        assert before != drawn_by(said, own) == drawn_by(said, StylesCache())


def drawn_by(said: Said, way: StylesCache) -> Sequence[Sign]:
    """The line as it is drawn."""
    said._styles_cache = way
    [line] = said.render_lines(said.region.reset_offset)
    return cells(line)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Drawn]:
    """Each line of cells that is made from now on."""
    made: list[Drawn] = []
    strip = CellView._strip

    def noted(view: CellView, line: Drawn, *given: object) -> Strip:
        made.append(line)
        return strip(view, line, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(CellView, "_strip", noted)
    return made


async def test_what_the_case_before_had_too_is_not_drawn_again(
    workspace: Workspace, ana: Desk, drawn: list[Drawn]
) -> None:
    ana.create({"name": "张三"})
    ana.create({"name": "李四"})
    async with session(workspace) as pilot:
        await pilot.press("enter")
        await settled(pilot)
        drawn.clear()
        await pilot.press("right_square_bracket")
        await settled(pilot)
    assert 0 < len(drawn) < 4  # the name, and what its line marks


@pytest.mark.parametrize("name", NAMES)
async def test_another_theme_colours_every_line_anew(workspace: Workspace, ana: Desk, name: str) -> None:
    ana.create({"name": "张三"})
    async with session(workspace, size=(120, 40)) as pilot:
        await pilot.press("enter")
        await settled(pilot)
        cast(DabiaoApp, pilot.app).wear(name)
        await settled(pilot)
        turned = whole(pilot.app)
    async with session(workspace, size=(120, 40)) as pilot:
        cast(DabiaoApp, pilot.app).wear(name)
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert turned == whole(pilot.app)


def whole(app: App[None]) -> Sequence[list[Sign]]:
    """All signs of the screen, with their colours."""
    return [cells(line) for line in app.screen._compositor.render_strips()]
