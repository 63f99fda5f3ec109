"""A backup in the place of the workspace: never over what is newer unasked, never half, and what was there is kept."""

import os
import shutil
from contextlib import closing
from pathlib import Path

import keepers
import pytest
from desks import Desk
from restored import BO, is_sound, nobody, put_back, tamper, yes
from unlocked import unlocked

from models import anchor, verifying
from models.backups import make
from models.connection import connect, files_of
from models.drafts import save_draft
from models.reading import Reader
from models.refusals import Conflict, Refused
from models.restoring import restore
from models.standing import Standing
from models.workspace import SCHEMA, Target, open_workspace
from models.writing import set_preference

EARLIER = Path(__file__).parents[1] / "workspaces" / "0001.db"


class TestWhatIsRestored:
    def test_is_what_was_backed_up(self, backed_up: Desk, file: Path) -> None:
        before = backed_up.case(1)
        backed_up.set(1, "status", "paused")
        backed_up.create({"name": "乙"})
        done = put_back(backed_up, file)
        assert backed_up.case(1) == before
        assert backed_up.find(2) is None
        assert (done.cases, done.head.last) == (1, 3)
        assert is_sound(backed_up.workspace.path)

    def test_the_journal_tells_of_it(self, backed_up: Desk, file: Path) -> None:
        backed_up.set(1, "status", "paused")
        put_back(backed_up, file)
        with Reader(backed_up.workspace) as reader:
            told = reader.latest_restore()
        assert told is not None
        assert (told.id, told.by, told.command, told.case_id) == (4, "bo", "restore", None)
        assert told.note == "copy.db #3"
        assert told.changes == []

    def test_the_anchor_stands_at_the_end_of_its_journal(self, backed_up: Desk, file: Path) -> None:
        backed_up.set(1, "status", "paused")
        put_back(backed_up, file)
        with closing(connect(backed_up.workspace.path)) as connection:
            assert anchor.read(backed_up.workspace.path) == verifying.head(connection)

    def test_work_goes_on_from_there(self, backed_up: Desk, file: Path) -> None:
        backed_up.set(1, "status", "paused")
        put_back(backed_up, file)
        backed_up.set(1, "status", "engaged")
        assert [entry.id for entry in backed_up.entries(1)] == [5, 3, 2, 1]
        assert is_sound(backed_up.workspace.path)

    def test_the_backup_is_left_as_it_is(self, backed_up: Desk, file: Path) -> None:
        before = file.read_bytes()
        put_back(backed_up, file)
        assert file.read_bytes() == before
        assert [found.name for found in file.parent.iterdir()] == ["copy.db"]

    def test_nothing_temporary_is_left(self, backed_up: Desk, file: Path) -> None:
        path = backed_up.workspace.path
        done = put_back(backed_up, file)
        assert done.kept is not None
        known = {*files_of(path), done.kept, anchor.place(done.kept), file.parent}
        assert set(path.parent.iterdir()) <= known

    def test_undo_takes_back_what_a_person_did_and_not_the_restore(self, backed_up: Desk, file: Path) -> None:
        done = restore(Target(backed_up.workspace.path), file, by=backed_up.author, sure=yes)
        assert done is not None
        assert backed_up.undo().command == "set"
        assert "tags" not in backed_up.tree(1) or backed_up.tree(1)["tags"] == []
        with pytest.raises(Refused):
            backed_up.take_back(4)

    def test_of_an_earlier_schema_is_brought_up(self, backed_up: Desk, tmp_path: Path) -> None:
        with closing(unlocked(EARLIER)) as kept:
            cases, entries = (kept.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("cases", "entry"))
        done = put_back(backed_up, EARLIER)
        assert (done.cases, done.head.last) == (cases, entries + 1)  # that it was sealed anew is told
        assert is_sound(backed_up.workspace.path)
        assert backed_up.count("SELECT version_num FROM alembic_version") == SCHEMA


class TestWhatIsReplaced:
    def test_is_kept_whole_beside_it(self, backed_up: Desk, file: Path) -> None:
        path = backed_up.workspace.path
        backed_up.set(1, "status", "paused")
        head = verifying.head(backed_up.workspace.connection)
        kept = put_back(backed_up, file).kept
        assert kept is not None and kept.parent == path.parent and kept.name.startswith("cases-replaced-20")
        assert is_sound(kept)
        with closing(open_workspace(kept)) as opened:
            assert Desk(opened, "ana").case(1).status == "paused"
            assert verifying.head(opened.connection) == head == anchor.read(kept)

    def test_can_be_restored_in_turn(self, backed_up: Desk, file: Path) -> None:
        backed_up.set(1, "status", "paused")
        kept = put_back(backed_up, file).kept
        assert kept is not None
        put_back(backed_up, kept)
        assert backed_up.case(1).status == "paused"

    def test_is_kept_each_time(self, backed_up: Desk, file: Path) -> None:
        kept = {put_back(backed_up, file).kept for _ in range(3)}
        assert len(kept) == 3 and all(path and path.exists() for path in kept)

    def test_no_number_of_a_case_is_given_again(self, backed_up: Desk, file: Path) -> None:
        assert backed_up.create({"name": "乙"}) == 2
        put_back(backed_up, file)
        assert backed_up.create({"name": "丙"}) == 3

    def test_what_people_were_typing_stays(self, backed_up: Desk, file: Path) -> None:
        workspace = backed_up.workspace
        save_draft(workspace, 1, "ana", "applicant.name", "新的")
        set_preference(workspace, "ana", "new_case", "李女士")
        put_back(backed_up, file)
        with Reader(workspace) as reader:
            assert [draft.text for draft in reader.drafts(1, "ana")] == ["新的"]
            assert reader.preference("ana", "new_case") == "李女士"

    def test_a_draft_of_a_case_that_is_gone_goes_with_it(self, backed_up: Desk, file: Path) -> None:
        save_draft(backed_up.workspace, backed_up.create({}), "ana", "applicant.name", "王小")
        put_back(backed_up, file)
        assert backed_up.count("SELECT count(*) FROM draft") == 0


class TestAsking:
    def test_what_has_nothing_newer_is_restored_without(self, backed_up: Desk, file: Path) -> None:
        put_back(backed_up, file, nobody)
        assert is_sound(backed_up.workspace.path)

    def test_an_older_workspace_is_restored_without(self, backed_up: Desk, file: Path, tmp_path: Path) -> None:
        """The same office on another machine, with what it had two entries ago."""
        older = tmp_path / "older.db"
        with closing(open_workspace(older)) as empty:
            done = restore(Target(older), file, by=BO, sure=nobody)
            assert done is not None
            assert Desk(empty, "ana").case(1) == backed_up.case(1)

    def test_what_is_newer_is_told_and_left_where_nobody_is_sure(self, backed_up: Desk, file: Path) -> None:
        case_id = backed_up.create({"name": "乙"})
        backed_up.set(case_id, "status", "form")
        backed_up.set(1, "status", "paused")
        last = backed_up.entries(1)[0]
        before = {path: path.read_bytes() for path in backed_up.workspace.path.parent.iterdir() if path.is_file()}
        asked: list[Standing] = []
        done = restore(
            Target(backed_up.workspace.path), file, by=BO, sure=lambda standing: bool(asked.append(standing))
        )
        assert done is None
        assert asked == [Standing("newer", 3, 2, last.at, "ana")]
        for path, content in before.items():
            assert path.read_bytes() == content or path.name.endswith("-shm")
        assert backed_up.case(1).status == "paused"

    def test_two_that_have_parted_are_told_apart_from_that(self, backed_up: Desk, file: Path) -> None:
        other = file.with_stem("other")
        backed_up.set(1, "status", "paused")
        make(backed_up.workspace.path, other)
        put_back(backed_up, file)
        backed_up.set(1, "status", "engaged")
        asked: list[Standing] = []
        restore(Target(backed_up.workspace.path), other, by=BO, sure=lambda standing: bool(asked.append(standing)))
        (standing,) = asked
        assert (standing.how, standing.entries, standing.cases) == ("parted", 2, 1)  # the restore and the edit

    def test_another_workspace_altogether_is_told(self, backed_up: Desk, tmp_path: Path) -> None:
        with closing(open_workspace(tmp_path / "else.db")) as workspace:
            Desk(workspace, "eve").create({"name": "别处"})
            make(workspace.path, tmp_path / "else-copy.db")
        asked: list[Standing] = []
        restore(
            Target(backed_up.workspace.path), tmp_path / "else-copy.db", by=BO, sure=lambda s: bool(asked.append(s))
        )
        assert [(standing.how, standing.entries) for standing in asked] == [("parted", 3)]

    def test_a_flaw_of_the_backup_is_told(self, backed_up: Desk, file: Path) -> None:
        tamper(backed_up.workspace.path, "UPDATE entry SET by = 'eve' WHERE id = 2")
        flawed = file.with_stem("flawed")
        make(backed_up.workspace.path, flawed)
        asked: list[Standing] = []
        restore(Target(backed_up.workspace.path), flawed, by=BO, sure=lambda standing: bool(asked.append(standing)))
        (standing,) = asked
        assert standing.how == "older"
        assert [flaw.code for flaw in standing.flaws] == ["backup.altered"]

    def test_what_is_written_while_somebody_thinks_is_asked_about_too(self, backed_up: Desk, file: Path) -> None:
        backed_up.set(1, "status", "paused")
        asked: list[int] = []

        def thinks(standing: Standing) -> bool:
            asked.append(standing.entries)
            if len(asked) == 1:
                backed_up.set(1, "status", "engaged")
            return True

        put_back(backed_up, file, thinks)
        assert asked == [1, 2]


class TestSessionsThatRun:
    def test_another_process_goes_on_in_what_was_restored(self, backed_up: Desk, file: Path) -> None:
        path = backed_up.workspace.path
        backed_up.create({"name": "乙"})
        make(path, file, replace=True)
        with keepers.start("write", path) as writer:
            keepers.line_of(writer)
            done = put_back(backed_up, file)
            said = [int(keepers.line_of(writer)) for _ in range(50)]
            writer.kill()
        assert is_sound(path)
        assert said[-1] > done.head.last + 1
        # after the restore, which is the entry after the backup's last, each acknowledged edit is there
        after = said[said.index(min(said)) :]
        for entry in after:
            row = backed_up.workspace.connection.execute("SELECT by, command FROM entry WHERE id = ?", (entry,))
            assert row.fetchone() == ("writer", "set")

    def test_a_reader_sees_it_as_any_other_change(self, backed_up: Desk, file: Path) -> None:
        backed_up.set(1, "status", "paused")
        with Reader(backed_up.workspace) as reader:
            version = reader.data_version()
            put_back(backed_up, file)
            assert reader.renew() or reader.data_version() != version
            assert reader.rows([1])[0].status == "form"

    def test_a_reader_of_a_damaged_file_goes_over_to_the_new_one(self, backed_up: Desk, file: Path) -> None:
        path = backed_up.workspace.path
        with closing(connect(path, writing=True)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with Reader(backed_up.workspace) as reader:
            os.truncate(path, 8192)
            put_back(backed_up, file)
            assert reader.renew()
            assert reader.rows([1])[0].status == "form"
        backed_up.set(1, "status", "engaged")
        assert backed_up.case(1).status == "engaged"
        backed_up.workspace.close()
        assert is_sound(path)  # the one who closed the file that was there before took nothing of the new one with it

    def test_an_edit_of_what_was_seen_before_clashes(self, backed_up: Desk, file: Path) -> None:
        backed_up.set(1, "status", "paused")
        put_back(backed_up, file)
        with pytest.raises(Conflict) as caught:
            backed_up.change(1, ("status", "paused", "engaged"))
        assert [(item.saw, item.now) for item in caught.value.items] == [("paused", "form")]


def test_a_kept_workspace_with_its_log_can_be_restored(backed_up: Desk, file: Path, tmp_path: Path) -> None:
    """Copied by hand from a machine that went down: the file, and the log with what was written last."""
    backed_up.set(1, "status", "paused")
    by_hand = tmp_path / "by-hand.db"
    for ending in ("", "-wal"):
        source = backed_up.workspace.path
        shutil.copy(source.with_name(source.name + ending), by_hand.with_name(by_hand.name + ending))
    put_back(backed_up, file)
    put_back(backed_up, by_hand)
    assert backed_up.case(1).status == "paused"
