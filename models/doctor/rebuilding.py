"""What is derived, made anew where it differs: columns, search keys, missing indexes and triggers.

No document and no entry of the journal is touched, and none is added: no fact changes.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from itertools import islice
from typing import NamedTuple

from engine import policy as packs
from engine.policy import Policy
from models.connection import Connection
from models.doctor import child_exams, derived, file, integrity, schema, search_keys
from models.doctor.findings import Finding
from models.rederiving import LIMIT, renew
from models.transaction import driver_of, transaction
from models.workspace import Workspace

_GROUND = frozenset({file.CHECK, integrity.CHECK, schema.CHECK})
_REMADE = frozenset({"schema.index_missing"})
_MENDED = frozenset({"differs", "stamp"})


class Rebuilt(NamedTuple):
    """How many cases, and how many indexes and triggers, were made anew."""

    cases: int
    objects: int


def in_the_way(findings: Iterable[Finding]) -> list[Finding]:
    """What has to be mended first: nothing is written into a file that is damaged, or of another schema."""
    return [
        finding
        for finding in findings
        if finding.code == "schema.older"
        or (finding.severity == "fault" and finding.check in _GROUND and finding.code not in _REMADE)
    ]


def rebuild(workspace: Workspace, today: date, policy: Policy | None = None) -> Rebuilt:
    """Makes anew, as of a day, what differs; a few hundred cases at a time, so that nobody waits for long.

    `WorkspaceError` where the file cannot be written.
    """
    pack = policy or packs.load()
    objects = _remake(workspace)
    with closing(workspace.connect(whole=True)) as connection:
        columns = _renew(workspace, _with_wrong_columns(connection, pack, today), today, pack)
        keys = _renew(workspace, _with_wrong_keys(connection), today, pack)
        lists = _list_anew(workspace, list(child_exams.wrong(connection)))
    return Rebuilt(columns + keys + lists, objects)


def _remake(workspace: Workspace) -> int:
    with transaction(workspace) as session:
        statements = schema.missing(driver_of(session))
        for statement in statements:
            session.connection().exec_driver_sql(statement)
    return len(statements)


def _renew(workspace: Workspace, ids: Iterator[int], today: date, policy: Policy) -> int:
    count = 0
    while chunk := list(islice(ids, LIMIT)):
        renew(workspace, chunk, today, policy)
        count += len(chunk)
    return count


def _list_anew(workspace: Workspace, ids: list[int]) -> int:
    """Writes the lists that triggers keep anew, as they follow from the columns of these cases."""
    if ids:
        some = ",".join(map(str, ids))
        with transaction(workspace) as session:
            connection = session.connection()
            connection.exec_driver_sql(f"DELETE FROM child_exam WHERE case_id IN ({some})")
            connection.exec_driver_sql(f"UPDATE cases SET exams = exams WHERE id IN ({some})")
    return len(ids)


def _with_wrong_columns(connection: Connection, policy: Policy, today: date) -> Iterator[int]:
    return (case_id for case_id, verdict, _ in derived.judged(connection, policy, today) if verdict in _MENDED)


def _with_wrong_keys(connection: Connection) -> Iterator[int]:
    return (case_id for case_id, is_right in search_keys.judged(connection) if not is_right)
