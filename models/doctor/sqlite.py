"""The SQLite that is at work here: some damage a file when several write to it."""

from collections.abc import Iterator

from sqlcipher3 import dbapi2

from models.connection import safe_with_wal
from models.doctor.findings import Finding, fault, ok
from models.doctor.subject import Surroundings

CHECK = "sqlite"


def look(surroundings: Surroundings) -> Iterator[Finding]:
    """Its version against the known fault (`models.connection.safe_with_wal`)."""
    if safe_with_wal(dbapi2.sqlite_version_info):
        yield ok(CHECK, version=dbapi2.sqlite_version)
    else:
        yield fault(CHECK, "unsafe", "upgrade_sqlite", version=dbapi2.sqlite_version)
