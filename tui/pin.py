"""The short word (PIN) with which a person opens the locked screen again: kept as a hash that takes time to try."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

from tui.signs import fold

SHORTEST, LONGEST = 4, 32
_COST: Final = {"n": 2**14, "r": 8, "p": 1}  # 16 MB and some 50 ms a try
_BYTES = 32


def fits(pin: str) -> bool:
    """Whether this can be a PIN."""
    return SHORTEST <= len(_plain(pin)) <= LONGEST


def hashed(pin: str) -> str:
    """A PIN as it is kept."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${_hash(pin, salt).hex()}"


def is_one(kept: str | None) -> bool:
    """Whether what was kept is a PIN; what cannot be understood is none, or it would lock its owner out."""
    return _parted(kept) is not None


def matches(pin: str, kept: str | None) -> bool:
    """Whether this is the PIN that was kept."""
    parted = _parted(kept)
    return parted is not None and hmac.compare_digest(_hash(pin, parted[0]), parted[1])


def _parted(kept: str | None) -> tuple[bytes, bytes] | None:
    salt, _, digest = (kept or "").partition("$")
    try:
        found = bytes.fromhex(salt), bytes.fromhex(digest)
    except ValueError:
        return None
    return found if found[0] and len(found[1]) == _BYTES else None


def _hash(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(_plain(pin).encode("utf-8", "replace"), salt=salt, dklen=_BYTES, **_COST)


def _plain(pin: str) -> str:
    """With an input method on the same keys send other signs; capital letters are the same letters."""
    return fold(pin)
