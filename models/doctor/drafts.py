"""Drafts: what somebody has typed and a case could not take yet. Where the case is gone nobody will be offered it."""

from collections.abc import Iterator

from models.doctor.findings import Finding, note, ok
from models.doctor.opening import snapshot
from models.doctor.subject import Subject

CHECK = "drafts"
_COUNT = "SELECT count(*) FROM draft"
# what is typed before there is a case is kept under a number that no case has
_GONE = f"{_COUNT} WHERE case_id > 0 AND NOT EXISTS (SELECT 1 FROM cases WHERE id = draft.case_id)"


def look(subject: Subject) -> Iterator[Finding]:
    """How many there are, and how many of a case that was taken away."""
    with snapshot(subject.connection):
        (count,) = subject.connection.execute(_COUNT).fetchone()
        (gone,) = subject.connection.execute(_GONE).fetchone()
    yield note(CHECK, "gone", "undo", count=gone) if gone else ok(CHECK, count=count)
