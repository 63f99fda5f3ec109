"""New keys: kept before anything is written under them, and gone again where nothing came of it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models import keyring, keys
from models.connection import fault
from models.keys import Key


@contextmanager
def a_new_key(path: Path) -> Iterator[Key]:
    """A new key, kept before anything is written under it; gone again where nothing came of it."""
    key = kept_new_key(path)
    try:
        yield key
    except BaseException:
        forget_unused(key, path)
        raise


def kept_new_key(path: Path) -> Key:
    """A new key for what is to be at a path, kept. `WorkspaceError` where it cannot be kept."""
    key = keys.new()
    try:
        keyring.keep(key, path)
    except keyring.NoKey as error:
        raise fault(error.code, path, **error.values) from None
    return key


def forget_unused(key: Key, path: Path) -> None:
    """Removes a new key, unless the file that is at the path is under it all the same."""
    with suppress(OSError, keys.DamagedSalt):  # a key too many does no harm
        with suppress(FileNotFoundError), path.open("rb") as file:
            if keys.name_in(file.read(keys.SALT)) == key.name:
                return
        keyring.forget(key)
