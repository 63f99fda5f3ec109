"""Who was erased: is nobody of them there, do the lists outside the database know of them, do no copies live on?"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from models import erasure_list, replaced
from models.connection import Connection
from models.doctor.findings import Finding, Told, fault, ok, warning
from models.doctor.kept_backups import backups_of
from models.doctor.opening import snapshot
from models.doctor.subject import Subject
from models.sealing import FORGET

CHECK = "erased"
_ERASED = "SELECT DISTINCT case_id FROM entry WHERE command = ? AND case_id IS NOT NULL ORDER BY case_id"
_DAY = re.compile(r"-(\d{4}-\d\d-\d\d)")


def look(subject: Subject) -> Iterator[Finding]:
    """The journal against the lists; then how old the copies are from before somebody was erased."""
    path, connection = subject.path, subject.connection
    lines = erasure_list.read([*erasure_list.places(path, subject.backups)])
    found = []
    with snapshot(connection):
        erased = [case_id for (case_id,) in connection.execute(_ERASED, (FORGET,))]
        there = [one.case_id for one in erasure_list.overdue(connection, lines)]
        unlisted = list(_unlisted(connection, erased, lines))
    if there:
        found.append(fault(CHECK, "there", "open", Told.of(there)))
    if unlisted:
        found.append(warning(CHECK, "unlisted", "forget_again", Told.of(unlisted)))
    if erased and (old := [file.name for file in _old(subject)]):
        found.append(warning(CHECK, "copies", "expire", Told.of(old), days=subject.longest))
    yield from found or [ok(CHECK, count=len(erased))]


def _unlisted(connection: Connection, erased: list[int], lines: list[erasure_list.Line]) -> Iterator[int]:
    for case_id in erased:
        if not any(one.case_id == case_id and one.is_of(connection) for one in lines):
            yield case_id


def _old(subject: Subject) -> Iterator[Path]:
    """The copies that should have gone, the newest of the backups not among them."""
    last = subject.today - timedelta(days=subject.longest)
    days = {file: match[1] for file in backups_of(subject) if (match := _DAY.search(file.name))}
    yield from (file for file, day in days.items() if day < last.isoformat() and day < max(days.values()))
    for file in replaced.found(subject.path):
        day = replaced.day_of(subject.path, file)
        if day is not None and day < last:
            yield file
