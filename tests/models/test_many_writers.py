"""Many who write at once, and one who is killed: no lost update, no error, no acknowledged edit gone."""

import fcntl
from contextlib import closing
from pathlib import Path

import pytest
from desks import Desk
from sqlcipher3 import dbapi2
from writers import start

from models.connection import connect, pragma
from models.transaction import locked, transaction
from models.workspace import open_workspace


def lock_file(desk: Desk) -> Path:
    return desk.workspace.path.with_name(desk.workspace.path.name + "-lock")


def test_eight_who_count_on_the_same_cases_lose_nothing(ana: Desk) -> None:
    for _ in range(3):
        ana.create({"notice": {"score": 0}})
    assert start("count", ana.workspace.path, 8, 30, 3).wait() == 0
    assert [ana.document(case_id)["notice"]["score"] for case_id in (1, 2, 3)] == [80, 80, 80]
    assert [ana.case(case_id).revision for case_id in (1, 2, 3)] == [81, 81, 81]
    assert ana.count("SELECT count(*) FROM entry WHERE command = 'set'") == 240


@pytest.mark.parametrize("acknowledged", [1, 7, 20])
def test_a_writer_that_is_killed_loses_nothing_it_was_told_is_kept(ana: Desk, acknowledged: int) -> None:
    ana.create({"notice": {"score": 0}})
    writer = start("type", ana.workspace.path)
    assert writer.stdout is not None
    said = [int(writer.stdout.readline()) for _ in range(acknowledged)]
    writer.kill()
    said += [int(line) for line in writer.communicate()[0].split()]
    with closing(open_workspace(ana.workspace.path)) as again:
        desk = Desk(again, "ana")
        score = desk.document(1)["notice"]["score"]
        assert score in (said[-1], said[-1] + 1)  # one may have been kept before it could be said
        assert desk.case(1).revision == score + 1 == len(desk.entries(1))
        assert pragma(again.connection, "integrity_check") == "ok"
        desk.set(1, "status", "form")  # and the lock is free


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
