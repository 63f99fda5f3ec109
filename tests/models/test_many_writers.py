"""Many who write at once, and one who is killed: no lost update, no error, no acknowledged edit gone."""

import fcntl
import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from desks import Desk
from sqlcipher3 import dbapi2

from models.connection import connect
from models.transaction import locked, transaction

TESTS = Path(__file__).parent.parent


def lock_file(desk: Desk) -> Path:
    return desk.workspace.path.with_name(desk.workspace.path.name + "-lock")


def faults(*arguments: str) -> Any:
    """What `make faults` finds, for a shorter time."""
    command = [sys.executable, str(TESTS / "faults"), "--json", *arguments]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout)


def test_writers_that_are_killed_lose_nothing_they_were_told_is_kept() -> None:
    found = faults("--only", "kills", "--kills", "15", "--seed", "1")["kills"]
    assert found["flaws"] == []
    assert found["kills"] == 15
    assert found["acknowledged"] > 0 < found["under_way"]


def test_those_who_edit_the_same_cases_at_once_lose_nothing_and_are_shown_no_error() -> None:
    found = faults("--only", "crowd", "--processes", "12", "--seconds", "3", "--seed", "1")["crowd"]
    assert found["flaws"] == []
    assert found["turns"]["least"] > 0
    assert found["settings_held"] == found["connections"] > 24  # each has one to read, one to write, one that is open


def test_a_lock_whose_file_was_taken_away_is_taken_anew(ana: Desk) -> None:
    lock = lock_file(ana)
    with locked(ana.workspace.path):
        lock.unlink()
    with locked(ana.workspace.path):
        assert lock.exists()


def test_a_reader_sees_nothing_of_a_command_that_is_under_way(ana: Desk) -> None:
    case_id = ana.create({})
    with transaction(ana.workspace) as session, closing(connect(ana.workspace.path)) as reader:
        session.connection().exec_driver_sql("UPDATE cases SET status = 'form'")
        assert reader.execute("SELECT status FROM cases WHERE id = ?", (case_id,)).fetchone() == ("lead",)


def test_a_second_writer_waits_at_the_lock(ana: Desk) -> None:
    with transaction(ana.workspace), lock_file(ana).open() as lock, pytest.raises(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_command_that_fails_frees_the_lock(ana: Desk) -> None:
    with pytest.raises(ZeroDivisionError), transaction(ana.workspace):
        raise ZeroDivisionError
    with lock_file(ana).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_command_may_write_from_its_first_read_on(ana: Desk) -> None:
    """Not only from its first write, where two who have both read would meet and one would fail."""
    with transaction(ana.workspace) as session, closing(connect(ana.workspace.path, writing=True)) as other:
        session.connection().exec_driver_sql("SELECT count(*) FROM cases")
        other.execute("PRAGMA busy_timeout=0")
        with pytest.raises(dbapi2.OperationalError):
            other.execute("BEGIN IMMEDIATE")
