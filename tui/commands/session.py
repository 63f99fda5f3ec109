"""What every command has at hand: the language, the day, the streams, the workspace; and how a command ends."""

from __future__ import annotations

import getpass
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO

from engine.policy import Policy, load
from tui.lost import backup_for
from tui.text import LANGUAGES, text
from tui.unsafe import UNSAFE

if TYPE_CHECKING:  # reading a file needs no database
    from models.author import Author
    from models.settings import Settings
    from models.workspace import Kind, Target, Workspace
    from tui.rights import Need

SSH_AS, SSH_KEY = "DABIAO_SSH_AS", "DABIAO_SSH_KEY"
"""How a session over SSH is told whose key it was (`tui.commands.ssh`)."""

DONE, NO, WRONG = 0, 1, 2
EXPORT_PATIENCE = 3.0  # seconds that a command that only reads waits for others who write


class Failed(Exception):
    """The command cannot be carried out; each sentence says one reason. Exit code 2."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Session:
    """One run of the command line. `asked`: the language was asked for, and is not the usual one. `need`: what one
    must be allowed for it."""

    language: str
    asked: bool
    environ: Mapping[str, str]
    db: str | None
    as_json: bool
    on: date | None
    need: Need = "read"

    @cached_property
    def today(self) -> date:
        """The day in Shanghai, or `$DABIAO_TODAY`."""
        from models.today import WrongDay, today

        try:
            return today(self.environ)
        except WrongDay as error:
            raise Failed(self.say(error.reason)) from None

    @property
    def day(self) -> date:
        """The day asked about: `--on`, else today."""
        return self.on or self.today

    @cached_property
    def policy(self) -> Policy:
        """The policy pack."""
        return load()

    @cached_property
    def author(self) -> Author:
        """Who works here: on one's own machine, the operating system's account; over SSH, whose key it was."""
        from engine.cleaning import clean
        from models.author import LONGEST_NAME, Author

        if name := self.environ.get(SSH_AS):
            return Author(name, f"ssh {self.environ.get(SSH_KEY, '')}".strip())
        return Author(clean(account())[:LONGEST_NAME] or f"uid{os.getuid()}", "cli")  # $LOGNAME may say anything

    @property
    def standard_input(self) -> BinaryIO:
        """What `-` reads."""
        return sys.stdin.buffer

    def text(self, key: str, **values: object) -> str:
        """Words of the commands' own catalogue."""
        return text(f"cli.{key}", self.language, **values)

    def say(self, reason: Any) -> str:
        """A reason in words."""
        from tui.text import say

        return say(reason, self.language)

    def out(self, line: str) -> None:
        """One line of data."""
        sys.stdout.write(UNSAFE.sub("·", line) + "\n")

    def document(self, data: Any) -> None:
        """One JSON document on one line."""
        self.part_of_document(json_of(data) + "\n")

    def part_of_document(self, text: str) -> None:
        """JSON text as it comes; on a terminal, without what would steer it."""
        sys.stdout.write(UNSAFE.sub(_escaped, text) if sys.stdout.isatty() else text)

    def tell(self, line: str) -> None:
        """One line to whoever runs the command."""
        sys.stderr.write(as_line(line) + "\n")

    @property
    def target(self) -> Target:
        """Where the workspace is."""
        from models.workspace import locate

        return locate(self.db, self.environ)

    @cached_property
    def settings(self) -> Settings:
        """The office's settings; what is wrong in their file is told, and takes its default."""
        from models.settings import load

        loaded = load()
        for problem in loaded.problems:
            self.tell(": ".join(part for part in (str(loaded.file), problem.key, self.say(problem.reason)) if part))
        return loaded.settings

    def note_export(self, workspace: Workspace, command: str, cases: Sequence[int]) -> None:
        """Says in the journal that a command has put out whole numbers of cases. Where nothing can be written now,
        what was asked for is given all the same, and that is told."""
        from models.looking import exported
        from models.refusals import Refused
        from models.workspace import WorkspaceError

        workspace.patience = EXPORT_PATIENCE
        try:
            exported(workspace, command, cases, by=self.author)
        except (Refused, WorkspaceError) as error:
            self.tell(self.text("export.not_noted", why=self.say(error.reason)))

    @contextmanager
    def workspace(
        self, target: Target | None = None, kind: Kind = "office", *, create: bool = False
    ) -> Iterator[Workspace]:
        """The workspace, closed afterwards; what stands in the way ends the command with a sentence.

        Without `create` it must be there: a mistyped place is not made. The user's own place always is.
        """
        from models.workspace import open_workspace

        with failing(self):
            place = target or self.target
            workspace = open_workspace(place, create=create or place.is_default, kind=kind)
            if workspace.kept_plain is not None:
                self.tell(self.text("key.kept_plain", file=workspace.kept_plain))
            try:
                self.hold(workspace)
                yield workspace
            finally:
                workspace.close()

    def hold(self, workspace: Workspace) -> None:
        """`Failed` where whoever runs the command may not; from now on they see what they may see."""
        from models.access import access
        from tui.rights import why_not

        found = access(workspace.connection, self.author)
        if (reason := why_not(found, self.need, self.author.name)) is not None:
            raise Failed(self.say(reason))
        if found.reach == "own":
            workspace.seen_by = self.author.name


@contextmanager
def failing(session: Session) -> Iterator[None]:
    """What stands in the way of a workspace ends the command with a sentence; for a lost one, a backup is named.

    So does what the person may not do."""
    from models.refusals import Refused
    from models.workspace import WorkspaceError

    try:
        yield
    except Refused as refused:
        raise Failed(session.say(refused.reason)) from None
    except WorkspaceError as error:
        sentences = [session.say(error.reason)]
        backup = backup_for(error.reason, lambda: session.settings)
        sentences += [] if backup is None else [session.text("restore.newest", file=backup)]
        raise Failed(*sentences) from None


def as_line(text: str) -> str:
    """One line to people, whatever names of files and arguments are in it: it steers no terminal, and none of them can
    pretend to be a line of its own."""
    return UNSAFE.sub("·", text).replace("\n", "·")


def json_of(data: Any) -> str:
    """Data as JSON on one line, in the characters people read."""
    return json.dumps(data, ensure_ascii=False)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def account() -> str:
    """The operating system's account; its number where it has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid{os.getuid()}"


def wanted_language(arguments: list[str], environ: Mapping[str, str]) -> str | None:
    """The language asked for by `--lang` or `$DABIAO_LANG`; None where nobody said.

    Looked for before the arguments are parsed, so that what is wrong with them is said in it.
    """
    for n, argument in enumerate(arguments):
        if argument == "--lang" and n + 1 < len(arguments) and arguments[n + 1] in LANGUAGES:
            return arguments[n + 1]
        if argument.removeprefix("--lang=") in LANGUAGES and argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    given = environ.get("DABIAO_LANG", "").strip().lower()
    return given if given in LANGUAGES else None


def usual_language(environ: Mapping[str, str]) -> str:
    """Chinese, unless the locale is English by name."""
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return "en" if locale.startswith("en_") else "zh"
