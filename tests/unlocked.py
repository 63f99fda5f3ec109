"""A workspace's file opened by somebody who has its key and knows SQLite: past the program, and with no settings."""

from pathlib import Path

from models.connection import Connection, opened


def unlocked(path: Path) -> Connection:
    """A connection in autocommit that may write. Whoever asks for it closes it."""
    return opened(path, "mode=rw")
