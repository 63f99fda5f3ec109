"""What is carried out over SSH, word by word: a list of commands, cases by number, what comes on standard input."""

import shlex
import subprocess
from pathlib import Path

import pytest

from tui import over_ssh
from tui.arguments import Usage
from tui.commands.ssh import authorized
from tui.over_ssh import ALLOWED, NotAllowed, surroundings, words_of

ALLOWED_WORDS = (
    *("list", "dabiao list 续办:<30d --json", "list -- -状态:已结案", "show 1", "--lang en show 1 --on 2027-01-01"),
    *(
        "set 1 tag+=重点 'applicant.name=王 小'",
        "import -",
        "import - --update",
        "score 1 2 -",
        "timeline 3 --until 2030-01-01",
    ),
    *("plan 1", "check 1", "materials - --kind renew", "form 1", "user list", "user key add bo -", "user disable bo"),
    *("user key list", "user hand-over ana bo 状态:填报中"),
)
OTHERS = (
    *("sh", "/bin/sh -c id", "sh -c 'touch x'", "scp -t x", "internal-sftp", "list; id", "$(id)", "bash -i", "''"),
    *("backup x", "backup", "restore x", "restore x --yes", "demo", "demo 1 --into x", "doctor", "doctor --rebuild"),
    *("ssh authorized-keys", "ssh session --as ana", "dabiao dabiao list", "key show", "nonsense"),
    *("list --db x", "--db x list", "--db=x list", "show 1 --db x", "user list --db x", "user key list --db x"),
    *("import x", "import - x", "import ./-", "score x", "score 1 x", "score ./1", "score /etc/passwd", "check ../x"),
    *("timeline x", "plan x", "materials x", "form x.toml", "user key add bo x", "user key add bo /dev/stdin"),
    *("list '", 'list "', "list --as ana", "show 1 --key x", "--as cy list", "--version", "-c id"),
)


def may(words: str) -> bool:
    try:
        over_ssh.hold(words_of(words, "zh"), "zh")
    except (NotAllowed, Usage):
        return False
    return True


@pytest.mark.parametrize("words", ALLOWED_WORDS)
def test_what_is_carried_out(words: str) -> None:
    assert may(words)


@pytest.mark.parametrize("words", OTHERS)
def test_what_is_not(words: str) -> None:
    assert not may(words)


def test_every_command_that_is_carried_out_is_tried_here() -> None:
    assert all(any(name in shlex.split(words) for words in ALLOWED_WORDS) for name in ALLOWED)


# --- the surroundings


def test_of_what_a_client_sends_language_terminal_and_colours_get_through() -> None:
    sent = {
        "LC_ALL": "C.UTF-8",
        "LANG": "zh_CN.UTF-8",
        "TERM": "xterm",
        "COLORTERM": "truecolor",
        "DABIAO_LANG": "en",
        **dict.fromkeys(
            ("DABIAO_DB", "DABIAO_TODAY", "DABIAO_SSH_AS", "DABIAO_SSH_KEY", "PYTHONPATH", "PYTHONIOENCODING"), "x"
        ),
        **dict.fromkeys(("LD_PRELOAD", "XDG_CONFIG_HOME", "TEXTUAL_DRIVER", "SSH_ORIGINAL_COMMAND", "IFS", "ENV"), "x"),
    }
    found = surroundings(sent, "ana", "SHA256:k")
    kept = {name: sent[name] for name in ("LC_ALL", "LANG", "TERM", "COLORTERM", "DABIAO_LANG")}
    assert found == {**kept, "DABIAO_SSH_AS": "ana", "DABIAO_SSH_KEY": "SHA256:k"}


# --- the line of a key

HOSTILE = [
    "a b",
    "a'b",
    'a"b',
    "a\\",
    'a\\"b',
    "$(touch x)",
    "`touch x`",
    "a;touch x",
    "--as=cy",
    "a,pty",
    "*",
    "~",
    "陈静",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_somebody_is_called_the_line_says_it_and_nothing_else(name: str, tmp_path: Path) -> None:
    """The line as sshd reads it, and its command as a shell does."""
    line = authorized(["printf", "%s\\n", f"--as={name}", "--key=SHA256:k"], "ssh-ed25519", "AAAA")
    assert line is not None
    quoted, rest = as_sshd_reads(line.removeprefix("restrict,pty,command="))
    assert rest == " ssh-ed25519 AAAA"
    done = subprocess.run(["sh", "-c", quoted], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"--as={name}", "--key=SHA256:k"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a\nssh-ed25519 BBBB", "a\rb", "a\x1b[2J", "a\u202eb", "a\x00"])
def test_a_name_that_is_more_than_one_line_has_none(name: str) -> None:
    assert authorized(["true", name], "ssh-ed25519", "AAAA") is None


def as_sshd_reads(given: str) -> tuple[str, str]:
    """What stands between the quotation marks, and what follows (`opt_dequote` of OpenSSH)."""
    assert given[0] == '"'
    found, at = "", 1
    while given[at] != '"':
        if given[at : at + 2] == '\\"':
            at += 1
        found += given[at]
        at += 1
    return found, given[at + 1 :]
