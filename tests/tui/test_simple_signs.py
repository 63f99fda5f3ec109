"""Signs of one cell, for terminals that draw ambiguous ones wide: nothing moves, and states are still told apart."""

import unicodedata
from pathlib import Path

import pytest
from desks import Desk
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from screens import press, screen_lines, screen_text, session, settled
from textual import events
from textual.color import Color

import tui
from engine import words
from models.reading import Reader
from models.workspace import Workspace
from tui.judging import COLUMN, PREFERENCE, ROW, read, wide
from tui.simple_signs import SAMPLE, SimpleSigns, simple

AMBIGUOUS = [chr(n) for n in range(0x30000) if unicodedata.east_asian_width(chr(n)) == "A"]
ONE_CELL = [sign for sign in AMBIGUOUS if cell_len(sign) == 1]
SOURCES = [
    path
    for root in (tui, words)
    for path in Path(str(root.__file__)).parent.rglob("*")
    if path.suffix in (".py", ".toml")
]


def test_every_ambiguous_sign_has_a_stand_in_of_one_plain_cell() -> None:
    assert len(ONE_CELL) > 1000
    assert {sign for sign in ONE_CELL if not (simple(sign).isascii() and simple(sign).isprintable())} == set()
    assert {len(simple(sign)) for sign in ONE_CELL} == {1}


@given(st.text(st.sampled_from([*AMBIGUOUS, *"王小明 abc，。①⑫é"]), max_size=60))
def test_a_line_keeps_its_width_and_loses_its_ambiguous_signs(line: str) -> None:
    drawn = SimpleSigns().apply([Segment(line)], Color(0, 0, 0))[0].text
    assert len(drawn) == len(line)
    for sign, stand_in in zip(line, drawn, strict=True):
        assert stand_in == sign if cell_len(sign) != 1 or sign.isascii() else stand_in.isascii()


def test_what_the_screens_draw_has_a_sign_of_its_own_and_not_a_question_mark() -> None:
    drawn = {sign for path in SOURCES for sign in path.read_text(encoding="utf-8") if not sign.isascii()}
    narrow = {sign for sign in drawn - {"¿"} if cell_len(sign) == 1}
    assert "▓" in narrow
    assert {sign for sign in narrow if not simple(sign).isascii() or simple(sign) == "?"} == set()


@pytest.mark.parametrize("together", ["▓▒│ ", "█▓▒░ ", "─│┌┄╎░▲▼·◆ ", "═─◆▼╎[]", "✓✗·…", "←→↑↓"])
def test_signs_that_stand_side_by_side_are_still_told_apart(together: str) -> None:
    assert len(set(simple(together))) == len(together)


def test_a_sign_is_never_made_another_value() -> None:
    assert simple("①é²“张”——½⑫Ⅳ") == '1e2"张"--???'


def test_what_is_kept_by_hand_and_wrong_is_passed_over() -> None:
    assert read('{"xterm": "simple", "linux": 3}') == {"xterm": "simple"}
    assert read("{") == read("[]") == read(None) == {}


@pytest.mark.parametrize(("after", "answer"), [(len(SAMPLE), False), (len(SAMPLE) * 2, True), (len(SAMPLE) + 1, True)])
def test_the_cursor_stands_further_right_where_signs_are_wide(after: int, answer: bool) -> None:
    assert wide(COLUMN - 1 + after, ROW - 1) is answer


def test_a_key_that_looks_like_an_answer_is_none() -> None:
    assert wide(1, 0) is None  # shift+f3, ESC [ 1 ; 2 R


# --- on screen


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_with_simple_signs_no_line_of_list_case_and_time_has_an_ambiguous_one(ana: Desk, language: str) -> None:
    ana.create({"name": "王“小”明·①", "birth_date": "1990-03-07"})
    async with session(ana.workspace, language=language, size=(120, 30)) as pilot:
        full = screen_lines(pilot.app)
        assert ambiguous(full)
        await press(pilot, "f5")
        plain = screen_lines(pilot.app)
        assert not ambiguous(plain)
        assert [cell_len(line) for line in plain[:-2]] == [cell_len(line) for line in full[:-2]]
        for keys in (("enter",), ("t",), ("escape", "m"), ("escape", "escape", "question_mark")):
            await press(pilot, *keys)
            assert not ambiguous(screen_lines(pilot.app))
        await press(pilot, "escape", "f5")
        assert ambiguous(screen_lines(pilot.app))


def ambiguous(lines: list[str]) -> set[str]:
    """The ambiguous signs on a screen."""
    return {sign for line in lines for sign in line if unicodedata.east_asian_width(sign) == "A"}


async def test_the_choice_is_the_consultants_own_in_this_kind_of_terminal(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    async with session(workspace) as pilot:
        await press(pilot, "f5")
    with Reader(workspace) as reader:
        assert reader.preference("ana", PREFERENCE) == '{"xterm": "simple"}'
        assert reader.preference("bo", PREFERENCE) is None
    async with session(workspace) as pilot:
        assert not ambiguous(screen_lines(pilot.app))
    monkeypatch.setenv("TERM", "xterm-256color")
    async with session(workspace) as pilot:
        assert ambiguous(screen_lines(pilot.app))


@pytest.mark.parametrize(("cells", "simple_ones"), [(1, False), (2, True)])
async def test_an_answer_takes_the_question_away_whatever_it_is(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, cells: int, simple_ones: bool
) -> None:
    monkeypatch.delenv("DABIAO_SIGNS")
    monkeypatch.delenv("TMUX", raising=False)  # in which whoever runs the tests may be
    async with session(workspace) as pilot:
        pilot.app._waits = True
        pilot.app.ask_person()  # it was late
        await settled(pilot)
        assert "表格会错位" in screen_text(pilot.app)
        pilot.app._waits = True
        pilot.app.post_message(events.CursorPosition(COLUMN - 1 + cells * len(SAMPLE), ROW - 1))
        await settled(pilot)
        assert "表格会错位" not in screen_text(pilot.app)
        assert bool(ambiguous(screen_lines(pilot.app))) is not simple_ones


async def test_an_answer_nobody_asked_for_changes_nothing(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        pilot.app.post_message(events.CursorPosition(COLUMN - 1 + 2 * len(SAMPLE), ROW - 1))
        await settled(pilot)
        assert ambiguous(screen_lines(pilot.app))
