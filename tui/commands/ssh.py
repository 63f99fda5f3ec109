"""`dabiao ssh`: what sshd calls. The lines of the keys that open, and the session behind such a line."""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys

from tui import over_ssh
from tui.arguments import Usage
from tui.commands.session import DONE, Failed, Session


def run(session: Session, arguments: argparse.Namespace) -> int:
    """One of them."""
    if arguments.action == "authorized-keys":
        return _authorized_keys(session, arguments.fingerprint)
    return _session(session, arguments.name, arguments.key)


def _authorized_keys(session: Session, fingerprint: str | None) -> int:
    """A line for each key that opens; of one fingerprint, its own. Without any there is no line, and nobody gets in."""
    from models.people import keys_that_open

    with session.workspace() as workspace:
        for key in keys_that_open(workspace.connection, fingerprint):
            command = [*over_ssh.PROGRAM, "ssh", "session", "--db", str(workspace.path)]
            command += [f"--as={key.person}", f"--key={key.fingerprint}"]
            if (line := authorized(command, key.type, key.key)) is None:
                session.tell(session.text("ssh.left_out", who=repr(key.person)))
            else:
                sys.stdout.write(f"{line}\n")
    return DONE


def authorized(command: list[str], kind: str, key: str) -> str | None:
    """The line of `authorized_keys` that carries out a command and nothing else; None where it could not be one line.

    Within it, sshd takes a backslash before a quotation mark away, and nothing else.
    """
    words = shlex.join(command)
    if not all(character.isprintable() for character in f"{words}{kind}{key}"):
        return None
    quoted = words.replace('"', '\\"')
    return f'restrict,pty,command="{quoted}" {kind} {key}'


def _session(session: Session, name: str, key: str) -> int:
    """The workspace, or the command that was asked for, as the person whose key it was."""
    try:
        words = over_ssh.words_of(session.environ.get("SSH_ORIGINAL_COMMAND", ""), session.language)
        if words:
            over_ssh.hold(words, session.language)
    except over_ssh.NotAllowed as refused:
        raise Failed(str(refused)) from None
    except Usage as wrong:
        raise Failed(str(wrong), session.text("usage.see_help")) from None
    except SystemExit:  # --help has printed
        return DONE
    program = [*over_ssh.PROGRAM, "--db", str(session.target.path), *words]
    environ = over_ssh.surroundings(session.environ, name, key)
    if words:
        return subprocess.call(program, env=environ)
    from tui.commands.workspace import needs_terminal
    from tui.guarding import guarded

    needs_terminal(session)
    code = guarded(program, environ)
    if code < 0:
        session.tell(session.text("ssh.killed", signal=-code))
    return 128 - code if code < 0 else code
