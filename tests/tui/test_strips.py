"""Lines that have been drawn go by themselves, whatever pieces they were drawn in."""

import gc
from collections.abc import Iterator

import pytest
from rich.segment import Segment
from textual.strip import Strip

from tui import strips


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
