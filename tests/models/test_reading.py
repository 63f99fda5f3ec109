"""The door for reading: lists, one case, its journal, likely duplicates."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from stored import store

from engine.words import LANGUAGES, say
from models import reading
from models.connection import connect
from models.query import Query, parse
from models.reading import Reader, Stopped
from models.workspace import Workspace, WorkspaceError, open_workspace

TODAY = date(2026, 11, 22)
ID_NUMBER = "340104199003074516"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace."""
    opened = open_workspace(tmp_path / "kept.db")
    yield opened
    opened.close()


@pytest.fixture
def reader(workspace: Workspace) -> Iterator[Reader]:
    """A reader of it."""
    with Reader(workspace) as opened:
        yield opened


def write(workspace: Workspace, sql: str, *parameters: Any) -> None:
    """Something that another process writes."""
    with closing(connect(workspace.path, writing=True)) as connection:
        connection.execute(sql, parameters)


def query(text: str) -> Query:
    return parse(text, TODAY, "ana")


class TestLists:
    def test_of_an_empty_workspace_are_empty(self, reader: Reader) -> None:
        assert (list(reader.ids()), reader.count(), reader.counts(), reader.rows([1])) == ([], 0, {}, [])

    def test_rows_come_in_the_order_of_the_ids_and_those_that_are_gone_are_left_out(
        self, workspace: Workspace, reader: Reader
    ) -> None:
        store(workspace, *({"id": n, "document": {"name": f"甲{n}"}} for n in (1, 2, 3)))
        assert [row.name for row in reader.rows([3, 99, 1, 2])] == ["甲3", "甲1", "甲2"]

    def test_a_row_says_what_is_kept(self, workspace: Workspace, reader: Reader) -> None:
        store(
            workspace,
            {
                "id": 7,
                "revision": 4,
                "status": "form",
                "consultant": "ana",
                "tags": ["重点", "中考"],
                "need_by": "2027-12-02",
                "score": 120,
                "proven": 90,
                "reached": 1,
                "eligible": 0,
                "points": "valid",
                "permit_until": "2027-05-09",
                "points_until": "2027-03-01",
                "renewal": "2027-03-01",
                "document": {"name": "张三", "employment": {"employer": "甲公司", "district": "浦东新区"}},
            },
        )
        (row,) = reader.rows([7])
        assert row == reading.Row(
            id=7,
            revision=4,
            status="form",
            consultant="ana",
            tags=("重点", "中考"),
            need_by="2027-12-02",
            created_at="2026-01-01T00:00:00.000Z",
            updated_at="2026-01-01T00:00:00.000Z",
            name="张三",
            called=None,
            score=120,
            proven=90,
            reached=True,
            eligible=False,
            provisional=None,
            points="valid",
            permit_until="2027-05-09",
            points_until="2027-03-01",
            renewal="2027-03-01",
            employer="甲公司",
            district="浦东新区",
            stamp="",
            due=None,
            next_change=None,
            crossings=None,
            drops_on=None,
            exams=None,
            uscc=None,
            stage="form",
            kind=None,
            waiting_on=None,
            since=None,
            deadline=None,
            deadline_code=None,
            owed=None,
            chased=None,
            base=None,
            base_multiple=None,
            risks=None,
            fee_due=None,
            stale=False,
        )
        assert row.reached is True

    @pytest.mark.parametrize(
        ("stamp", "due", "stale"),
        [
            ("2/x@a/2023/2026-11-22", None, False),
            ("2/x@a/2023/2026-11-22", "2026-11-25", False),  # nothing has turned since
            ("2/x@a/2023/2026-11-22", "2026-11-24", True),
            ("2/x@a/2018/2026-11-24", "2026-11-25", False),
            ("2/x@a/2023/2026-11-25", None, True),  # of a later day
            ("2/x@b/2023/2026-11-24", "2027-01-01", True),  # other figures
            ("1/x@a/2023/2026-11-24", "2027-01-01", True),  # other rules
            ("", None, True),
        ],
    )
    def test_rows_that_do_not_hold_on_the_day_are_stale(
        self, workspace: Workspace, reader: Reader, stamp: str, due: str | None, stale: bool
    ) -> None:
        store(workspace, {"id": 1, "stamp": stamp, "due": due})
        assert [row.stale for row in reader.rows([1], stamp="2/x@a/2023/2026-11-24")] == [stale]
        assert [row.stale for row in reader.rows([1])] == [False]

    def test_ids_are_in_the_order_asked_for_then_by_id(self, workspace: Workspace, reader: Reader) -> None:
        store(workspace, *({"id": n, "score": score} for n, score in [(4, 50), (2, 90), (9, 50), (1, None), (3, 90)]))
        assert list(reader.ids(query("sort:score"))) == [4, 9, 2, 3, 1]
        assert list(reader.ids(query("sort:-score"))) == [3, 2, 9, 4, 1]

    @pytest.mark.parametrize("few", [-1, 2000])
    @pytest.mark.parametrize(
        "line",
        [
            *("", "甲", "j sort:-score", "sort:renewal", "-甲1", "甲 status:lead", "甲1,甲2"),
            *("sort:status", "sort:-status", "sort:status,-score", "甲 sort:-status,score"),
        ],
    )
    def test_the_first_are_the_beginning_of_all_however_many_match(
        self, workspace: Workspace, reader: Reader, monkeypatch: pytest.MonkeyPatch, line: str, few: int
    ) -> None:
        monkeypatch.setattr("models.query.FEW", few)
        statuses = ("form", "lead", "closed", "lead")
        cases = (
            {"id": n, "score": n % 7, "document": {"name": f"甲{n}"}, "status": statuses[n % 4]} for n in range(1, 60)
        )
        store(workspace, *cases)
        ids = reader.ids(query(line))
        assert len(ids) >= 11
        assert reader.first(query(line), 10) == ids[:10]

    def test_whoever_has_more_than_enough_lacks_nothing(self, workspace: Workspace, reader: Reader) -> None:
        store(workspace, {"id": 1, "score": 119}, {"id": 2, "score": 120}, {"id": 3, "score": 130}, {"id": 4})
        assert list(reader.ids(query("gap:0"))) == [2, 3]
        assert list(reader.ids(query("gap:<=1"))) == [1, 2, 3]
        assert list(reader.ids(query("gap:>0"))) == [1]
        assert list(reader.ids(query("gap:<0"))) == []

    def test_counts_by_status_are_those_of_the_query(self, workspace: Workspace, reader: Reader) -> None:
        store(workspace, {"status": "form", "score": 1}, {"status": "form"}, {"status": "lead", "score": 2})
        assert reader.counts() == {"form": 2, "lead": 1}
        assert reader.counts(query("score:>=1")) == {"form": 1, "lead": 1}
        assert reader.count(query("score:>=1")) == 2


class TestOneCase:
    def test_is_given_whole(self, workspace: Workspace, reader: Reader) -> None:
        store(workspace, {"id": 3, "status": "form", "stamp": "x", "document": {"name": "张三", "sex": "male"}})
        case = reader.case(3)
        assert case is not None
        assert case.document == {"name": "张三", "sex": "male"}
        assert (case.id, case.revision, case.status, case.consultant, case.tags, case.stamp) == (
            3,
            1,
            "form",
            None,
            (),
            "x",
        )
        assert case.row == reader.rows([3])[0]

    def test_that_is_not_there_is_none(self, reader: Reader) -> None:
        assert reader.case(1) is None

    def test_tells_its_latest_changes_the_newest_first(self, workspace: Workspace, reader: Reader) -> None:
        add = (
            "INSERT INTO entry (at, by, origin, command, case_id, changes, hash) "
            "VALUES (?, 'ana', 'local', ?, ?, ?, '')"
        )
        changes = '[{"path": "status", "before": "lead", "after": "form"}]'
        for case_id, command in [(1, "create"), (2, "create"), (1, "set"), (1, "undo")]:
            write(workspace, add, "2026-11-22T03:04:05.678Z", command, case_id, changes)
        assert [entry.command for entry in reader.journal(1)] == ["undo", "set", "create"]
        (latest,) = reader.journal(1, limit=1)
        assert latest.changes == [{"path": "status", "before": "lead", "after": "form"}]
        assert (latest.at, latest.by, latest.origin, latest.undoes) == (
            "2026-11-22T03:04:05.678Z",
            "ana",
            "local",
            None,
        )

    def test_keeps_the_drafts_of_each_consultant_apart(self, workspace: Workspace, reader: Reader) -> None:
        for by, path, at in [("ana", "applicant.sex", "2"), ("ana", "applicant.name", "1"), ("bob", "status", "1")]:
            write(workspace, "INSERT INTO draft VALUES (5, ?, ?, 'x', ?)", by, path, at)
        assert [draft.path for draft in reader.drafts(5, "ana")] == ["applicant.name", "applicant.sex"]
        assert reader.drafts(6, "ana") == []

    def test_a_preference_is_a_consultants_own(self, workspace: Workspace, reader: Reader) -> None:
        write(workspace, "INSERT INTO preference VALUES ('ana', 'language', 'en')")
        assert (reader.preference("ana", "language"), reader.preference("bob", "language")) == ("en", None)


class TestDuplicates:
    KNOWN = (
        {"id": 1, "document": {"name": "张伟", "id_number": ID_NUMBER, "contact": {"phone": "13800001234"}}},
        {"id": 2, "document": {"name": "张伟"}},
        {"id": 3, "document": {"name": "章玮", "contact": {"phone": "+86 138 0000 1234"}}},
        {"id": 4, "document": {"name": "张玮"}},
        {"id": 5, "document": {"contact": {"called": "李女士"}}},
        {"id": 6, "document": {"name": "王张伟"}},
        {"id": 7, "document": {"name": "欧阳章玮"}},
    )

    @pytest.mark.parametrize(
        ("known", "found"),
        [
            ({"id_number": ID_NUMBER}, [(1, ["id_number"])]),
            ({"id_number": "11010519491231002x"}, []),
            ({"phone": "138-0000-1234"}, [(1, ["phone"]), (3, ["phone"])]),
            ({"phone": "1234"}, []),
            ({"phone": "00001234"}, []),
            ({"name": "张伟"}, [(1, ["name"]), (2, ["name"]), (3, ["pinyin"]), (4, ["pinyin"])]),
            ({"name": "张 伟 "}, [(1, ["name"]), (2, ["name"]), (3, ["pinyin"]), (4, ["pinyin"])]),
            ({"called": "李女士"}, [(5, ["called"])]),
            ({"name": "李女士"}, [(5, ["called"])]),
            (
                {"id_number": ID_NUMBER, "name": "张伟", "phone": "13800001234"},
                [(1, ["id_number", "phone", "name"]), (3, ["phone", "pinyin"]), (2, ["name"]), (4, ["pinyin"])],
            ),
            ({}, []),
            ({"name": "", "phone": "", "id_number": "", "called": ""}, []),
        ],
    )
    def test_are_the_same_person_by_number_phone_or_name_the_surest_first(
        self, workspace: Workspace, reader: Reader, known: dict[str, str], found: list[tuple[int, list[str]]]
    ) -> None:
        store(workspace, *self.KNOWN)
        alike = reader.duplicates(**known)
        grounds = [(each.row.id, [why.code.removeprefix("duplicate.") for why in each.why]) for each in alike]
        assert grounds == found
        assert all(say(why, language) for each in alike for why in each.why for language in LANGUAGES)

    def test_are_no_more_than_can_be_looked_at(self, workspace: Workspace, reader: Reader) -> None:
        store(workspace, *({"document": {"name": "张伟"}} for _ in range(30)))
        assert len(reader.duplicates(name="张伟")) == 20


class TestConnection:
    def test_sees_what_others_write_at_once_and_that_they_did(self, workspace: Workspace, reader: Reader) -> None:
        seen = reader.data_version()
        assert reader.data_version() == seen
        store(workspace, {"id": 1})
        assert reader.data_version() != seen
        assert list(reader.ids()) == [1]

    def test_a_query_that_runs_is_stopped_from_another_thread(self, workspace: Workspace, reader: Reader) -> None:
        store(workspace, {"id": 1})
        endless = Query("(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT sum(i) FROM n)", (), "id")
        ended = threading.Event()
        how: list[type[Stopped]] = []

        def run() -> None:
            try:
                reader.count(endless)
            except Stopped as stopped:
                how.append(type(stopped))
            ended.set()

        thread = threading.Thread(target=run)
        thread.start()
        while not ended.wait(0.005):  # an interrupt before the query began would be lost
            reader.interrupt()
        thread.join()
        assert how == [Stopped]
        assert reader.count() == 1  # and the reader is still of use

    def test_cannot_write(self, reader: Reader) -> None:
        with pytest.raises(WorkspaceError):
            reader._all("DELETE FROM cases", ())

    def test_to_a_damaged_file_is_a_plain_sentence(self, workspace: Workspace, reader: Reader) -> None:
        store(workspace, *({"document": {"name": "甲" * 400}} for _ in range(200)))
        write(workspace, "PRAGMA wal_checkpoint(TRUNCATE)")
        size = workspace.path.stat().st_size
        with workspace.path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * (size - 4096))
        with pytest.raises(WorkspaceError) as found, Reader(workspace) as fresh:
            fresh.rows(range(1, 201))
        assert found.value.reason.code == "workspace.corrupt"


def test_lists_are_read_without_what_is_slow_to_load(workspace: Workspace) -> None:
    store(workspace, {"id": 1, "score": 119, "status": "form", "document": {"name": "张三"}})
    script = """
import sys
from datetime import date
from pathlib import Path
from models.query import parse
from models.reading import Reader
from models.workspace import open_workspace
with Reader(open_workspace(Path(sys.argv[1]), create=False)) as reader:
    ids = reader.ids(parse("zs 状态:填报中 gap:1 sort:renewal", date(2026, 11, 22), "ana"))
    assert [row.name for row in reader.rows(ids)] == ["张三"]
    assert reader.case(1) and reader.journal(1) == [] and reader.duplicates(phone="13800001234") == []
print(*{"sqlalchemy", "sqlmodel", "pydantic", "alembic", "pypinyin", "textual"} & sys.modules.keys())
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(workspace.path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [], "")
