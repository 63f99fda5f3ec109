"""Who may what. Asked in two places alone: where a workspace is read (`show_only`), and where the journal is written
(`hold`), within the transaction of the command and so under its lock.

A person has a role and a reach. Who is in no row reaches the file without us (the operating system's account, a
script): nothing in a program keeps out who can read the file, so that is an owner. Over SSH a name must be that of a
person who is active, and the key it came with must stand.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from engine.reason import Reason
from models.author import Author, owns
from models.change import Change
from models.connection import Connection
from models.refusals import refused
from models.roles import Reach, Role
from models.sealing import EXPORT, FORGET, LOOK

SSH = "ssh"
"""What the origin of who logs in begins with; the fingerprint of the key follows."""

OWNERS_ONLY = frozenset({"person", "login_key", "restore", "accept", FORGET})
"""Commands of the journal that only an owner gives."""

CHANGE_NOTHING = frozenset({LOOK, EXPORT})
"""Entries that say what somebody saw: whoever may look makes them."""


class Access(NamedTuple):
    """What somebody may: `refused` says why nothing at all; `is_known` that there is a row of their name."""

    role: Role
    reach: Reach
    refused: Reason | None = None
    is_known: bool = True

    @property
    def is_owner(self) -> bool:
        """Whether nothing is kept from them."""
        return self.role == "owner" and self.reach == "all" and self.refused is None

    @property
    def may_change(self) -> bool:
        """Whether they may change anything but what is their own: drafts, settings, the last place."""
        return self.role != "read_only" and self.refused is None


_IS_NOBODYS = "SELECT 1 FROM meta WHERE name = 'kind' AND value = 'demo' AND NOT EXISTS (SELECT 1 FROM login_key)"
EVERYTHING = Access("owner", "all", is_known=False)


class Line(Protocol):
    """What `models.journal` writes of one case."""

    @property
    def case_id(self) -> int | None: ...
    @property
    def changes(self) -> Iterable[Change]: ...
    @property
    def undoes(self) -> int | None: ...


def key_of(author: Author) -> str | None:
    """The fingerprint of the key somebody logged in with; None where they did not."""
    origin, _, key = author.origin.partition(" ")
    return key if origin == SSH else None


def access(connection: Connection, by: Author) -> Access:
    """What an author may now. In a demo that knows no keys, which is nobody's, everything."""
    row = connection.execute("SELECT role, reach, active FROM person WHERE name = ?", (by.name,)).fetchone()
    key = key_of(by)
    if key is not None and connection.execute(_IS_NOBODYS).fetchone() is not None:
        return EVERYTHING
    if row is None:
        return (
            EVERYTHING if key is None else Access("read_only", "own", Reason("write.nobody", {"who": by.name}), False)
        )
    role, reach, active = row
    if not active:
        return Access(role, reach, Reason("write.disabled", {"who": by.name}))
    if key and not _stands(connection, by.name, key):
        return Access(role, reach, Reason("write.key_revoked", {"who": by.name, "key": key}))
    return Access(role, reach)


def is_owner_of(connection: Connection, path: Path, by: Author) -> bool:
    """Whether somebody takes back what others did, and erases clients: an owner by role, and whose file it is.

    Who is on no list and reaches the file all the same has no such say in what is others'.
    """
    found = access(connection, by)
    return found.is_owner and (found.is_known or owns(by, path))


def _stands(connection: Connection, name: str, key: str) -> bool:
    found = connection.execute(
        "SELECT 1 FROM login_key WHERE fingerprint = ? AND person = ? AND revoked_at IS NULL", (key, name)
    )
    return found.fetchone() is not None


def hold(connection: Connection, by: Author, command: str, lines: Iterable[Line], shared: Iterable[str]) -> None:
    """`Refused` where an author may not write these lines of the journal; asked once the cases are written.

    `shared` are the paths of what belongs to an employer: they are changed in all its cases, whosever these are.
    """
    found = access(connection, by)
    if found.refused is not None:
        raise refused(found.refused.code.removeprefix("write."), **found.refused.values)
    if not found.may_change and command not in CHANGE_NOTHING:
        raise refused("read_only", who=by.name)
    if command in OWNERS_ONLY and not found.is_owner:
        raise refused("owners_only", who=by.name)
    if found.reach == "own":
        everybodys = frozenset(shared)
        for line in lines:
            if line.case_id is not None and not _is_own(connection, by.name, line, everybodys):
                raise refused("not_your_case", id=line.case_id)


def _is_own(connection: Connection, name: str, line: Line, shared: frozenset[str]) -> bool:
    """Whether a case was theirs before, is theirs from its first day, or only its employer moved.

    What they gave away they may take back: an undo that gives them the case.
    """
    changes = list(line.changes)
    for each in changes:
        if each.path == "":
            tree: Mapping[str, Any] = each.before or each.after or {}
            return bool(tree.get("consultant") == name)
        if each.path == "consultant":
            return bool(name == (each.after if line.undoes is not None and each.before != name else each.before))
    if changes and all(each.path in shared for each in changes):
        return True
    row = connection.execute("SELECT consultant FROM cases WHERE id = ?", (line.case_id,)).fetchone()
    return row is not None and bool(row[0] == name)


# few cases are somebody's: what is looked for among many keys is looked for among theirs, and not the other way round
_OF_THEIRS = (
    "CREATE TEMP VIEW {0} AS SELECT {0}.* FROM main.cases AS own CROSS JOIN main.{0} ON {0}.case_id = own.id"
    " WHERE own.consultant = {1}"
)
_IS_THEIRS = (
    "CREATE TEMP VIEW {0} AS SELECT * FROM main.{0} WHERE {2}"
    " EXISTS (SELECT 1 FROM main.cases AS own WHERE own.id = {0}.case_id AND own.consultant = {1})"
)


def show_only(connection: Connection, name: str) -> None:
    """From now on a connection shows the cases of one consultant alone, whatever it is asked.

    Temporary views stand before the tables of the same names: no question can forget to leave out the others.
    """
    me = "'" + name.replace("'", "''") + "'"
    connection.execute(f"CREATE TEMP VIEW cases AS SELECT * FROM main.cases WHERE consultant = {me}")
    for table in ("search_key", "child_exam"):
        connection.execute(_OF_THEIRS.format(table, me))
    for table in ("document", "case_key"):
        connection.execute(_IS_THEIRS.format(table, me, ""))
    # that a case was erased holds no value, and whoever has it open is told
    connection.execute(_IS_THEIRS.format("entry", me, f"case_id IS NULL OR command = '{FORGET}' OR"))
