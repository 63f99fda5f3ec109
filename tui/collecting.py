"""Memory of a session: no garbage sought in what stays for the whole of it, and not under a key; what is done with goes
back to the system, where its C library can be told so (glibc)."""

import ctypes
import gc
from contextlib import suppress

_NEW = 200_000  # objects made before the newest are looked through under a key: many screens opened without a pause
_FEW = 2_000  # objects that are not worth looking through
_OFTEN = 5  # looks at the newer objects to one at all that are not there for the whole session
_MMAP_THRESHOLD, _LARGE = -3, 1 << 20  # of glibc's malloc: from a megabyte on a block has pages of its own
_ARENA_MAX, _ARENAS = -8, 2


def settle() -> None:
    """What is there now stays to the end: from here on only what is made later is looked through."""
    gc.freeze()
    gc.set_threshold(_NEW)
    gc.enable()


def tidy() -> None:
    """In a pause between keys: look through what was made since the last one, and give back what nobody holds any more.

    Some milliseconds' work; none where nothing was done since.
    """
    if gc.get_count()[0] > _FEW:
        gc.collect(2 if gc.get_count()[2] >= _OFTEN else 1)
        with suppress(AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def give_back() -> None:
    """The order of a million cases takes eight megabytes, and a new one for each search: what is done with goes back to
    the system at once."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_THRESHOLD, _LARGE)
        library.mallopt(_ARENA_MAX, _ARENAS)
