"""The directory of keys: one small file a key, for its owner alone, apart from the data that the keys open.

Nothing ever changes a key's file. What is known about a key (that it is kept in a second place; that another has taken
its place) stands in files of their own beside it.
"""

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from engine.reason import Reason
from models import key_text
from models.bounded import first_bytes
from models.keys import Key

VARIABLE = "DABIAO_KEYS"
_KEY, _CONFIRMED, _REPLACED = ".key", ".confirmed", ".replaced"
_MOST = 65536  # bytes of a key's file: the path of a workspace stands in it, and may be long


class NoKey(Exception):
    """A key cannot be had or kept: `reason` (of `reason.workspace`) names its file and says why."""

    def __init__(self, code: str, file: Path, **values: Any) -> None:
        self.code = code
        self.values = {"file": str(file), **values}
        super().__init__(code)


def directory() -> Path:
    """Where the keys are: `$DABIAO_KEYS`, else `keys` in the user's configuration directory."""
    given = os.environ.get(VARIABLE, "")
    if given:
        with suppress(RuntimeError):  # ~somebody whom this machine does not know
            return Path(given).expanduser().absolute()
    return user_config_path("dabiao", appauthor=False) / "keys"


def place(name: str) -> Path:
    """Where the key of a name is."""
    return directory() / f"{name}{_KEY}"


def find(name: str) -> Key:
    """The key of a name. `NoKey` where it is not there, cannot be read, or is another one."""
    file = place(name)
    try:
        text = first_bytes(file, _MOST).decode("ascii", "replace")
    except FileNotFoundError:
        raise NoKey("key_lost", file) from None
    except OSError as error:
        raise NoKey("key_unreadable", file, problem=os.strerror(error.errno or 0)) from None
    try:
        key = key_text.read_file(text)
    except key_text.WrongText:
        raise NoKey("key_damaged", file) from None
    if key.name != name:
        raise NoKey("key_wrong", file)
    return key


def has(name: str) -> bool:
    """Whether the key of a name is there."""
    return _is_there(place(name))


def names() -> list[str]:
    """The names of all keys that are there."""
    try:
        return sorted(file.stem for file in directory().iterdir() if file.suffix == _KEY)
    except OSError:
        return []


def keep(key: Key, path: Path | None = None) -> Path:
    """Keeps a key, on disk when this returns; `path` is the workspace it was made for. One that is there stays.

    `NoKey` where it cannot be kept.
    """
    from engine.words import LANGUAGES, say

    remarks = [say(Reason("key.remark", {"path": str(path or "-")}), language) for language in LANGUAGES]
    text = key_text.as_file(key, [" ".join(remark.split()) for remark in remarks])
    with suppress(FileExistsError):
        _write(place(key.name), text)
    if find(key.name).secret != key.secret:
        raise NoKey("key_wrong", place(key.name))
    return place(key.name)


def forget(key: Key) -> None:
    """Removes a key that nothing was ever written under."""
    with suppress(OSError):
        place(key.name).unlink()


def confirm(name: str) -> None:
    """Notes that a key is kept in a second place. `NoKey` where that cannot be noted."""
    with suppress(FileExistsError):
        _write(place(name).with_suffix(_CONFIRMED), "")


def is_confirmed(name: str) -> bool:
    """Whether somebody has shown that a key is kept in a second place."""
    return _is_there(place(name).with_suffix(_CONFIRMED))


def replaced(name: str, by: str) -> None:
    """Notes that another key has taken the place of one, which earlier backups still need."""
    with suppress(FileExistsError, NoKey):  # a remark, and no more
        _write(place(name).with_suffix(_REPLACED), f"{by}\n")


def replaced_by(name: str) -> str | None:
    """The key that has taken the place of one; None where none has."""
    with suppress(OSError):
        return first_bytes(place(name).with_suffix(_REPLACED)).decode("ascii", "replace").strip()
    return None


def _is_there(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:  # not for this account to see
        return False


def _write(file: Path, text: str) -> None:
    """A new file in the directory of keys, whole or not at all; `FileExistsError` where it is there."""
    from models import atomic

    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with atomic.temporary(file.parent) as new:
            new.write_text(text, "utf-8")
            atomic.put(new, file)
        atomic.sync_directory(file.parent.parent)
    except FileExistsError:
        if not file.exists():  # the directory's own name is that of a file
            raise NoKey("key_not_kept", file, problem=os.strerror(errno.EEXIST)) from None
        raise
    except OSError as error:
        raise NoKey("key_not_kept", file, problem=os.strerror(error.errno or 0)) from None
