"""A call that is ended where it takes too long, be it in the middle of a regular expression."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class TooLong(AssertionError):
    """It did not come to an end in time."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """`TooLong` in what takes longer; in the main thread alone, where signals come."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise TooLong(f"not done after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def read_in_time(read: Callable[[str], object], text: str, seconds: float) -> None:
    """Has something read a text."""
    with within(seconds):
        read(text)
