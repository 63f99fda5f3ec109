"""`dabiao user`: who works here, what they may, the keys they log in with; and cases handed from one to another."""

from __future__ import annotations

import argparse
import os

from engine.words import word
from models.bounded import Unread, read_file, read_stream
from models.login_keys import NotAKey, read_key
from models.people import LoginKey, login_keys, people
from models.today import local
from models.workspace import Workspace
from tui.columns import aligned
from tui.commands import hand_over
from tui.commands.session import DONE, Failed, Session

STANDARD_INPUT = "-"


def run(session: Session, arguments: argparse.Namespace) -> int:
    """One of them."""
    with session.workspace() as workspace:
        if arguments.action == "hand-over":
            return hand_over.run(session, workspace, arguments)
        if arguments.action == "list":
            _list(session, workspace)
        elif arguments.action == "key":
            _key(session, workspace, arguments.what, arguments.of)
        elif arguments.action == "add":
            _add(session, workspace, arguments)
        else:
            _change(session, workspace, arguments)
    return DONE


def _list(session: Session, workspace: Workspace) -> None:
    found = people(workspace.connection)
    if session.as_json:
        session.document({"people": [one._asdict() for one in found]})
        return
    heading = tuple(session.text(f"user.column.{name}") for name in ("name", "role", "reach", "cases", "keys", "since"))
    rows = [
        (
            one.name,
            word(f"person.role.{one.role}", session.language),
            word(f"person.reach.{one.reach}", session.language),
            str(one.cases),
            str(one.keys),
            local(one.added_at)[:10]
            if one.ended_at is None
            else session.text("user.until", day=local(one.ended_at)[:10]),
        )
        for one in found
    ]
    for line in aligned([heading, *rows], frozenset({3, 4})):
        session.out(line)


def _add(session: Session, workspace: Workspace, arguments: argparse.Namespace) -> None:
    from models.employing import add

    add(workspace, arguments.name, arguments.role, arguments.reach, by=session.author)
    session.tell(session.text("user.added", who=arguments.name, **_kind(session, arguments.role, arguments.reach)))


def _change(session: Session, workspace: Workspace, arguments: argparse.Namespace) -> None:
    from models.employing import change

    what = arguments.action
    changed = change(
        workspace,
        arguments.name,
        by=session.author,
        role=arguments.role if what == "role" else None,
        reach=arguments.reach if what == "reach" else None,
        active={"disable": False, "enable": True}.get(what),
    )
    value = word(f"person.{what}.{getattr(arguments, what)}", session.language) if what in ("role", "reach") else ""
    session.tell(session.text(f"user.{what}d" if changed else "user.so_already", who=arguments.name, value=value))


def _kind(session: Session, role: str, reach: str) -> dict[str, str]:
    return {
        "role": word(f"person.role.{role}", session.language),
        "reach": word(f"person.reach.{reach}", session.language),
    }


# --- keys


def _key(session: Session, workspace: Workspace, what: str, of: list[str]) -> None:
    from models.employing import add_key, revoke_key

    wanted = {"add": 2, "list": 0, "revoke": 1}[what]
    if len(of) != wanted:
        raise Failed(session.text(f"user.key_{what}_usage"))
    if what == "list":
        _list_keys(session, workspace)
    elif what == "add":
        try:
            key = read_key(_content(session, of[1]))
        except NotAKey as wrong:
            raise Failed(f"{of[1]}: {session.say(wrong.reason)}") from None
        add_key(workspace, of[0], key, by=session.author)
        session.tell(session.text("user.key_added", who=of[0], fingerprint=key.fingerprint))
    else:
        whose = revoke_key(workspace, of[0], by=session.author)
        session.tell(session.text("user.key_revoked", who=whose, fingerprint=of[0]))


def _content(session: Session, file: str) -> bytes:
    try:
        if file == STANDARD_INPUT:
            return read_stream(session.standard_input)
        return read_file(os.path.expanduser(file))
    except Unread as unread:
        raise Failed(f"{file}: {session.say(unread.reason)}") from None


def _list_keys(session: Session, workspace: Workspace) -> None:
    found = login_keys(workspace.connection)
    if session.as_json:
        session.document({"keys": [key._asdict() for key in found]})
        return
    rows = [(key.person, key.fingerprint, key.type, _since(session, key), key.comment) for key in found]
    for line in aligned(rows) if rows else ():
        session.out(line)


def _since(session: Session, key: LoginKey) -> str:
    if key.revoked_at is None:
        return local(key.added_at)[:10]
    return session.text("user.revoked", day=local(key.revoked_at)[:10])
