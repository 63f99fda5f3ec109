"""A workspace put under a key, or under another one: copied whole into a new file, held against the old, swapped.

All of it happens under the writers' lock. The new file takes the place of the old one by one rename, so whatever ends
the program in between leaves the one or the other, whole. Sessions that run see by the file's identity that it is
another one, as after a restore: what they still have open is the old file, into which no command writes any more.
"""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from models import anchor, atomic, keyring, migrating
from models.connection import (
    APPLICATION_ID,
    Connection,
    begun,
    broken_pages,
    connect,
    fault,
    key_of,
    name_of_key,
    opened,
    pragma,
)
from models.keeping_keys import a_new_key
from models.keys import Key
from models.today import moment
from models.transaction import explained, locked
from models.verifying import head
from models.workspace import revision_of

MARK = "-unencrypted-"
_HEADER = 96  # bytes: what SQLite's index of the log says of the log, twice
_CHECKED = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
_PATIENCE = 30  # seconds
_CACHE = 32_768  # KB, while it lasts: rows come in the order of their tables and go into every index


def encrypt(path: Path) -> Path | None:
    """A plain workspace becomes an encrypted one; where the plain one is kept, None where nothing was in it or somebody
    else was quicker.

    `WorkspaceError` where it cannot be done; then nothing has changed.
    """
    with locked(path), explained(path), closing(connect(path, writing=True)) as live:
        if name_of_key(live) is not None:
            return None
        revision = revision_of(live, path)
        if revision not in migrating.known():
            raise fault("newer", path, revision=revision)
        file = path.resolve()
        with _at_rest(live, file), a_new_key(path) as key, atomic.temporary(file.parent) as new:
            export(file, new, key)
            _hold_against(live, new, path)
            kept = kept_name(file) if _has_anything(live) else None
            if kept is not None:
                _keep(file, kept)
                _keep_anchor(path, kept)
            _swap(file, new)
        return kept


def change_key(path: Path) -> tuple[Key, Key]:
    """A workspace comes under a new key; the old key, which earlier backups still need, and the new one.

    `WorkspaceError` where it cannot be done, as where it is under none; then nothing has changed.
    """
    with locked(path), explained(path), closing(connect(path, writing=True)) as live:
        old = key_of(live, path)
        if old is None:
            raise fault("no_key", path)
        file = path.resolve()
        with _at_rest(live, file), a_new_key(path) as key, atomic.temporary(file.parent) as new:
            if broken_pages(live):
                raise fault("corrupt", path)
            with closing(connect(path)) as given, closing(begun(new, key)) as copy:
                given.backup(copy)
            _hold_against(live, new, path)
            _swap(file, new)
        keyring.replaced(old.name, key.name)
        return old, key


def export(source: Path, new: Path, key: Key, parameters: str = "mode=ro") -> None:
    """All that is in a plain file into an empty one, under a key."""
    with closing(begun(new, key)) as copy:
        copy.execute("ATTACH ? AS plain KEY ''", (f"{source.absolute().as_uri()}?{parameters}",))
        # the file is nobody's yet: it is thrown away if it is not finished, and flushed once it is
        for setting in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_CACHE}"):
            copy.execute(f"PRAGMA main.{setting}")
        copy.execute("BEGIN")
        copy.execute("SELECT sqlcipher_export('main', 'plain')").fetchall()
        copy.execute("COMMIT")
        copy.execute(f"PRAGMA application_id={APPLICATION_ID}")


def kept_name(path: Path) -> Path:
    """Where the plain file of a workspace is kept if it is encrypted now."""
    now = "".join(character for character in moment() if character.isalnum())
    return path.with_name(f"{path.stem}{MARK}{now}{path.suffix}")


def kept_plain(path: Path) -> list[Path]:
    """The plain files that were kept of a workspace and are still there."""
    path = path.resolve()
    try:
        beside = sorted(path.parent.iterdir())
    except OSError:
        return []
    return [file for file in beside if file.name.startswith(path.stem + MARK) and file.name.endswith(path.suffix)]


@contextmanager
def _at_rest(live: Connection, file: Path) -> Iterator[None]:
    """All that was ever written is in the one file, and nobody writes, be it past our lock."""
    log, until = file.with_name(file.name + "-wal"), time.monotonic() + _PATIENCE
    while True:
        left_out, *_ = live.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        live.execute("BEGIN IMMEDIATE")
        try:
            if not left_out and not (log.exists() and log.stat().st_size):
                yield
                return
        finally:
            live.execute("ROLLBACK")
        if time.monotonic() > until:  # somebody reads without end
            raise fault("busy", file)


def _hold_against(live: Connection, new: Path, path: Path) -> None:
    """The new file is whole, and has what the old one has."""
    with closing(opened(new, "mode=ro")) as copy:
        whole = copy.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
        if not (whole and not broken_pages(copy) and _summary(copy) == _summary(live)):
            raise fault("not_encrypted", path)


def _summary(connection: Connection) -> list[Any]:
    """What a copy has to have as the original has it: tables in the same words, their rows, the end of the journal."""
    made = connection.execute(_CHECKED).fetchall()
    tables = [name for kind, name, *_ in made if kind == "table"]
    counts = [connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in tables]
    chained = any(name == "hash" for _, name, *_ in connection.execute("PRAGMA table_info(entry)"))
    numbers = connection.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall()
    return [made, counts, head(connection) if chained else None, numbers, pragma(connection, "application_id")]


def _has_anything(live: Connection) -> bool:
    """Whether there is anything of anybody's in a workspace."""
    tables = ("entry", "cases", "draft")
    return any(live.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() for name in tables)


def _keep(file: Path, kept: Path) -> None:
    """The old file under another name too, for as long as it has its own."""
    for other in kept_plain(file):  # somebody was cut off here
        if other.samefile(file):
            other.unlink()
    try:
        kept.hardlink_to(file)
    except OSError:  # a file system without links
        with atomic.temporary(kept.parent) as copy:
            with closing(connect(file)) as given, closing(begun(copy, None)) as keeping:
                given.backup(keeping)
            atomic.put(copy, kept)
    atomic.sync_directory(kept.parent)


def _keep_anchor(path: Path, kept: Path) -> None:
    if anchor.place(path).exists():
        with atomic.temporary(path.parent) as copy:
            shutil.copyfile(anchor.place(path), copy)
            atomic.put(copy, anchor.place(kept), replace=True)


def _swap(file: Path, new: Path) -> None:
    """The new file in the place of the old one, for the same people.

    Log and index beside it are empty, and whoever has them open goes on using them: their names stay. But the index
    knows how many pages the old file has, so it is made to be no index, and the next one to look makes it anew.
    """
    found = file.stat()
    new.chmod(found.st_mode & 0o666)
    with suppress(PermissionError):  # nobody but root gives files away
        os.chown(new, found.st_uid, found.st_gid)
    with suppress(FileNotFoundError):
        # never closed: the system would take the locks that SQLite has on it in this process
        os.pwrite(os.open(file.with_name(file.name + "-shm"), os.O_RDWR), bytes(_HEADER), 0)
    atomic.put(new, file, replace=True)
