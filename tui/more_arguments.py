"""The arguments of the commands that have commands of their own: `dabiao user`, `dabiao ssh`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Protocol

from models.roles import REACHES, ROLES


class Nested(Protocol):
    """The commands within a command."""

    say: Callable[[str], str]

    def add(self, name: str, *, as_json: bool = False) -> argparse.ArgumentParser: ...


def user(commands: Nested) -> None:
    """People and their keys."""
    say = commands.say

    def named(name: str, *, as_json: bool = False) -> argparse.ArgumentParser:
        command = commands.add(name, as_json=as_json)
        command.add_argument("name", metavar="NAME", help=say("user.name"))
        return command

    add = named("add")
    add.add_argument("--role", choices=ROLES, default="consultant", help=say("user.role.role"))
    add.add_argument("--reach", choices=REACHES, default="all", help=say("user.reach.reach"))
    commands.add("list", as_json=True)
    named("disable")
    named("enable")
    named("role").add_argument("role", choices=ROLES, metavar="ROLE", help=say("user.role.role"))
    named("reach").add_argument("reach", choices=REACHES, metavar="REACH", help=say("user.reach.reach"))
    key = commands.add("key", as_json=True)
    key.add_argument("what", choices=("add", "list", "revoke"), metavar="add|list|revoke", help=say("user.key.what"))
    key.add_argument("of", nargs="*", metavar="NAME KEYFILE | FINGERPRINT", help=say("user.key.of"))
    over = commands.add("hand-over", as_json=True)
    over.add_argument("giver", metavar="FROM", help=say("user.hand_over.giver"))
    over.add_argument("taker", metavar="TO", help=say("user.hand_over.taker"))
    over.add_argument("query", nargs="*", metavar="QUERY", help=say("list.query"))


def ssh(commands: Nested) -> None:
    """What sshd calls."""
    say = commands.say
    keys = commands.add("authorized-keys")
    keys.add_argument("fingerprint", nargs="?", metavar="FINGERPRINT", help=say("ssh.fingerprint"))
    session = commands.add("session")
    session.add_argument("--as", dest="name", metavar="NAME", required=True, help=say("ssh.as"))
    session.add_argument("--key", metavar="FINGERPRINT", default="", help=say("ssh.key"))
