"""A real sshd on loopback, two people with a key each: what they do, and all that is refused. Nothing is lost."""

import json
import os
import shlex
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ssh_server import Server, settings_of_the_page
from terminal import Terminal
from typing_in_a_terminal import TYPED, drafts, type_in_a_field, wait_for_draft

from models import employing
from models.author import Author, owner_of
from models.login_keys import read_key
from models.workspace import Workspace, open_workspace

Run = Callable[..., subprocess.CompletedProcess[str]]
ANA, BO = 1, 2  # whose case is which
GIVEN_BACK = {"alternate": False, "mouse": False, "cursor": True, "wrap": True}


@pytest.fixture
def office(dabiao: Run, examples: Path) -> Iterator[Workspace]:
    """A workspace with a case of each of two people who work in it: ana sees all, bo his own."""
    files = [str(examples / name) for name in ("16-proven-or-not.toml", "01-age-and-degree.toml")]
    assert dabiao("import", *files).returncode == 0
    with closing(open_workspace(Path(os.environ["DABIAO_DB"]))) as workspace:
        by = Author(owner_of(workspace.path), "test")
        employing.add(workspace, "ana", "consultant", "all", by=by)
        employing.add(workspace, "bo", "consultant", "own", by=by)
        employing.add(workspace, "cy", "owner", "all", by=by)
        for case, name in ((ANA, "ana"), (BO, "bo")):
            assert dabiao("set", str(case), f"consultant={name}").returncode == 0
        yield workspace


@pytest.fixture
def server(tmp_path: Path, office: Workspace) -> Iterator[Server]:
    """sshd over it."""
    with Server(tmp_path / "sshd", office.path) as running:
        for name in ("ana", "bo", "cy"):
            key = read_key(running.public(name).read_bytes())
            employing.add_key(office, name, key, by=Author(owner_of(office.path), "test"))
        yield running
        running.wait_until_left()


def fingerprint(server: Server, name: str) -> str:
    return read_key(server.public(name).read_bytes()).fingerprint


def log_in(terminal: Terminal, server: Server, name: str = "ana") -> None:
    """In a shell, as at home, that is there when the session is over."""
    command = f"stty -a > before; {shlex.join(server.client(name, '-tt'))}; echo code $?; stty -a > after; cat"
    terminal.start(["sh", "-c", command], columns=160, lines=45)
    terminal.wait_for("咨询")


def is_given_back(terminal: Terminal, code: int = 0) -> bool:
    """Whether the terminal is as it was, once the session is over."""
    terminal.wait_for(f"code {code}")
    return terminal.modes() == GIVEN_BACK and Path("after").read_text() == Path("before").read_text()


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where what a shell writes goes."""
    monkeypatch.chdir(tmp_path)


def journal(office: Workspace) -> list[tuple[str, str]]:
    """Who wrote the last entry, and from where."""
    found = office.connection.execute("SELECT by, origin FROM entry ORDER BY id DESC LIMIT 1")
    return [(str(by), str(origin)) for by, origin in found]


# --- what they do


def test_each_reads_a_list_without_a_screen_as_they_see_it(server: Server) -> None:
    for name, cases in (("ana", [ANA, BO]), ("bo", [BO])):
        done = server.run(name, "list", "--json")
        assert [case["id"] for case in json.loads(done.stdout)["cases"]] == cases
        mine = server.run(name, "dabiao list consultant:me --json")
        assert [case["consultant"] for case in json.loads(mine.stdout)["cases"]] == [name]


def test_an_edit_without_a_screen_is_written_under_the_name_of_the_key(server: Server, office: Workspace) -> None:
    assert server.run("ana", "set 1 tag+=重点").returncode == 0
    assert journal(office) == [("ana", f"ssh {fingerprint(server, 'ana')}")]


def test_what_a_command_reads_comes_with_it(server: Server, examples: Path) -> None:
    given = (examples / "04-title-without-base.toml").read_text("utf-8")
    assert server.run("bo", "import -", given=given).returncode == 0
    assert len(json.loads(server.run("bo", "list --json").stdout)["cases"]) == 2
    assert server.run("ana", "score - --json", given=given).returncode == 0


def test_an_edit_on_the_screen_is_kept_and_the_terminal_given_back(
    server: Server, office: Workspace, terminal: Terminal
) -> None:
    log_in(terminal, server)
    type_in_a_field(terminal)
    terminal.send("Tab")
    terminal.send("Escape", "C-q")
    terminal.wait_for("退出")
    terminal.type("y")
    assert is_given_back(terminal)
    assert journal(office) == [("ana", f"ssh {fingerprint(server, 'ana')}")]
    assert office.connection.execute(
        "SELECT count(*) FROM document WHERE document LIKE ?", (f"%{TYPED}%",)
    ).fetchone() == (1,)


def test_an_owner_sees_to_people_over_ssh_too(server: Server) -> None:
    assert server.run("cy", "user disable bo").returncode == 0
    assert server.run("bo", "list").returncode == 255
    assert server.run("cy", "user key add bo -", given=server.public("new").read_text()).returncode == 2
    assert server.run("cy", "user enable bo").returncode == 0
    assert server.run("cy", "user key add bo -", given=server.public("new").read_text()).returncode == 0
    assert server.run("new", "list").returncode == 0


# --- what is refused


def test_nobody_is_somebody_else(server: Server, office: Workspace) -> None:
    """Not by a word, not by a variable, not by another line of the same session."""
    before = journal(office)
    for words in ("set 1 tag+=x", "dabiao ssh session --as cy", "--as ana list", "user role bo owner"):
        assert server.run("bo", words).returncode == 2, words
    forged = {"DABIAO_SSH_AS": "ana", "SSH_ORIGINAL_COMMAND": "list", "LC_ALL": "C.UTF-8", "LOGNAME": "ana"}
    done = server.run("bo", "list --json", env=forged, options=["-o", f"SendEnv {' '.join(forged)}"])
    assert [case["id"] for case in json.loads(done.stdout)["cases"]] == [BO]
    assert journal(office) == before


def test_no_shell_no_other_command_and_no_file_of_the_server(server: Server, tmp_path: Path) -> None:
    """The rest of what is refused stands in tests/tui/test_over_ssh_words.py."""
    mark = tmp_path / "mark"
    for words in ("sh -c 'touch {}'", "list; touch {}", "backup {}", "--db {} list", "score /etc/passwd"):
        done = server.run("cy", words.format(mark))
        assert (done.returncode, done.stdout) == (2, ""), (words, done)
        assert not mark.exists(), words
    assert server.run("cy", f"list $(touch {mark})").returncode == 0  # words to look for, like any others
    assert not mark.exists()


def test_there_is_no_shell_behind_a_login_without_a_screen(server: Server) -> None:
    done = server.run("ana", options=["-T"], given="id\nexit\n")
    assert done.returncode == 2 and "uid=" not in done.stdout
    assert "终端" in done.stderr


def test_a_terminal_that_cannot_draw_is_told(server: Server, terminal: Terminal) -> None:
    terminal.start(["env", "TERM=dumb", *server.client("ana", "-tt")])
    assert terminal.wait_until_ended() == 2
    assert "TERM=dumb" in terminal.text()


def test_no_files_are_sent_or_fetched(server: Server, tmp_path: Path) -> None:
    subsystem = server.client("ana", "-s")
    done = subprocess.run([*subsystem, "sftp"], input="", capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0


def test_no_port_is_forwarded_in_either_direction(server: Server) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        free = one.getsockname()[1]
    there = server.run(
        "ana", "list", options=["-o", "ExitOnForwardFailure=yes", "-R", f"{free}:127.0.0.1:{server.port}"]
    )
    assert there.returncode == 255 and "forward" in there.stderr
    through = server.run("ana", options=["-W", f"127.0.0.1:{server.port}"])
    assert through.returncode == 255 and "forwarding failed" in through.stderr
    assert "SSH-2.0" not in through.stdout


def test_the_same_without_a_line_of_the_page_that_forbids_it(tmp_path: Path, office: Workspace) -> None:
    """The line of each key says `restrict` as well."""

    class Open(Server):
        def settings(self) -> list[str]:
            return [line for line in super().settings() if "orwarding" not in line]

    with Open(tmp_path / "sshd", office.path) as server:
        key = read_key(server.public("ana").read_bytes())
        employing.add_key(office, "ana", key, by=Author(owner_of(office.path), "test"))
        through = server.run("ana", options=["-W", f"127.0.0.1:{server.port}"])
        assert through.returncode == 255 and "SSH-2.0" not in through.stdout
        server.wait_until_left()


def test_nobody_gets_in_with_a_key_that_is_not_registered(server: Server) -> None:
    done = server.run("stranger", "list")
    assert done.returncode == 255 and "Permission denied" in done.stderr


def test_what_a_client_sends_of_pythons_own_means_nothing(server: Server) -> None:
    forged = {"PYTHONINSPECT": "1", "PYTHONSTARTUP": "/etc/passwd", "PYTHONIOENCODING": "ascii"}
    done = server.run("ana", "list", env=forged, options=["-o", f"SendEnv {' '.join(forged)}"], given="print(6*7)\n")
    assert done.returncode == 0 and "42" not in done.stdout and "咨询" in done.stdout


# --- whatever happens in the middle


def test_a_revoked_key_is_sent_out_with_a_sentence_and_what_was_typed_is_kept(
    server: Server, office: Workspace, terminal: Terminal
) -> None:
    log_in(terminal, server)
    type_in_a_field(terminal)
    employing.revoke_key(office, fingerprint(server, "ana"), by=Author(owner_of(office.path), "test"))
    assert is_given_back(terminal)
    assert "作废" in terminal.text()
    assert drafts() == [TYPED]
    assert server.run("ana", "list").returncode == 255


def test_who_is_disabled_is_sent_out_too(server: Server, office: Workspace, terminal: Terminal) -> None:
    log_in(terminal, server)
    employing.change(office, "ana", active=False, by=Author(owner_of(office.path), "test"))
    assert is_given_back(terminal)
    assert "ana 已停用" in terminal.text()


def test_the_line_dropped_in_the_middle_of_typing_loses_no_key(
    server: Server, office: Workspace, terminal: Terminal
) -> None:
    log_in(terminal, server)
    type_in_a_field(terminal)
    os.kill(child_of(terminal.pid), signal.SIGKILL)
    server.wait_until_left()
    assert drafts() == [TYPED]


def test_a_session_that_is_killed_gives_the_terminal_back(server: Server, terminal: Terminal) -> None:
    log_in(terminal, server)
    type_in_a_field(terminal)
    wait_for_draft(TYPED)
    os.kill(the_screen(server), signal.SIGKILL)
    assert is_given_back(terminal, 128 + signal.SIGKILL)
    assert "信号 9" in terminal.text()
    assert drafts() == [TYPED]


def child_of(process: int) -> int:
    """The process a shell waits for."""
    return int(Path(f"/proc/{process}/task/{process}/children").read_text().split()[-1])


def the_screen(server: Server) -> int:
    """The program that draws: the one whose parent runs for somebody too."""
    running = server.sessions()
    return next(
        one for one in running if int(Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[1]) in running
    )


# --- the page


def test_sshd_takes_every_line_of_the_page_as_it_is_meant(server: Server) -> None:
    """What sshd makes of its settings for who logs in, line by line."""
    shown = subprocess.run(
        [
            "/usr/sbin/sshd",
            "-T",
            "-f",
            server.directory / "sshd_config",
            "-C",
            f"user={server.account},host=a,addr=127.0.0.1",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.lower()
    for line in settings_of_the_page():
        name, value = line.lower().split(None, 1)
        if name in {"match", "authorizedkeyscommand", "authorizedkeyscommanduser"}:
            continue
        for one in value.split() if name == "acceptenv" else [value]:
            assert f"{name} {one}" in shown, line
