"""Encryption at rest: is the workspace under a key, is the key kept elsewhere too, does anything lie about plain?"""

import shlex
from collections.abc import Iterator
from pathlib import Path

from models import keyring, keys
from models.bounded import first_bytes
from models.connection import MAGIC
from models.doctor.findings import Finding, Told, not_looked_at, note, ok, warning
from models.doctor.kept_backups import backups_of
from models.doctor.rights import replaced
from models.doctor.subject import Surroundings
from models.encrypting import kept_plain

CHECK = "at_rest"


def look(surroundings: Surroundings) -> Iterator[Finding]:
    """By the files' first bytes; whether they can be opened is the check of the file."""
    path = surroundings.path
    beginning = _beginning(path)
    try:
        name = keys.name_in(beginning)
    except keys.DamagedSalt:
        name = None
    if name is None:
        # a demo is never encrypted, and whether it is one is told only inside: the next opening sees to it
        yield note(CHECK, "plain") if beginning.startswith(MAGIC) else not_looked_at(CHECK)
        return
    found = list(_of_key(path, name)) + list(_plain(surroundings))
    yield from found
    if not found:
        yield ok(CHECK, key=name, file=str(keyring.place(name)))


def _of_key(path: Path, name: str) -> Iterator[Finding]:
    file = keyring.place(name)
    if not keyring.has(name):
        return  # the check of the file tells of it
    if not keyring.is_confirmed(name):
        yield warning(CHECK, "unconfirmed", "second_place", file=str(file))
    if file.resolve().is_relative_to(path.resolve().parent):
        yield warning(CHECK, "beside", "elsewhere", file=str(file), variable=keyring.VARIABLE)


def _plain(surroundings: Surroundings) -> Iterator[Finding]:
    """What was kept of a time before encryption."""
    kept = [file for file in (*kept_plain(surroundings.path), *replaced(surroundings.path)) if _is_plain(file)]
    if kept:
        command = f"rm {' '.join(shlex.quote(str(file)) for file in kept)}"
        yield warning(CHECK, "kept_plain", "remove_plain", Told.of(file.name for file in kept), command=command)
    backups = [file for file in backups_of(surroundings) if _is_plain(file)]
    if backups:
        told = Told.of(file.name for file in backups)
        yield warning(CHECK, "plain_backups", "plain_expire", told, directory=str(surroundings.backups))


def _is_plain(file: Path) -> bool:
    return _beginning(file).startswith(MAGIC)


def _beginning(file: Path) -> bytes:
    try:
        return first_bytes(file, keys.SALT)
    except (OSError, ValueError):
        return b""
