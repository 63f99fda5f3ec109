"""A backup is a whole workspace, or there is none: made in use, checked, never half, never over another file."""

import errno
import json
import os
import shutil
import stat
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import keepers
import pytest
from desks import DAY, Desk
from journalled import changes_of
from sqlcipher3 import dbapi2
from unlocked import unlocked

from engine.reason import Reason
from engine.words import LANGUAGES, say
from models import backups, examining, verifying
from models.author import Author
from models.backups import Backup, automatic, before_migration, daily, make, newest, place
from models.chain import Head
from models.connection import connect, files_of
from models.examining import read_only
from models.reading import Stopped
from models.restoring import restore
from models.settings import Backups
from models.workspace import SCHEMA, Target, Workspace, WorkspaceError, open_workspace

KEPT = Path(__file__).parents[1] / "workspaces" / "0001.db"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a backup is to be."""
    directory = tmp_path / "disk"
    directory.mkdir()
    return directory / "copy.db"


@pytest.fixture
def worked(ana: Desk) -> Desk:
    """Ana's desk, with two cases and three entries."""
    for name in ("甲", "乙"):
        ana.create({"name": name})
    ana.set(1, "status", "form")
    return ana


def refusal(desk: Desk, file: Path, **options: Any) -> Reason:
    """Why a backup could not be made. The sentence names the file in either language."""
    with pytest.raises(WorkspaceError) as caught:
        make(desk.workspace.path, file, **options)
    reason = caught.value.reason
    assert reason.code == "backup.not_made"
    assert all(str(file) in say(reason, language) for language in LANGUAGES)
    why: Reason = reason.values["why"]
    return why


def tamper(path: Path, *statements: str) -> None:
    """Changes a file as somebody would who has it and knows SQLite."""
    with closing(connect(path, writing=True)) as connection:
        for trigger in ("changed", "removed"):
            connection.execute(f"DROP TRIGGER IF EXISTS entry_is_not_{trigger}")
        for statement in statements:
            connection.execute(statement)


def names(directory: Path) -> list[str]:
    return sorted(found.name for found in directory.iterdir())


class TestWhatIsMade:
    def test_is_a_whole_workspace(self, worked: Desk, file: Path) -> None:
        made = make(worked.workspace.path, file)
        with closing(open_workspace(file)) as opened:
            copy = Desk(opened, "ana")
            assert [copy.case(i) for i in (1, 2)] == [worked.case(i) for i in (1, 2)]
            assert copy.entries(1) == worked.entries(1)
        assert made.path == file and made.cases == 2 and made.flaws == ()

    def test_tells_how_far_its_journal_goes(self, worked: Desk, file: Path) -> None:
        head = verifying.head(worked.workspace.connection)
        assert make(worked.workspace.path, file).head == head
        assert head.last == 3

    def test_is_one_file_for_its_owner_alone(self, worked: Desk, file: Path) -> None:
        made = make(worked.workspace.path, file)
        assert names(file.parent) == ["copy.db"]
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert made.bytes == file.stat().st_size

    def test_has_what_is_still_in_the_log(self, worked: Desk, file: Path) -> None:
        log = worked.workspace.path.with_name(worked.workspace.path.name + "-wal")
        assert log.stat().st_size > 0
        assert make(worked.workspace.path, file).cases == 2

    def test_takes_no_lock(self, worked: Desk, file: Path) -> None:
        from models.transaction import transaction

        with transaction(worked.workspace):
            assert make(worked.workspace.path, file).cases == 2

    def test_is_of_one_moment_while_others_write(self, worked: Desk, file: Path) -> None:
        with keepers.start("write", worked.workspace.path) as writer:
            keepers.line_of(writer)
            made = [make(worked.workspace.path, file.with_stem(f"copy-{n}")) for n in range(5)]
            writer.kill()
        heads = [backup.head.last for backup in made if backup.head]
        assert heads == sorted(heads) and heads[0] < heads[-1]
        for backup in made:
            assert backup.head == verifying.at(worked.workspace.connection, backup.head.last if backup.head else -1)
            with closing(read_only(backup.path)) as connection:
                assert list(verifying.breaks(connection)) == []
                # each case says in its tags by which entry it was last changed
                for case_id, tags in connection.execute("SELECT id, tags FROM cases"):
                    *_, changes = changes_of(connection, case_id).values()
                    assert json.loads(tags) in [change["after"] for change in changes] or tags == "[]"


class TestWhatIsThereAlready:
    def test_is_left_alone(self, worked: Desk, file: Path) -> None:
        file.write_text("mine")
        assert refusal(worked, file).code == "backup.there"
        assert file.read_text() == "mine"

    def test_is_replaced_where_that_is_wanted(self, worked: Desk, file: Path) -> None:
        make(worked.workspace.path, file)
        worked.create({"name": "丙"})
        assert make(worked.workspace.path, file, replace=True).cases == 3
        assert names(file.parent) == ["copy.db"]

    @pytest.mark.parametrize("content", [b"applicant", b"SQLite format 3\x00" + b"\x00" * 100])
    def test_is_not_replaced_where_it_is_no_backup(self, worked: Desk, file: Path, content: bytes) -> None:
        file.write_bytes(content)
        assert refusal(worked, file, replace=True).code in {"backup.not_database", "backup.foreign"}
        assert file.read_bytes() == content

    @pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-lock", "-anchor", "-journal"])
    def test_is_never_a_file_of_the_workspace(self, worked: Desk, ending: str) -> None:
        path = worked.workspace.path
        for replace in (False, True):
            assert refusal(worked, path.with_name(path.name + ending), replace=replace).code == "backup.itself"
        assert worked.case(1).status == "form"

    def test_is_never_the_workspace_by_another_name(self, worked: Desk, file: Path) -> None:
        file.symlink_to(worked.workspace.path)
        assert refusal(worked, file, replace=True).code == "backup.itself"

    def test_is_not_written_over_by_one_that_came_later(
        self, worked: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Two who both saw nothing there."""
        there = backups._hold

        def and_then(*given: Any) -> None:
            file.write_text("quicker")
            there(*given)

        monkeypatch.setattr(backups, "_hold", and_then)
        assert refusal(worked, file).code == "backup.there"
        assert file.read_text() == "quicker"


class TestWhatCannotBeMade:
    def test_without_a_directory_that_is_named(self, worked: Desk, tmp_path: Path) -> None:
        why = refusal(worked, tmp_path / "usb" / "office" / "copy.db")
        assert why == Reason("backup.no_directory", {"directory": str(tmp_path / "usb")})
        assert not (tmp_path / "usb").exists()

    def test_where_nobody_may_write(self, worked: Desk, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuses(*given: Any) -> int:
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(os, "open", refuses)
        why = refusal(worked, file)
        assert why == Reason("backup.unwritable", {"directory": str(file.parent)})

    def test_on_a_full_disk_leaves_nothing(self, worked: Desk, file: Path) -> None:
        """No file may grow beyond half of what a backup takes, as on a disk without room."""
        done = keepers.start("without_room", 70_000, "--db", worked.workspace.path, "backup", file)
        out, err = done.communicate()
        assert (done.returncode, out, len(err.splitlines())) == (2, "", 2)
        noted, made = err.splitlines()  # nor can it be noted that a copy was to leave
        assert str(file) in made and "没有能记入历史" in noted
        assert names(file.parent) == []

    @pytest.mark.parametrize("step", ["fsync", "link"])
    def test_when_the_disk_fills_at_the_end(
        self, worked: Desk, file: Path, step: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*given: Any, **named: Any) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, step, full)
        monkeypatch.setattr(os, "rename", full)
        assert refusal(worked, file).code == "backup.disk_full"
        assert names(file.parent) == []

    def test_a_disk_that_sqlite_finds_full_is_told_as_such(
        self, worked: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*given: Any) -> None:
            error = dbapi2.OperationalError("database or disk is full")
            error.sqlite_errorcode = dbapi2.SQLITE_FULL
            raise error

        monkeypatch.setattr(backups, "_copy", full)
        assert refusal(worked, file).code == "backup.disk_full"

    def test_a_workspace_that_cannot_be_read_is_told(self, worked: Desk, file: Path) -> None:
        path = worked.workspace.path
        worked.workspace.close()
        with path.open("r+b") as damaged:
            damaged.seek(4096)
            damaged.write(os.urandom(20 * 4096))
        assert refusal(worked, file).code in {"workspace.corrupt", "backup.corrupt"}
        assert names(file.parent) == []

    def test_what_was_replaced_meanwhile_is_not_taken_for_the_workspace(
        self, worked: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        earlier = file.with_stem("earlier")
        make(worked.workspace.path, earlier)
        worked.set(1, "status", "paused")

        def and_restore(copy: Path, stopped: Any) -> Any:
            found = examining.examine(copy, stopped)
            target = Target(worked.workspace.path)
            restore(target, earlier, by=Author("bo", ""), sure=lambda standing: True)
            return found

        monkeypatch.setattr(backups, "examine", and_restore)
        assert refusal(worked, file).code == "backup.moved"
        assert names(file.parent) == ["earlier.db"]

    def test_on_a_file_system_without_links_it_is_made_all_the_same(
        self, worked: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def unknown(*given: Any, **named: Any) -> None:
            raise PermissionError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", unknown)
        make(worked.workspace.path, file)
        assert names(file.parent) == ["copy.db"]


class TestInterrupted:
    def test_one_that_is_no_longer_wanted_leaves_nothing(
        self, worked: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(examining, "_ASKED_EVERY", 1)
        with pytest.raises(Stopped):
            make(worked.workspace.path, file, stopped=lambda: True)
        assert names(file.parent) == []

    def test_one_that_was_killed_leaves_what_the_next_one_removes(self, worked: Desk, file: Path) -> None:
        with keepers.start("back_up", worked.workspace.path, file) as program:
            assert keepers.line_of(program) == "at it"
            program.kill()
        left = names(file.parent)
        assert left and all(".part" in name for name in left)
        make(worked.workspace.path, file.with_stem("next"))
        assert names(file.parent) == ["next.db"]

    def test_one_that_is_at_work_is_left_to_it(self, worked: Desk, file: Path) -> None:
        with keepers.start("back_up", worked.workspace.path, file) as program:
            assert keepers.line_of(program) == "at it"
            begun = [found for found in file.parent.iterdir() if found.name.endswith(".part")]
            make(worked.workspace.path, file.with_stem("other"))
            assert len(begun) == 1 and begun[0].exists()
            _, err = program.communicate("go on\n")
        assert program.returncode == 0, err
        assert names(file.parent) == ["copy.db", "other.db"]


class TestAJournalThatIsNotWhole:
    """It does not mend, so the workspace must be backed up all the same."""

    @pytest.mark.parametrize(
        ("statement", "flaw"),
        [
            ("UPDATE entry SET by = 'eve' WHERE id = 2", Reason("backup.altered", {"first": 2, "last": 2})),
            ("DELETE FROM entry WHERE id > 1", Reason("backup.missing", {"first": 2, "last": 3})),
        ],
    )
    def test_is_backed_up_and_told(self, worked: Desk, file: Path, statement: str, flaw: Reason) -> None:
        tamper(worked.workspace.path, statement)
        made = make(worked.workspace.path, file)
        assert made.flaws == (flaw,)
        assert file.exists()

    def test_rows_without_a_case_are_told_too(self, worked: Desk, file: Path) -> None:
        tamper(worked.workspace.path, "PRAGMA foreign_keys=OFF", "DELETE FROM cases WHERE id = 2")
        assert [flaw.code for flaw in make(worked.workspace.path, file).flaws] == ["backup.orphans"]


# --- automatic ones

BESIDE = Backups()


def days(desk: Desk, count: int, settings: Backups = BESIDE, first: date = DAY) -> None:
    """A backup on each of so many days."""
    for n in range(count):
        assert daily(desk.workspace, first + timedelta(n), settings) is not None


def there(desk: Desk, settings: Backups = BESIDE) -> list[str]:
    return names(place(desk.workspace.path, settings))


class TestDaily:
    def test_is_made_beside_the_workspace_under_the_day(self, worked: Desk) -> None:
        made = daily(worked.workspace, DAY, BESIDE)
        assert made is not None and made.cases == 2
        assert made.path == worked.workspace.path.parent / "backups" / "cases-2026-11-22.db"
        assert newest(worked.workspace.path, BESIDE) == made.path

    def test_is_for_its_owner_alone(self, worked: Desk) -> None:
        days(worked, 1)
        directory = place(worked.workspace.path, BESIDE)
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
        assert {stat.S_IMODE(found.stat().st_mode) for found in directory.iterdir()} == {0o600}

    def test_is_made_once_a_day(self, worked: Desk) -> None:
        days(worked, 1)
        assert daily(worked.workspace, DAY, BESIDE) is None
        assert daily(worked.workspace, DAY + timedelta(1), BESIDE) is not None
        assert there(worked) == ["cases-2026-11-22.db", "cases-2026-11-23.db"]

    def test_of_two_who_come_at_once_one_makes_it(self, worked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(examining, "_ASKED_EVERY", 1)
        others: list[Backup | None] = []

        def another_comes() -> bool:
            if not others:
                others.append(daily(worked.workspace, DAY, BESIDE))
            return False

        assert daily(worked.workspace, DAY, BESIDE, stopped=another_comes) is not None
        assert others == [None]
        assert there(worked) == ["cases-2026-11-22.db"]

    def test_that_failed_is_made_at_the_next_try(self, worked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(os, "fsync", lambda file: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
            with pytest.raises(WorkspaceError):
                daily(worked.workspace, DAY, BESIDE)
        days(worked, 1)

    def test_is_not_made_where_it_is_not_wanted(self, worked: Desk) -> None:
        assert daily(worked.workspace, DAY, Backups(daily=False)) is None
        assert not place(worked.workspace.path, BESIDE).exists()

    def test_a_demo_is_not_backed_up(self, tmp_path: Path) -> None:
        with closing(open_workspace(tmp_path / "demo.db", kind="demo")) as demo:
            assert daily(demo, DAY, BESIDE) is None
        assert not (tmp_path / "backups").exists()

    def test_without_a_backup_none_is_the_newest(self, worked: Desk) -> None:
        assert newest(worked.workspace.path, BESIDE) is None


class TestInADirectoryOfTheOffice:
    def test_each_workspace_has_its_own(self, tmp_path: Path) -> None:
        """Two of the same name, which would else take one another's for their own."""
        settings = Backups(directory=tmp_path / "disk")
        (tmp_path / "disk").mkdir()
        made = []
        for branch in ("east", "west"):
            (tmp_path / branch).mkdir()
            with closing(open_workspace(tmp_path / branch / "cases.db")) as workspace:
                Desk(workspace, "ana").create({"name": branch})
                made.append(daily(workspace, DAY, settings))
        assert [backup and backup.path.name for backup in made] == ["cases-2026-11-22.db"] * 2
        assert len({backup.path.parent for backup in made if backup}) == 2

    def test_a_disk_that_is_not_connected_is_not_written_past(self, worked: Desk, tmp_path: Path) -> None:
        with pytest.raises(WorkspaceError) as caught:
            daily(worked.workspace, DAY, Backups(directory=tmp_path / "usb"))
        assert caught.value.reason.values["why"].code == "backup.no_directory"
        assert not (tmp_path / "usb").exists()


class TestHowLongTheyAreKept:
    def test_so_many_days(self, worked: Desk) -> None:
        settings = Backups(keep_days=3)
        days(worked, 5, settings)
        assert there(worked) == [f"cases-2026-11-{day}.db" for day in (24, 25, 26)]

    def test_days_without_one_do_not_count(self, worked: Desk) -> None:
        """The office was closed for a month; what it had before is still there."""
        settings = Backups(keep_days=3)
        days(worked, 2, settings)
        days(worked, 1, settings, DAY + timedelta(40))
        assert len(there(worked)) == 3

    def test_a_clock_that_is_a_year_ahead_removes_no_more_than_any_other_day(self, worked: Desk) -> None:
        settings = Backups(keep_days=3)
        days(worked, 3, settings)
        days(worked, 1, settings, DAY + timedelta(365))
        assert there(worked) == ["cases-2026-11-23.db", "cases-2026-11-24.db", "cases-2027-11-22.db"]

    def test_a_clock_that_is_a_year_behind_does_not_remove_what_was_just_made(self, worked: Desk) -> None:
        settings = Backups(keep_days=2)
        days(worked, 2, settings)
        days(worked, 1, settings, DAY - timedelta(365))
        assert "cases-2025-11-22.db" in there(worked)
        assert len(there(worked)) == 3

    def test_the_last_one_is_never_removed(self, worked: Desk) -> None:
        days(worked, 3, Backups(keep_days=1))
        assert there(worked) == ["cases-2026-11-24.db"]

    def test_what_people_made_stays(self, worked: Desk) -> None:
        path = worked.workspace.path
        days(worked, 1, Backups(keep_days=1))
        by_hand = backups.in_directory(path, place(path, BESIDE))
        make(path, by_hand)
        make(path, by_hand.with_name("before-the-move.db"))
        days(worked, 2, Backups(keep_days=1), DAY + timedelta(1))
        assert sorted([by_hand.name, "before-the-move.db", "cases-2026-11-24.db"]) == there(worked)

    def test_what_another_workspace_made_stays(self, worked: Desk) -> None:
        days(worked, 1)
        directory = place(worked.workspace.path, BESIDE)
        others = ["cases-old-2020-01-01.db", "my-cases-2020-01-01.db", "cases-2020-01-01.sqlite"]
        for other in others:
            shutil.copy(directory / "cases-2026-11-22.db", directory / other)
        days(worked, 2, Backups(keep_days=1), DAY + timedelta(1))
        assert there(worked) == sorted([*others, "cases-2026-11-24.db"])

    def test_one_before_a_migration_goes_with_its_day_and_not_earlier(self, worked: Desk) -> None:
        directory = place(worked.workspace.path, BESIDE)
        days(worked, 1, Backups(keep_days=3))
        for name in (f"cases-2026-11-22-before-{SCHEMA}.db", f"cases-2026-11-20-before-{SCHEMA}-101112.db"):
            shutil.copy(directory / "cases-2026-11-22.db", directory / name)
        days(worked, 1, Backups(keep_days=3), DAY + timedelta(1))
        assert len([name for name in there(worked) if "before" in name]) == 2  # there are no three days yet
        days(worked, 1, Backups(keep_days=3), DAY + timedelta(2))
        assert [name for name in there(worked) if "before" in name] == [f"cases-2026-11-22-before-{SCHEMA}.db"]
        days(worked, 1, Backups(keep_days=3), DAY + timedelta(3))
        assert [name for name in there(worked) if "before" in name] == []

    def test_any_number_of_tries_in_one_second_have_one_each(
        self, worked: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A program that is cut off in a migration and started anew at once makes a backup again."""
        monkeypatch.setattr("models.backups.in_a_name", lambda: "2026-11-22-101112")
        for _ in range(4):
            before_migration(worked.workspace.path, BESIDE)
        assert [name.partition(f"-before-{SCHEMA}")[2] for name in sorted(there(worked))] == [
            "-101112-2.db",
            "-101112-3.db",
            "-101112.db",
            ".db",
        ]
        assert len(automatic(worked.workspace.path, BESIDE)) == 4

    def test_none_is_removed_before_a_new_one_is_made(self, worked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        days(worked, 3)
        monkeypatch.setattr(os, "fsync", lambda file: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
        with pytest.raises(WorkspaceError):
            daily(worked.workspace, DAY + timedelta(3), Backups(keep_days=1))
        assert len(there(worked)) == 3

    def test_none_is_removed_while_the_journal_is_not_whole(self, worked: Desk) -> None:
        """An earlier one may be the last that is."""
        days(worked, 2)
        tamper(worked.workspace.path, "UPDATE entry SET by = 'eve' WHERE id = 2")
        days(worked, 2, Backups(keep_days=1), DAY + timedelta(2))
        assert len(there(worked)) == 4


class TestHowLongIsKeptWhatARestoreReplaced:
    DAY_OF_IT = DAY + timedelta(2)

    @pytest.fixture
    def kept(self, worked: Desk, file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """What was replaced three days before the last of the days that the office has backups of."""
        path = worked.workspace.path
        monkeypatch.setattr("models.replaced.moment", lambda: f"{self.DAY_OF_IT}T01:30:15.678Z")
        make(path, file)
        restored = restore(Target(path), file, by=Author("bo", "cli"), sure=lambda standing: True)
        assert restored is not None and restored.kept is not None
        for part in files_of(restored.kept):
            part.touch()
            self.written_on(part, self.DAY_OF_IT)
        return restored.kept

    def written_on(self, file: Path, day: date) -> None:
        at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC).timestamp()
        os.utime(file, (at, at))

    def test_it_goes_with_the_backups_of_its_day_and_all_that_belongs_to_it(self, worked: Desk, kept: Path) -> None:
        settings = Backups(keep_days=3)
        days(worked, 5, settings)
        assert [part.exists() for part in files_of(kept)] == [True] * 5
        days(worked, 1, settings, DAY + timedelta(5))
        assert [part.exists() for part in files_of(kept)] == [False] * 5
        assert worked.document(1)["name"] == "甲"

    def test_one_that_somebody_has_worked_in_since_stays(self, worked: Desk, kept: Path) -> None:
        log = kept.with_name(kept.name + "-wal")
        self.written_on(log, DAY + timedelta(4))
        days(worked, 6, Backups(keep_days=2))
        assert kept.exists()
        self.written_on(kept, DAY + timedelta(4))
        log.unlink()
        days(worked, 1, Backups(keep_days=1), DAY + timedelta(6))
        assert not kept.exists()

    def test_what_is_named_almost_so_stays(self, worked: Desk, kept: Path) -> None:
        others = [
            kept.with_name(name)
            for name in ("cases-replaced-by-bo.db", "old-" + kept.name, kept.stem, "cases-replaced-99999999T999999Z.db")
        ]
        for other in others:
            other.touch()
            self.written_on(other, DAY - timedelta(400))
        days(worked, 6, Backups(keep_days=1))
        assert not kept.exists() and all(other.exists() for other in others)


class TestBeforeAMigration:
    @pytest.fixture
    def earlier(self, tmp_path: Path) -> Path:
        """A workspace of the release before."""
        return Path(shutil.copy(KEPT, tmp_path / "office.db"))

    def test_what_was_there_is_kept_as_it_was(self, earlier: Path) -> None:
        with closing(unlocked(KEPT)) as kept:
            rows = kept.execute("SELECT * FROM entry").fetchall()
        open_workspace(earlier).close()
        (made,) = automatic(earlier, BESIDE)
        assert made.path.name == f"office-{made.day}-before-{SCHEMA}.db" and not made.daily
        with closing(read_only(made.path)) as backup:
            assert backup.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
            assert backup.execute("SELECT * FROM entry").fetchall() == rows

    def test_it_goes_where_the_settings_say(self, earlier: Path, tmp_path: Path) -> None:
        (tmp_path / "disk").mkdir()
        settings = Path(os.environ["XDG_CONFIG_HOME"]) / "dabiao" / "settings.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(f'[backups]\ndirectory = "{tmp_path / "disk"}"\n')
        open_workspace(earlier).close()
        assert len(list((tmp_path / "disk").rglob(f"office-*-before-{SCHEMA}.db"))) == 1

    def test_without_it_nothing_is_changed(self, earlier: Path) -> None:
        (earlier.parent / "backups").write_text("in the way")
        with pytest.raises(WorkspaceError) as caught:
            open_workspace(earlier)
        assert caught.value.reason.code == "workspace.not_backed_up"
        assert caught.value.reason.values["why"].values["why"].code == "backup.not_directory"
        assert all(str(earlier) in say(caught.value.reason, language) for language in LANGUAGES)
        with closing(unlocked(earlier)) as connection, closing(unlocked(KEPT)) as kept:
            for everything in ("SELECT * FROM sqlite_master", "SELECT * FROM entry", "SELECT * FROM alembic_version"):
                assert connection.execute(everything).fetchall() == kept.execute(everything).fetchall()

    def test_the_file_of_an_earlier_try_is_not_touched(self, earlier: Path) -> None:
        first = before_migration(earlier, BESIDE)
        second = before_migration(earlier, BESIDE)
        assert len({first.path, second.path}) == 2
        assert [found.path for found in automatic(earlier, BESIDE)] == [first.path, second.path]

    def test_who_finds_it_brought_up_already_makes_no_other(self, earlier: Path) -> None:
        from models.migrating import bring_up

        open_workspace(earlier).close()
        bring_up(earlier, "0001")  # seen before somebody else was quicker
        assert len(automatic(earlier, BESIDE)) == 1

    def test_a_demo_is_not_backed_up(self, earlier: Path) -> None:
        with closing(unlocked(earlier)) as connection:
            connection.execute("UPDATE meta SET value = 'demo' WHERE name = 'kind'")
            connection.commit()
        open_workspace(earlier).close()
        assert automatic(earlier, BESIDE) == []


def test_a_head_that_is_not_the_workspaces_is_noticed(worked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found = examining.Examined("0002", Head(2, "f" * 64), 2, ())
    with pytest.raises(examining.Unfit):
        backups._hold(worked.workspace.path, found)


def test_nothing_of_the_workspace_is_changed_by_a_backup(workspace: Workspace, file: Path) -> None:
    before = {found: found.read_bytes() for found in files_of(workspace.path) if found.exists()}
    make(workspace.path, file)
    assert {found: found.read_bytes() for found in before if found.exists() and not found.name.endswith("-shm")} == {
        found: content for found, content in before.items() if not found.name.endswith("-shm")
    }
