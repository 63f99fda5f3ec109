"""The file under the doctor's eyes: cut short, somebody else's, empty, gone; and that looking changes nothing."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from desks import Desk
from doctoring import codes, copied, found, look, settle, tamper, untouched
from sqlcipher3 import dbapi2
from unlocked import unlocked

from models import anchor
from models.connection import WorkspaceError, connect
from models.doctor import CHECKS
from models.workspace import SCHEMA, open_workspace

ROOT = Path(__file__).parents[2]


@pytest.fixture
def worked(ana: Desk) -> Desk:
    """Ana's desk, with three entries in the journal."""
    case_id = ana.create({"name": "甲", "birth_date": "1990-03-07"})
    ana.set(case_id, "status", "form")
    ana.set(case_id, "applicant.contact.phone", "13800000000")
    return ana


@pytest.fixture
def closed(worked: Desk) -> Path:
    """The workspace once all have left it."""
    settle(worked.workspace.path)
    worked.workspace.close()
    return worked.workspace.path


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A workspace that is not encrypted, left as well: what stands in its file can be told byte by byte."""
    path = tmp_path / "demo" / "cases.db"
    path.parent.mkdir(mode=0o700)
    with closing(open_workspace(path, kind="demo")) as workspace:
        Desk(workspace, "ana").create({"name": "甲"})
        settle(path)
    return path


class TestWhole:
    def test_nothing_is_wrong_with_a_workspace_that_was_left_alone(self, closed: Path) -> None:
        assert codes(closed) == {}

    def test_nor_with_one_in_which_people_work(self, worked: Desk) -> None:
        assert codes(worked.workspace.path) == {}

    def test_nor_with_an_empty_one(self, ana: Desk) -> None:
        assert codes(ana.workspace.path) == {}

    def test_each_check_says_what_it_looked_at(self, closed: Path) -> None:
        assert found(closed, "chain.ok").details == {"entries": 3}
        assert found(closed, "cases.ok").details == {"count": 1}


class TestCutShort:
    @pytest.mark.parametrize("pages", [0.5, 1, 1.5, 2, 10, -1, -0.01])
    def test_wherever_it_was_cut_it_is_told(self, demo: Path, pages: float) -> None:
        size = demo.stat().st_size
        os.truncate(demo, int(pages * 4096) if pages > 0 else size + int(pages * 4096))
        assert codes(demo)["file.truncated"] == "fault"

    @pytest.mark.parametrize("pages", [0.5, 1, 1.5, 2, 10, -1, -0.01])
    def test_of_an_encrypted_one_too(self, closed: Path, pages: float) -> None:
        """It does not say how long it was; whole pages that are missing are missed inside."""
        size = closed.stat().st_size
        os.truncate(closed, int(pages * 4096) if pages > 0 else size + int(pages * 4096))
        code = "file.corrupt" if pages == int(pages) else "file.truncated"
        assert codes(closed)[code] == "fault"

    def test_how_much_is_missing_is_told(self, closed: Path) -> None:
        size = closed.stat().st_size
        os.truncate(closed, size - 1)
        details = found(closed, "file.truncated").details
        assert (details["size"], details["needed"]) == (size - 1, size)

    @pytest.mark.parametrize("length", [1, 15, 16, 99])
    def test_within_the_header_too(self, demo: Path, length: int) -> None:
        os.truncate(demo, length)
        assert codes(demo)["file.truncated"] == "fault"

    @pytest.mark.parametrize("length", [1, 3, 4, 15, 16, 99])
    def test_an_encrypted_one_within_its_salt_too(self, closed: Path, length: int) -> None:
        os.truncate(closed, length)
        assert "fault" in codes(closed).values()

    def test_of_its_log_the_anchor_tells(self, worked: Desk, tmp_path: Path) -> None:
        path = copied(worked.workspace.path, tmp_path / "killed")
        log = path.with_name("cases.db-wal")
        os.truncate(log, log.stat().st_size - 5000)
        assert codes(path)["anchor.ahead"] == "fault"

    def test_a_log_that_was_thrown_away_is_told_by_the_anchor(self, worked: Desk, tmp_path: Path) -> None:
        path = copied(worked.workspace.path, tmp_path / "killed")
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink()
        assert codes(path) == {"anchor.ahead": "fault"}

    def test_a_file_cut_short_beside_a_log_is_told_too(self, worked: Desk, tmp_path: Path) -> None:
        settle(worked.workspace.path)
        worked.set(1, "status", "paused")
        path = copied(worked.workspace.path, tmp_path / "killed")
        os.truncate(path, path.stat().st_size - 3 * 4096)
        assert "fault" in codes(path).values()

    def test_what_cannot_be_looked_at_is_told_as_such(self, closed: Path) -> None:
        os.truncate(closed, 4096)
        skipped = {finding.check for finding in look(closed) if finding.code == "not_looked_at"}
        assert skipped == set(CHECKS) - {"file", "rights", "at_rest", "space", "sqlite"}


class TestNotOurs:
    def test_another_beginning(self, closed: Path) -> None:
        closed.write_bytes(b"PK\x03\x04" + closed.read_bytes()[4:])
        assert codes(closed)["file.not_database"] == "fault"

    def test_another_programs_database(self, demo: Path) -> None:
        with closing(unlocked(demo)) as connection:
            connection.execute("PRAGMA application_id=7")
        assert codes(demo)["file.foreign"] == "fault"

    def test_an_empty_file(self, tmp_path: Path) -> None:
        (tmp_path / "a.db").touch(mode=0o600)
        assert codes(tmp_path / "a.db") == {"file.empty": "fault", **skipped()}

    def test_pages_of_another_size(self, demo: Path) -> None:
        data = bytearray(demo.read_bytes())
        data[16:18] = (4097).to_bytes(2, "big")
        data[28:32] = bytes(4)
        demo.write_bytes(data)
        assert codes(demo)["file.corrupt"] == "fault"


def skipped() -> dict[str, str]:
    return {"not_looked_at": "note"}


class TestNotThere:
    def test_where_there_is_nothing_that_is_said(self, tmp_path: Path) -> None:
        refused(tmp_path / "none.db", "absent")

    def test_nothing_is_made_there(self, tmp_path: Path) -> None:
        refused(tmp_path / "none.db", "absent")
        assert list(tmp_path.iterdir()) == []

    def test_one_that_has_been_there_is_missed(self, closed: Path) -> None:
        closed.unlink()
        assert found(closed, "file.lost").details["last"] == 3

    @pytest.mark.parametrize("spoilt", [b"", b"x"])
    def test_an_anchor_that_says_nothing_is_no_reason(self, tmp_path: Path, spoilt: bytes) -> None:
        anchor.place(tmp_path / "none.db").write_bytes(spoilt)
        refused(tmp_path / "none.db", "absent")

    def test_a_directory(self, tmp_path: Path) -> None:
        refused(tmp_path, "directory")

    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.db")
        refused(tmp_path / "pipe.db", "not_database")

    def test_a_file_on_the_way(self, closed: Path) -> None:
        refused(closed / "a.db", "not_directory")

    def test_a_path_with_a_nul(self) -> None:
        refused(Path("a\0b.db"), "failed")


def refused(path: Path, code: str) -> None:
    with pytest.raises(WorkspaceError) as caught:
        look(path)
    assert caught.value.reason.code == f"workspace.{code}"


class TestSchema:
    def test_a_newer_one_is_told_and_not_looked_into(self, closed: Path) -> None:
        tamper(closed, "UPDATE alembic_version SET version_num = '9999'")
        assert codes(closed) == {"schema.newer": "fault", **skipped()}

    def test_without_a_version_it_is_not_looked_into(self, closed: Path) -> None:
        tamper(closed, "DELETE FROM alembic_version")
        assert codes(closed) == {"schema.none": "fault", **skipped()}

    def test_an_earlier_one_is_no_fault(self, tmp_path: Path) -> None:
        path = tmp_path / "old.db"
        shutil.copy(ROOT / "tests" / "workspaces" / "0001.db", path)
        path.chmod(0o600)
        told = codes(path)
        assert told.pop("schema.older") == "note"
        assert "fault" not in told.values()

    def test_an_earlier_one_is_not_brought_up(self, tmp_path: Path) -> None:
        shutil.copy(ROOT / "tests" / "workspaces" / "0001.db", tmp_path / "old.db")
        with untouched(tmp_path):
            look(tmp_path / "old.db")

    @pytest.mark.parametrize(
        ("statement", "code"),
        [
            ("DROP INDEX ix_cases_score", "index_missing"),
            ("DROP TABLE preference", "missing"),
            ("CREATE INDEX mine ON cases (score)", "extra"),
            ("CREATE TABLE mine (a)", "extra"),
            ("CREATE VIEW mine AS SELECT name FROM cases", "extra"),
            ("CREATE TRIGGER mine AFTER INSERT ON entry BEGIN SELECT 1; END", "extra"),
            ("ALTER TABLE cases ADD COLUMN mine", "altered"),
        ],
    )
    def test_what_the_scripts_do_not_make_is_told(self, closed: Path, statement: str, code: str) -> None:
        tamper(closed, statement)
        assert codes(closed)[f"schema.{code}"] == "fault"

    @pytest.mark.parametrize("trigger", ["entry_is_not_changed", "entry_is_not_removed"])
    def test_so_is_a_trigger_that_was_dropped(self, closed: Path, trigger: str) -> None:
        with closing(unlocked(closed)) as connection:
            connection.execute(f"DROP TRIGGER {trigger}")
        assert found(closed, "schema.index_missing").details["first"] == [f"trigger {trigger}"]

    def test_and_a_trigger_that_lets_everything_pass(self, closed: Path) -> None:
        with closing(unlocked(closed)) as connection:
            connection.execute("DROP TRIGGER entry_is_not_changed")
            connection.execute("CREATE TRIGGER entry_is_not_changed BEFORE UPDATE ON entry BEGIN SELECT 1; END")
        assert codes(closed)["schema.altered"] == "fault"

    def test_statistics_of_sqlite_are_its_own_affair(self, closed: Path) -> None:
        tamper(closed, "ANALYZE")
        assert codes(closed) == {}

    def test_a_kind_that_there_is_not(self, closed: Path) -> None:
        tamper(closed, "UPDATE meta SET value = 'plaij'")
        assert codes(closed) == {"schema.kind": "fault"}

    def test_the_present_one_is_named(self, closed: Path) -> None:
        assert found(closed, "schema.ok").details == {"revision": SCHEMA}


LOOK = """
import sys
from datetime import date
from pathlib import Path
from models.doctor import examine
found = examine(Path(sys.argv[1]), date(2026, 11, 22))
print(sum(finding.severity == "fault" for finding in found))
"""


def looked_at_by_another_process(path: Path) -> int:
    done = subprocess.run(
        [sys.executable, "-c", LOOK, path], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return int(done.stdout)


LOGS = {"empty": b"", "short": b"x" * 10, "noise": b"x" * 5000, "zeros": bytes(40_000)}


class TestLeavesNoTrace:
    """Files, bytes, rights, times of writing: all as before."""

    def test_in_a_workspace_that_nobody_has_open(self, closed: Path) -> None:
        with untouched(closed.parent):
            look(closed)

    def test_in_one_that_others_have_open(self, worked: Desk) -> None:
        """Those have it open in another process than the doctor, as always."""
        with untouched(worked.workspace.path.parent):
            assert looked_at_by_another_process(worked.workspace.path) == 0

    def test_in_one_that_was_left_by_a_kill(self, worked: Desk, tmp_path: Path) -> None:
        path = copied(worked.workspace.path, tmp_path / "killed")
        with untouched(path.parent):
            assert codes(path) == {}
            assert found(path, "chain.ok").details == {"entries": 3}

    def test_in_one_whose_log_is_in_the_file_already_and_its_index_gone(self, worked: Desk, tmp_path: Path) -> None:
        with closing(connect(worked.workspace.path, writing=True)) as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        path = copied(worked.workspace.path, tmp_path / "killed")
        path.with_name("cases.db-shm").unlink()
        with untouched(path.parent):
            assert codes(path) == {}

    def test_in_one_whose_index_of_the_log_is_gone(self, worked: Desk, tmp_path: Path) -> None:
        path = copied(worked.workspace.path, tmp_path / "killed")
        path.with_name("cases.db-shm").unlink()
        with untouched(path.parent):
            assert codes(path) == {}
            assert found(path, "chain.ok").details == {"entries": 3}

    @pytest.mark.parametrize(
        "index", [b"", b"\xff" * 100, b"\xff" * 32768, bytes(32768)], ids=["empty", "short", "ones", "zeros"]
    )
    def test_in_one_whose_index_of_the_log_is_spoilt(self, worked: Desk, tmp_path: Path, index: bytes) -> None:
        path = copied(worked.workspace.path, tmp_path / "killed")
        path.with_name("cases.db-shm").write_bytes(index)
        with untouched(path.parent):
            assert codes(path) == {}

    @pytest.mark.parametrize(
        "log", [b"", b"x" * 10, b"x" * 5000, bytes(40_000)], ids=["empty", "short", "noise", "zeros"]
    )
    def test_in_one_whose_log_is_spoilt(self, worked: Desk, tmp_path: Path, log: bytes) -> None:
        path = copied(worked.workspace.path, tmp_path / "killed")
        path.with_name("cases.db-wal").write_bytes(log)
        with untouched(path.parent):
            assert codes(path)["anchor.ahead"] == "fault"

    @pytest.mark.parametrize(
        "log", [b"", b"x" * 10, b"x" * 5000, bytes(40_000)], ids=["empty", "short", "noise", "zeros"]
    )
    def test_nor_where_its_index_is_gone_too(self, worked: Desk, tmp_path: Path, log: bytes) -> None:
        path = copied(worked.workspace.path, tmp_path / "killed")
        path.with_name("cases.db-wal").write_bytes(log)
        path.with_name("cases.db-shm").unlink()
        with untouched(path.parent):
            assert codes(path)["anchor.ahead"] == "fault"

    @pytest.mark.parametrize("kept", [True, False])
    @pytest.mark.parametrize("byte", [3, 10, 17, 28, 32 + 9, 32 + 20, 32 + 24 + 70])
    def test_in_one_whose_log_has_a_spoilt_beginning(self, worked: Desk, tmp_path: Path, byte: int, kept: bool) -> None:
        """SQLite removes a log without anything committed in it, and with it all that is left of somebody's work."""
        path = copied(worked.workspace.path, tmp_path / "killed")
        log = path.with_name("cases.db-wal")
        spoilt = bytearray(log.read_bytes())
        spoilt[byte] ^= 0xFF
        log.write_bytes(spoilt)
        if not kept:
            path.with_name("cases.db-shm").unlink()
        with untouched(path.parent):
            told = codes(path)
        assert told["anchor.ahead"] == "fault"
        assert ("file.log_broken" in told) == (byte < 32)

    @pytest.mark.parametrize("length", [0, 50, 4096, 30_000])
    def test_in_one_that_was_cut_short(self, closed: Path, length: int) -> None:
        os.truncate(closed, length)
        with untouched(closed.parent):
            look(closed)

    def test_in_one_with_faults_of_every_kind(self, closed: Path) -> None:
        tamper(
            closed,
            "UPDATE entry SET by = 'eve' WHERE id = 2",
            "UPDATE cases SET score = 999",
            "DELETE FROM search_key",
            "DROP INDEX ix_cases_score",
        )
        with untouched(closed.parent):
            assert len(codes(closed)) == 4

    def test_in_a_file_of_somebody_else(self, tmp_path: Path) -> None:
        (tmp_path / "a.db").write_bytes(b"somebody else's" * 100)
        with untouched(tmp_path):
            look(tmp_path / "a.db")

    def test_nobody_has_to_wait_for_it(self, worked: Desk, tmp_path: Path) -> None:
        held = open_held(worked.workspace.path)
        try:
            assert looked_at_by_another_process(worked.workspace.path) == 0
        finally:
            held.rollback()
            held.close()


def open_held(path: Path) -> dbapi2.Connection:
    """Somebody in the middle of a command."""
    connection = unlocked(path)
    connection.execute("BEGIN IMMEDIATE")
    return connection


def test_one_that_is_written_to_while_it_is_read_without_locks_is_read_again(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has it open; in the middle of the look somebody opens it, works and leaves."""
    from models.doctor import cases

    looks: list[int] = []
    plain = cases.walk

    def works_meanwhile(connection: object, sql: str) -> object:
        looks.append(1)
        if len(looks) == 1:
            with closing(open_workspace(closed)) as workspace:
                Desk(workspace, "bo").create({"name": "乙"})
        return plain(connection, sql)  # type: ignore[arg-type]

    monkeypatch.setattr(cases, "walk", works_meanwhile)
    assert found(closed, "cases.ok").details == {"count": 2}
