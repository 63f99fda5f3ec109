"""At rest: no byte on disk tells a name, a key that is lost or wrong says so, and nothing is touched then."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from desks import Desk
from doctoring import codes, on_disk
from restored import put_back
from unlocked import unlocked

from engine.words import LANGUAGES, say
from models import backups, keyring, keys
from models.connection import name_of_key, pragma
from models.copying import copied
from models.drafts import save_draft, set_preference
from models.encrypting import change_key
from models.key_text import as_file
from models.settings import Backups
from models.workspace import Target, Workspace, WorkspaceError, open_workspace

EARLIER = Path(__file__).parent.parent / "workspaces" / "0001.db"
PLANTED = ("欧阳豆蔻年华", "Zzyzxquux", "13712345999", "310115199912319999", "豆蔻路九十九号")


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of keys of this test's own, apart from the data."""
    apart = tmp_path / "apart"
    monkeypatch.setenv(keyring.VARIABLE, str(apart))
    return apart


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the workspace is, and nothing else."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    return data


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    with closing(open_workspace(home / "cases.db")) as opened:
        yield opened


@pytest.fixture
def ana(workspace: Workspace) -> Desk:
    return Desk(workspace, "ana")


def refused(path: Path) -> WorkspaceError:
    with pytest.raises(WorkspaceError) as caught:
        open_workspace(path, create=False)
    assert all(say(caught.value.reason, language) for language in LANGUAGES)
    return caught.value


# --- names


def plant(ana: Desk) -> int:
    """Names wherever any can be kept."""
    name, latin, phone, number, address = PLANTED
    facts = {"name": name, "contact": {"called": latin, "phone": phone}, "hukou": {"address": address}}
    case_id = ana.create(facts, tags=[latin], consultant=name)
    ana.set(case_id, "applicant.id_number", None)
    ana.set(case_id, "applicant.contact.wechat", latin)
    ana.change(case_id, ("notes.n1a2b", None, {"id": "n1a2b", "on": "2026-11-20", "by": "ana", "text": name * 9}))
    save_draft(ana.workspace, case_id, "ana", "applicant.id_number", number)
    set_preference(ana.workspace, "ana", "views", address)
    ana.create({"name": name})
    ana.undo()
    return case_id


def found_in(*directories: Path) -> list[tuple[str, str]]:
    """Which of the names stand in which files: as text, and in the forms in which SQLite and JSON may keep them."""
    files = [file for directory in directories for file in directory.rglob("*") if file.is_file()]
    assert files
    return [(name, str(file)) for file in files for name in PLANTED if holds(file.read_bytes(), name)]


def holds(data: bytes, name: str) -> bool:
    return any(form in data for form in (name.encode(), name.encode("utf-16-le"), ascii(name)[1:-1].encode()))


def nameless(path: Path) -> list[str]:
    """The files without a name that this process has open: what SQLite puts aside for a moment would be one."""
    links = [Path(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")]
    return [os.readlink(link) for link in links if link.is_symlink() and "etilqs" in os.readlink(link)]


def test_the_names_would_be_found_in_a_demo(home: Path) -> None:
    with closing(open_workspace(home / "demo.db", kind="demo")) as demo:
        plant(Desk(demo, "ana"))
        assert {name for name, _ in found_in(home)} == set(PLANTED)


def test_they_are_found_in_no_byte_while_people_work_and_after(
    ana: Desk, home: Path, directory: Path, tmp_path: Path
) -> None:
    plant(ana)
    assert home.joinpath("cases.db-wal").stat().st_size > 0
    assert found_in(home, directory) == []
    ana.workspace.close()
    assert found_in(home, directory) == []


def test_nor_in_a_backup_a_restore_and_what_that_has_replaced(ana: Desk, home: Path) -> None:
    case_id = plant(ana)
    made = backups.daily(ana.workspace, ana.today, Backups())
    assert made is not None
    ana.set(case_id, "applicant.name", PLANTED[1])
    assert put_back(ana, made.path).kept is not None
    assert found_in(home) == []


def test_nor_in_the_copy_for_another_day(ana: Desk, home: Path, tmp_path: Path) -> None:
    plant(ana)
    aside = tmp_path / "aside"
    aside.mkdir()
    with closing(copied(ana.workspace, aside / "copy.db")) as copy:
        assert Desk(copy, "ana").document(1)["name"] == PLANTED[0]
        assert found_in(aside) == []


def test_nor_once_the_key_was_changed(ana: Desk, home: Path) -> None:
    plant(ana)
    change_key(ana.workspace.path)
    assert found_in(home) == []


def test_nor_in_a_plain_backup_that_was_restored_but_in_itself(ana: Desk, home: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier"
    earlier.mkdir()
    with closing(open_workspace(earlier / "office.db", kind="demo")) as plain:
        plant(Desk(plain, "ana"))
    with closing(unlocked(earlier / "office.db")) as plain_file:  # as a release before encryption has it
        plain_file.execute("UPDATE meta SET value = 'plain'")
        plain_file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    put_back(ana, earlier / "office.db")
    assert ana.document(1)["name"] == PLANTED[0]
    assert found_in(home) == []


def test_what_sqlite_puts_aside_it_keeps_in_memory(workspace: Workspace) -> None:
    made = [option for (option,) in workspace.connection.execute("PRAGMA compile_options")]
    assert "TEMP_STORE=2" in made and pragma(workspace.connection, "temp_store") == 0


def test_a_large_command_puts_nothing_aside_on_disk(ana: Desk, home: Path) -> None:
    ids = [ana.create({"name": PLANTED[0] * 40}) for _ in range(3)]
    with closing(unlocked(ana.workspace.path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE document SET document = document || hex(zeroblob(300000))")
        connection.execute("CREATE TEMP TABLE sorted AS SELECT * FROM entry ORDER BY changes")
        assert nameless(home) == [] and found_in(home) == []
        connection.execute("ROLLBACK")
    assert ids


def test_nothing_opens_a_file_past_the_one_place_that_gives_the_key() -> None:
    root = Path(keyring.__file__).parents[1]
    files = [file for package in ("models", "tui") for file in (root / package).rglob("*.py")]
    calls = {
        f"{file.relative_to(root)}: {found}"
        for file in files
        for found in re.findall(r"(?:dbapi2|sqlite3)\.connect\(([^)]*)\)", file.read_text("utf-8"))
    }
    assert {call for call in calls if '":memory:"' not in call} == {
        next(call for call in calls if call.startswith("models/connection.py"))
    }


# --- the key


def test_it_is_made_without_asking_before_there_is_a_workspace(
    home: Path, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[bool] = []
    keep = keyring.keep

    def kept(key: keys.Key, path: Path | None = None) -> Path:
        there.append(bool((home / "a.db").exists() and (home / "a.db").stat().st_size))
        return keep(key, path)

    monkeypatch.setattr(keyring, "keep", kept)
    with closing(open_workspace(home / "a.db")) as made:
        assert there == [False]
        assert keyring.names() == [name_of_key(made.connection)]


def test_a_demo_has_none(home: Path) -> None:
    with closing(open_workspace(home / "a.db", kind="demo")) as made:
        assert name_of_key(made.connection) is None
        assert keyring.names() == []


def test_where_no_key_can_be_kept_no_workspace_is_made(home: Path, directory: Path) -> None:
    directory.write_text("in the way")
    assert refused_to_make(home / "a.db").reason.code == "workspace.key_not_kept"
    assert not (home / "a.db").exists()


def refused_to_make(path: Path) -> WorkspaceError:
    with pytest.raises(WorkspaceError) as caught:
        open_workspace(path)
    return caught.value


def test_it_is_found_again_wherever_the_file_goes(ana: Desk, tmp_path: Path) -> None:
    ana.create({"name": "甲"})
    path = ana.workspace.path
    ana.workspace.close()
    moved = tmp_path / "elsewhere.db"
    shutil.move(path, moved)
    with closing(open_workspace(moved, create=False)) as opened:
        assert Desk(opened, "ana").document(1) == {"name": "甲"}


def lost(file: Path) -> None:
    file.unlink()


def another(file: Path) -> None:
    other = keys.new()
    file.write_text(as_file(other, []))


def forged(file: Path) -> None:
    """A file that says it is this key, and holds another secret."""
    file.write_text(as_file(keys.Key(file.stem, bytes(32)), []))


def damaged(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lost, "key_lost"),
        (another, "key_wrong"),
        (forged, "key_wrong"),
        (damaged, "key_damaged"),
        (emptied, "key_damaged"),
    ],
)
@pytest.mark.parametrize("in_use", [True, False])
def test_without_it_that_is_said_and_nothing_is_touched(
    ana: Desk, home: Path, spoil: Callable[[Path], None], code: str, in_use: bool
) -> None:
    ana.create({"name": "甲"})
    path = ana.workspace.path
    if not in_use:
        ana.workspace.close()
    (name,) = keyring.names()
    spoil(keyring.place(name))
    before = on_disk(home)
    if spoil is forged:  # nobody but SQLite can tell, and it notes in the index that it has looked
        before.pop("cases.db-shm", None)
    reason = refused(path).reason
    assert reason.code == f"workspace.{code}" and reason.values["file"] == str(keyring.place(name))
    assert codes(path)[f"file.{code}"] == "fault"
    assert "file.corrupt" not in codes(path)
    assert on_disk(home) | before == on_disk(home)


def test_a_backup_without_its_key_is_not_restored(ana: Desk, home: Path, tmp_path: Path) -> None:
    from restored import refusal

    ana.create({"name": "甲"})
    file = tmp_path / "copy.db"
    backups.make(ana.workspace.path, file)
    old, _ = change_key(ana.workspace.path)
    keyring.place(old.name).unlink()
    why = refusal(ana.workspace.path, file).reason.values["why"]
    assert why.code == "backup.key_lost" and ana.document(1) == {"name": "甲"}


def test_over_a_workspace_whose_key_is_lost_one_may_restore(ana: Desk, home: Path) -> None:
    from restored import BO

    from models.restoring import restore

    asked: list[str] = []
    path = ana.workspace.path
    ana.create({"name": "甲"})
    ana.workspace.close()
    keyring.place(keyring.names()[0]).unlink()
    before = path.read_bytes()
    done = restore(Target(path), EARLIER, by=BO, sure=lambda standing: not asked.append(standing.how))
    assert asked == ["locked"]
    assert done is not None and done.kept is not None and done.kept.read_bytes() == before
    with closing(open_workspace(path, create=False)) as opened:
        assert Desk(opened, "ana").count("SELECT count(*) FROM cases") == 7


# --- what the doctor says of it


def told(path: Path) -> dict[str, str]:
    from datetime import date

    from models.doctor import examine

    return {f.code: f.severity for f in examine(path, date(2026, 11, 22)) if f.check == "at_rest"}


def test_a_key_without_a_second_one_is_a_warning_until_confirmed(workspace: Workspace) -> None:
    assert told(workspace.path) == {"at_rest.unconfirmed": "warning"}
    keyring.confirm(keyring.names()[0])
    assert told(workspace.path) == {"at_rest.ok": "ok"}


def test_a_key_beside_its_workspace_is_a_warning(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keyring.VARIABLE, str(home / "keys"))
    open_workspace(home / "a.db").close()
    assert told(home / "a.db") == {"at_rest.unconfirmed": "warning", "at_rest.beside": "warning"}


@pytest.mark.parametrize("what", ["file", "directory"])
def test_a_key_that_others_can_read_is_a_fault(workspace: Workspace, directory: Path, what: str) -> None:
    place = keyring.place(keyring.names()[0]) if what == "file" else directory
    place.chmod(0o755 if what == "directory" else 0o644)
    assert codes(workspace.path) == {"rights.key_open": "fault"}


def test_a_backup_whose_key_is_gone_is_a_fault(ana: Desk) -> None:
    ana.create({"name": "甲"})
    backups.daily(ana.workspace, ana.today, Backups())
    old, _ = change_key(ana.workspace.path)
    assert "backups.locked" not in codes(ana.workspace.path)
    keyring.place(old.name).unlink()
    assert codes(ana.workspace.path)["backups.locked"] == "fault"


@contextmanager
def as_it_was(path: Path) -> Iterator[None]:
    before = path.read_bytes()
    yield
    assert path.read_bytes() == before


def test_a_foreign_file_with_our_mark_is_not_taken_for_one(home: Path) -> None:
    path = home / "a.db"
    path.write_bytes(keys.MARK + bytes(range(200)) * 41)
    with as_it_was(path):
        assert refused(path).reason.code == "workspace.corrupt"
