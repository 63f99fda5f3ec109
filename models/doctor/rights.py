"""Who may read and write the files: they hold personal data, and no other account may lock their owner out."""

import os
import pwd
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

from models import keyring, keys
from models.bounded import first_bytes
from models.connection import files_of
from models.doctor.findings import Finding, fault, note, ok, warning
from models.doctor.kept_backups import backups_of
from models.doctor.subject import Surroundings
from models.encrypting import kept_plain

CHECK = "rights"
_OTHERS = stat.S_IRWXO
_GROUP = stat.S_IRWXG


def look(surroundings: Surroundings) -> Iterator[Finding]:
    """The workspace, what is kept beside it and its backups, and the directories they are in."""
    found = list(_wrong(surroundings))
    yield from found
    if all(finding.severity == "note" for finding in found):
        yield ok(CHECK, path=str(surroundings.path))


def _wrong(surroundings: Surroundings) -> Iterator[Finding]:
    path = surroundings.path
    try:
        owner = path.stat().st_uid
    except OSError:  # the check of the file tells of it
        return
    files = [*files_of(path), *backups_of(surroundings), *replaced(path), *kept_plain(path)]
    for file in files:
        yield from _of_file(file, owner)
    for directory in dict.fromkeys(file.parent for file in files):
        yield from _of_directory(directory)
    yield from _of_key(path)
    if not os.access(path, os.R_OK | os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        yield warning(CHECK, "not_yours", "as_owner", path=str(path), owner=_name(owner))


def replaced(path: Path) -> list[Path]:
    """What restores have replaced and kept beside the workspace."""
    try:
        return sorted(file for file in path.parent.iterdir() if file.name.startswith(f"{path.stem}-replaced-"))
    except OSError:
        return []


def _of_file(file: Path, owner: int) -> Iterator[Finding]:
    try:
        found = file.stat()
    except OSError:
        return
    command = f"chmod 600 {shlex.quote(str(file))}"
    if found.st_mode & _OTHERS:
        yield fault(CHECK, "open_to_all", "run", path=str(file), command=command)
    elif found.st_mode & _GROUP:
        yield warning(CHECK, "open_to_group", "run", path=str(file), command=command)
    if found.st_uid != owner:
        command = f"chown {_name(owner)} {shlex.quote(str(file))}"
        yield fault(CHECK, "owner", "run", path=str(file), owner=_name(found.st_uid), command=command)


def _of_key(path: Path) -> Iterator[Finding]:
    """Whoever can read the key can read the workspace and each copy of it."""
    try:
        name = keys.name_in(first_bytes(path, keys.SALT))
    except (OSError, keys.DamagedSalt):  # the check of the file tells of it
        return
    if name is None or not keyring.has(name):
        return
    key = keyring.place(name)
    for place, mode in ((key, "600"), (key.parent, "700")):
        if place.stat().st_mode & (_OTHERS | _GROUP):
            command = f"chmod {mode} {shlex.quote(str(place))}"
            yield fault(CHECK, "key_open", "run", path=str(place), command=command)


def _of_directory(directory: Path) -> Iterator[Finding]:
    try:
        mode = directory.stat().st_mode
    except OSError:
        return
    # in a sticky directory others may add files, and neither rename nor remove ours
    if mode & (stat.S_IWOTH | stat.S_IWGRP) and not mode & stat.S_ISVTX:
        yield fault(CHECK, "directory_writable", "own_directory", path=str(directory))
    elif mode & (_OTHERS | _GROUP):
        yield note(CHECK, "directory_open", "own_directory", path=str(directory))


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
