"""What one must be allowed for a command or an action, and why somebody is not."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Literal

from engine.reason import Reason

if TYPE_CHECKING:  # a command loads neither the database, where it needs none, nor the screens
    from models.access import Access
    from tui.actions import Action

Need = Literal["nothing", "read", "write", "whole", "owner"]
"""To be nobody in particular, to look, to change cases, to have all of the workspace, to be an owner."""

NEEDS: dict[str | None, Need] = {
    None: "read",
    "demo": "nothing",
    "score": "read",
    "timeline": "read",
    "plan": "read",
    "check": "read",
    "materials": "read",
    "form": "read",
    "import": "write",
    "list": "read",
    "show": "read",
    "set": "write",
    "doctor": "nothing",  # it names no client
    "forget": "owner",
    "backup": "owner",
    "restore": "owner",
    "key": "owner",
    "user": "owner",
    "ssh": "nothing",  # what `ssh session` starts is asked itself
}
"""Of each command of `tui.cli`, at its least."""


def need_of(arguments: argparse.Namespace) -> Need:
    """What one must be allowed for a command with these arguments."""
    if arguments.command == "doctor" and (arguments.rebuild or arguments.accept):
        return "owner"
    if arguments.command == "key" and arguments.what in {None, "import"}:
        return "nothing"  # where it is: nobody can be asked for while the workspace does not open
    if arguments.command == "user" and arguments.action == "hand-over":
        return "write"
    return NEEDS[arguments.command]


def why_not(found: Access, need: Need, who: str) -> Reason | None:
    """Why somebody may not; None where they may."""
    if need == "nothing":
        return None
    if found.refused is not None:
        return found.refused
    if need == "owner" and not found.is_owner:
        return Reason("write.owners_only", {"who": who})
    if need == "whole" and found.reach != "all":
        return Reason("write.not_all", {"who": who})
    return Reason("write.read_only", {"who": who}) if need == "write" and not found.may_change else None


def why_not_action(found: Access, action: Action, who: str) -> Reason | None:
    """Why somebody may not do an action on a screen: the one switch for who may only look."""
    if found.refused is not None and action.changes:
        return found.refused
    if action.owners and found.may_change and not found.is_owner:
        return Reason("write.owners_only", {"who": who})
    return Reason("write.read_only", {"who": who}) if action.changes and not found.may_change else None
