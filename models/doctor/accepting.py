"""A journal whose tail is lost for good, accepted as it stands: an entry says so, and the anchor begins anew."""

from collections.abc import Iterable
from contextlib import suppress

from models import anchor, verifying
from models.author import Author
from models.chain import Head
from models.connection import Connection, explain_os
from models.doctor.accepted import COMMAND, accepted, changes_of, goes_on
from models.doctor.findings import Finding
from models.journal import Line, record
from models.today import moment
from models.transaction import driver_of, locked, transaction
from models.verifying import Break
from models.workspace import Workspace

ACCEPTABLE = frozenset({"chain.cut", "anchor.ahead", "anchor.other", "anchor.damaged", "backups.lost"})
"""What may be accepted: that the end of the journal is gone, or the anchor is no use. Never what was altered."""


def acceptable(findings: Iterable[Finding]) -> list[Finding]:
    """Those findings that `accept` would do away with."""
    return [finding for finding in findings if finding.severity == "fault" and finding.code in ACCEPTABLE]


def accept(workspace: Workspace, *, by: Author) -> int:
    """Accepts the journal as it stands; the number of the entry that says what was missing.

    `WorkspaceError` where it cannot be written; then nothing has changed.
    """
    author = by.cleaned()
    path = workspace.path
    kept: Head | None = None
    with suppress(anchor.Damaged, OSError):
        kept = anchor.read(path)
    with transaction(workspace) as session:
        connection = driver_of(session)
        stood = verifying.head(connection)
        holes = _holes(connection)
        line = Line(None, changes_of(kept, stood, holes))
        (entry,) = record(session, [line], at=moment(), by=author, command=COMMAND, note=_note(kept, stood, holes))
    try:
        with locked(path):  # whoever has written in between has gone on from our entry: the anchor follows from it
            anchor.write(path, Head(entry, _hash(workspace.connection, entry)))
    except OSError as error:
        raise explain_os(error, anchor.place(path)) from None
    return entry


def _holes(connection: Connection) -> list[Break]:
    """Entries that were cut off the end, then or earlier, and that nobody has accepted yet."""
    done = {hole for one in accepted(connection) for hole in one.holes}
    return [
        place
        for place in verifying.breaks(connection)
        if place.what == "missing" and (place.first, place.last) not in done and goes_on(connection, place)
    ]


def _hash(connection: Connection, entry: int) -> str:
    found = verifying.at(connection, entry)
    assert found is not None
    return found.hash


def _note(kept: Head | None, stood: Head, holes: list[Break]) -> str:
    anchored = "no anchor" if kept is None else f"anchor {kept.last} {kept.hash}"
    missing = ", ".join(f"{hole.first}-{hole.last}" for hole in holes)
    return "; ".join(part for part in (f"stood {stood.last}", anchored, missing and f"missing {missing}") if part)
