"""A backup copied for a restore: what is no demo's is under a key then, the one of the workspace where that has one."""

from contextlib import closing, suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from models.connection import Connection, WorkspaceError, begun, broken_pages, connect, key_of, name_of_key
from models.encrypting import export
from models.examining import Unfit, read_only, without_trace
from models.keeping_keys import kept_new_key
from models.keys import Key
from models.standing import is_nothing


def fetch(source: Path, path: Path, new: Path) -> None:
    """All that is in a backup into an empty file that is to take the place of what is at a path.

    `Unfit` and the driver's errors where the backup cannot be read, `WorkspaceError` where a new key cannot be kept.
    """
    with closing(read_only(source)) as given:
        if broken_pages(given):
            raise Unfit("corrupt")
        under = key_of(given, source)
        if under is None and _kind(given) != "demo":  # of an earlier version
            export(source, new, _key_at(path) or kept_new_key(path), without_trace(source))
            return
        with closing(begun(new, under and (_key_at(path) or under))) as copy:
            given.backup(copy)


def _kind(given: Connection) -> str | None:
    with suppress(dbapi2.Error):  # what is wrong with it is told when it is examined
        found = given.execute("SELECT value FROM meta WHERE name = 'kind'").fetchone()
        return str(found[0]) if found else None
    return None


def _key_at(path: Path) -> Key | None:
    """The key of what is at a path, where that can be read."""
    if is_nothing(path):
        return None
    try:
        with closing(connect(path)) as live:
            return key_of(live, path)
    except (WorkspaceError, dbapi2.Error):
        return None


def are_alike(live: Connection, new: Path) -> bool:
    """Whether both are encrypted or neither is: SQLite writes the pages of the one over those of the other then."""
    with closing(read_only(new)) as backup:
        return (name_of_key(live) is None) is (name_of_key(backup) is None)
