"""A journal from before its values were sealed: sealed anew once, with nothing hidden by that, and still known by its
older backups."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from desks import DAY, Desk
from journalled import changes_of
from restored import tamper, yes
from unlocked import unlocked

from models import anchor, verifying
from models.author import Author
from models.backups import place
from models.chain import Head
from models.doctor import examine
from models.restoring import restore
from models.settings import Backups
from models.standing import Standing
from models.verifying import Break
from models.workspace import Target, open_workspace

KEPT = Path(__file__).parents[1] / "workspaces"
BO = Author("bo", "test")


@pytest.fixture(params=["0002", "0006"])
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A workspace from before, with its anchor."""
    path = Path(shutil.copyfile(KEPT / f"{request.param}.db", tmp_path / "old.db"))
    anchor.write(path, head(path))
    return path


def head(path: Path) -> Head:
    with closing(unlocked(path)) as connection:
        return verifying.head(connection)


def faults(path: Path) -> set[str]:
    return {one.code for one in examine(path, DAY) if one.severity == "fault"}


def test_no_value_is_left_to_read(older: Path) -> None:
    with closing(open_workspace(older)) as workspace:
        raw = str(workspace.connection.execute("SELECT changes, note FROM entry WHERE case_id IS NOT NULL").fetchall())
        assert "王小明" in str(changes_of(workspace.connection)) and "王小明" not in raw and "340104" not in raw


def test_the_anchor_follows(older: Path) -> None:
    open_workspace(older).close()
    assert anchor.read(older) == head(older)
    assert not faults(older) & {"anchor.other", "anchor.ahead", "chain.altered"}


def test_an_anchor_that_was_another_one_stays_so(older: Path) -> None:
    wrong = Head(3, "f" * 64)
    anchor.write(older, wrong)
    open_workspace(older).close()
    assert anchor.read(older) == wrong
    assert "anchor.other" in faults(older)


def test_what_was_altered_before_is_altered_after(older: Path) -> None:
    tamper(older, "UPDATE entry SET by = 'eve' WHERE id = 4")
    with closing(open_workspace(older)) as workspace:
        assert list(verifying.breaks(workspace.connection)) == [Break("altered", 4, 4)]


def test_what_was_taken_out_before_is_missing_after(older: Path) -> None:
    tamper(older, "DELETE FROM entry WHERE id IN (3, 4)")
    with closing(open_workspace(older)) as workspace:
        assert list(verifying.breaks(workspace.connection)) == [Break("missing", 3, 4)]
    assert "chain.taken_out" in faults(older)


def test_an_entry_that_is_no_json_is_sealed_as_it_stands(older: Path) -> None:
    tamper(older, "UPDATE entry SET changes = '王小明' WHERE id = 4")
    with closing(open_workspace(older)) as workspace:
        (kept,) = workspace.connection.execute("SELECT changes FROM entry WHERE id = 4").fetchone()
        assert json.loads(kept)["paths"] == [] and "王小明" not in kept
        assert [one.first for one in verifying.breaks(workspace.connection)] == [4]


class TestItsOlderBackups:
    """Copies from before: their chain is not the one there is now."""

    def standing(self, path: Path, backup: Path) -> Standing | None:
        asked: list[Standing] = []

        def sure(found: Standing) -> bool:
            asked.append(found)
            return False

        restore(Target(path), backup, by=BO, sure=sure)
        return asked[0] if asked else None

    @pytest.fixture
    def backup(self, older: Path, tmp_path: Path) -> Path:
        return Path(shutil.copyfile(older, tmp_path / "backup.db"))

    def test_one_that_holds_all_of_it_takes_its_place_unasked(self, older: Path, backup: Path) -> None:
        open_workspace(older).close()
        assert self.standing(older, backup) is None

    def test_what_was_done_since_is_counted(self, older: Path, backup: Path) -> None:
        with closing(open_workspace(older)) as workspace:
            desk = Desk(workspace, "ana")
            desk.create({"name": "甲"})
            desk.create({"name": "乙"})
        found = self.standing(older, backup)
        assert found is not None and (found.how, found.entries, found.cases) == ("newer", 2, 2)

    def test_another_journal_is_told_from_it(self, backup: Path, tmp_path: Path) -> None:
        with closing(open_workspace(tmp_path / "another.db")) as workspace:
            Desk(workspace, "ana").create({"name": "甲"})
        found = self.standing(tmp_path / "another.db", backup)
        assert found is not None and (found.how, found.entries) == ("parted", 1)

    def test_it_is_restored_and_whole(self, older: Path, backup: Path) -> None:
        open_workspace(older).close()
        done = restore(Target(older), backup, by=BO, sure=yes)
        assert done is not None
        assert not faults(older) & {"chain.altered", "anchor.other", "anchor.ahead", "cases.unfollowable"}

    def test_no_doctor_misses_what_they_hold(self, older: Path, backup: Path) -> None:
        directory = place(older, Backups())
        directory.mkdir()
        shutil.copyfile(backup, directory / "old-2026-11-20.db")
        open_workspace(older).close()
        assert "backups.lost" not in faults(older)
