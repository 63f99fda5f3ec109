"""A plain workspace is encrypted when it is opened, and a key is changed: whole or not at all, while people work."""

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import keepers
import pytest
from desks import Desk
from faults.forks import Child
from soundness import flaws
from unlocked import unlocked

from models import anchor, encrypting, keyring, verifying
from models.connection import MAGIC, files_of, name_of_key
from models.encrypting import change_key, encrypt, kept_plain
from models.examining import read_only
from models.reading import Reader
from models.workspace import SCHEMA, Workspace, WorkspaceError, open_workspace

WORKSPACES = Path(__file__).parent.parent / "workspaces"
EARLIER = sorted(path.stem for path in WORKSPACES.glob("*.db"))


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of keys of this test's own."""
    monkeypatch.setenv(keyring.VARIABLE, str(tmp_path / "apart"))
    return tmp_path / "apart"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A workspace of today's schema that was never encrypted, with two cases."""
    path = tmp_path / "data" / "cases.db"
    path.parent.mkdir(mode=0o700)
    with closing(open_workspace(path, kind="demo")) as workspace:
        ana = Desk(workspace, "ana")
        ana.create({"name": "甲"})
        ana.create({"name": "乙"}, tags=["中考"])
    with closing(unlocked(path)) as connection:
        connection.execute("UPDATE meta SET value = 'plain'")
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An encrypted one."""
    path = tmp_path / "data" / "cases.db"
    path.parent.mkdir(mode=0o700)
    with closing(open_workspace(path)) as made:
        Desk(made, "ana").create({"name": "甲"})
        yield made


def is_plain(path: Path) -> bool:
    return path.read_bytes().startswith(MAGIC)


def all_of(path: Path) -> dict[str, list[Any]]:
    """Everything that is in a file, by table."""
    with closing(read_only(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {name: list(connection.execute(f"SELECT * FROM {name}")) for name in sorted(tables)}
        found["schema"] = list(connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name"))
        assert list(connection.execute("PRAGMA integrity_check")) == [("ok",)]
        return found


# --- encrypted when it is opened


def test_a_plain_one_is_encrypted_with_all_that_is_in_it(plain: Path) -> None:
    before = all_of(plain)
    with closing(open_workspace(plain)) as workspace:
        assert name_of_key(workspace.connection) is not None
        assert flaws(workspace) == []
    assert not is_plain(plain) and all_of(plain) == before


def test_the_plain_one_is_kept_under_a_name_that_says_so(plain: Path) -> None:
    before = all_of(plain)
    with closing(open_workspace(plain)) as workspace:
        kept = workspace.kept_plain
    assert kept is not None and "-unencrypted-" in kept.name
    assert kept_plain(plain) == [kept]
    assert is_plain(kept) and all_of(kept) == before
    assert anchor.read(kept) == anchor.read(plain) is not None


def test_of_an_empty_one_nothing_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_workspace(path, kind="demo").close()
    with closing(unlocked(path)) as connection:
        connection.execute("UPDATE meta SET value = 'plain'")
    with closing(open_workspace(path)) as workspace:
        assert workspace.kept_plain is None
    assert not is_plain(path) and kept_plain(path) == []


def test_the_next_opening_has_nothing_to_do(plain: Path) -> None:
    open_workspace(plain).close()
    before = plain.read_bytes()
    with closing(open_workspace(plain)) as workspace:
        assert workspace.kept_plain is None
    assert plain.read_bytes() == before and len(keyring.names()) == 1


def test_a_demo_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_workspace(path, kind="demo").close()
    open_workspace(path).close()
    assert is_plain(path) and keyring.names() == []


@pytest.mark.parametrize("schema", EARLIER)
def test_one_of_every_earlier_schema_is_encrypted_and_brought_up(schema: str, tmp_path: Path) -> None:
    path = Path(shutil.copyfile(WORKSPACES / f"{schema}.db", tmp_path / "old.db"))
    with closing(open_workspace(path)) as workspace:
        assert not is_plain(path)
        assert workspace.connection.execute("SELECT version_num FROM alembic_version").fetchone() == (SCHEMA,)
        assert list(verifying.breaks(workspace.connection)) == []
        kept = workspace.kept_plain
    assert kept is not None and all_of(kept) == all_of(WORKSPACES / f"{schema}.db")
    assert [file for file in (tmp_path / "backups").iterdir() if is_plain(file)] == []


@pytest.mark.parametrize("schema", EARLIER)
def test_one_that_is_encrypted_already_is_brought_up(schema: str, tmp_path: Path) -> None:
    path = Path(shutil.copyfile(WORKSPACES / f"{schema}.db", tmp_path / "old.db"))
    encrypt(path)
    assert not is_plain(path)
    with closing(open_workspace(path)) as workspace:
        assert workspace.connection.execute("SELECT version_num FROM alembic_version").fetchone() == (SCHEMA,)
        assert list(verifying.breaks(workspace.connection)) == []
        assert workspace.kept_plain is None


def test_one_behind_a_link_is_encrypted_where_it_is(plain: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(plain)
    open_workspace(link).close()
    assert link.is_symlink() and not is_plain(plain)


def test_one_of_a_newer_program_is_left_alone(plain: Path) -> None:
    with closing(unlocked(plain)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = plain.read_bytes()
    with pytest.raises(WorkspaceError) as caught:
        open_workspace(plain)
    assert caught.value.reason.code == "workspace.newer"
    assert plain.read_bytes() == before and keyring.names() == []


def test_a_copy_that_is_not_like_the_original_does_not_take_its_place(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = encrypting.export

    def less(source: Path, new: Path, *given: Any) -> None:
        export(source, new, *given)
        with closing(unlocked(new)) as copy:
            copy.execute("DELETE FROM search_key WHERE key = (SELECT min(key) FROM search_key)")

    monkeypatch.setattr(encrypting, "export", less)
    with pytest.raises(WorkspaceError) as caught:
        open_workspace(plain)
    assert caught.value.reason.code == "workspace.not_encrypted"
    assert is_plain(plain) and kept_plain(plain) == [] and keyring.names() == []


def test_of_several_programs_that_open_it_at_once_one_encrypts_it(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    together = threading.Barrier(4)
    before = all_of(plain)
    found: list[Any] = []

    def all_have_seen_the_plain_one(path: Path) -> Path | None:
        together.wait(30)
        return encrypt(path)

    monkeypatch.setattr(encrypting, "encrypt", all_have_seen_the_plain_one)

    def program() -> None:
        with closing(open_workspace(plain)) as workspace:
            found.append((workspace.kept_plain is not None, name_of_key(workspace.connection)))

    programs = [threading.Thread(target=program) for _ in range(together.parties)]
    for one in programs:
        one.start()
    for one in programs:
        one.join()
    assert sorted(kept for kept, _ in found) == [False, False, False, True]
    assert len({name for _, name in found}) == 1 == len(keyring.names())
    assert all_of(plain) == before


# --- while people work


def test_a_session_that_reads_finds_the_encrypted_one_at_its_next_look(plain: Path) -> None:
    with closing(open_workspace_as_it_is(plain)) as early, Reader(early) as reader:
        assert reader.count() == 2
        with closing(open_workspace(plain)) as workspace:
            assert reader.renew()
            Desk(workspace, "bo").create({"name": "丙"})
            assert reader.count() == 3


def test_a_session_that_reads_before_it_looks_is_shown_no_damage(workspace: Workspace) -> None:
    with Reader(workspace) as reader:
        assert reader.count() == 1
        change_key(workspace.path)
        for n in range(30):
            Desk(workspace, "ana").create({"name": f"第{n}个"})
        assert reader.count() in {1, 31}
        assert [row.name for row in reader.rows([1])] == ["甲"]
        reader.renew()
        assert reader.count() == 31


def test_a_command_of_a_session_from_before_is_written_into_the_new_one(plain: Path) -> None:
    with closing(open_workspace_as_it_is(plain)) as early:
        ana = Desk(early, "ana")
        ana.create({"name": "丙"})
        with closing(open_workspace(plain)):
            ana.create({"name": "丁"})
    with closing(open_workspace(plain)) as workspace:
        assert workspace.connection.execute("SELECT count(*) FROM cases").fetchone() == (4,)
        assert flaws(workspace) == []


def test_leaving_such_a_session_takes_nothing_of_the_new_one_along(plain: Path) -> None:
    """SQLite removes the log with the last connection to a file; here the file has another name by then."""
    early = open_workspace_as_it_is(plain)
    Desk(early, "ana").create({"name": "丙"})
    with closing(open_workspace(plain)) as workspace:
        Desk(workspace, "bo").create({"name": "丁"})
        early.close()
        Desk(workspace, "bo").create({"name": "戊"})
        for n in range(20):
            Desk(workspace, "bo").set(1, "tags", [f"{n}"])
        assert flaws(workspace) == []
    with closing(open_workspace(plain)) as again:
        assert again.connection.execute("SELECT count(*) FROM cases").fetchone() == (5,)
        assert flaws(again) == []


def open_workspace_as_it_is(path: Path) -> Workspace:
    """A session of a release that did not encrypt."""
    from models.connection import connect

    return Workspace(path, "office", connect(path))


# --- whatever breaks on the way


def copy_of(path: Path, to: Path) -> Path:
    to.mkdir()
    for file in files_of(path):
        if file.exists():
            shutil.copyfile(file, to / file.name)
    return to / path.name


def test_a_disk_that_fails_at_any_step_leaves_the_old_one_or_the_new(
    plain: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = all_of(plain)
    for step in count(1):
        path = copy_of(plain, tmp_path / f"{step}")
        with keepers.failing_at(step, monkeypatch) as failed:
            try:
                open_workspace(path).close()
            except WorkspaceError:
                assert failed
        assert all_of(path) == before, (step, failed)
        with closing(open_workspace(path)) as workspace:
            assert flaws(workspace) == [], (step, failed)
        assert not is_plain(path) and len(kept_plain(path)) == 1, (step, failed)
        if not failed:
            break
    assert step > 20


def killed_at(step: int, do: Callable[[], object]) -> bool:
    """Does it in a child that is killed just before the so-manieth change of a directory; whether it was."""

    def work(say: Callable[[Any], None]) -> None:
        steps = count(1)

        def counted(do: Callable[..., Any]) -> Callable[..., Any]:
            def wrapper(*given: Any, **named: Any) -> Any:
                if next(steps) == step:
                    os.kill(os.getpid(), signal.SIGKILL)
                return do(*given, **named)

            return wrapper

        for name in keepers.STEPS:
            setattr(os, name, counted(getattr(os, name)))
        do()

    child = Child(work)
    child.all_words()
    assert child.code in {0, -signal.SIGKILL}
    return child.code != 0


def test_a_kill_at_any_step_leaves_the_old_one_or_the_new(plain: Path, tmp_path: Path) -> None:
    before = all_of(plain)
    for step in count(1):
        path = copy_of(plain, tmp_path / f"{step}")
        killed = killed_at(step, lambda path=path: open_workspace(path).close())  # type: ignore[misc]
        assert all_of(path) == before, step
        with closing(open_workspace(path)) as workspace:
            assert flaws(workspace) == [], step
        assert not is_plain(path), step
        assert len(kept_plain(path)) == 1, step
        if not killed:
            break
    assert step > 20


def test_a_kill_at_any_step_of_a_change_of_the_key_too(workspace: Workspace, tmp_path: Path) -> None:
    workspace.close()
    before = all_of(workspace.path)
    old = keyring.names()
    for step in count(1):
        path = copy_of(workspace.path, tmp_path / f"{step}")
        killed = killed_at(step, lambda path=path: change_key(path))  # type: ignore[misc]
        assert all_of(path) == before, step
        with closing(open_workspace(path)) as again:
            assert flaws(again) == [], step
        if not killed:
            break
    assert step > 15 and len(keyring.names()) > len(old)


def test_work_goes_on_beside_those_who_were_there_before_a_kill(plain: Path) -> None:
    """Somebody has it open, somebody is killed at any step of encrypting it, and both they and others write on."""
    for step in count(1, 3):
        with closing(open_workspace_as_it_is(plain)) as early:
            ana = Desk(early, "ana")
            ana.set(1, "tags", ["before"])
            killed = killed_at(step, lambda: encrypt(plain))
            ana.set(1, "tags", ["after"])
            with closing(open_workspace_as_it_is(plain)) as other:
                Desk(other, "bo").set(2, "tags", [f"{step}"])
                ana.set(1, "tags", ["still"])
        with closing(open_workspace_as_it_is(plain)) as workspace:
            assert flaws(workspace) == [], step
            tags = workspace.connection.execute("SELECT tags FROM cases ORDER BY id").fetchall()
            assert tags == [('["still"]',), (f'["{step}"]',)], step
        if not killed or not is_plain(plain):
            break
    assert step > 10


# --- another key


def test_a_change_of_the_key_keeps_all_and_the_former_key(workspace: Workspace, tmp_path: Path) -> None:
    before = all_of(workspace.path)
    old, new = change_key(workspace.path)
    assert all_of(workspace.path) == before
    assert keyring.names() == sorted([old.name, new.name])
    assert keyring.replaced_by(old.name) == new.name and keyring.replaced_by(new.name) is None
    assert not keyring.is_confirmed(new.name)


def test_a_backup_of_before_is_restored_under_the_new_key(workspace: Workspace, tmp_path: Path) -> None:
    from restored import put_back

    from models.backups import make

    ana = Desk(workspace, "ana")
    file = tmp_path / "copy.db"
    make(workspace.path, file)
    _, new = change_key(workspace.path)
    ana.set(1, "tags", ["later"])
    put_back(ana, file)
    with closing(open_workspace(workspace.path)) as again:
        assert name_of_key(again.connection) == new.name
        assert Desk(again, "ana").case(1).tags == ()


def test_a_broken_page_is_not_carried_over_as_an_empty_one(workspace: Workspace) -> None:
    workspace.close()
    spoilt = bytearray(workspace.path.read_bytes())
    spoilt[-100] ^= 1
    workspace.path.write_bytes(spoilt)
    with pytest.raises(WorkspaceError) as caught:
        change_key(workspace.path)
    assert caught.value.reason.code == "workspace.corrupt"
    assert workspace.path.read_bytes() == spoilt


def test_a_demo_has_no_key_to_change(tmp_path: Path) -> None:
    open_workspace(tmp_path / "a.db", kind="demo").close()
    with pytest.raises(WorkspaceError) as caught:
        change_key(tmp_path / "a.db")
    assert caught.value.reason.code == "workspace.no_key"
