"""People of a workspace for tests, one of each kind, and keys for them."""

import base64
import hashlib
import struct
from contextlib import closing
from typing import NamedTuple

from models import employing, people
from models.author import Author, owner_of
from models.connection import connect
from models.login_keys import PublicKey
from models.people import LoginKey, Person
from models.roles import Reach, Role
from models.workspace import Workspace

KINDS: dict[str, tuple[Role, Reach]] = {
    "ou": ("owner", "all"),
    "ann": ("consultant", "all"),
    "bea": ("consultant", "own"),
    "rea": ("read_only", "all"),
    "roy": ("read_only", "own"),
    "dan": ("consultant", "all"),  # who was sent away
}
GONE = "dan"


def owner(workspace: Workspace) -> Author:
    """Whose file it is."""
    return Author(owner_of(workspace.path), "test")


def employ(workspace: Workspace) -> None:
    """One of each kind works here, and one does no longer."""
    for name, (role, reach) in KINDS.items():
        employing.add(workspace, name, role, reach, by=owner(workspace))
    employing.change(workspace, GONE, active=False, by=owner(workspace))


def person(workspace: Workspace, name: str) -> Person:
    """Somebody as they stand in the workspace now."""
    with closing(connect(workspace.path)) as connection:
        (found,) = [one for one in people.people(connection) if one.name == name]
    return found


def keys(workspace: Workspace) -> list[LoginKey]:
    """The keys that open now."""
    with closing(connect(workspace.path)) as connection:
        return people.keys_that_open(connection)


class Made(NamedTuple):
    """A key that nobody has the other half of."""

    line: str
    fingerprint: str


def made_key(seed: int = 1, comment: str = "ann@laptop") -> Made:
    """A public key of the right form; another one for each number."""
    blob = b"".join(struct.pack(">I", len(part)) + part for part in (b"ssh-ed25519", bytes([seed]) * 32))
    digest = base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
    return Made(f"ssh-ed25519 {base64.b64encode(blob).decode()} {comment}", f"SHA256:{digest}")


def as_kept(made: Made) -> PublicKey:
    """The same as it is kept."""
    kind, key, comment = made.line.split(" ", 2)
    return PublicKey(made.fingerprint, kind, key, comment)
