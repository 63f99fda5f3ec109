"""Lines that have been drawn go by themselves, whatever pieces they were drawn in."""

import gc
from collections.abc import Iterator

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

from tui import strips
from tui.clean import in_turn


@pytest.fixture(autouse=True)
def only_counted() -> Iterator[None]:
    """Garbage is not looked for meanwhile."""
    strips.let_go()
    was = gc.isenabled()
    gc.collect()
    gc.disable()
    yield
    if was:
        gc.enable()


def line() -> Strip:
    return Strip([Segment("张三"), Segment(" 138")])


def test_a_line_that_was_drawn_whole_goes_by_itself() -> None:
    drawn = line()
    assert drawn.divide([drawn.cell_length]) == [drawn]
    del drawn
    assert gc.collect() == 0


@pytest.mark.parametrize(
    ("cuts", "pieces"), [([4, 8], ["张三", " 138"]), ([8, 20], ["张三 138"]), ([3, 8], ["张 ", "  138"])]
)
def test_it_is_divided_as_ever(cuts: list[int], pieces: list[str]) -> None:
    assert [piece.text for piece in line().divide(cuts)] == pieces


class Adds(LineFilter):
    """Puts a sign behind each segment."""

    def __init__(self, sign: str) -> None:
        super().__init__()
        self.sign = sign

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [Segment(segment.text + self.sign) for segment in segments]


def test_several_filters_are_one_that_applies_them_in_turn() -> None:
    first, second = Adds("1"), Adds("2")
    black = Color.parse("black")
    assert line().apply_filter(in_turn(first, second), black).text == "张三12 13812"


def test_what_was_drawn_through_the_same_filters_is_not_filtered_again() -> None:
    first, second = Adds("1"), Adds("2")
    drawn, black = line(), Color.parse("black")
    assert drawn.apply_filter(in_turn(first, second), black) is drawn.apply_filter(in_turn(first, second), black)
