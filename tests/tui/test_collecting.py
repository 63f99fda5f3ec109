"""Memory of a long session: what is done with goes, also where it has been looked at before."""

import gc
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

from tui.collecting import tidy


class Ring:
    """Holds itself, as screens and their widgets hold one another."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def by_hand_alone() -> Iterator[None]:
    """Nothing is sought but by what is tested."""
    was = gc.isenabled()
    gc.disable()
    yield
    if was:
        gc.enable()


def work() -> list[list[Any]]:
    """As much as some keys make."""
    return [[] for _ in range(5_000)]


def test_what_was_made_since_the_last_pause_and_is_done_with_goes() -> None:
    ring = Ring()
    gone = weakref.ref(ring)
    made = work()
    del ring
    tidy()
    assert made and gone() is None


def test_what_has_outlived_a_pause_goes_some_pauses_later() -> None:
    ring = Ring()
    gone = weakref.ref(ring)
    gc.collect()
    del ring
    made = []
    for _ in range(8):
        made.append(work())
        tidy()
    assert made and gone() is None


def test_nothing_is_sought_where_nothing_was_done() -> None:
    gc.collect()
    ring = Ring()
    there = weakref.ref(ring)
    del ring
    tidy()
    assert there() is not None
