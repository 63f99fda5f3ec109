"""Between two keys nothing of the file is held: its log can be emptied, and what failed has closed what it opened."""

import os
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pytest
from desks import Desk

from engine.document import Invalid
from models import migrating
from models.connection import connect
from models.query import Query, parse
from models.reading import Reader, Stopped
from models.workspace import Workspace, WorkspaceError, open_workspace
from models.writing import Conflict, Refused, rederive

WANG = {"name": "王小明", "contact": {"phone": "13800000000"}}
ENDLESS = Query("(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT sum(i) FROM n)", (), "id")


def log_can_be_emptied(workspace: Workspace) -> bool:
    """Whether nobody holds on to a state of the file: only then is its log taken in whole and cut to nothing."""
    with closing(connect(workspace.path, writing=True)) as connection:
        connection.execute("PRAGMA busy_timeout=0")
        is_held, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not is_held


def stopped(reader: Reader) -> None:
    """A query that is interrupted."""
    ended = threading.Event()

    def stop() -> None:
        while not ended.wait(0.005):
            reader.interrupt()

    thread = threading.Thread(target=stop)
    thread.start()
    with pytest.raises(Stopped):
        reader.count(ENDLESS)
    ended.set()
    thread.join()


def wrong(reader: Reader) -> None:
    """A query that fails."""
    with pytest.raises(WorkspaceError):
        reader.ids(Query("no_such_column", (), "id"))


READS: dict[str, Callable[[Reader], object]] = {
    "all": lambda reader: reader.ids(),
    "the first of many": lambda reader: reader.first(limit=1),
    "a search": lambda reader: reader.first(parse("wang", date(2026, 11, 22), "ana"), 1),
    "counts": lambda reader: reader.counts(),
    "rows": lambda reader: reader.rows([1, 2]),
    "a case": lambda reader: reader.case(1),
    "its journal": lambda reader: reader.journal(1, limit=1),
    "drafts": lambda reader: reader.drafts(1, "ana"),
    "a setting": lambda reader: reader.preference("ana", "language"),
    "duplicates": lambda reader: reader.duplicates(name="王小明"),
    "the version": lambda reader: reader.data_version(),
    "stopped": stopped,
    "wrong": wrong,
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_after_a_read_nothing_is_held(ana: Desk, read: Callable[[Reader], object]) -> None:
    for _ in range(3):
        ana.create(WANG)
    with Reader(ana.workspace) as reader:
        read(reader)
        assert log_can_be_emptied(ana.workspace)


COMMANDS: dict[str, Callable[[Desk], object]] = {
    "a change": lambda desk: desk.set(1, "status", "form"),
    "an undo": lambda desk: desk.undo(),
    "a new day": lambda desk: rederive(desk.workspace, date(2026, 11, 23)),
    "a wrong value": lambda desk: desk.set(1, "applicant.birth_date", "tomorrow"),
    "a conflict": lambda desk: desk.change(1, ("status", "form", "paused")),
    "no such case": lambda desk: desk.change(99, ("status", "lead", "form")),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_after_a_command_nothing_is_held_whatever_came_of_it(ana: Desk, command: Callable[[Desk], object]) -> None:
    ana.create(WANG)
    with suppress(Conflict, Invalid, Refused):
        command(ana)
    assert log_can_be_emptied(ana.workspace)


def test_a_state_that_is_held_is_seen_by_these_tests(ana: Desk) -> None:
    ana.create(WANG)
    with closing(connect(ana.workspace.path)) as holding:
        held = holding.execute("SELECT id FROM cases UNION ALL SELECT id FROM cases")
        held.fetchone()
        assert not log_can_be_emptied(ana.workspace)


# --- what failed


def newer(path: Path) -> None:
    with closing(connect(path, writing=True)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def without_a_table(path: Path) -> None:
    with closing(connect(path, writing=True)) as connection:
        connection.execute("DROP TABLE document")


def torn(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[100:1000] = b"\xff" * 900
    path.write_bytes(whole)


def open_files(path: Path) -> list[str]:
    """What this process has open of a database and the files beside it."""
    found = []
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.append(os.readlink(link))
    return [name for name in found if name.startswith(str(path))]


needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="what is open is listed in /proc")


@needs_proc
@pytest.mark.parametrize("spoil", [newer, without_a_table, torn])
def test_a_workspace_that_cannot_be_opened_is_closed_again(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    path = tmp_path / "a.db"
    open_workspace(path).close()
    spoil(path)
    with pytest.raises(WorkspaceError) as caught:
        open_workspace(path)
    assert open_files(path) == [], caught.value


@needs_proc
def test_a_workspace_that_cannot_be_made_is_closed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "SCHEMA", "9999")
    path = tmp_path / "a.db"
    with pytest.raises(Exception, match="9999") as caught:
        open_workspace(path)
    assert open_files(path) == [], caught.value


@needs_proc
def test_a_workspace_that_is_closed_has_nothing_open(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(open_workspace(path)) as workspace:
        desk = Desk(workspace, "ana")
        desk.set(desk.create(WANG), "status", "form")
        rederive(workspace, date(2026, 11, 23))
    assert open_files(path) == []
