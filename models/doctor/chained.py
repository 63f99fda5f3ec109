"""The journal's chain: no entry altered, taken out or cut off; what somebody has accepted is told and no fault."""

from collections.abc import Iterator

from models import verifying
from models.doctor.accepted import Accepted, accepted, goes_on
from models.doctor.findings import Finding, Told, fault, note, ok
from models.doctor.opening import snapshot
from models.doctor.subject import Subject
from models.verifying import Break

CHECK = "chain"
_REMEDY = {"altered": "restore", "taken_out": "restore", "cut": "restore_or_accept"}


def look(subject: Subject) -> Iterator[Finding]:
    """One pass over all entries."""
    connection = subject.connection
    found: dict[str, Told] = {}
    with snapshot(connection):
        head = verifying.head(connection)
        agreed = list(accepted(connection))
        for place in verifying.breaks(connection):
            code = "altered" if place.what == "altered" else "cut" if goes_on(connection, place) else "taken_out"
            if code == "cut" and _is_accepted(place, agreed):
                code = "accepted"
            found.setdefault(code, Told()).add(_said(place))
    for code, remedy in _REMEDY.items():
        if code in found:
            yield fault(CHECK, code, remedy, found[code])
    for one in agreed:
        yield note(CHECK, "accepted", entry=one.entry, by=one.by, at=one.at, stood=one.stood)
    if not found.keys() & _REMEDY.keys():
        yield ok(CHECK, entries=head.last)


def _is_accepted(hole: Break, agreed: list[Accepted]) -> bool:
    return any((hole.first, hole.last) in one.holes for one in agreed)


def _said(place: Break) -> str:
    return str(place.first) if place.first == place.last else f"{place.first}-{place.last}"
