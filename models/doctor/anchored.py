"""The anchor: the head of the chain that is kept beside the file. It tells when the journal's tail was cut off."""

from collections.abc import Iterator

from models import anchor, verifying
from models.chain import Head
from models.doctor.findings import Finding, fault, ok, warning
from models.doctor.opening import snapshot
from models.doctor.subject import Subject

CHECK = "anchor"


def look(subject: Subject) -> Iterator[Finding]:
    """The anchor first and the journal then: meanwhile the journal can only have grown."""
    name = str(anchor.place(subject.path))
    try:
        kept = anchor.read(subject.path)
    except anchor.Damaged:
        yield fault(CHECK, "damaged", "accept", path=name)
        return
    except OSError:
        yield fault(CHECK, "unreadable", "rights", path=name)
        return
    with snapshot(subject.connection):
        head = verifying.head(subject.connection)
        found = None if kept is None else verifying.at(subject.connection, kept.last)
    if kept is None:
        yield warning(CHECK, "missing", "made_anew", path=name) if head.last else ok(CHECK, last=0)
    else:
        yield _held(kept, found, head, name)


def _held(kept: Head, found: Head | None, head: Head, name: str) -> Finding:
    if found == kept:
        return ok(CHECK, last=kept.last)
    if kept.last > head.last:
        return fault(
            CHECK, "ahead", "restore_or_accept", path=name, kept=kept.last, stands=head.last, lost=kept.last - head.last
        )
    return fault(CHECK, "other", "restore_or_accept", path=name, kept=kept.last)
