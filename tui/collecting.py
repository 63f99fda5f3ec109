"""Memory of a session: no garbage sought in what stays for the whole of it, and not under a key; what is done with goes
back to the system, where its C library can be told so (glibc)."""

import ctypes
import gc
from contextlib import suppress

_NEW = 200_000  # objects made before the newest are looked through under a key: many screens opened without a pause
_FEW = 2_000  # objects that are not worth looking through
_OFTEN = 5  # looks at the newer objects to one at all that are not there for the whole session
_LATEST = 60  # and at the latest after so many
_LONG = 3.0  # seconds without a key in which somebody reads, and does not notice a tenth of a second
_MMAP_THRESHOLD, _LARGE = -3, 1 << 20  # of glibc's malloc: from a megabyte on a block has pages of its own
_ARENA_MAX, _ARENAS = -8, 2


def settle() -> None:
    """What is there now stays to the end: from here on only what is made later is looked through.

    Called once all that every session needs is loaded, and once a case has been opened, whose screen is kept.
    """
    gc.freeze()
    gc.set_threshold(_NEW)
    gc.enable()


def tidy(quiet: float) -> None:
    """After so many seconds without a key: look through what was made since the last time, and give back what nobody
    holds any more. In a long pause, through all that may go.

    A few milliseconds' work, a tenth of a second in a long pause; none where nothing was done since.
    """
    made, _, looks = gc.get_count()
    if looks >= (_OFTEN if quiet >= _LONG else _LATEST):
        gc.collect()
    elif made > _FEW:
        gc.collect(1)
    else:
        return
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def give_back() -> None:
    """The order of a million cases takes eight megabytes, and a new one for each search: what is done with goes back to
    the system at once."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_THRESHOLD, _LARGE)
        library.mallopt(_ARENA_MAX, _ARENAS)
