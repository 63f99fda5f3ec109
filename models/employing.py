"""People and their keys changed: the commands of an owner, each an entry of the journal without a case.

Nobody is removed: the journal speaks of them. The last active owner keeps role and reach, and stays.
"""

import re
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from models.author import Author
from models.change import Change
from models.journal import Line, record
from models.login_keys import PublicKey
from models.refusals import refused
from models.roles import Reach, Role
from models.tables import LOGIN_KEYS, PEOPLE
from models.today import moment
from models.transaction import transaction
from models.workspace import Workspace

PERSON, LOGIN_KEY = "person", "login_key"
NAME = re.compile(r"[^\W_][\w.-]{0,31}")
RESERVED = frozenset({"calendar", "dabiao", "me"})  # whose entries the program's own are; who asks, in a query


def add(workspace: Workspace, name: str, role: Role, reach: Reach, *, by: Author) -> None:
    """Somebody who works here from now on. `Refused` where there is somebody of that name, or it can be none."""
    if not NAME.fullmatch(name) or name.lower() in RESERVED:
        raise refused("person_name", who=name)
    with transaction(workspace) as session:
        if _find(session, name) is not None:
            raise refused("person_there", who=name)
        at = moment()
        session.execute(insert(PEOPLE), {"name": name, "role": role, "reach": reach, "active": True, "added_at": at})
        _record(session, by, PERSON, name, at, {"role": (None, role), "reach": (None, reach)})


def change(
    workspace: Workspace,
    name: str,
    *,
    by: Author,
    role: Role | None = None,
    reach: Reach | None = None,
    active: bool | None = None,
) -> bool:
    """Another role or reach, or sent away or taken back; False where it is so already."""
    with transaction(workspace) as session:
        found = _person(session, name)
        wanted = {"role": role, "reach": reach, "active": active}
        moved = {key: (found[key], value) for key, value in wanted.items() if value not in (None, found[key])}
        if not moved:
            # whoever may not is told so, whether or not there was something to do
            _record(session, by, PERSON, name, moment(), {})
            return False
        at = moment()
        values: dict[str, Any] = {key: after for key, (_, after) in moved.items()}
        if "active" in values:
            values["ended_at"] = None if active else at
        # asked of the rows as they were: who is no owner any more could not take that from themselves
        _record(session, by, PERSON, name, at, moved)
        session.execute(update(PEOPLE).where(PEOPLE.c.name == name).values(**values))
        if _owners(session) == 0:
            raise refused("last_owner", who=name)
        return True


def add_key(workspace: Workspace, name: str, key: PublicKey, *, by: Author) -> None:
    """A key somebody may log in with. One that was revoked does not come back, nor does one change hands."""
    with transaction(workspace) as session:
        if not _person(session, name)["active"]:
            raise refused("person_disabled", who=name)
        found = session.execute(select(LOGIN_KEYS).where(LOGIN_KEYS.c.fingerprint == key.fingerprint)).one_or_none()
        if found is not None and found.revoked_at is not None:
            raise refused("key_revoked", who=found.person, key=key.fingerprint)
        if found is not None:
            raise refused("key_there", who=found.person, key=key.fingerprint)
        at = moment()
        session.execute(insert(LOGIN_KEYS), {**key._asdict(), "person": name, "added_at": at})
        _record(session, by, LOGIN_KEY, name, at, {"fingerprint": (None, key.fingerprint)})


def revoke_key(workspace: Workspace, fingerprint: str, *, by: Author) -> str:
    """From now on nobody logs in with a key; whose it was."""
    with transaction(workspace) as session:
        found = session.execute(select(LOGIN_KEYS).where(LOGIN_KEYS.c.fingerprint == fingerprint)).one_or_none()
        if found is None:
            raise refused("no_key", key=fingerprint)
        at = moment()
        _record(session, by, LOGIN_KEY, found.person, at, {"fingerprint": (fingerprint, None)})
        if found.revoked_at is None:
            revoked = update(LOGIN_KEYS).where(LOGIN_KEYS.c.fingerprint == fingerprint)
            session.execute(revoked.values(revoked_at=at))
        whose: str = found.person
        return whose


def _find(session: Session, name: str) -> dict[str, Any] | None:
    row = session.execute(select(PEOPLE).where(PEOPLE.c.name == name)).one_or_none()
    return None if row is None else dict(row._mapping)


def _person(session: Session, name: str) -> dict[str, Any]:
    found = _find(session, name)
    if found is None:
        names = session.scalars(select(PEOPLE.c.name).order_by(PEOPLE.c.name))
        raise refused("no_person", who=name, names=list(names))
    return found


def _owners(session: Session) -> int:
    """How many can do everything: active owners who see all."""
    where = (PEOPLE.c.role == "owner", PEOPLE.c.reach == "all", PEOPLE.c.active)
    return len(list(session.scalars(select(PEOPLE.c.name).where(*where))))


def _record(session: Session, by: Author, command: str, name: str, at: str, moved: dict[str, tuple[Any, Any]]) -> None:
    changes = [Change(f"{command}.{what}", before, after) for what, (before, after) in moved.items()]
    record(session, [Line(None, changes)] if changes else [], at=at, by=by.cleaned(), command=command, note=name)
