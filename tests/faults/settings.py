"""Each connection that is opened, counted, and the settings that keep an acknowledged edit, read back from it."""

import os
from collections import Counter
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from soundness import lacking
from sqlcipher3 import dbapi2

from models import connection as opening


class Settings:
    """Counts connections from now on, in this process and in those it forks, be they killed."""

    def __init__(self) -> None:
        # a byte each: many append to it at once, and none is lost
        self.file = TemporaryFile("ab", buffering=0)  # noqa: SIM115 - open for as long as there are connections
        connect, settle = dbapi2.connect, opening.settle

        def counted(*arguments: Any, **named: Any) -> Any:
            made = connect(*arguments, **named)
            self._note(b"o")
            return made

        def read_back(made: opening.Connection, path: Path) -> None:
            settle(made, path)
            self._note(b"w" if any(lacking(made)) else b"h")

        dbapi2.connect = counted
        opening.settle = read_back

    def _note(self, what: bytes) -> None:
        os.write(self.file.fileno(), what)

    def figures(self) -> Counter[str]:
        """How many connections were opened, of how many the settings were read back as they have to be, and of how
        many they were not. Who is killed between the two is in neither."""
        noted = os.pread(self.file.fileno(), os.fstat(self.file.fileno()).st_size, 0)
        return Counter(opened=noted.count(b"o"), held=noted.count(b"h"), wrong=noted.count(b"w"))
