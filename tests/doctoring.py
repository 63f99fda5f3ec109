"""What tests of the doctor do: have it look, spoil a file, keep all that is in one."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from desks import DAY
from unlocked import unlocked

from engine.words import LANGUAGES, say
from models.connection import connect, files_of
from models.doctor import CHECKS, examine
from models.doctor.findings import Finding
from models.doctor.opening import opened, way_to
from models.settings import Backups

TABLES = (
    *("cases", "document", "entry", "search_key", "draft", "preference", "person", "login_key"),
    *("meta", "alembic_version"),
)


def look(path: Path, today: date = DAY, kept: Backups | None = None) -> list[Finding]:
    """What the doctor finds, of an office that keeps its backups so.

    Each check speaks, and whatever it says has its words in both languages.
    """
    found = examine(path, today, kept=kept)
    assert {finding.check for finding in found} == set(CHECKS)
    for finding in found:
        for language in LANGUAGES:  # raises where a word is missing
            for reason in (finding.message, finding.remedy):
                assert reason is None or say(reason, language)
        assert finding.remedy is not None or finding.severity in {"ok", "note"}
    return found


def codes(path: Path, today: date = DAY, kept: Backups | None = None) -> dict[str, str]:
    """What is not right, and how bad: `{"chain.cut": "fault"}`; without what every bare workspace is told."""
    usual = {"at_rest.unconfirmed", "backups.none", "backups.none_yet", "clock.other_day", "rights.directory_open"}
    return {f.code: f.severity for f in look(path, today, kept) if f.severity != "ok" and f.code not in usual}


def found(path: Path, code: str, today: date = DAY) -> Finding:
    """The one finding of a code."""
    (one,) = [finding for finding in look(path, today) if finding.code == code]
    return one


def tamper(path: Path, *statements: str) -> None:
    """Changes the file as somebody would who has it and knows SQLite, and leaves nothing in the log."""
    with closing(unlocked(path)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def settle(path: Path) -> None:
    """Brings what is in the log into the file."""
    with closing(connect(path, writing=True)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def copied(path: Path, to: Path) -> Path:
    """All files of a workspace as they lie there, copied into a directory; the copy's path."""
    to.mkdir(mode=0o700)
    for file in files_of(path):
        if file.exists():
            shutil.copy(file, to / file.name)
    return to / path.name


def on_disk(directory: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file with its bytes, its rights and when it was written."""
    return {
        str(file.relative_to(directory)): (file.read_bytes(), file.stat().st_mode, file.stat().st_mtime_ns)
        for file in sorted(directory.rglob("*"))
        if file.is_file()
    }


@contextmanager
def untouched(directory: Path) -> Iterator[None]:
    """Holds that nothing in a directory changes meanwhile."""
    before = on_disk(directory)
    yield
    assert on_disk(directory) == before


def contents(path: Path) -> dict[str, list[Any]]:
    """All that is kept in a workspace, bytes as bytes; raises `BROKEN` where it cannot be read."""
    with opened(path, way_to(path)) as connection:
        connection.text_factory = bytes
        kept = {table: list(connection.execute(f"SELECT * FROM {table}")) for table in TABLES}
        kept["numbers"] = list(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    return {table: sorted(rows, key=repr) for table, rows in kept.items()}
