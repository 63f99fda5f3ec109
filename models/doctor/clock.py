"""The machine's clock, held against the moments of the journal and the days of the files around."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.connection import Connection
from models.doctor.findings import Finding, Told, fault, note, ok, warning
from models.doctor.kept_backups import backups_of
from models.doctor.opening import snapshot
from models.doctor.subject import Subject
from models.today import local

CHECK = "clock"
_SLACK = timedelta(minutes=5)  # clocks are set, and differ from machine to machine
_DAY = timedelta(days=1)
_LONG = timedelta(days=365)
_MOMENTS = "SELECT id, at FROM entry ORDER BY id"
_PROGRAM = Path(__file__).parents[1]


def look(subject: Subject) -> Iterator[Finding]:
    """What it says now, and what it said when entries were written."""
    now = datetime.fromisoformat(subject.now)
    found = [*_now(subject, now), *_then(subject, now)]
    yield from found
    if all(finding.severity == "note" for finding in found):
        yield ok(CHECK, now=local(subject.now))


def _now(subject: Subject, now: datetime) -> Iterator[Finding]:
    newest = max((_written(path) for path in (subject.path, *backups_of(subject), *_program())), default=now)
    if newest > now + _DAY:
        yield fault(CHECK, "behind", "set_clock", now=local(subject.now), newest=local(newest.isoformat()))
    if local(subject.now)[:10] != subject.today.isoformat():
        yield note(CHECK, "other_day", "unset_day", day=subject.today.isoformat())


def _then(subject: Subject, now: datetime) -> Iterator[Finding]:
    ahead, back, last = _moments(subject.connection, now)
    if ahead:
        yield warning(CHECK, "ahead", "set_clock", ahead)
    if back:
        yield warning(CHECK, "back", "none", back)
    if last is not None and now - last > _LONG:
        yield warning(CHECK, "long_ago", "set_clock", now=local(now.isoformat()), last=local(last.isoformat()))


def _moments(connection: Connection, now: datetime) -> tuple[Told, Told, datetime | None]:
    """The entries from the future, those written before the one before them, and the moment of the last."""
    ahead, back = Told(), Told()
    last: datetime | None = None
    with snapshot(connection):
        for number, text in connection.execute(_MOMENTS):
            at = _moment(text)
            if at is None:  # an altered one; the chain tells of it
                continue
            if at > now + _SLACK:
                ahead.add(number)
            if last is not None and at < last - _SLACK:
                back.add(number)
            last = at
    return ahead, back, last


def _moment(text: object) -> datetime | None:
    with suppress(ValueError):
        at = datetime.fromisoformat(str(text))
        return at if at.tzinfo else None
    return None


def _program() -> Iterator[Path]:
    yield from _PROGRAM.rglob("*.py")


def _written(path: Path) -> datetime:
    with suppress(OSError, OverflowError, ValueError):
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return datetime.min.replace(tzinfo=UTC)
