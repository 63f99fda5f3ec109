"""Each connection that is opened, counted, and the settings that keep an acknowledged edit, read back from it."""

from collections import Counter
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from models import connection as opening

HELD = {"synchronous": 2, "journal_mode": "wal"}  # 2 is FULL


class Settings:
    """Counts connections from now on, in this process and those it forks; each process has its own figures."""

    def __init__(self) -> None:
        self.opened = self.held = 0
        connect, settle = dbapi2.connect, opening.settle

        def counted(*arguments: Any, **named: Any) -> Any:
            self.opened += 1
            return connect(*arguments, **named)

        def read_back(made: opening.Connection, path: Path) -> None:
            settle(made, path)
            self.held += all(opening.pragma(made, name) == value for name, value in HELD.items())

        dbapi2.connect = counted
        opening.settle = read_back

    def figures(self) -> Counter[str]:
        """How many connections were opened here, and of how many the settings were read back as they have to be."""
        return Counter(opened=self.opened, held=self.held)

    def reset(self) -> None:
        """Counts from nothing: what this process was forked with is its parent's."""
        self.opened = self.held = 0
