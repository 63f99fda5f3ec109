"""The journal under the doctor's eyes: altered, taken out of, cut off; held against the anchor and the backups."""

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from desks import DAY, Desk
from doctoring import codes, found, look, settle, tamper, untouched
from unlocked import unlocked

from models import anchor, verifying
from models.author import Author
from models.backups import make, place
from models.chain import Head
from models.connection import connect
from models.doctor.accepting import accept, acceptable
from models.doctor.rebuilding import rebuild
from models.journal import Line, record
from models.refusals import Refused
from models.settings import Backups
from models.today import moment
from models.transaction import transaction
from models.workspace import open_workspace

EVE = Author("eve", "test")


@pytest.fixture
def worked(ana: Desk) -> Desk:
    """Ana's desk, with six entries in the journal."""
    case_id = ana.create({"name": "甲"})
    for status in ("simulated", "engaged", "form"):
        ana.set(case_id, "status", status)
    ana.create({"name": "乙"})
    ana.set(2, "status", "form")
    return ana


@pytest.fixture
def path(worked: Desk) -> Path:
    """The workspace's file, with all of it in it."""
    settle(worked.workspace.path)
    return worked.workspace.path


def back_up(path: Path, name: str = "cases-2026-11-22.db") -> Path:
    """A backup of the workspace as it stands, among those that are kept."""
    directory = path.parent / "backups"
    directory.mkdir(mode=0o700, exist_ok=True)
    file = directory / name
    with closing(connect(path, writing=True)) as connection:
        connection.execute("VACUUM INTO ?", (str(file),))
    file.chmod(0o600)
    return file


def cut(path: Path, last: int) -> None:
    """Cuts off the journal after an entry, as somebody would who knows where its numbers are kept."""
    tamper(
        path,
        f"DELETE FROM entry WHERE id > {last}",
        f"UPDATE sqlite_sequence SET seq = {last} WHERE name = 'entry'",
    )


class Earlier:
    """The workspace as it was at some moment, to be put back: a copy by hand, with its anchor left alone."""

    def __init__(self, path: Path, directory: Path) -> None:
        self.path, self.file = path, directory / "earlier.db"
        settle(path)
        shutil.copy(path, self.file)

    def put_back(self) -> None:
        for ending in ("-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        shutil.copy(self.file, self.path)


@pytest.fixture
def earlier(worked: Desk, tmp_path: Path) -> Earlier:
    """The workspace before its last two entries; everybody has left it."""
    taken = Earlier(worked.workspace.path, tmp_path)
    worked.set(1, "tags", ["中考"])
    worked.set(1, "need_by", "2027-03-01")
    settle(worked.workspace.path)
    worked.workspace.close()
    return taken


class TestAlteredAndTakenOut:
    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("by", "'eve'"),
            ("at", "'2020-01-01T00:00:00.000Z'"),
            ("at", "''"),
            ("note", "x'ff'"),
            ("note", "CAST(x'ff' AS TEXT)"),
            ("changes", "x'ff00'"),
            ("changes", "'['"),
            ("id", "77"),
        ],
    )
    def test_an_altered_entry_is_told(self, path: Path, column: str, value: str) -> None:
        tamper(path, f"UPDATE entry SET {column} = {value} WHERE id = 3")
        told = codes(path)
        assert told.get("chain.altered", told.get("chain.taken_out")) == "fault"

    def test_which_one_is_told(self, path: Path) -> None:
        tamper(path, "UPDATE entry SET origin = 'eve' WHERE id = 3")
        assert found(path, "chain.altered").details == {"count": 1, "first": ["3"]}

    def test_an_entry_that_was_deleted_is_told(self, path: Path) -> None:
        tamper(path, "DELETE FROM entry WHERE id IN (2, 3)")
        assert found(path, "chain.taken_out").details["first"] == ["2-3"]

    def test_of_many_the_first_are_told_and_how_many(self, worked: Desk) -> None:
        for _ in range(15):
            worked.set(1, "tags", ["a"])
            worked.set(1, "tags", ["b"])
        settle(worked.workspace.path)
        tamper(worked.workspace.path, "UPDATE entry SET origin = 'eve' WHERE id > 2")
        details = found(worked.workspace.path, "chain.altered").details
        assert (details["count"], len(details["first"])) == (34, 20)

    def test_neither_can_be_accepted(self, path: Path) -> None:
        tamper(path, "UPDATE entry SET origin = 'eve' WHERE id = 2", "DELETE FROM entry WHERE id = 4")
        assert acceptable(look(path)) == []


class TestCutOff:
    def test_the_numbers_once_given_tell(self, path: Path) -> None:
        tamper(path, "DELETE FROM entry WHERE id > 4")
        assert found(path, "chain.cut").details["first"] == ["5-6"]

    def test_where_the_numbers_were_set_back_the_anchor_tells(self, path: Path) -> None:
        cut(path, 4)
        details = found(path, "anchor.ahead").details
        assert (details["kept"], details["stands"], details["lost"]) == (6, 4, 2)

    def test_where_the_anchor_was_taken_away_too_a_backup_tells(self, path: Path) -> None:
        file = back_up(path)
        cut(path, 4)
        anchor.place(path).unlink()
        assert found(path, "backups.lost").details["first"] == [file.name]

    def test_a_copy_of_an_earlier_day_put_back_by_hand_is_told(self, earlier: Earlier) -> None:
        earlier.put_back()
        assert codes(earlier.path) == {"anchor.ahead": "fault"}

    def test_what_was_written_after_a_cut_does_not_hide_it(self, worked: Desk, path: Path) -> None:
        tamper(path, "DELETE FROM entry WHERE id > 4")
        worked.set(1, "need_by", "2027-03-01")
        assert found(path, "chain.cut").details["first"] == ["5-6"]


class TestTheAnchor:
    def test_one_that_is_behind_is_right(self, worked: Desk, path: Path) -> None:
        kept = verifying.at(worked.workspace.connection, 4)
        assert kept is not None
        anchor.write(path, kept)
        assert codes(path) == {}

    def test_one_of_another_journal_is_told(self, path: Path) -> None:
        anchor.write(path, Head(4, "b" * 64))
        assert codes(path) == {"anchor.other": "fault"}

    def test_one_that_is_missing_is_told(self, path: Path) -> None:
        anchor.place(path).unlink()
        assert codes(path) == {"anchor.missing": "warning"}

    def test_where_nothing_was_written_yet_none_is_missed(self, ana: Desk) -> None:
        anchor.place(ana.workspace.path).unlink(missing_ok=True)
        assert codes(ana.workspace.path) == {}

    @pytest.mark.parametrize("text", [b"x", b"\xff" * 86, b"0" * 86])
    def test_one_that_is_damaged_is_told(self, path: Path, text: bytes) -> None:
        anchor.place(path).write_bytes(text)
        assert codes(path) == {"anchor.damaged": "fault"}

    def test_it_is_read_before_the_journal(self, worked: Desk, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Somebody writes right after the anchor was read: the journal is further then, and that is right."""
        plain = anchor.read

        def read(place: Path) -> Head | None:
            kept = plain(place)
            monkeypatch.setattr(anchor, "read", plain)
            worked.set(1, "status", "paused")
            return kept

        monkeypatch.setattr(anchor, "read", read)
        assert codes(path) == {}


class TestBackups:
    def test_they_are_looked_for_where_the_office_keeps_them(self, path: Path, tmp_path: Path) -> None:
        kept = Backups(directory=tmp_path / "office")
        (tmp_path / "office").mkdir(mode=0o700)
        file = place(path, kept) / "cases-2026-11-22.db"
        file.parent.mkdir(mode=0o700)
        make(path, file)
        told = {finding.code: finding.details for finding in look(path, kept=kept)}
        assert told["backups.ok"]["count"] == 1
        file.write_bytes(file.read_bytes()[:5000])
        assert codes(path, kept=kept) == {"backups.unreadable": "fault"}

    def test_one_of_an_earlier_moment_is_right(self, worked: Desk, path: Path) -> None:
        back_up(path)
        worked.set(1, "status", "paused")
        assert codes(path) == {}
        assert found(path, "backups.ok").details["count"] == 1

    def test_none_is_told_where_there_is_something_to_lose(self, path: Path) -> None:
        assert found(path, "backups.none").severity == "warning"

    def test_an_empty_workspace_needs_none(self, ana: Desk) -> None:
        assert found(ana.workspace.path, "backups.none_yet").severity == "note"

    def test_one_that_was_cut_short_is_told(self, path: Path) -> None:
        file = back_up(path)
        os.truncate(file, file.stat().st_size - 4096)
        assert found(path, "backups.unreadable").details["first"] == [file.name]

    def test_an_old_one_is_told_where_something_was_written_since(self, path: Path) -> None:
        file = back_up(path)
        age(file, days=3)
        assert codes(path)["backups.old"] == "warning"

    def test_an_old_one_does_where_nothing_was_written_since(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        back_up(path)
        monkeypatch.setattr("models.doctor.moment", lambda: later(days=5))
        assert codes(path) == {}

    def test_one_of_another_workspace_is_told(self, path: Path, tmp_path: Path) -> None:
        other = tmp_path / "other.db"
        with closing(open_workspace(other)) as workspace:
            Desk(workspace, "bo").create({"name": "丙"})
        settle(other)
        file = back_up(path)
        shutil.copy(other, file)
        assert codes(path) == {"backups.lost": "fault"}

    def test_one_of_what_was_left_behind_by_going_back_to_another_is_right(
        self, worked: Desk, path: Path, earlier: Earlier
    ) -> None:
        back_up(path, "cases-2026-11-23.db")
        earlier.put_back()
        anchor.place(path).unlink()
        with closing(open_workspace(path)) as workspace, transaction(workspace) as session:
            record(session, [Line(None, [])], at=moment(), by=EVE, command="restore")
        assert codes(path) == {}

    def test_one_of_another_workspace_is_told_wherever_somebody_went_back_to(self, worked: Desk, path: Path) -> None:
        file = back_up(path)
        tamper(
            file,
            "UPDATE entry SET hash = 'x' WHERE id = 6",
        )
        with transaction(worked.workspace) as session:
            record(session, [Line(None, [])], at=moment(), by=EVE, command="restore")
        assert codes(path) == {"backups.lost": "fault"}

    def test_one_of_an_earlier_schema_has_no_chain_to_hold(self, path: Path) -> None:
        file = back_up(path)
        shutil.copy(Path(__file__).parents[1] / "workspaces" / "0001.db", file)
        file.chmod(0o600)
        assert codes(path) == {"at_rest.plain_backups": "warning"}

    def test_looking_at_them_changes_nothing(self, path: Path) -> None:
        file = back_up(path)
        with untouched(file.parent):
            look(path)


def age(file: Path, days: int) -> None:
    then = file.stat().st_mtime - days * 86400
    os.utime(file, (then, then))


def later(days: int) -> str:
    from datetime import UTC, datetime, timedelta

    moment = datetime.now(UTC) + timedelta(days=days)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def take(path: Path) -> int:
    """Accepts the journal as it stands; the entry that says so."""
    with closing(open_workspace(path)) as workspace:
        return accept(workspace, by=EVE)


class TestAccepting:
    def test_a_tail_that_is_gone_with_its_numbers_is_a_fault_no_more(self, earlier: Earlier) -> None:
        earlier.put_back()
        assert take(earlier.path) == 7
        assert codes(earlier.path) == {"chain.accepted": "note"}

    def test_a_hole_at_the_end_is_a_fault_no_more(self, path: Path) -> None:
        tamper(path, "DELETE FROM entry WHERE id = 6", "UPDATE cases SET status = 'lead', revision = 1 WHERE id = 2")
        tamper(path, "UPDATE cases SET updated_at = created_at WHERE id = 2")
        with closing(open_workspace(path)) as workspace:
            rebuild(workspace, DAY)
        assert take(path) == 7
        assert codes(path) == {"chain.accepted": "note"}

    def test_an_anchor_of_another_journal_is_replaced(self, path: Path) -> None:
        anchor.write(path, Head(4, "b" * 64))
        take(path)
        assert codes(path) == {"chain.accepted": "note"}
        with closing(connect(path)) as connection:
            assert anchor.read(path) == verifying.head(connection)

    def test_a_damaged_anchor_is_replaced(self, path: Path) -> None:
        anchor.place(path).write_bytes(b"x")
        take(path)
        assert codes(path) == {"chain.accepted": "note"}

    def test_backups_that_hold_what_is_lost_are_a_fault_no_more(self, earlier: Earlier) -> None:
        back_up(earlier.path)
        earlier.put_back()
        anchor.place(earlier.path).unlink()
        assert codes(earlier.path)["backups.lost"] == "fault"
        take(earlier.path)
        assert codes(earlier.path) == {"chain.accepted": "note"}

    def test_so_are_they_where_work_has_gone_on_since(self, earlier: Earlier) -> None:
        back_up(earlier.path)
        earlier.put_back()
        anchor.place(earlier.path).unlink()
        with closing(open_workspace(earlier.path)) as workspace:
            for status in ("paused", "lead", "form"):
                Desk(workspace, "ana").set(1, "status", status)
        assert codes(earlier.path) == {"backups.lost": "fault"}
        take(earlier.path)
        assert codes(earlier.path) == {"chain.accepted": "note"}

    def test_what_is_cut_off_afterwards_is_found_all_the_same(self, earlier: Earlier) -> None:
        earlier.put_back()
        take(earlier.path)
        with closing(open_workspace(earlier.path)) as workspace:
            for status in ("paused", "lead", "form"):
                Desk(workspace, "ana").set(1, "status", status)
            back_up(earlier.path)
        cut(earlier.path, 9)
        anchor.place(earlier.path).unlink()
        assert codes(earlier.path)["backups.lost"] == "fault"

    def test_the_entry_says_what_was_missing(self, earlier: Earlier) -> None:
        kept = anchor.read(earlier.path)
        assert kept is not None
        earlier.put_back()
        entry = take(earlier.path)
        with closing(connect(earlier.path)) as connection:
            row = connection.execute("SELECT by, command, case_id, note FROM entry WHERE id = ?", (entry,)).fetchone()
        assert row == ("eve", "accept", None, f"stood 6; anchor 8 {kept.hash}")

    def test_nobody_undoes_it_by_a_slip(self, earlier: Earlier) -> None:
        earlier.put_back()
        take(earlier.path)
        with closing(open_workspace(earlier.path)) as workspace, pytest.raises(Refused) as refused:
            Desk(workspace, "eve").undo()
        assert refused.value.reason.code == "write.nothing_to_undo"

    def test_a_case_changed_behind_the_journals_back_stays_a_fault(self, path: Path) -> None:
        cut(path, 5)
        take(path)
        assert codes(path) == {"chain.accepted": "note", "cases.differs": "fault"}

    def test_a_forged_acceptance_covers_nothing(self, path: Path) -> None:
        """Whoever cuts the journal off and writes such an entry by hand has not its hash."""
        tamper(path, "DELETE FROM entry WHERE id > 4")
        changes = '[{"path": "journal", "before": null, "after": {"last": 4}},'
        changes += '{"path": "journal.missing", "before": {"first": 5, "last": 6}, "after": null}]'
        with closing(unlocked(path)) as connection, connection:
            connection.execute(
                "INSERT INTO entry (at, by, origin, command, changes, hash) VALUES ('', 'eve', '', 'accept', ?, '')",
                (changes,),
            )
        assert codes(path)["chain.taken_out"] == "fault"
