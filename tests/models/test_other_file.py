"""The file under a running session: replaced, taken away, or brought up by a newer program."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from desks import Desk

from models import anchor
from models.connection import connect
from models.drafts import save_draft
from models.reading import Reader
from models.workspace import WorkspaceError, open_workspace


def settled(path: Path) -> None:
    """Nothing of the file is left in its log."""
    with closing(connect(path, writing=True)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.fixture
def other(ana: Desk, tmp_path: Path) -> Path:
    """Another workspace file, with one case that says so."""
    path = tmp_path / "other.db"
    with closing(open_workspace(path)) as workspace:
        Desk(workspace, "ana").create({"name": "另一份"})
    settled(path)
    return path


def put_in_place(other: Path, path: Path) -> None:
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        name.rename(name.with_name("old-" + name.name))
    shutil.copy(other, path)


class TestReplaced:
    def test_what_is_written_goes_into_the_file_that_is_there_now(self, ana: Desk, other: Path) -> None:
        ana.create({"name": "甲"})
        put_in_place(other, ana.workspace.path)
        ana.create({"name": "乙"})
        assert [ana.document(i)["name"] for i in (1, 2)] == ["另一份", "乙"]

    def test_an_edit_of_what_is_no_longer_there_is_refused_with_both_values(self, ana: Desk, other: Path) -> None:
        ana.create({"name": "甲"})
        put_in_place(other, ana.workspace.path)
        with pytest.raises(Exception, match="另一份"):
            ana.change(1, ("applicant.name", "甲", "丙"))

    def test_a_reader_finds_out_and_reads_the_new_one(self, ana: Desk, other: Path) -> None:
        ana.create({"name": "甲"})
        with Reader(ana.workspace) as reader:
            assert not reader.renew()
            put_in_place(other, ana.workspace.path)
            assert reader.renew()
            assert reader.rows([1])[0].name == "另一份"
            assert not reader.renew()


class TestTakenAway:
    def test_nothing_is_written_into_a_file_that_nobody_will_find(self, ana: Desk) -> None:
        ana.create({"name": "甲"})
        ana.workspace.path.rename(ana.workspace.path.with_name("moved.db"))
        with pytest.raises(WorkspaceError) as refused:
            ana.create({"name": "乙"})
        assert refused.value.reason.code == "workspace.vanished"

    def test_no_new_workspace_is_made_where_one_with_entries_has_been(self, ana: Desk) -> None:
        ana.create({"name": "甲"})
        ana.workspace.close()
        ana.workspace.path.unlink()
        with pytest.raises(WorkspaceError) as refused:
            open_workspace(ana.workspace.path)
        assert refused.value.reason.code == "workspace.lost"
        assert refused.value.reason.values["last"] == 1
        assert not ana.workspace.path.exists()

    def test_a_new_one_is_made_once_the_anchor_is_removed_too(self, ana: Desk) -> None:
        ana.create({"name": "甲"})
        ana.workspace.close()
        ana.workspace.path.unlink()
        anchor.place(ana.workspace.path).unlink()
        open_workspace(ana.workspace.path).close()


class TestBroughtUpByANewerProgram:
    @pytest.fixture
    def newer(self, ana: Desk) -> Desk:
        """Ana's program is still running while another has brought the schema up."""
        ana.create({"name": "甲"})
        with closing(connect(ana.workspace.path, writing=True)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        return ana

    def test_nothing_is_written_to_it(self, newer: Desk) -> None:
        with pytest.raises(WorkspaceError) as refused:
            newer.set(1, "status", "form")
        assert refused.value.reason.code == "workspace.brought_on"
        assert newer.count("SELECT count(*) FROM entry") == 1
        assert newer.case(1).status == "lead"

    def test_what_is_being_typed_is_kept_as_a_draft(self, newer: Desk) -> None:
        save_draft(newer.workspace, 1, "ana", "applicant.name", "王小")
        with Reader(newer.workspace) as reader:
            assert [draft.text for draft in reader.drafts(1, "ana")] == ["王小"]
