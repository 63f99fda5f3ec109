"""What keeps an acknowledged edit through a power cut: the log, and that every commit waits for the disk. Read back."""

from collections.abc import Iterator

from models.connection import SETTINGS, pragma
from models.doctor.findings import Finding, Told, fault, note, ok
from models.doctor.subject import Subject

CHECK = "settings"
# the header's versions for writing and for reading (sqlite.org/fileformat.html, 1.3.3)
_WITH_LOG, _WITHOUT = (2, 2), (1, 1)


def look(subject: Subject) -> Iterator[Finding]:
    """The log is a mark in the file; the others are a connection's own, and set here as they are everywhere."""
    refused = Told()
    for name, value in SETTINGS.items():
        subject.connection.execute(f"PRAGMA {name}={value}")
        if pragma(subject.connection, name) != value:
            refused.add(name)
    if refused:
        yield fault(CHECK, "refused", "upgrade_sqlite", refused)
    elif subject.header.versions in {_WITH_LOG, None}:  # of an encrypted file nobody could have changed them
        yield ok(CHECK)
    elif subject.header.versions == _WITHOUT:  # as in a backup: whoever opens it to work in it turns the log on
        yield note(CHECK, "no_log")
    else:
        yield fault(CHECK, "unknown_log", "restore")
