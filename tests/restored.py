"""Backups put back in tests: by whom, with which answer, whether what is there then is sound; and what may be wrong."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from desks import Desk
from sqlcipher3 import dbapi2
from unlocked import unlocked

from engine.words import LANGUAGES, say
from models import anchor, verifying
from models.author import Author
from models.chain import NOTHING
from models.connection import connect
from models.restoring import Restored, restore
from models.standing import Standing
from models.workspace import Target, WorkspaceError, open_workspace

BO = Author("bo", "test")


def yes(standing: Standing) -> bool:
    return True


def nobody(standing: Standing) -> bool:
    raise AssertionError(f"asked without need: {standing}")


def put_back(desk: Desk, file: Path, sure: Callable[[Standing], bool] = yes) -> Restored:
    done = restore(Target(desk.workspace.path), file, by=BO, sure=sure)
    assert done is not None
    return done


def refusal(path: Path, file: Path) -> WorkspaceError:
    """Why a backup is not restored; in either language the sentence says something."""
    with pytest.raises(WorkspaceError) as caught:
        restore(Target(path), file, by=BO, sure=yes)
    assert all(say(caught.value.reason, language) for language in LANGUAGES)
    return caught.value


def tamper(path: Path, *statements: str) -> None:
    """Changes a file as somebody would who has it and knows SQLite."""
    with closing(connect(path, writing=True)) as connection:
        for trigger in ("changed", "removed"):
            connection.execute(f"DROP TRIGGER IF EXISTS entry_is_not_{trigger}")
        for statement in statements:
            connection.execute(statement)


def closed(desk: Desk) -> Path:
    """The file of a workspace that nobody has open, all of it in the one file."""
    desk.workspace.close()
    return desk.workspace.path


def is_sound(path: Path) -> bool:
    """Whether a workspace opens, is whole, and its anchor is one that its journal has led to."""
    with closing(open_workspace(path, create=False)) as opened:
        head, kept = verifying.head(opened.connection), anchor.read(path) or NOTHING
        whole = opened.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        chained = not list(verifying.breaks(opened.connection))
        return whole and chained and verifying.at(opened.connection, kept.last) == kept and kept.last <= head.last


def a_text(path: Path, good: bytes) -> None:
    path.write_text("姓名,电话\n")


def nothing(path: Path, good: bytes) -> None:
    path.touch()


def not_there(path: Path, good: bytes) -> None:
    path.unlink(missing_ok=True)


def a_directory(path: Path, good: bytes) -> None:
    path.mkdir()


def anothers_database(path: Path, good: bytes) -> None:
    with closing(dbapi2.connect(str(path))) as other:
        other.execute("CREATE TABLE cases (id INTEGER)")


def cut_off(path: Path, good: bytes) -> None:
    path.write_bytes(good[: len(good) // 2])


def only_a_header(path: Path, good: bytes) -> None:
    path.write_bytes(good[:60])


def torn(path: Path, good: bytes) -> None:
    path.write_bytes(good[:8192] + os.urandom(8192) + good[16384:])


def without_tables(path: Path, good: bytes) -> None:
    path.write_bytes(good)
    with closing(unlocked(path)) as connection:
        connection.execute("DROP TABLE document")
        connection.commit()


def of_a_newer_program(path: Path, good: bytes) -> None:
    path.write_bytes(good)
    with closing(unlocked(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
