"""What somebody may ask for over SSH, and in which surroundings it runs: nothing of theirs but their words gets there.

What is asked for is parsed by us and started without a shell. No file of the server is read or written, no other
workspace opened; what a command reads comes on standard input.
"""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from collections.abc import Mapping, Sequence

from engine.words import word
from tui import arguments
from tui.text import text

ALLOWED = frozenset(
    {"list", "show", "set", "score", "timeline", "plan", "check", "materials", "form", "import", "user"}
)
"""Commands that are carried out for somebody over SSH; `user` for owners, as anywhere."""

KEPT = frozenset(
    {
        *("HOME", "USER", "LOGNAME", "SHELL", "PATH", "TZ", "TERM", "COLORTERM", "NO_COLOR", "LANG"),
        *("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "DABIAO_LANG", "DABIAO_SIGNS"),
    }
)
"""Of the surroundings, these and the locale are passed on; whatever else a client could have sent is not."""

_CASE = re.compile(r"[0-9]+")
PROGRAM = (sys.executable, "-I", "-m", "tui.cli")  # -I: no variable of Python's own means anything


class NotAllowed(Exception):
    """What was asked for is not done over SSH; the text is a sentence."""


def words_of(original: str, language: str) -> list[str]:
    """The words of what was asked for (`SSH_ORIGINAL_COMMAND`), without the name of the program; `NotAllowed`."""
    try:
        words = shlex.split(original)
    except ValueError:
        raise NotAllowed(text("cli.ssh.quotes", language)) from None
    return words[1:] if words[:1] == ["dabiao"] else words


def hold(words: Sequence[str], language: str) -> None:
    """`NotAllowed`, or `tui.arguments.Usage`, where these words are no command for somebody over SSH."""
    if words[0] not in ALLOWED and not words[0].startswith("-"):
        raise NotAllowed(_only(words[0], language))
    found = arguments.parse(list(words), language)
    if found.command not in ALLOWED:
        raise NotAllowed(_only(str(found.command), language))
    if found.db is not None:
        raise NotAllowed(text("cli.ssh.no_db", language))
    for file in _files(found):
        raise NotAllowed(text("cli.ssh.no_file", language, file=file))


def _only(what: str, language: str) -> str:
    choices = word("list.and", language).join(sorted(ALLOWED))
    return text("cli.ssh.not_allowed", language, what=what, choices=choices)


def _files(found: argparse.Namespace) -> list[str]:
    """What names a file of the server's."""
    sources = [source for source in getattr(found, "sources", ()) if not _CASE.fullmatch(source)]
    keys = found.of[1:] if found.command == "user" and getattr(found, "what", None) == "add" else []
    return [name for name in (*sources, *getattr(found, "files", ()), *keys) if name != "-"]


def surroundings(environ: Mapping[str, str], name: str, key: str) -> dict[str, str]:
    """What the program finds around itself; whose key it was stands there by our word alone."""
    from tui.commands.session import SSH_AS, SSH_KEY

    kept = {key: value for key, value in environ.items() if key in KEPT or key.startswith("LC_")}
    return {**kept, SSH_AS: name, SSH_KEY: key}
