"""Who works here, and the keys they log in with, as they are read: plain SQL on the driver, no ORM is loaded."""

from typing import NamedTuple

from models.connection import Connection
from models.roles import Reach, Role


class Person(NamedTuple):
    """Somebody who works here; `cases` they have, `keys` of theirs that stand."""

    name: str
    role: Role
    reach: Reach
    active: bool
    added_at: str
    ended_at: str | None
    cases: int = 0
    keys: int = 0


class LoginKey(NamedTuple):
    """A public key somebody logs in with."""

    fingerprint: str
    person: str
    type: str
    key: str
    comment: str
    added_at: str
    revoked_at: str | None


_PEOPLE = (
    "SELECT name, role, reach, active, added_at, ended_at,"
    " (SELECT count(*) FROM cases WHERE consultant = person.name),"
    " (SELECT count(*) FROM login_key WHERE login_key.person = person.name AND revoked_at IS NULL)"
    " FROM person ORDER BY active DESC, name"
)
_KEYS = f"SELECT {', '.join(LoginKey._fields)} FROM login_key"


def people(connection: Connection) -> list[Person]:
    """Everybody, those who still work here first."""
    return [
        Person(name, role, reach, bool(active), *rest)
        for name, role, reach, active, *rest in connection.execute(_PEOPLE)
    ]


def active_people(connection: Connection) -> list[str]:
    """The names of those who work here now."""
    return [name for (name,) in connection.execute("SELECT name FROM person WHERE active ORDER BY name")]


def login_keys(connection: Connection) -> list[LoginKey]:
    """All keys, also those that were revoked."""
    return [LoginKey(*row) for row in connection.execute(f"{_KEYS} ORDER BY person, added_at, fingerprint")]


def keys_that_open(connection: Connection, fingerprint: str | None = None) -> list[LoginKey]:
    """The keys somebody may log in with now: not revoked, of somebody who is active."""
    sql = (
        f"{_KEYS} WHERE revoked_at IS NULL AND (? IS NULL OR fingerprint = ?)"
        " AND EXISTS (SELECT 1 FROM person WHERE name = login_key.person AND active) ORDER BY person, fingerprint"
    )
    return [LoginKey(*row) for row in connection.execute(sql, (fingerprint, fingerprint))]
