"""What is around the workspace, under the doctor's eyes: rights, room, SQLite, its settings, the clock."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desks import Desk
from doctoring import codes, copied, found, settle, tamper, untouched
from sqlcipher3 import dbapi2
from unlocked import unlocked

from models.connection import SETTINGS, files_of
from models.doctor import space
from models.settings import Backups
from models.workspace import open_workspace

NOW = datetime.now(UTC)
YEAR = timedelta(days=366)


def text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@contextmanager
def clock(moment: datetime) -> Iterator[None]:
    """The machine's clock says so, whoever asks."""
    asking = [m for name, m in sys.modules.items() if name.startswith("models.") and hasattr(m, "moment")]
    with pytest.MonkeyPatch.context() as patched:
        for module in asking:
            patched.setattr(module, "moment", lambda: text(moment))
        yield


@pytest.fixture
def worked(ana: Desk) -> Desk:
    """Ana's desk, with two entries in the journal, of today."""
    with clock(NOW):
        ana.create({"name": "甲"})
        ana.set(1, "status", "form")
    return ana


@pytest.fixture
def path(worked: Desk) -> Path:
    return worked.workspace.path


class TestClock:
    def looked(self, path: Path, now: datetime) -> dict[str, str]:
        with clock(now):
            return {code: how for code, how in codes(path).items() if code.startswith("clock.")}

    def test_in_step_it_is_right(self, path: Path) -> None:
        assert self.looked(path, NOW + timedelta(hours=1)) == {}

    def test_some_minutes_are_forgiven(self, worked: Desk, path: Path) -> None:
        with clock(NOW - timedelta(minutes=4)):
            worked.set(1, "status", "paused")
        assert self.looked(path, NOW) == {}

    def test_entries_written_while_it_was_a_year_ahead_are_told(self, worked: Desk, path: Path) -> None:
        with clock(NOW + YEAR):
            worked.set(1, "status", "paused")
        assert self.looked(path, NOW) == {"clock.ahead": "warning"}

    def test_once_it_was_set_right_the_way_back_is_told_too(self, worked: Desk, path: Path) -> None:
        with clock(NOW + YEAR):
            worked.set(1, "status", "paused")
        with clock(NOW + timedelta(hours=1)):
            worked.set(1, "status", "form")
            assert found(path, "clock.ahead").details["first"] == [3]
            assert found(path, "clock.back").details["first"] == [4]

    def test_entries_written_while_it_was_a_year_behind_are_told(self, worked: Desk, path: Path) -> None:
        with clock(NOW - YEAR):
            worked.set(1, "status", "paused")
        with clock(NOW):
            assert found(path, "clock.back").details["first"] == [3]
            assert found(path, "clock.back").severity == "warning"

    def test_a_clock_that_is_a_year_behind_now_is_a_fault(self, path: Path) -> None:
        assert self.looked(path, NOW - YEAR) == {"clock.behind": "fault", "clock.ahead": "warning"}

    def test_a_clock_that_is_a_year_ahead_now_is_told(self, path: Path) -> None:
        assert self.looked(path, NOW + YEAR) == {"clock.long_ago": "warning"}

    def test_it_is_held_against_the_backups_too(self, path: Path) -> None:
        (path.parent / "backups").mkdir(mode=0o700)
        file = path.parent / "backups" / "cases-2026-11-22.db"
        with closing(unlocked(path)) as connection:
            connection.execute("VACUUM INTO ?", (str(file),))
        later = (NOW + timedelta(days=40)).timestamp()
        os.utime(file, (later, later))
        assert self.looked(path, NOW + timedelta(days=2)) == {"clock.behind": "fault"}

    def test_a_moment_that_is_none_is_the_chains_to_tell(self, path: Path) -> None:
        settle(path)
        tamper(path, "UPDATE entry SET at = 'noon' WHERE id = 1", "UPDATE entry SET at = '2026-01-01' WHERE id = 2")
        assert self.looked(path, NOW) == {}

    def test_a_day_other_than_the_clocks_is_noted(self, path: Path) -> None:
        with clock(NOW):
            assert found(path, "clock.other_day", (NOW + YEAR).date()).severity == "note"

    def test_of_an_empty_workspace_only_now_is_told(self, ana: Desk) -> None:
        assert self.looked(ana.workspace.path, NOW + YEAR) == {}


class TestSpace:
    def free(self, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
        monkeypatch.setattr(space, "free", lambda directory: count)

    def test_with_room_it_is_right(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.free(monkeypatch, space.LOG + 10 * path.stat().st_size)
        assert codes(path) == {}

    def test_without_room_for_a_backup_it_is_told(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.free(monkeypatch, space.LOG)
        assert codes(path) == {"space.little": "warning"}

    def test_nearly_full_it_is_a_fault(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.free(monkeypatch, 1_000_000)
        assert codes(path) == {"space.full": "fault"}
        assert found(path, "space.full").details["free_mb"] == 0

    def test_what_is_free_is_what_the_disk_says(self, tmp_path: Path) -> None:
        found = os.statvfs(tmp_path)
        assert abs(space.free(tmp_path) - found.f_bavail * found.f_frsize) < 1024**3

    @pytest.fixture
    def elsewhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Backups:
        """The office keeps its backups on another disk."""
        (tmp_path / "other").mkdir(mode=0o700)
        monkeypatch.setattr(space, "disk", lambda directory: "other" in directory.parts)
        return Backups(directory=tmp_path / "other")

    def test_for_backups_on_another_disk_the_room_there_counts(
        self, path: Path, elsewhere: Backups, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        room = {True: 10 * path.stat().st_size, False: space.LOG}
        monkeypatch.setattr(space, "free", lambda directory: room["other" in directory.parts])
        assert codes(path, kept=elsewhere) == {}
        room[True] = 1_000
        assert codes(path, kept=elsewhere) == {"space.little_for_backups": "warning"}
        room[False] = space.LOG - 1
        assert codes(path, kept=elsewhere).keys() == {"space.little_for_backups", "space.little_for_log"}

    def test_a_disk_for_backups_that_is_not_connected_is_told(self, path: Path, tmp_path: Path) -> None:
        kept = Backups(directory=tmp_path / "not connected")
        assert codes(path, kept=kept) == {"space.no_directory": "warning"}

    def test_a_disk_that_does_not_say_is_told(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(directory: Path) -> int:
            raise OSError(5, "input/output error")

        monkeypatch.setattr(space, "free", fails)
        assert codes(path) == {"space.unknown": "fault"}


class TestSqlite:
    def test_one_that_damages_files_is_a_fault(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dbapi2, "sqlite_version_info", (3, 51, 1))
        assert codes(path) == {"sqlite.unsafe": "fault"}


class TestSettings:
    @pytest.mark.parametrize("name", SETTINGS)
    def test_one_that_does_not_hold_is_a_fault(self, path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        from models.doctor import settings

        monkeypatch.setattr(settings, "pragma", lambda connection, asked: 1000 if asked == name else SETTINGS[asked])
        assert found(path, "settings.refused").details["first"] == [name]

    @pytest.fixture
    def demo(self, tmp_path: Path) -> Path:
        """What is not encrypted says in its header how it is written to."""
        path = tmp_path / "demo.db"
        with clock(NOW), closing(open_workspace(path, kind="demo")) as workspace:
            Desk(workspace, "ana").create({"name": "甲"})
            settle(path)
        return path

    def test_a_file_without_a_log_is_noted(self, demo: Path, tmp_path: Path) -> None:
        backup = tmp_path / "backup.db"
        with closing(unlocked(demo)) as connection:
            connection.execute("VACUUM INTO ?", (str(backup),))
        backup.chmod(0o600)
        noted = {"at_rest.plain": "note", "settings.no_log": "note", "anchor.missing": "warning"}
        assert codes(backup) == noted

    def test_a_header_that_lets_nobody_write_is_a_fault(self, demo: Path) -> None:
        data = bytearray(demo.read_bytes())
        data[18] = 3
        demo.write_bytes(data)
        assert codes(demo)["settings.unknown_log"] == "fault"


class TestRights:
    @pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-lock", "-anchor"])
    def test_a_file_that_everybody_may_read_is_a_fault(self, path: Path, ending: str) -> None:
        path.with_name(path.name + ending).chmod(0o604)
        assert codes(path) == {"rights.open_to_all": "fault"}

    @pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-lock", "-anchor"])
    def test_a_file_that_a_group_may_read_is_told(self, path: Path, ending: str) -> None:
        path.with_name(path.name + ending).chmod(0o640)
        assert codes(path) == {"rights.open_to_group": "warning"}

    def test_what_to_run_is_told(self, path: Path) -> None:
        path.chmod(0o644)
        assert found(path, "rights.open_to_all").details["command"] == f"chmod 600 {path}"

    def test_a_backup_is_looked_at_as_well(self, path: Path) -> None:
        (path.parent / "backups").mkdir(mode=0o700)
        file = path.parent / "backups" / "cases-2026-11-22.db"
        with closing(unlocked(path)) as connection:
            connection.execute("VACUUM INTO ?", (str(file),))
        file.chmod(0o644)
        assert codes(path) == {"rights.open_to_all": "fault"}

    def test_so_is_what_a_restore_has_replaced(self, path: Path) -> None:
        file = path.with_name("cases-replaced-20261122T040000000Z.db")
        file.touch()
        file.chmod(0o644)
        assert codes(path) == {"rights.open_to_all": "fault"}

    def test_a_directory_in_which_others_may_replace_files_is_a_fault(self, path: Path) -> None:
        path.parent.chmod(0o777)
        assert codes(path) == {"rights.directory_writable": "fault"}

    def test_one_in_which_they_may_only_add_some_is_noted(self, path: Path) -> None:
        path.parent.chmod(0o1777)
        assert found(path, "rights.directory_open").severity == "note"

    def test_one_that_they_may_enter_is_noted(self, path: Path) -> None:
        path.parent.chmod(0o755)
        assert found(path, "rights.directory_open").severity == "note"

    def test_a_file_beside_it_of_somebody_else_is_a_fault(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        anchor = path.with_name(path.name + "-anchor")
        given_away(monkeypatch, anchor)
        assert found(path, "rights.owner").details["path"] == str(anchor)

    def test_all_files_are_there_to_be_looked_at(self, path: Path) -> None:
        assert all(file.exists() for file in files_of(path))


def given_away(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """A file belongs to another account; only root could give it away in earnest."""
    plain = Path.stat

    def stat(self: Path, **how: bool) -> os.stat_result:
        found = plain(self, **how)
        if self == file:
            values = list(found)
            values[4] = found.st_uid + 1
            return os.stat_result(values)
        return found

    monkeypatch.setattr(Path, "stat", stat)


class TestWithoutRights:
    @pytest.fixture
    def open_to_all(
        self,
        worked: Desk,
        key_directory: Path,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path_factory: pytest.TempPathFactory,
    ) -> Iterator[Path]:
        """A closed workspace in a directory that every user can reach."""
        import tempfile

        settle(worked.workspace.path)
        worked.workspace.close()
        with tempfile.TemporaryDirectory(dir="/tmp") as name:
            directory = Path(name) / "office"
            path = copied(worked.workspace.path, directory)
            Path(name).chmod(0o755)
            # its key is one that everybody may read: else there would be nothing to look at
            shutil.copytree(key_directory, Path(name) / "keys")
            (Path(name) / "keys").chmod(0o755)
            for place in (Path(name) / "keys").iterdir():
                place.chmod(0o644)
            monkeypatch.setenv("DABIAO_KEYS", str(Path(name) / "keys"))
            directory.chmod(0o755)
            yield path
            directory.chmod(0o755)

    def test_a_file_that_may_not_be_read_is_told(self, open_to_all: Path) -> None:
        open_to_all.chmod(0o000)
        with ordinary_user():
            assert codes(open_to_all)["file.unreadable"] == "fault"

    def test_a_directory_that_may_not_be_entered_is_told(self, open_to_all: Path) -> None:
        open_to_all.parent.chmod(0o000)
        with ordinary_user():
            assert codes(open_to_all)["file.unreadable"] == "fault"

    def test_a_file_that_may_not_be_written_is_looked_at_all_the_same(self, open_to_all: Path) -> None:
        for file in open_to_all.parent.iterdir():
            file.chmod(0o444)
        open_to_all.parent.chmod(0o555)
        with ordinary_user(), untouched(open_to_all.parent):
            assert found(open_to_all, "cases.ok").details == {"count": 1}
            assert found(open_to_all, "rights.not_yours").severity == "warning"

    def test_an_anchor_that_may_not_be_read_is_told(self, open_to_all: Path) -> None:
        open_to_all.chmod(0o644)
        open_to_all.with_name(open_to_all.name + "-anchor").chmod(0o000)
        with ordinary_user():
            assert codes(open_to_all)["anchor.unreadable"] == "fault"


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Rights do not bind root: the tests about them are done as nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
