"""The workspace is found, made and opened; what is not one is refused in a sentence, and left as it is."""

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from unlocked import unlocked

from engine.words import LANGUAGES, say
from models import connection as driver
from models.connection import connect, pragma, safe_with_wal
from models.migrating import _mark
from models.transaction import transaction
from models.workspace import SCHEMA, Target, WorkspaceError, locate, open_workspace


def refusal(target: Path | Target, code: str, **options: bool) -> WorkspaceError:
    with pytest.raises(WorkspaceError) as caught:
        open_workspace(target, **options).close()
    assert caught.value.reason.code == f"workspace.{code}"
    return caught.value


def on_disk(directory: Path) -> dict[str, tuple[bytes, int]]:
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in directory.iterdir() if p.is_file()}


# --- where it is


def test_the_option_goes_before_the_variable(tmp_path: Path) -> None:
    assert locate(str(tmp_path / "a.db"), {"DABIAO_DB": "/elsewhere/b.db"}).path == tmp_path / "a.db"


def test_the_variable_is_used_without_an_option(tmp_path: Path) -> None:
    assert locate(None, {"DABIAO_DB": str(tmp_path / "b.db")}).path == tmp_path / "b.db"


def test_an_empty_variable_is_none() -> None:
    assert locate(None, {"DABIAO_DB": ""}) == locate(None, {})


def test_without_either_it_is_in_the_users_data_directory() -> None:
    assert locate(None, {}) == Target(Path(os.environ["XDG_DATA_HOME"]) / "dabiao" / "dabiao.db", is_default=True)


def test_a_path_may_be_relative_to_where_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert locate("cases.db", {}).path == tmp_path / "cases.db"


def test_a_path_may_begin_at_home() -> None:
    assert locate("~/cases.db", {}).path == Path(os.environ["HOME"]) / "cases.db"


@pytest.mark.parametrize(("url", "path"), [("sqlite:////srv/a.db", "/srv/a.db"), ("SQLite:///a.db", "a.db")])
def test_a_url_of_sqlite_is_a_path(url: str, path: str) -> None:
    assert locate(url, {}).path == Path(path).absolute()


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("postgresql://ana:secret@host/cases", "url_kind"),
        ("sqlite+pysqlite:///a.db", "url_kind"),
        ("sqlite://", "url_form"),
        ("sqlite:///", "url_form"),
        ("sqlite:///:memory:", "url_form"),
        ("sqlite://host/a.db", "url_form"),
        ("sqlite:///a.db?mode=ro", "url_form"),
        (":memory:", "url_form"),
    ],
)
def test_another_address_is_refused_without_repeating_its_password(url: str, code: str) -> None:
    with pytest.raises(WorkspaceError) as caught:
        locate(url, {})
    assert caught.value.reason.code == f"workspace.{code}"
    assert not any("secret" in say(caught.value.reason, language) for language in LANGUAGES if "/a.db" not in url)


# --- made and opened


def test_a_new_workspace_is_made_where_nothing_is(tmp_path: Path) -> None:
    with closing(open_workspace(tmp_path / "new.db")) as made:
        assert made.kind == "office"
        assert made.connection.execute("SELECT count(*) FROM cases").fetchone() == (0,)


def test_a_demo_workspace_knows_that_it_is_one(tmp_path: Path) -> None:
    open_workspace(tmp_path / "demo.db", kind="demo").close()
    with closing(open_workspace(tmp_path / "demo.db")) as opened:
        assert opened.kind == "demo"


def test_odd_names_are_names(tmp_path: Path) -> None:
    path = tmp_path / "客户 100%?#&mode=memory file:x.db"
    open_workspace(path).close()
    assert path.stat().st_size > 0


def test_the_default_place_is_for_the_user_alone() -> None:
    target = locate(None, {})
    open_workspace(target).close()
    assert stat.S_IMODE(target.path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(target.path.stat().st_mode) == 0o600


def test_only_the_default_directory_is_made(tmp_path: Path) -> None:
    error = refusal(tmp_path / "missing" / "a.db", "no_directory")
    assert str(tmp_path / "missing") in str(error)
    assert not (tmp_path / "missing").exists()


def test_an_empty_file_becomes_a_workspace(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with closing(open_workspace(path)) as opened:
        assert opened.kind == "office"


def test_one_that_was_cut_off_while_it_was_made_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "begun.db"
    _mark(path, None)
    with closing(open_workspace(path)) as opened:
        assert opened.connection.execute("SELECT version_num FROM alembic_version").fetchone() == (SCHEMA,)


def test_without_leave_to_make_one_nothing_is_made(tmp_path: Path) -> None:
    refusal(tmp_path / "none.db", "absent", create=False)
    assert list(tmp_path.iterdir()) == []


def test_every_connection_writes_safely(tmp_path: Path) -> None:
    with closing(open_workspace(tmp_path / "a.db")) as opened, transaction(opened) as session:
        writing = session.connection().connection.dbapi_connection
        for connection in (opened.connection, writing):
            assert pragma(connection, "journal_mode") == "wal"
            assert pragma(connection, "synchronous") == 2
            assert pragma(connection, "busy_timeout") == 30_000
            assert pragma(connection, "foreign_keys") == 1


def test_a_setting_that_does_not_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_workspace(tmp_path / "a.db").close()
    monkeypatch.setitem(driver.SETTINGS, "page_size", 12345)  # fixed when the file was made
    refusal(tmp_path / "a.db", "setting")


def test_a_reading_connection_cannot_write(tmp_path: Path) -> None:
    with closing(open_workspace(tmp_path / "a.db")) as opened, pytest.raises(dbapi2.OperationalError):
        opened.connection.execute("INSERT INTO meta VALUES ('a', 'b')")


def test_an_up_to_date_file_opens_without_the_orm(tmp_path: Path) -> None:
    open_workspace(tmp_path / "a.db").close()
    program = (
        "import sys; from pathlib import Path; from models.workspace import open_workspace;"
        f"open_workspace(Path({str(tmp_path / 'a.db')!r})).close();"
        "print({'sqlalchemy', 'sqlmodel', 'alembic', 'pydantic', 'sqlite3'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_several_who_open_a_new_one_at_once_make_one(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from models.workspace import open_workspace;"
        "sys.stdin.readline();"
        f"print(open_workspace(Path({str(tmp_path / 'a.db')!r}), kind='demo').kind)"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert [child.communicate("go\n")[0] for child in children] == ["demo\n"] * 4


# --- what is not one


def a_foreign_database(path: Path) -> None:
    with closing(dbapi2.connect(str(path))) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE cases (id INTEGER)")


def a_cut_off_workspace(path: Path) -> None:
    open_workspace(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def a_workspace_with_a_torn_first_page(path: Path) -> None:
    open_workspace(path).close()
    whole = bytearray(path.read_bytes())
    whole[100:1000] = b"\xff" * 900
    path.write_bytes(whole)


def a_workspace_without_its_tables(path: Path) -> None:
    open_workspace(path).close()
    with closing(unlocked(path)) as connection:
        connection.execute("DROP TABLE search_key")
        connection.execute("DROP TABLE cases")


def a_newer_workspace(path: Path) -> None:
    open_workspace(path).close()
    with closing(unlocked(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def an_emptied_one_whose_log_is_left(path: Path) -> None:
    path.touch()
    path.with_name(path.name + "-wal").write_bytes(b"7\x7f\x06\x82")


NOT_ONE: dict[str, tuple[Callable[[Path], object], str]] = {
    "text": (lambda path: path.write_text("姓名,电话\n"), "not_database"),
    "a short text": (lambda path: path.write_text("abc"), "not_database"),
    "an encrypted or random file": (lambda path: path.write_bytes(bytes(range(256)) * 40), "not_database"),
    "a pipe": (os.mkfifo, "not_database"),
    "a directory": (Path.mkdir, "directory"),
    "a header and nothing more": (lambda path: path.write_bytes(b"SQLite format 3\x00" + b"\x10"), "corrupt"),
    "another program's database": (a_foreign_database, "foreign"),
    "cut off": (a_cut_off_workspace, "corrupt"),
    "torn": (a_workspace_with_a_torn_first_page, "corrupt"),
    "without its tables": (a_workspace_without_its_tables, "corrupt"),
    "newer": (a_newer_workspace, "newer"),
    "emptied, its log left": (an_emptied_one_whose_log_is_left, "corrupt"),
}


@pytest.mark.parametrize("what", NOT_ONE)
def test_what_is_not_a_workspace_is_refused_and_left_as_it_is(what: str, tmp_path: Path) -> None:
    make, code = NOT_ONE[what]
    path = tmp_path / "cases.db"
    make(path)
    before = on_disk(tmp_path)
    error = refusal(path, code)
    assert all(str(path) in say(error.reason, language) for language in LANGUAGES)
    assert on_disk(tmp_path) == before


def test_a_file_where_a_directory_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    refusal(tmp_path / "file" / "a.db", "not_directory")


def test_a_path_that_is_too_long_is_refused(tmp_path: Path) -> None:
    refusal(tmp_path / ("长" * 200), "too_long")


def test_a_path_with_a_nul_is_refused() -> None:
    refusal(Path("/tmp/a\0b"), "failed")


# --- what may not be written


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Rights do not bind root: the tests about them are done as nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A directory that every user can reach."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        directory = Path(name)
        directory.chmod(0o755)
        yield directory
        directory.chmod(0o755)


def test_a_read_only_directory_makes_no_workspace(open_to_all: Path) -> None:
    open_to_all.chmod(0o555)
    with ordinary_user():
        refusal(open_to_all / "a.db", "directory_read_only")
    assert list(open_to_all.iterdir()) == []


def test_a_workspace_in_a_read_only_directory_is_refused(open_to_all: Path) -> None:
    open_workspace(open_to_all / "a.db", kind="demo").close()  # its key would be out of reach
    (open_to_all / "a.db").chmod(0o666)
    open_to_all.chmod(0o555)
    before = on_disk(open_to_all)
    with ordinary_user():
        refusal(open_to_all / "a.db", "directory_read_only")
    assert on_disk(open_to_all) == before


def test_a_read_only_workspace_is_refused(open_to_all: Path) -> None:
    open_workspace(open_to_all / "a.db", kind="demo").close()  # its key would be out of reach
    (open_to_all / "a.db").chmod(0o444)
    open_to_all.chmod(0o777)
    before = on_disk(open_to_all)
    with ordinary_user():
        refusal(open_to_all / "a.db", "read_only")
    assert on_disk(open_to_all) == before


def test_a_workspace_that_may_not_be_read_is_refused(open_to_all: Path) -> None:
    open_workspace(open_to_all / "a.db", kind="demo").close()  # its key would be out of reach
    (open_to_all / "a.db").chmod(0o000)
    open_to_all.chmod(0o777)
    with ordinary_user():
        refusal(open_to_all / "a.db", "unreadable")


def test_a_directory_that_may_not_be_entered_is_refused(open_to_all: Path) -> None:
    open_to_all.chmod(0o000)
    with ordinary_user():
        refusal(open_to_all / "a.db", "unreadable")


# --- which SQLite


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
        ((3, 6, 23), True),
    ],
)
def test_versions_with_the_wal_reset_fault_are_known(version: tuple[int, ...], safe: bool) -> None:
    assert safe_with_wal(version) is safe


def test_a_sqlite_with_the_fault_opens_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dbapi2, "sqlite_version_info", (3, 51, 1))
    monkeypatch.setattr(dbapi2, "sqlite_version", "3.51.1")
    assert "3.51.1" in str(refusal(tmp_path / "a.db", "sqlite_version"))
    assert list(tmp_path.iterdir()) == []


def test_a_file_taken_away_while_open_is_not_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(open_workspace(path)):
        path.unlink()
        with pytest.raises(dbapi2.OperationalError):
            connect(path)
        assert not path.exists()
