"""The backups: is there a new one, and does the journal still hold what each of them holds?

A tail that was cut off shows here even where the anchor was taken away too.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models import verifying
from models.chain import Head
from models.connection import Connection, WorkspaceError
from models.doctor.accepted import COMMAND
from models.doctor.findings import Finding, Told, fault, note, ok, warning
from models.doctor.opening import BROKEN, opened, snapshot, way_to
from models.doctor.schema import is_known, revision
from models.doctor.subject import Subject, Surroundings
from models.today import local

CHECK = "backups"
_OLD = timedelta(days=2)
# what was left behind by going back to a backup is not missed, nor what was accepted as lost: entries about no case
# say so, and one that says that the chain was sealed anew. What stood before somebody went back stands still; who
# accepts takes the journal as it is
_TURNS = (
    f"SELECT at, CASE WHEN command IN ('{COMMAND}', 'seal') THEN 0 ELSE"
    " coalesce((SELECT max(id) FROM entry AS earlier WHERE earlier.id < entry.id), 0) END"
    f" FROM entry WHERE case_id IS NULL AND command IN ('{COMMAND}', 'seal', 'restore')"
)


def look(subject: Subject) -> Iterator[Finding]:
    """Each backup's head against the journal; how old the newest is."""
    files = backups_of(subject)
    unreadable, locked, lost = Told(), Told(), Told()
    for file in files:
        try:
            head = _head(file)
        except WorkspaceError:  # its key is not here, or not its first page
            locked.add(file.name)
            continue
        except (*BROKEN, OSError):
            unreadable.add(file.name)
            continue
        with snapshot(subject.connection):
            if head is not None and not _stands(subject.connection, head, _made(file)):
                lost.add(file.name)
    if unreadable:
        yield fault(CHECK, "unreadable", "make_backup", unreadable)
    if locked:
        yield fault(CHECK, "locked", "key_of_backups", locked)
    if lost:
        yield fault(CHECK, "lost", "restore_or_accept", lost)
    newest = max((_made(file) for file in files), default=None)
    if newest is None:
        if _has_entries(subject.connection):
            yield warning(CHECK, "none", "make_backup")
        else:
            yield note(CHECK, "none_yet")
    elif datetime.fromisoformat(subject.now) - newest > _OLD and _has_entries(subject.connection, after=newest):
        yield warning(CHECK, "old", "make_backup", newest=local(newest.isoformat()))
    elif not unreadable and not locked and not lost:
        yield ok(CHECK, count=len(files), newest=local(newest.isoformat()))


def backups_of(around: Surroundings) -> list[Path]:
    """The backups that are kept of a workspace, where the office keeps them."""
    path = around.path
    try:
        return sorted(file for file in around.backups.iterdir() if file.match(f"{path.stem}-*{path.suffix}"))
    except OSError:  # none, or not for us to see
        return []


def _head(file: Path) -> Head | None:
    """The end of a backup's journal; None where its schema has no chain yet."""
    with opened(file, way_to(file)) as connection:
        return verifying.head(connection) if is_known(revision(connection), since="0002") else None


def _stands(connection: Connection, head: Head, made: datetime) -> bool:
    if verifying.at(connection, head.last) == head:
        return True
    return any(stood < head.last and _text(made) <= str(at) for at, stood in connection.execute(_TURNS))


def _has_entries(connection: Connection, after: datetime | None = None) -> bool:
    last = connection.execute("SELECT at FROM entry ORDER BY id DESC LIMIT 1").fetchone()
    return last is not None and (after is None or str(last[0]) > _text(after))


def _made(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _text(moment: datetime) -> str:
    """A moment as the journal keeps it."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
