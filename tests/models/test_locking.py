"""Waiting for one's turn to write, and not for ever: somebody may have been stopped with the lock in hand."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from desks import Desk

from models.connection import connect
from models.locking import holder, locked
from models.workspace import WorkspaceError

KEEPER = """
import sys
from pathlib import Path
from models.locking import locked
with locked(Path(sys.argv[1])):
    print("kept", flush=True)
    sys.stdin.read()
"""


@contextmanager
def kept_by_another(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process has the lock, and keeps it until its input ends, or this block."""
    keeper = [sys.executable, "-c", KEEPER, str(path)]
    with subprocess.Popen(keeper, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "kept\n"
        try:
            yield process
        finally:
            process.communicate()


def waiting_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "lock"]


def test_a_command_gives_up_waiting_for_one_who_keeps_the_lock_and_has_written_nothing(ana: Desk) -> None:
    case_id = ana.create({"name": "王"})
    ana.workspace.patience = 0.01
    with kept_by_another(ana.workspace.path):
        with pytest.raises(WorkspaceError) as refused:
            ana.set(case_id, "applicant.name", "王小明")
        assert refused.value.reason.code == "workspace.busy"
    assert ana.document(case_id) == {"name": "王"}


def test_the_one_who_is_waited_for_can_be_named(ana: Desk) -> None:
    with kept_by_another(ana.workspace.path) as keeper:
        assert holder(ana.workspace.path) == keeper.pid


def test_of_a_lock_that_nobody_ever_took_nobody_is_named(tmp_path: Path) -> None:
    assert holder(tmp_path / "cases.db") is None


def test_who_waits_has_the_lock_as_soon_as_it_is_free(ana: Desk) -> None:
    written = threading.Thread(target=lambda: ana.create({"name": "王"}))
    with kept_by_another(ana.workspace.path):
        written.start()
        assert ana.count("SELECT count(*) FROM cases") == 0
    written.join(30)
    assert ana.count("SELECT count(*) FROM cases") == 1


def test_a_turn_that_was_given_up_keeps_nobody_out(ana: Desk) -> None:
    with kept_by_another(ana.workspace.path), pytest.raises(WorkspaceError), locked(ana.workspace.path, 0):
        pass
    with kept_by_another(ana.workspace.path):
        pass


def test_however_often_one_gives_up_one_turn_alone_is_left_at_the_lock(ana: Desk) -> None:
    with kept_by_another(ana.workspace.path):
        for _ in range(5):
            with pytest.raises(WorkspaceError), locked(ana.workspace.path, 0):
                pass
        [turn] = waiting_threads()
    turn.join(30)
    assert waiting_threads() == []


def test_a_turn_that_was_given_up_serves_the_next_who_waits(ana: Desk) -> None:
    with kept_by_another(ana.workspace.path):
        with pytest.raises(WorkspaceError), locked(ana.workspace.path, 0):
            pass
        [turn] = waiting_threads()
        written = threading.Thread(target=lambda: ana.create({"name": "王"}))
        written.start()
    written.join(30)
    turn.join(30)
    assert ana.count("SELECT count(*) FROM cases") == 1


def test_another_program_that_writes_without_our_lock_is_waited_for_no_longer(ana: Desk) -> None:
    ana.workspace.patience = 0.01
    with closing(connect(ana.workspace.path, writing=True)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkspaceError) as refused:
            ana.create({"name": "王"})
        assert refused.value.reason.code == "workspace.busy"
        other.execute("ROLLBACK")
    ana.create({"name": "王"})
