"""The database as SQLite itself sees it: every page in its place, every index like its table, no row without its case.

Drafts, preferences and what the file says of itself are kept a second time in indexes (schema 0002): a bit that turns
over there shows here too.
"""

from collections.abc import Iterator

from models.connection import Connection, broken_pages
from models.doctor.findings import MOST_TOLD, Finding, Told, fault, ok
from models.doctor.opening import snapshot
from models.doctor.subject import Subject

CHECK = "integrity"


def look(subject: Subject) -> Iterator[Finding]:
    """`PRAGMA integrity_check` and `foreign_key_check`. Their lines name tables, never what is in them."""
    with snapshot(subject.connection):
        (pages,) = subject.connection.execute("PRAGMA page_count").fetchone()
        problems = Told.of(
            line
            for (text,) in subject.connection.execute(f"PRAGMA integrity_check({MOST_TOLD})")
            for line in str(text).splitlines()
            if text != "ok"
        )
        for line in _broken_sums(subject.connection):
            problems.add(line)
        if problems:
            yield fault(CHECK, "corrupt", "restore", problems)
        orphans = Told.of(f"{table} {row}" for table, row, *_ in subject.connection.execute("PRAGMA foreign_key_check"))
        if orphans:
            yield fault(CHECK, "orphans", "restore", orphans)
    if not problems and not orphans:
        yield ok(CHECK, pages=pages)


def _broken_sums(connection: Connection) -> list[str]:
    """Pages of an encrypted file that do not fit the sum they hold, also those that nothing is kept in now."""
    first = set(broken_pages(connection))
    # somebody may bring a page from the log into the file just then: what is broken stays so
    return sorted(first.intersection(broken_pages(connection))) if first else []
