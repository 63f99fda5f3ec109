"""`dabiao key`: the key shown, kept elsewhere, put back, checked and changed."""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models import keyring

Command = Callable[..., Any]


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of keys of this test's own."""
    monkeypatch.setenv(keyring.VARIABLE, str(tmp_path / "apart"))
    return tmp_path / "apart"


@pytest.fixture
def office() -> Path:
    """Where the workspace is; it is made by the first command."""
    return Path(os.environ["DABIAO_DB"])


@pytest.fixture
def name(command: Command, applicant: Callable[..., Path]) -> str:
    """The name of the key of a workspace with one case."""
    command("import", applicant("a.json", name="甲"))
    (one,) = keyring.names()
    return one


@pytest.fixture
def second(command: Command, name: str, tmp_path: Path) -> Path:
    """The key, kept elsewhere."""
    file = tmp_path / "stick" / "second.key"
    file.parent.mkdir()
    assert command("key", "export", file).code == 0
    return file


def shown(command: Command) -> list[str]:
    lines: list[str] = command("key", "show").out.splitlines()
    return lines


def test_it_says_where_the_key_is_and_that_there_is_no_second_one(command: Command, name: str) -> None:
    done = command("key")
    assert done.code == 0 and name in done.out and str(keyring.place(name)) in done.out
    assert "dabiao key confirm" in done.out
    told = command("key", "--json").json
    assert told == {"key": name, "file": str(keyring.place(name)), "here": True, "confirmed": False, "former": []}


def test_what_it_shows_is_four_lines_on_standard_output(command: Command, name: str) -> None:
    assert [len(line) for line in shown(command)] == [19] * 4
    assert command("key", "show", "--json").json == {"key": name, "lines": shown(command)}


def test_what_it_exports_is_for_its_owner_alone(command: Command, second: Path) -> None:
    assert stat.S_IMODE(second.stat().st_mode) == 0o600
    assert all(line in second.read_text("utf-8") for line in shown(command))
    assert list(second.parent.iterdir()) == [second]


def test_a_file_that_is_there_is_left_alone(command: Command, name: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert command("key", "export", tmp_path / "notes.txt").code == 2
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_in_a_directory_it_is_given_its_own_name(command: Command, name: str, tmp_path: Path) -> None:
    told = command("key", "export", "--json", tmp_path).json
    assert told == {"key": name, "file": str(tmp_path / f"{name}.key")}


def test_the_file_that_was_kept_confirms_it(command: Command, name: str, second: Path) -> None:
    assert command("key", "confirm", second).code == 0
    assert keyring.is_confirmed(name)
    assert command("key", "--json").json["confirmed"] is True


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_so_do_the_lines_typed_again(command: Command, name: str, arguments: tuple[str, ...]) -> None:
    typed = "\n".join(shown(command)).lower().replace("-", " ").encode() + b"\n"
    assert command("key", "confirm", *arguments, given=typed).code == 0
    assert keyring.is_confirmed(name)


def test_a_letter_mistyped_is_told_with_its_line(command: Command, name: str) -> None:
    lines = shown(command)
    lines[2] = ("0" if lines[2][0] != "0" else "1") + lines[2][1:]
    done = command("key", "confirm", "-", given="\n".join(lines).encode())
    assert done.code == 2 and "第 3 行" in done.err
    assert not keyring.is_confirmed(name)


def test_another_key_is_not_this_one(command: Command, name: str, second: Path) -> None:
    assert command("key", "change", "--yes").code == 0
    done = command("key", "confirm", second)
    assert done.code == 1 and name in done.err


def test_the_key_file_itself_is_no_second_one(command: Command, name: str) -> None:
    done = command("key", "confirm", keyring.place(name))
    assert done.code == 2 and not keyring.is_confirmed(name)


def test_a_lost_one_is_said_to_be_lost_by_every_command_and_put_back(
    command: Command, name: str, second: Path, office: Path
) -> None:
    keyring.place(name).unlink()
    before = office.read_bytes()
    for arguments in (
        ("list",),
        ("show", 1),
        ("set", 1, "tag+=x"),
        ("backup",),
        ("key", "show"),
        ("key", "export", "x"),
    ):
        done = command(*arguments)
        assert (done.code, done.out) == (2, ""), arguments
        assert str(keyring.place(name)) in done.err and "损坏" not in done.err, arguments
    assert command("doctor").code == 1
    assert command("key").out.startswith(f"密钥 {name} 不在这里")
    assert office.read_bytes() == before
    assert command("key", "import", "--json", second).json == {
        "key": name,
        "file": str(keyring.place(name)),
        "opens": True,
    }
    assert command("list").code == 0


def test_one_may_be_put_there_before_what_it_opens(command: Command, name: str, second: Path, office: Path) -> None:
    keyring.place(name).unlink()
    office.unlink()
    done = command("key", "import", "-", given=second.read_bytes())
    assert done.code == 0 and keyring.has(name)


def test_what_is_no_key_is_not_put_there(command: Command, name: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("买菜")
    assert command("key", "import", tmp_path / "notes.txt").code == 2
    assert command("key", "import", tmp_path / "none.txt").code == 2
    assert keyring.names() == [name]


def test_it_is_changed_once_somebody_is_sure(command: Command, name: str, office: Path) -> None:
    before = office.read_bytes()
    assert command("key", "change").code == 2
    assert office.read_bytes() == before
    command("backup")
    told = command("key", "change", "--yes", "--json").json
    assert (told["former_key"], told["backups"]) == (name, 1)
    assert told["key"] != name and command("key", "--json").json["key"] == told["key"]
    assert command("key", "--json").json["former"] == [
        {"key": name, "file": str(keyring.place(name)), "by": told["key"]}
    ]
    assert command("list", "--json").json["cases"][0]["name"] == "甲"


def test_a_demo_has_none(command: Command, tmp_path: Path) -> None:
    demo = tmp_path / "demo.db"
    command("demo", "3", "--into", demo)
    for what in ((), ("show",), ("change", "--yes")):
        done = command("--db", demo, "key", *what)
        assert done.code == 2 and str(demo) in done.err


def test_where_there_is_no_workspace_that_is_said(command: Command, tmp_path: Path) -> None:
    done = command("--db", tmp_path / "none.db", "key")
    assert done.code == 2 and "none.db" in done.err
    assert keyring.names() == []


def test_what_was_plain_is_told_where_it_is_kept(command: Command, name: str, tmp_path: Path) -> None:
    old = shutil.copyfile(Path(__file__).parents[2] / "workspaces" / "0002.db", tmp_path / "old.db")
    done = command("--db", old, "list")
    assert done.code == 0 and "old-unencrypted-" in done.err
    assert "old-unencrypted-" not in command("--db", old, "list").err
