"""A demo at a place to keep: made under a temporary name beside it, and at its place once it is whole.

Whatever ends the program in between leaves nothing at the place, and a file there is one that was finished.
"""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from models import anchor, atomic
from models.connection import connect, explain_os, files_of
from models.transaction import explained
from models.workspace import look_at_directory


@contextmanager
def placed(place: Path) -> Iterator[Path]:
    """Where to make a workspace; it is put at its place at the end of the block, unless the block raises.

    `WorkspaceError` where that cannot be; `FileExistsError` where something has come to be at the place.
    """
    look_at_directory(place)
    with ExitStack() as stack:
        with _told_of(place):
            new = stack.enter_context(atomic.temporary(place.parent))
        yield new
        with _told_of(place), explained(place):
            with closing(connect(new, writing=True)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # nothing is left beside it
            atomic.put(new, place)
            anchor.place(new).replace(anchor.place(place))  # without one it would be right as well
            for file in files_of(new):  # the lock of those who wrote
                file.unlink(missing_ok=True)


@contextmanager
def _told_of(place: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        raise explain_os(error, place) from None
