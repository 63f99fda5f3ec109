"""The counters of entries and of cases: a number that was given once is not given again.

Entries that are missing at the end are the chain's to tell. Numbers of cases that the journal does not know stay given
where somebody has gone back to a backup; an entry about no case says so.
"""

from collections.abc import Iterator

from models.doctor.findings import Finding, fault, ok
from models.doctor.opening import snapshot
from models.doctor.subject import Subject

CHECK = "numbers"
_GIVEN = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?), 0)"
# every case is made by an entry, and cases that were taken away are in the journal still
_HIGHEST = {
    "entry": "SELECT coalesce(max(id), 0) FROM entry",
    "cases": "SELECT max(coalesce((SELECT max(id) FROM cases), 0), coalesce((SELECT max(case_id) FROM entry), 0))",
}
_GONE_BACK = "SELECT EXISTS (SELECT 1 FROM entry WHERE case_id IS NULL AND command IN ('restore', 'accept'))"


def look(subject: Subject) -> Iterator[Finding]:
    """Both against the highest number that is there."""
    wrong = []
    with snapshot(subject.connection):
        (gone_back,) = subject.connection.execute(_GONE_BACK).fetchone()
        for table, sql in _HIGHEST.items():
            (given,) = subject.connection.execute(_GIVEN, (table,)).fetchone()
            (last,) = subject.connection.execute(sql).fetchone()
            may_be_higher = table == "entry" or gone_back
            if given != last and not (may_be_higher and isinstance(given, int) and given > last):
                wrong.append(fault(CHECK, table, "restore", given=given, last=last))
    yield from wrong or [ok(CHECK, last=last)]
