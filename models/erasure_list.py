"""The list of erased cases, outside the database: a backup that is older than an erasure knows nothing of it.

It lies beside the workspace, in the directory of its automatic backups and with the settings of whoever erased, and
holds nothing of a person: the case's number, the moment, and a salted hash of who made the case, when and by which
entry. By that the case is known in every copy of the workspace, and no other case of the same number is taken for it.
Loads nothing but the standard library: a workspace that is opened looks for it.
"""

import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_data_path

from models import atomic
from models.bounded import Unread, first_bytes, read_file
from models.connection import Connection

ENDING, IN_DIRECTORY = "-erased", "erased"
_LINE = re.compile(r"(\d{1,18}) (\S{1,40}) ([0-9a-f]{32}) ([0-9a-f]{64})")
_LONGEST = 16_000_000  # bytes: more lines than anybody erases cases
_FIRST = 'SELECT id, at, "by", origin, command FROM entry WHERE case_id = ? ORDER BY id LIMIT 1'  # none of it is sealed


class Line(NamedTuple):
    """One erased case: its number, the moment (UTC), and by what it is known."""

    case_id: int
    at: str
    salt: str
    mark: str

    def is_of(self, connection: Connection) -> bool:
        """Whether a database has had this very case."""
        found = mark(connection, self.case_id, self.salt)
        return found is not None and secrets.compare_digest(found, self.mark)


def line(connection: Connection, case_id: int, at: str) -> Line | None:
    """What is written down of a case that is erased at a moment; None where it was never made."""
    salt = secrets.token_hex(16)
    found = mark(connection, case_id, salt)
    return None if found is None else Line(case_id, at, salt, found)


def mark(connection: Connection, case_id: int, salt: str) -> str | None:
    """The salted hash by which a case is known: of the entry that made it."""
    first = connection.execute(_FIRST, (case_id,)).fetchone()
    if first is None:
        return None
    return hashlib.sha256(f"{salt}\n{json.dumps([case_id, *first], ensure_ascii=False)}".encode()).hexdigest()


# --- where it is


def beside(path: Path) -> Path:
    """The list beside a workspace."""
    return path.with_name(path.name + ENDING)


def of_person() -> Path:
    """The list of whoever runs the program: by it a backup is known too that is restored somewhere else."""
    return user_data_path("dabiao", appauthor=False) / IN_DIRECTORY


def places(path: Path, *directories: Path) -> list[Path]:
    """Every list that may speak of a file: beside it, in its directory (of backups) and in others, the person's own."""
    found = [beside(path), *(directory / IN_DIRECTORY for directory in (path.parent, *directories)), of_person()]
    return list(dict.fromkeys(found))


# --- its lines


def read(places: Iterable[Path]) -> list[Line]:
    """The lines of all these lists, each once; what is no line is passed over."""
    found: dict[tuple[int, str], Line] = {}
    for place in places:
        with suppress(OSError):
            for text in first_bytes(place, _LONGEST).decode("ascii", "replace").splitlines():
                if match := _LINE.fullmatch(text):
                    one = Line(int(match[1]), match[2], match[3], match[4])
                    found[one.case_id, one.mark] = one
    return list(found.values())


def add(places: Iterable[Path], lines: Iterable[Line]) -> None:
    """Adds lines to lists, on disk when this returns; `OSError` where one cannot be written."""
    text = "".join(f"{' '.join(map(str, one))}\n" for one in lines).encode()
    for place in places:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(file, text)
            os.fsync(file)
        finally:
            os.close(file)


def take_out(places: Iterable[Path], gone: Line) -> None:
    """Takes a line out again: the case was not erased after all."""
    for place in places:
        with suppress(OSError, Unread):
            kept = [one for one in read_file(place, _LONGEST).decode("ascii").splitlines() if gone.mark not in one]
            with atomic.temporary(place.parent) as new:
                new.write_text("".join(f"{one}\n" for one in kept), "ascii")
                atomic.put(new, place, replace=True)


def overdue(connection: Connection, lines: Iterable[Line]) -> Iterator[Line]:
    """The cases of a database that were erased and whose key is there all the same: it is an older copy."""
    there: set[int] = set()
    wanted = list(lines)
    if wanted:
        ids = json.dumps([one.case_id for one in wanted])
        sql = "SELECT case_id FROM case_key WHERE case_id IN (SELECT value FROM json_each(?))"
        there = {case_id for (case_id,) in connection.execute(sql, (ids,))}
    yield from (one for one in wanted if one.case_id in there and one.is_of(connection))
