"""A restore that is cut off: whatever ends it, what is there is the old workspace or the new one, and whole."""

import errno
import os
from contextlib import closing
from itertools import count
from pathlib import Path

import keepers
import pytest
from desks import Desk
from restored import BO, closed, cut_off, is_sound, yes

from models.restoring import restore
from models.workspace import Target, WorkspaceError, open_workspace

OLD, NEW = "paused", "form"


@pytest.fixture
def newer(backed_up: Desk) -> Path:
    """A workspace that goes on after its backup."""
    backed_up.set(1, "status", OLD)
    return closed(backed_up)


@pytest.fixture
def damaged(newer: Path) -> Path:
    """One that SQLite cannot open any more."""
    cut_off(newer, newer.read_bytes())
    return newer


def status(path: Path) -> str:
    """What stands in the workspace's one case."""
    with closing(open_workspace(path, create=False)) as opened:
        return Desk(opened, "ana").case(1).status


def restored(path: Path, file: Path) -> bool:
    """Whether a restore says that it is done; else it says that the disk failed."""
    try:
        return restore(Target(path), file, by=BO, sure=yes) is not None
    except WorkspaceError as error:
        assert os.strerror(errno.EIO) in str(error)
        return False


def test_by_a_disk_that_fails_at_any_step(newer: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for step in count(1):
        with keepers.failing_at(step, monkeypatch) as failed:
            done = restored(newer, file)
        assert is_sound(newer), (step, failed)
        assert status(newer) == (NEW if done else OLD), (step, failed)
        if not failed:
            break
        if done:  # what failed came after it
            with closing(open_workspace(newer)) as opened:
                Desk(opened, "ana").set(1, "status", OLD)
    assert step > 20


def test_by_a_disk_that_fails_while_names_are_changed(
    damaged: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in count(1):
        before, kept = damaged.read_bytes(), set(damaged.parent.glob("*-replaced-*"))
        with keepers.failing_at(step, monkeypatch) as failed:
            done = restored(damaged, file)
        if not done:
            assert damaged.read_bytes() == before, (step, failed)
            assert set(damaged.parent.glob("*-replaced-*")) == kept
            continue
        assert is_sound(damaged), (step, failed)
        assert status(damaged) == NEW
        if not failed:
            break
        cut_off(damaged, damaged.read_bytes())
    assert step > 8


@pytest.mark.parametrize(
    ("call", "left"),
    [
        pytest.param("link 1", OLD, id="what is there is copied"),
        pytest.param("unlink 1", OLD, id="it is kept"),
        pytest.param("unlink 2", OLD, id="its anchor too"),
        pytest.param("ftruncate 1", OLD, id="the anchor stands where both are alike"),
        pytest.param("open -anchor 2", NEW, id="the backup is in its place"),
        pytest.param("ftruncate 2", NEW, id="so is the anchor"),
    ],
)
def test_by_a_power_cut_once(newer: Path, file: Path, call: str, left: str) -> None:
    with keepers.start("restore", newer, file, call) as program:
        assert program.communicate() == ("", "")
    assert is_sound(newer)
    assert status(newer) == left
    assert restored(newer, file)  # and once more, to the end
    assert status(newer) == NEW
    assert list(newer.parent.glob(".dabiao-*")) == []


@pytest.mark.parametrize("call", ["rename 1", "rename 2", "fsync 1", "link 1", "unlink 1", "open -anchor 1"])
def test_a_power_cut_loses_nothing_of_a_damaged_one(damaged: Path, file: Path, call: str) -> None:
    before = damaged.read_bytes()
    with keepers.start("restore", damaged, file, call) as program:
        assert program.communicate() == ("", "")
    assert before in [path.read_bytes() for path in damaged.parent.glob("*.db")]
    assert restored(damaged, file)
    assert status(damaged) == NEW
    assert is_sound(damaged)
