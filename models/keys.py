"""Keys of workspaces: what one is, its name, and the sixteen bytes by which a file says whose it is.

A key has a name that is made from it. SQLCipher keeps sixteen bytes of salt in the clear at the beginning of a file;
ours are a mark, the name and a checksum over both. So a file is known as ours, and its key is found again, wherever the
file is moved or copied to. With a key that is random already a salt need be no secret, and need not be random.
"""

import binascii
from typing import NamedTuple, Self

MARK = b"Dabi"
SALT = 16  # bytes
SECRET = 32  # bytes
_NAME = 8  # bytes


class DamagedSalt(ValueError):
    """The mark is there, and what follows it is no name of a key."""


class Key(NamedTuple):
    """A key: its name (16 hexadecimal digits) and the secret itself."""

    name: str
    secret: bytes

    @classmethod
    def of(cls, secret: bytes) -> Self:
        """The key that a secret is."""
        return cls(name_of(secret), secret)

    @property
    def salt(self) -> bytes:
        """The beginning of each file that is under this key."""
        start = MARK + bytes.fromhex(self.name)
        return start + _sum(start)

    @property
    def raw(self) -> str:
        """The key as SQLCipher takes it without deriving it from a passphrase first: key and salt."""
        return f"x'{self.secret.hex()}{self.salt.hex()}'"

    @property
    def fits(self) -> bool:
        """Whether the secret is the one that the name was made from."""
        return name_of(self.secret) == self.name

    def __repr__(self) -> str:
        return f"Key({self.name})"  # the secret never stands in a log


def new() -> Key:
    """A key that nobody has had before."""
    from secrets import token_bytes

    return Key.of(token_bytes(SECRET))


def name_of(secret: bytes) -> str:
    """The name a secret has. It tells nothing of the secret."""
    from hashlib import blake2b  # loaded where a key is made or doubted, never to open a workspace

    return blake2b(secret, digest_size=_NAME, person=b"dabiao key").hexdigest()


def name_in(beginning: bytes) -> str | None:
    """The name of the key that a file is under, by the file's first bytes; None where it is no encrypted workspace.

    `DamagedSalt` where it is one, and the name cannot be read.
    """
    salt = beginning[:SALT]
    if not salt.startswith(MARK):
        return None
    if len(salt) < SALT or _sum(salt[:-4]) != salt[-4:]:
        raise DamagedSalt
    return salt[len(MARK) : -4].hex()


def _sum(data: bytes) -> bytes:
    return binascii.crc32(data).to_bytes(4, "big")
