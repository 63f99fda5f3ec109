"""Public keys for SSH as people hand them over: one line, looked at closely, because what is kept is printed for sshd.

Nothing but a type, the key itself and a comment is taken: no options before it, no second line.
"""

import base64
import binascii
import hashlib
import re
from typing import NamedTuple

from engine.cleaning import clean
from engine.reason import Reason

TYPES = (
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
)
LEAST_BITS = 2048  # of an RSA key
LONGEST = 8192  # bytes of a key file
LONGEST_COMMENT = 100
_PRIVATE = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")


class PublicKey(NamedTuple):
    """A key as it is kept. The fingerprint is what `ssh-keygen -l` shows and sshd asks by."""

    fingerprint: str
    type: str
    key: str
    comment: str


class NotAKey(Exception):
    """What was handed over cannot be a key; `reason` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.reason = Reason(f"login_key.{code}", values)


def read_key(given: bytes) -> PublicKey:
    """The one public key in a file; `NotAKey` where there is none, more than one, or something beside it."""
    if len(given) > LONGEST:
        raise NotAKey("too_long", most=LONGEST)
    try:
        text = given.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAKey("not_text") from None
    if _PRIVATE.search(text):
        raise NotAKey("private")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if len(lines) != 1:
        raise NotAKey("lines", count=len(lines))
    kind, _, rest = lines[0].partition(" ")
    if kind not in TYPES:
        raise NotAKey("type", types=TYPES)
    key, _, comment = rest.strip().partition(" ")
    blob = _decoded(key)
    _hold_type(kind, blob)
    digest = base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
    return PublicKey(f"SHA256:{digest}", kind, key, clean(comment)[:LONGEST_COMMENT])


def _decoded(key: str) -> bytes:
    try:
        blob = base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        raise NotAKey("base64") from None
    if not blob or base64.b64encode(blob).decode() != key:  # the same key in other letters would have another line
        raise NotAKey("base64")
    return blob


def _hold_type(kind: str, blob: bytes) -> None:
    """The key must be of the type it is said to be, in whole parts, and an RSA key long enough."""
    parts: list[bytes] = []
    at = 0
    while at < len(blob):
        length = int.from_bytes(blob[at : at + 4], "big")
        part = blob[at + 4 : at + 4 + length]
        if at + 4 > len(blob) or len(part) != length:
            raise NotAKey("base64")
        parts.append(part)
        at += 4 + length
    if len(parts) < 2 or parts[0] != kind.encode():
        raise NotAKey("not_its_type", type=kind)
    if kind == "ssh-ed25519" and (len(parts) != 2 or len(parts[1]) != 32):
        raise NotAKey("base64")
    if kind == "ssh-rsa":
        bits = int.from_bytes(parts[-1], "big").bit_length()
        if len(parts) != 3 or bits < LEAST_BITS:
            raise NotAKey("short", bits=bits, least=LEAST_BITS)
