"""Memory of a long session: what is done with goes, also where it has been looked at before."""

import gc
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

from tui.collecting import tidy

BETWEEN_KEYS, READING = 0.5, 5.0  # seconds


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
    tidy(BETWEEN_KEYS)
    assert made and gone() is None


def outlived(pauses: int, quiet: float) -> bool:
    """Whether what has outlived a pause and is done with goes after so many more, as long as that each."""
    ring = Ring()
    gone = weakref.ref(ring)
    gc.collect()
    del ring
    made = []
    for _ in range(pauses):
        made.append(work())
        tidy(quiet)
    return gone() is None


def test_what_has_outlived_a_pause_goes_in_a_long_one() -> None:
    assert outlived(8, READING)


def test_between_keys_it_is_not_looked_for() -> None:
    assert not outlived(8, BETWEEN_KEYS)


def test_it_goes_at_last_where_nobody_ever_rests() -> None:
    assert outlived(80, BETWEEN_KEYS)


def test_a_long_pause_comes_after_the_work_is_done() -> None:
    ring = Ring()
    gone = weakref.ref(ring)
    gc.collect()
    del ring
    made = []
    for _ in range(8):
        made.append(work())
        tidy(BETWEEN_KEYS)
    assert gone() is not None
    tidy(READING)
    assert made and gone() is None


def test_nothing_is_sought_where_nothing_was_done() -> None:
    gc.collect()
    ring = Ring()
    there = weakref.ref(ring)
    del ring
    tidy(READING)
    assert there() is not None
