"""Workspaces of every earlier release, kept in tests/workspaces: each opens in this one with all that is in it."""

import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from alembic.script import ScriptDirectory
from desks import Desk
from journalled import changes_of
from soundness import flaws
from sqlcipher3 import dbapi2
from unlocked import unlocked

from models import connection as opening
from models import migrating, verifying
from models.connection import Connection, connect
from models.drafts import save_draft
from models.history import led_to
from models.paths import get
from models.reading import Reader
from models.rederiving import rederive
from models.workspace import SCHEMA, Workspace, WorkspaceError, open_workspace

KEPT = Path(__file__).parent.parent / "workspaces"
EARLIER = sorted(path.stem for path in KEPT.glob("*.db") if path.stem != SCHEMA)


class Old(NamedTuple):
    """A workspace of an earlier release, and what was in it."""

    path: Path
    revision: str
    told: dict[str, list[dict[str, Any]]]

    def open(self) -> Workspace:
        return open_workspace(self.path, create=False)

    @property
    def last(self) -> int:
        """The number of the last entry once it has been brought up: 0007 sealed the journal, and says so in one."""
        return len(self.told["journal"]) + self.was_open

    @property
    def was_open(self) -> bool:
        """Whether the journal's values were not sealed yet."""
        return self.revision < "0007"


@pytest.fixture(params=EARLIER)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Old:
    path = tmp_path / "old.db"
    shutil.copyfile(KEPT / f"{request.param}.db", path)
    return Old(path, request.param, json.loads((KEPT / f"{request.param}.json").read_text("utf-8")))


@pytest.fixture
def opened(old: Old) -> Iterator[Workspace]:
    """The same, opened in this release."""
    with closing(old.open()) as workspace:
        yield workspace


def test_of_every_earlier_schema_a_workspace_is_kept() -> None:
    known = {script.revision for script in ScriptDirectory.from_config(migrating._config()).walk_revisions()}
    missing = known - {SCHEMA} - set(EARLIER)
    assert not missing, f"make it with that release's own program: python tests/workspaces/make.py ({missing})"
    assert EARLIER


# --- what was in it is in it


def rows(connection: Connection, question: str) -> list[dict[str, Any]]:
    """The answer to a question, with what is kept as JSON unpacked."""
    found = connection.execute(question)
    names = [column[0] for column in found.description]
    unpacked = ("document", "answered")
    return [
        {n: json.loads(v) if n in unpacked and v is not None else v for n, v in zip(names, row, strict=True)}
        for row in found
    ]


def those_told(found: list[dict[str, Any]], told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of what was found, the columns that were told of: a later schema has more."""
    assert told
    return [{name: row[name] for name in told[0]} for row in found]


@pytest.mark.parametrize(
    ("what", "question"),
    [
        ("cases", "SELECT * FROM cases JOIN document ON case_id = id ORDER BY id"),
        ("drafts", 'SELECT * FROM draft ORDER BY case_id, "by", path'),
        ("preferences", 'SELECT * FROM preference ORDER BY "by", name'),
    ],
)
def test_all_of_it_is_there(old: Old, opened: Workspace, what: str, question: str) -> None:
    assert those_told(rows(opened.connection, question), old.told[what]) == old.told[what]


def test_its_journal_is_there(old: Old, opened: Workspace) -> None:
    told, found = old.told["journal"], changes_of(opened.connection)
    entries = rows(opened.connection, "SELECT * FROM entry ORDER BY id")[: len(told)]
    kept = {name for name in told[0] if name != "hash"}  # the chain begins anew where values came to be sealed
    assert [{name: (found[e["id"]] if name == "changes" else e[name]) for name in kept} for e in entries] == [
        {name: entry[name] for name in kept} for entry in told
    ]


def test_that_it_was_sealed_anew_is_told(old: Old, opened: Workspace) -> None:
    last = opened.connection.execute("SELECT id, command, case_id FROM entry ORDER BY id DESC LIMIT 1").fetchone()
    assert (last == (old.last, "seal", None)) == old.was_open


def test_the_journal_is_a_chain_from_its_first_entry_on(old: Old, opened: Workspace) -> None:
    assert list(verifying.breaks(opened.connection)) == []
    assert verifying.head(opened.connection).last == old.last


def test_it_has_the_schema_of_a_new_one_in_the_same_words(opened: Workspace, workspace: Workspace) -> None:
    assert schema(opened.connection) == schema(workspace.connection)


def schema(connection: Connection) -> set[tuple[str, str]]:
    made = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    # a table that was renamed on the way is written with quotes round its name
    return {(name, " ".join(re.sub(r'TABLE "(\w+)"', r"TABLE \1", sql).split())) for name, sql in made}


def test_what_is_derived_is_right_once_it_has_been_brought_up(old: Old, opened: Workspace) -> None:
    desk = Desk(opened, "ana")
    desk.create({"name": "新"})  # and the anchor is there from the first command on
    while rederive(opened, desk.today):
        pass
    assert flaws(opened) == []
    assert all(desk.is_of_one_piece(case["id"]) for case in old.told["cases"])


# --- work goes on


def test_numbers_go_on_from_those_that_were_ever_given(old: Old, opened: Workspace) -> None:
    ever = max(entry["case_id"] for entry in old.told["journal"])
    desk = Desk(opened, "ana")
    case_id = desk.create({})
    assert (case_id, desk.entries(case_id)[0].id) == (ever + 1, old.last + 1)


def test_its_last_entry_is_taken_back(old: Old, opened: Workspace) -> None:
    last = old.told["journal"][-1]
    desk = Desk(opened, last["by"])
    before = led_to(entry["changes"] for entry in old.told["journal"][:-1] if entry["case_id"] == last["case_id"])
    desk.take_back(last["id"])
    while rederive(opened, desk.today):
        pass
    found = desk.find(last["case_id"])
    assert (found and found.document) == (before and before["applicant"])
    assert flaws(opened) == []


ROW = "applicant.education.uzqype"  # in the workspace of 0001
SCHOOL = f"{ROW}.school"


def test_the_commands_of_its_first_release_are_taken_back(tmp_path: Path) -> None:
    """One change with what followed from it, and a batch; both are done again."""
    shutil.copyfile(KEPT / "0001.db", tmp_path / "old.db")
    with closing(open_workspace(tmp_path / "old.db")) as workspace:
        ana = Desk(workspace, "ana")
        changed = ana.document(7)
        ana.take_back(9)
        before = {path: get(ana.tree(7), path) for path in (SCHOOL, f"{ROW}.evidence")}
        assert before == {SCHOOL: None, f"{ROW}.evidence": "verified"}
        assert ana.take_back(1).cases == 6
        assert [case_id for case_id in range(1, 8) if ana.find(case_id)] == [7]
        assert ana.take_back(1).cases == 6
        assert ana.take_back(9).command == "set"
        assert ana.document(7) == changed
        assert flaws(workspace) == []


# --- whatever breaks on the way


def all_of(path: Path) -> dict[str, list[Any]]:
    """Everything that is in a file, by table."""
    with closing(connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {name: list(connection.execute(f"SELECT * FROM {name}")) for name in tables}
        found["schema"] = list(connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name"))
        assert list(connection.execute("PRAGMA integrity_check")) == [("ok",)]
        return found


def all_but_keys(path: Path) -> dict[str, list[Any]]:
    """The same, the journal opened: each time it is brought up its cases have other keys."""
    found = all_of(path)
    with closing(connect(path)) as connection:
        assert list(verifying.breaks(connection)) == []
        journal = list(changes_of(connection).items())
        said = list(connection.execute("SELECT id, by, command, batch, undoes, case_id, answered FROM entry"))
    return {**found, "entry": [*journal, *said], "case_key": [number for number, _ in found["case_key"]]}


def each_connection(monkeypatch: pytest.MonkeyPatch, prepare: Callable[[Connection], None]) -> None:
    """Prepares each connection that is opened from now on."""
    settle = opening.settle

    def prepared(connection: Connection, path: Path) -> None:
        settle(connection, path)
        prepare(connection)

    monkeypatch.setattr(opening, "settle", prepared)


def test_a_kill_at_any_statement_leaves_the_old_one_whole_or_the_new(
    old: Old, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What a kill leaves is what is in the files at that moment: they are copied before each statement."""
    before = all_of(old.path)
    moments: list[Path] = []

    def copy(statement: str) -> None:
        moment = tmp_path / f"{len(moments)}"
        moment.mkdir()
        moments.append(moment)
        for file in opening.files_of(old.path):
            if file.exists():
                shutil.copyfile(file, moment / file.name)

    with monkeypatch.context() as patch:
        each_connection(patch, lambda connection: connection.set_trace_callback(copy))
        old.open().close()
    after = all_of(old.path)
    found = [all_of(moment / old.path.name) for moment in moments]
    assert before != after
    assert [one for one in found if one not in (before, after)] == []
    assert found.count(before) > 10  # so many statements it took
    for moment in moments[:: len(moments) // 4]:
        with closing(open_workspace(moment / old.path.name, create=False)):
            assert all_but_keys(moment / old.path.name) == all_but_keys(old.path)


def test_a_disk_without_room_for_it_changes_nothing(old: Old, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before, room = all_of(old.path), pages_needed(old.path, tmp_path / "elsewhere")
    limits: list[int] = []

    def full(connection: Connection) -> None:
        pages = opening.pragma(connection, "page_count")
        limits.append(pages)
        assert opening.pragma(connection, f"max_page_count={pages}") == pages

    with monkeypatch.context() as patch:
        each_connection(patch, full)
        if room:
            with pytest.raises(WorkspaceError) as refused:
                old.open()
            assert refused.value.reason.code == "workspace.disk_full"
            assert all_of(old.path) == before
        else:  # a column more takes none
            old.open().close()
    assert limits
    old.open().close()
    assert all_of(old.path) != before


def pages_needed(path: Path, directory: Path) -> int:
    """By how many pages a workspace grows when it is brought up."""
    directory.mkdir()
    other = Path(shutil.copyfile(path, directory / "copy.db"))
    with closing(connect(other)) as connection:
        before = int(opening.pragma(connection, "page_count"))
    with closing(open_workspace(other, create=False)) as workspace:
        return int(opening.pragma(workspace.connection, "page_count")) - before


def test_that_test_has_a_way_that_needs_room(tmp_path: Path) -> None:
    path = Path(shutil.copyfile(KEPT / "0001.db", tmp_path / "old.db"))
    assert pages_needed(path, tmp_path / "elsewhere") > 0


def test_of_several_programs_that_open_it_at_once_one_brings_it_up(old: Old, monkeypatch: pytest.MonkeyPatch) -> None:
    together = threading.Barrier(4)
    bring_up = migrating.bring_up

    def all_have_seen_the_old_schema(path: Path, revision: str) -> None:
        together.wait(30)
        bring_up(path, revision)

    monkeypatch.setattr(migrating, "bring_up", all_have_seen_the_old_schema)
    journals: list[int] = []

    def program() -> None:
        with closing(old.open()) as workspace:
            journals.append(verifying.head(workspace.connection).last)

    programs = [threading.Thread(target=program) for _ in range(together.parties)]
    for one in programs:
        one.start()
    for one in programs:
        one.join()
    assert journals == [old.last] * together.parties
    with closing(old.open()) as workspace:
        assert list(verifying.breaks(workspace.connection)) == []


# --- a program of an earlier release that is still running; what it writes, word for word

OLDER_ENTRY = (
    'INSERT INTO entry (at, "by", origin, command, batch, undoes, case_id, changes, note)'
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"
)
OLDER_DRAFT = 'INSERT INTO draft (case_id, "by", path, text, at) VALUES (?, ?, ?, ?, ?)'
OLDER_DRAFT_AGAIN = 'UPDATE draft SET text=?, at=? WHERE draft.case_id = ? AND draft."by" = ? AND draft.path = ?'
AT = "2026-11-22T03:04:05.678Z"


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Connection]:
    """A connection of release 0001 that was opened before, to a file that this release has brought up since.

    A demo: any other is encrypted then, and what was opened before is another file.
    """
    path = tmp_path / "old.db"
    shutil.copyfile(KEPT / "0001.db", path)
    with closing(unlocked(path)) as connection:
        connection.execute("UPDATE meta SET value = 'demo' WHERE name = 'kind'")
    with closing(connect(path, writing=True)) as connection:
        assert connection.execute("SELECT count(*) FROM cases").fetchone() == (7,)
        open_workspace(path).close()
        yield connection


def test_an_older_program_that_still_runs_is_refused_its_commands(older: Connection, tmp_path: Path) -> None:
    before = all_of(tmp_path / "old.db")
    older.execute("BEGIN IMMEDIATE")
    older.execute("UPDATE cases SET revision=?, status=?, updated_at=? WHERE cases.id = ?", (7, "paused", AT, 7))
    changes = '[{"path":"status","before":"form","after":"paused"}]'
    with pytest.raises(dbapi2.IntegrityError, match=r"entry\.hash"):
        older.execute(OLDER_ENTRY, (AT, "ana", "tui", "set", None, None, 7, changes, None))
    older.execute("ROLLBACK")  # as that release does, the command being one transaction
    assert all_of(tmp_path / "old.db") == before


def test_and_keeps_its_drafts(older: Connection, tmp_path: Path) -> None:
    older.execute("BEGIN IMMEDIATE")
    older.execute(OLDER_DRAFT, (7, "bo", "applicant.name", "王", AT))
    older.execute(OLDER_DRAFT_AGAIN, ("王小", AT, 7, "bo", "applicant.name"))
    older.execute("COMMIT")
    with closing(open_workspace(tmp_path / "old.db")) as workspace, Reader(workspace) as reader:
        assert [draft.text for draft in reader.drafts(7, "bo")] == ["王小"]
        save_draft(workspace, 7, "bo", "applicant.name", "王小明")
        assert [draft.text for draft in reader.drafts(7, "bo")] == ["王小明"]
