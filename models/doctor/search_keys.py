"""The keys under which a case is found as one types, against those that follow from its document."""

import json
from collections.abc import Iterator

from engine.document import Invalid, validate
from models.connection import Connection
from models.deriving import is_of_these_rules
from models.doctor.findings import Finding, Told, fault, ok
from models.doctor.opening import walk
from models.doctor.subject import Subject
from models.names import keys

CHECK = "search_keys"
# what an earlier program derived, or could not, may have other keys: they are made anew with the rest
_ROWS = (
    "SELECT id, stamp, score, document FROM cases JOIN document ON document.case_id = id"
    " WHERE id > :last ORDER BY id LIMIT :chunk"
)
_KEYS = "SELECT key FROM search_key WHERE case_id = ?"


def look(subject: Subject) -> Iterator[Finding]:
    """Cases that would not be found by their name, or by a name that is not theirs."""
    told = Told()
    count = 0
    for case_id, is_right in judged(subject.connection):
        count += 1
        if not is_right:
            told.add(case_id)
    yield fault(CHECK, "differ", "rebuild", told) if told else ok(CHECK, count=count)


def judged(connection: Connection) -> Iterator[tuple[int, bool]]:
    """Every case with a document that is an applicant: whether its keys are right."""
    for case_id, stamp, score, text in walk(connection, _ROWS):
        if score is None or not is_of_these_rules(str(stamp)):
            continue
        try:
            document = json.loads(text)
            validate(document)
        except (Invalid, ValueError, TypeError):
            continue
        found = {key for (key,) in connection.execute(_KEYS, (case_id,))}
        yield case_id, found == keys(document)
