"""The list of children by what they come to, against what each case says of its own."""

import json
from collections.abc import Iterator

from models.connection import Connection
from models.doctor.findings import Finding, Told, fault, ok
from models.doctor.opening import walk
from models.doctor.subject import Subject

CHECK = "child_exams"
_ROWS = "SELECT id, exams FROM cases WHERE id > :last ORDER BY id LIMIT :chunk"
_LISTED = "SELECT year, kind, child FROM child_exam WHERE case_id = ? ORDER BY year, kind, child"
_OF_NO_CASE = "SELECT DISTINCT case_id FROM child_exam WHERE case_id NOT IN (SELECT id FROM cases)"


def look(subject: Subject) -> Iterator[Finding]:
    """Children that would be missing in the list by years, or stand there and are not."""
    told = Told()
    for case_id in wrong(subject.connection):
        told.add(case_id)
    (count,) = subject.connection.execute("SELECT count(*) FROM child_exam").fetchone()
    yield fault(CHECK, "differ", "rebuild", told) if told else ok(CHECK, count=count)


def wrong(connection: Connection) -> Iterator[int]:
    """The cases whose children are listed otherwise than the case says, and those that are gone."""
    for case_id, exams in walk(connection, _ROWS):
        listed = [list(row) for row in connection.execute(_LISTED, (case_id,))]
        if listed != _said(exams):
            yield case_id
    yield from (case_id for (case_id,) in connection.execute(_OF_NO_CASE))


def _said(exams: object) -> object:
    try:
        return [] if exams is None else json.loads(str(exams))
    except ValueError:
        return None  # `derived` tells it
