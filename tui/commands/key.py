"""`dabiao key`: the key of the workspace shown, kept elsewhere, put back, checked, changed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from engine.reason import Reason
from models import key_text, keyring
from models.bounded import Unread, read_file, read_stream
from models.keys import Key
from models.workspace import WorkspaceError, key_name
from tui.commands.session import DONE, NO, Failed, Session, failing

_MOST = 65536  # bytes of a file that is taken for a key
_YES = {"y", "Y", "ｙ", "Ｙ"}


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Does what was asked of the key; without a word more it says where the key is and whether a second one is kept."""
    doing: dict[str | None, Callable[[], int]] = {
        None: lambda: _tell(session),
        "show": lambda: _show(session),
        "export": lambda: _export(session, arguments.file),
        "import": lambda: _import(session, arguments.file),
        "confirm": lambda: _confirm(session, arguments.file),
        "change": lambda: _change(session, sure=arguments.yes),
    }
    try:
        return doing[arguments.what]()
    except key_text.WrongText as wrong:
        raise Failed(session.say(wrong.reason)) from None
    except keyring.NoKey as error:
        path = str(session.target.path)
        raise Failed(session.say(Reason(f"workspace.{error.code}", {"path": path, **error.values}))) from None


# --- what is there


def _tell(session: Session) -> int:
    name = _name(session)
    file, here = keyring.place(name), keyring.has(name)
    confirmed = here and keyring.is_confirmed(name)
    former = {other: by for other in keyring.names() if (by := keyring.replaced_by(other)) is not None}
    if session.as_json:
        session.document(
            {
                "key": name,
                "file": str(file),
                "here": here,
                "confirmed": confirmed,
                "former": [{"key": other, "file": str(keyring.place(other)), "by": by} for other, by in former.items()],
            }
        )
        return DONE
    session.out(session.text("key.is" if here else "key.lost", name=name, file=file))
    if here:
        session.out(session.text("key.confirmed" if confirmed else "key.unconfirmed"))
    for other, by in former.items():
        session.out(session.text("key.former", name=other, by=by, file=keyring.place(other)))
    return DONE


def _show(session: Session) -> int:
    key = _key(session)
    lines = key_text.lines(key)
    if session.as_json:
        session.document({"key": key.name, "lines": lines})
    else:
        session.tell(session.text("key.secret"))
        for line in lines:
            session.out(line)
    return DONE


# --- a second one


def _export(session: Session, given: str) -> int:
    from models import atomic

    name = _key(session).name
    file = Path(given).expanduser().absolute()
    if given.endswith(os.sep) or file.is_dir():
        file /= keyring.place(name).name
    try:
        with atomic.temporary(file.parent) as new:
            new.write_bytes(keyring.place(name).read_bytes())
            atomic.put(new, file)
    except FileExistsError:
        raise Failed(session.text("key.there", file=file)) from None
    except OSError as error:
        raise Failed(session.text("key.not_exported", file=file, problem=os.strerror(error.errno or 0))) from None
    if session.as_json:
        session.document({"key": name, "file": str(file)})
    else:
        session.tell(session.text("key.exported", file=file))
    return DONE


def _import(session: Session, given: str) -> int:
    key = key_text.read(_given(session, given))
    was_there = keyring.has(key.name)
    wanted = _wanted(session)
    file = keyring.keep(key, session.target.path if wanted == key.name else None)
    if session.as_json:
        session.document({"key": key.name, "file": str(file), "opens": wanted == key.name})
        return DONE
    session.tell(session.text("key.had" if was_there else "key.imported", name=key.name, file=file))
    if wanted is not None:
        said = "key.opens" if wanted == key.name else "key.opens_not"
        session.tell(session.text(said, path=session.target.path, name=wanted))
    return DONE


def _confirm(session: Session, given: str | None) -> int:
    key = _key(session)
    name = key.name
    if given not in (None, "-") and _is_kept_here(Path(str(given)).expanduser()):
        raise Failed(session.text("key.itself", file=given))
    shown = key_text.read(_given(session, given) if given is not None else _typed(session))
    is_it = shown.secret == key.secret
    if is_it:
        keyring.confirm(name)
    if session.as_json:
        session.document({"key": name, "confirmed": is_it})
    elif is_it:
        session.tell(session.text("key.confirmed_now"))
    else:
        session.tell(session.text("key.another", name=shown.name, wanted=name))
    return DONE if is_it else NO


def _is_kept_here(file: Path) -> bool:
    """Whether a file is in the directory of keys itself: that is no second place."""
    try:
        return file.resolve().is_relative_to(keyring.directory().resolve())
    except OSError:
        return False


# --- another one


def _change(session: Session, *, sure: bool) -> int:
    from models import backups
    from models.encrypting import change_key

    if not sure and not _asked(session):
        raise Failed(session.text("key.not_changed"))
    with session.workspace() as workspace, failing(session):
        path = workspace.path
        old, new = change_key(path)
        kept = sum(1 for _ in backups.place(path, session.settings.backups).glob(f"{path.stem}-*{path.suffix}"))
    if session.as_json:
        session.document({**_at("", new), **_at("former_", old), "backups": kept})
    else:
        session.tell(session.text("key.changed", name=new.name, file=keyring.place(new.name)))
        session.tell(session.text("key.unconfirmed"))
        session.tell(session.text("key.former_stays", name=old.name, file=keyring.place(old.name), count=kept))
    return DONE


def _at(beginning: str, key: Key) -> dict[str, str]:
    return {f"{beginning}key": key.name, f"{beginning}file": str(keyring.place(key.name))}


def _asked(session: Session) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Failed(session.text("key.needs_yes"))
    sys.stderr.write(session.text("key.sure") + " ")
    sys.stderr.flush()
    return sys.stdin.readline().strip() in _YES


# --- what is given


def _name(session: Session) -> str:
    """The name of the workspace's key, which need not be here."""
    with failing(session):
        name = key_name(session.target.path)
    if name is None:
        raise Failed(session.say(Reason("workspace.no_key", {"path": str(session.target.path)})))
    return name


def _key(session: Session) -> Key:
    """The key of the workspace, for whoever may have it."""
    name = _name(session)
    with session.workspace():
        return keyring.find(name)


def _wanted(session: Session) -> str | None:
    """The same where there is a workspace at all: a key may be there before what it opens."""
    try:
        return key_name(session.target.path)
    except WorkspaceError:
        return None


def _given(session: Session, file: str) -> str:
    """The text of a file, or of standard input."""
    try:
        given = read_stream(session.standard_input, _MOST) if file == "-" else read_file(Path(file).expanduser(), _MOST)
    except Unread as unread:
        raise Failed(session.text("key.unreadable", file=file, why=session.say(unread.reason))) from None
    return given.decode("utf-8", "replace")


def _typed(session: Session) -> str:
    """The four lines as somebody types them; an empty line ends them too."""
    if sys.stdin.isatty():
        session.tell(session.text("key.type"))
    lines: list[str] = []
    while len(lines) < key_text.LINES and (line := sys.stdin.readline()).strip():
        lines.append(line)
    return "".join(lines)
