"""The journal is a chain: what was written in it can be seen to be all of it, and unaltered."""

import shutil
from contextlib import closing
from typing import Any

import pytest
from desks import Desk
from sqlcipher3 import dbapi2

from engine.document import Invalid
from models import anchor, verifying
from models.chain import NOTHING, Head, seal
from models.connection import connect
from models.verifying import Break


def broken(desk: Desk) -> list[Break]:
    return list(verifying.breaks(desk.workspace.connection))


def head(desk: Desk) -> Head:
    return verifying.head(desk.workspace.connection)


def tamper(desk: Desk, *statements: str) -> None:
    """Changes the file as somebody would who has it and knows SQLite."""
    with closing(connect(desk.workspace.path, writing=True)) as connection:
        for trigger in ("changed", "removed"):
            connection.execute(f"DROP TRIGGER IF EXISTS entry_is_not_{trigger}")
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def worked(ana: Desk, bo: Desk) -> Desk:
    """Ana's desk, with six entries in the journal."""
    case_id = ana.create({"name": "甲"})
    for status in ("simulated", "engaged", "form"):
        ana.set(case_id, "status", status)
    bo.set(case_id, "tags", ["中考"])
    ana.undo()
    return ana


def test_a_journal_that_was_left_alone_is_whole(worked: Desk) -> None:
    assert broken(worked) == []
    assert head(worked).last == 6


def test_each_entry_covers_the_one_before(worked: Desk) -> None:
    rows = list(worked.workspace.connection.execute(verifying._ENTRIES))
    before = NOTHING.hash
    for *values, written in rows:
        assert seal(before, values) == written
        before = written


def test_a_journal_without_an_entry_is_whole(ana: Desk) -> None:
    assert broken(ana) == []
    assert head(ana) == NOTHING


@pytest.mark.parametrize(
    "column",
    ["at", "by", "origin", "command", "batch", "undoes", "case_id", "changes", "note", "answered"],
)
def test_an_entry_that_was_altered_in_any_way_is_found(worked: Desk, column: str) -> None:
    tamper(worked, f"UPDATE entry SET \"{column}\" = '77' WHERE id = 3")
    assert broken(worked) == [Break("altered", 3, 3)]


def test_a_hash_that_was_made_to_fit_breaks_the_next_entry(worked: Desk) -> None:
    tamper(worked, "UPDATE entry SET by = 'eve' WHERE id = 3")
    *values, _ = worked.workspace.connection.execute(f"{verifying._ENTRIES} LIMIT 1 OFFSET 2").fetchone()
    before = verifying.at(worked.workspace.connection, 2)
    assert before is not None
    tamper(worked, f"UPDATE entry SET hash = '{seal(before.hash, values)}' WHERE id = 3")
    assert broken(worked) == [Break("altered", 4, 4)]


def test_an_entry_that_was_taken_out_is_found(worked: Desk) -> None:
    tamper(worked, "DELETE FROM entry WHERE id IN (3, 4)")
    assert broken(worked) == [Break("missing", 3, 4)]


def test_a_tail_that_was_cut_off_is_found_by_the_numbers_once_given(worked: Desk) -> None:
    tamper(worked, "DELETE FROM entry WHERE id > 4")
    assert broken(worked) == [Break("missing", 5, 6)]


def test_what_is_written_after_a_cut_takes_no_number_again(worked: Desk) -> None:
    tamper(worked, "DELETE FROM entry WHERE id > 4")
    worked.set(1, "need_by", "2027-03-01")
    assert broken(worked) == [Break("missing", 5, 6)]
    assert head(worked).last == 7


def test_the_database_itself_keeps_entries_from_being_changed_or_removed(worked: Desk) -> None:
    with closing(connect(worked.workspace.path, writing=True)) as connection:
        for statement in ("UPDATE entry SET by = 'eve'", "DELETE FROM entry WHERE id = 6"):
            with pytest.raises(dbapi2.IntegrityError, match="only grows"):
                connection.execute(statement)


def test_an_entry_tells_what_was_answered(ana: Desk) -> None:
    case_id = ana.create({"birth_date": "1990-03-07"})
    (made,) = ana.entries(case_id)
    assert made.answered == {"score": 30, "proven": 0, "stamp": ana.case(case_id).stamp}


def test_undoing_tells_what_is_answered_then(ana: Desk) -> None:
    case_id = ana.create({"birth_date": "1990-03-07"})
    ana.set(case_id, "applicant.birth_date", "1975-03-07")
    ana.undo()
    assert [entry.answered["score"] for entry in ana.entries(case_id)] == [30, 15, 30]


class TestTheAnchor:
    def test_follows_each_command(self, worked: Desk) -> None:
        assert anchor.read(worked.workspace.path) == head(worked)

    def test_is_readable_by_those_alone_who_may_read_the_workspace(self, worked: Desk) -> None:
        path = worked.workspace.path
        assert anchor.place(path).stat().st_mode & 0o777 == path.stat().st_mode & 0o666

    def test_that_is_behind_catches_up(self, worked: Desk) -> None:
        """The program was cut off after the commit and before the anchor was written."""
        path = worked.workspace.path
        earlier = verifying.at(worked.workspace.connection, 4)
        assert earlier is not None
        anchor.write(path, earlier)
        worked.set(1, "status", "paused")
        assert anchor.read(path) == head(worked)

    @pytest.mark.parametrize("kept", [Head(9, "a" * 64), Head(4, "b" * 64)])
    def test_of_another_journal_stays_to_be_told_about(self, worked: Desk, kept: Head) -> None:
        anchor.write(worked.workspace.path, kept)
        worked.set(1, "status", "paused")
        assert anchor.read(worked.workspace.path) == kept

    @pytest.mark.parametrize("text", [b"", b"x", b"\xff" * 86])
    def test_that_cannot_be_read_costs_nobody_an_edit(self, worked: Desk, text: bytes) -> None:
        anchor.place(worked.workspace.path).write_bytes(text)
        worked.set(1, "status", "paused")
        assert worked.case(1).status == "paused"

    def test_that_was_taken_away_is_made_anew(self, worked: Desk) -> None:
        anchor.place(worked.workspace.path).unlink()
        worked.set(1, "status", "paused")
        assert anchor.read(worked.workspace.path) == head(worked)

    def test_stays_where_a_command_fails(self, worked: Desk) -> None:
        before = anchor.read(worked.workspace.path)
        with pytest.raises(Invalid):
            worked.set(1, "status", "nowhere")
        assert anchor.read(worked.workspace.path) == before


def documents(connection: Any) -> list[Any]:
    return list(connection.execute("SELECT case_id, document FROM document ORDER BY case_id"))


def test_a_copy_of_the_file_carries_the_chain(worked: Desk, tmp_path: Any) -> None:
    with closing(connect(worked.workspace.path, writing=True)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = tmp_path / "copy.db"
    shutil.copy(worked.workspace.path, copy)
    with closing(connect(copy)) as connection:
        assert verifying.head(connection) == head(worked)
        assert documents(connection) == documents(worked.workspace.connection)
