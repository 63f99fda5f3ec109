"""What the journal says of a case, sealed under a key of the case: where that is destroyed, what was said is gone.

Each case has 32 random bytes (the table `case_key`); AES-GCM, with the number of the entry and of the case held to it.
Which fields an entry changed stays readable, so that lists of who wrote what last need no key. The chain covers what is
sealed, and so holds without any key. Entries about no case, and that a case was erased, are not sealed: they hold no
value of a person.
"""

import base64
import json
import os
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

KEY_BYTES = 32
FORGET = "forget"
"""The command of the entry that says that a case was erased."""

KEY_OF = "(SELECT key FROM case_key WHERE case_key.case_id = entry.case_id)"
"""The key of an entry's case, as a column of a question about `entry`; NULL where the case was erased."""

ERASED: dict[str, Any] = {"erased": True}
"""Stands where a value was, of a case that was erased."""

LOOK = "look"
"""The command of the entry that says that somebody saw what is masked: it changes nothing, and is no revision."""

EXPORT = "export"
"""The command of the entry that says that whole numbers were put out; it is about no case."""

_NONCE = 12
_LEVEL = 1  # of packing: a whole case takes less than half the room, and is written sooner
_WINDOW = 13  # 8 KiB: a case seldom is longer, and a third of the time is saved
_CHANGES, _NOTE = "changes", "note"
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Broken(ValueError):
    """What is sealed was not sealed under this key, or not for this entry."""


def new_key() -> bytes:
    """A key for a case."""
    return os.urandom(KEY_BYTES)


def seal_changes(key: bytes, entry: int, case_id: int, changes: str) -> str:
    """The changes of an entry (JSON, as `models.journal.packed`) as they are kept."""
    return seal_packed(key, entry, case_id, pack(changes), _paths(changes))


def seal_packed(key: bytes, entry: int, case_id: int, changes: bytes, paths: Sequence[str]) -> str:
    """The same, for whoever knows which paths they are of and has packed them (`pack`): that is most of the work."""
    return _JSON.encode({"paths": paths, "sealed": _sealed(key, _held_to(_CHANGES, entry, case_id), changes)})


def pack(text: str) -> bytes:
    """Text as it is sealed."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL, _WINDOW)


def seal_note(key: bytes, entry: int, case_id: int, note: str) -> str:
    """The note of an entry as it is kept."""
    return _sealed(key, _held_to(_NOTE, entry, case_id), pack(note))


def open_changes(key: bytes | None, entry: int, case_id: int | None, kept: str) -> Sequence[Mapping[str, Any]]:
    """The changes of an entry, `{path, before, after, position?}`. Of a case that was erased the paths are left, and
    `ERASED` for the values. `Broken` where they do not open."""
    found = json.loads(kept)
    if isinstance(found, list):  # about no case
        return found
    if key is None:
        return [{"path": path, "before": ERASED, "after": ERASED} for path in found["paths"]]
    changes: list[dict[str, Any]] = json.loads(_opened(key, _held_to(_CHANGES, entry, case_id), found["sealed"]))
    if [change["path"] for change in changes] != found["paths"]:
        raise Broken
    return changes


def open_note(key: bytes | None, entry: int, case_id: int | None, kept: str | None) -> str | None:
    """The note of an entry; None where there is none, or the case was erased."""
    if kept is None or case_id is None:
        return kept
    return None if key is None else _opened(key, _held_to(_NOTE, entry, case_id), kept)


def paths_of(kept: str) -> list[str]:
    """The paths that an entry changed, as it is kept: no key is needed."""
    found = json.loads(kept)
    return [change["path"] for change in found] if isinstance(found, list) else list(found["paths"])


def is_erased(changes: Iterable[Mapping[str, Any]]) -> bool:
    """Whether changes are those of a case that was erased."""
    return any(change["after"] == ERASED for change in changes)


def _paths(changes: str) -> list[str]:
    with suppress(ValueError, LookupError, TypeError):  # one that somebody altered is sealed as it stands
        return [str(change["path"]) for change in json.loads(changes)]
    return []


def _held_to(what: str, entry: int, case_id: int | None) -> bytes:
    return f"{what}/{entry}/{case_id}".encode()


def _sealed(key: bytes, held_to: bytes, packed: bytes) -> str:
    # loaded with the first command or history, never for a list
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, packed, held_to)).decode()


def _opened(key: bytes, held_to: bytes, sealed: str) -> str:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        whole = base64.b64decode(sealed, validate=True)
        packed = AESGCM(key).decrypt(whole[:_NONCE], whole[_NONCE:], held_to)
        return zlib.decompress(packed).decode("utf-8", "surrogatepass")
    except (InvalidTag, ValueError, TypeError, zlib.error):
        raise Broken from None
