"""Text from the surroundings, arguments and names of files, as a command tells it: it steers no terminal, and none of
it can pretend to be a line of its own. What breaks anywhere prints no values."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hostile import HIDDEN, NAMES

from models import backups
from models.reading import Reader
from models.settings import Backups
from models.workspace import Target, open_workspace
from tui.commands.session import as_line

Command = Callable[..., Any]
CLIENT = "李女士 13800000000"
STEERS = HIDDEN - {"\n", "\t"}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_line_is_one_line_whatever_is_in_it(name: str) -> None:
    assert not (STEERS | {"\n"}) & set(as_line(name))


@pytest.mark.parametrize(
    "arguments",
    [
        ("\x1b[2J",),
        ("score", "--on", "\x1b]52;c;eA==\x07"),
        ("--lang", "\x9b31m", "list"),
        ("list", "--\x1b[2J"),
        ("show", "\u202e1"),
        ("score", "\x1b[2J.toml"),
        ("score", "a\nb.toml: 没有问题"),
        ("list", "\x1b[2J:x"),
        ("set", "1", "\x1b[2J"),
        ("--db", "/\x1b[2J/x", "list"),
        ("--db", "\x1b[2J://x", "list"),
        ("restore", "\x1b[2J"),
        ("backup", "\x1b[2J/"),
        ("score", os.fsdecode(b"\xff\x1b.toml")),
        ("list", os.fsdecode(b"\xff")),
        ("set", "1", os.fsdecode(b"name=\xff")),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_argument_steers_no_terminal(
    command: Command, office: Path, arguments: tuple[str, ...], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DABIAO_LANG", language)
    done = command(*arguments)
    assert done.code == 2
    assert done.err.strip() and not STEERS & set(done.out + done.err)
    assert all("没有问题" not in line or ".toml" in line.partition("没有问题")[0] for line in done.err.splitlines())


@pytest.mark.parametrize("name", ["DABIAO_LANG", "DABIAO_TODAY", "DABIAO_DB"])
def test_neither_does_a_variable(command: Command, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "/\x1b[2J\u202e/x")
    done = command("list")
    assert done.code == 2
    assert done.err.strip() and not STEERS & set(done.err)


def test_an_accounts_name_is_kept_as_one_short_line(
    command: Command, office: Path, monkeypatch: pytest.MonkeyPatch, applicant: Callable[..., Path]
) -> None:
    monkeypatch.setenv("LOGNAME", "ana\x1b[2J\u202e\udcff" + "x" * 500)
    assert command("import", applicant("a.json", name="王")).code == 0
    with Reader(open_workspace(Target(office))) as reader:
        by = reader.journal(1)[0].by
    assert by.startswith("ana[2Jx") and len(by) == 64


def test_an_account_of_nothing_but_signs_that_hide_has_its_number(
    command: Command, office: Path, monkeypatch: pytest.MonkeyPatch, applicant: Callable[..., Path]
) -> None:
    monkeypatch.setenv("LOGNAME", "\u202e\x1b")
    assert command("import", applicant("a.json", name="王")).code == 0
    with Reader(open_workspace(Target(office))) as reader:
        assert reader.journal(1)[0].by == f"uid{os.getuid()}"


def test_what_lies_among_the_backups_under_a_backups_name_is_none(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    (tmp_path / "backups").mkdir()
    for name in ("2026-99-99", "0000-00-00", "2026-01-01\x1b[2J", "2026-01-02"):
        (tmp_path / "backups" / f"cases-{name}.db").touch()
    (tmp_path / "backups" / "cases-2026-01-03.db").mkdir()
    (tmp_path / "backups" / "cases-2026-01-04.db").symlink_to("nowhere")
    os.mkfifo(tmp_path / "backups" / "cases-2026-01-05.db")
    assert [found.day for found in backups.automatic(path, Backups())] == ["2026-01-02"]


BROKEN = {
    "a thread": "import threading; t = threading.Thread(target=broken); t.start(); t.join()",
    "an object that goes": "type('O', (), {'__del__': broken})()",
    "the command": "broken()",
}


@pytest.mark.parametrize("code", BROKEN.values(), ids=BROKEN)
def test_wherever_a_command_breaks_no_value_is_printed(code: str, tmp_path: Path) -> None:
    program = f"""
import sys
sys.argv = ["dabiao", "list"]
from tui import cli
from tui.commands import listing
def broken(*_):
    client = {CLIENT!r}
    raise KeyError(client)
def run(session, arguments):
    {code}
    return 0
listing.run = run
sys.exit(cli.main())
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")},
    )
    log = tmp_path / "state" / "dabiao" / "crash.log"
    noted = log.read_text(encoding="utf-8") if log.exists() else ""
    for said in (done.stdout, done.stderr, noted):
        assert "李女士" not in said and "13800000000" not in said and "Traceback" not in said
    assert "builtins.KeyError" in noted
    assert log.stat().st_mode & 0o777 == 0o600 and log.parent.stat().st_mode & 0o777 == 0o700
