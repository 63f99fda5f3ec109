"""The doctor: looks at a workspace from all sides, says what is wrong, how bad and what to do, and changes nothing.

One list of checks, each in a file of its own. What writes (`rebuilding`, `accepting`) is asked for by name.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from engine import policy as packs
from engine.policy import Policy
from models.backups import place
from models.connection import WorkspaceError
from models.doctor import (
    anchored,
    at_rest,
    cases,
    chained,
    child_exams,
    clock,
    derived,
    drafts,
    erased,
    file,
    integrity,
    kept_backups,
    numbers,
    rights,
    schema,
    search_keys,
    settings,
    space,
    sqlite,
)
from models.doctor.findings import Finding, not_looked_at, unreadable
from models.doctor.findings import ok as fine
from models.doctor.opening import BROKEN, STUMBLED, Way, opened, state, way_to
from models.doctor.subject import Subject, Surroundings
from models.settings import Backups
from models.today import moment

__all__ = ["CHECKS", "Finding", "examine"]

Progress = Callable[[str], None]
_LOOKS = 3  # at a file that is read without SQLite's locks and that somebody writes to meanwhile


class Check(NamedTuple):
    """One thing to look at in a database, from the schema on that has it; None: whatever the schema."""

    id: str
    look: Callable[[Subject], Iterator[Finding]]
    since: str | None = None


AROUND: tuple[tuple[str, Callable[[Surroundings], Iterator[Finding]]], ...] = (
    (rights.CHECK, rights.look),
    (at_rest.CHECK, at_rest.look),
    (space.CHECK, space.look),
    (sqlite.CHECK, sqlite.look),
)
INSIDE = (
    Check(settings.CHECK, settings.look),
    Check(integrity.CHECK, integrity.look),
    Check(schema.CHECK, schema.look),
    Check(chained.CHECK, chained.look, "0002"),
    # the anchor is read before anything of the journal is: one that is behind is right
    Check(anchored.CHECK, anchored.look, "0002"),
    Check(kept_backups.CHECK, kept_backups.look, "0002"),
    Check(numbers.CHECK, numbers.look, "0001"),
    Check(cases.CHECK, cases.look, "0007"),
    Check(derived.CHECK, derived.look, "0002"),
    Check(search_keys.CHECK, search_keys.look, "0001"),
    Check(child_exams.CHECK, child_exams.look, "0004"),
    Check(drafts.CHECK, drafts.look, "0001"),
    Check(erased.CHECK, erased.look, "0007"),
    Check(clock.CHECK, clock.look, "0001"),
)
CHECKS = (file.CHECK, *(name for name, _ in AROUND), *(check.id for check in INSIDE))
"""All checks by their names, in the order in which they are done."""


def examine(
    path: Path,
    today: date,
    *,
    policy: Policy | None = None,
    kept: Backups | None = None,
    progress: Progress = lambda check: None,
) -> list[Finding]:
    """What the doctor finds, check by check; each has at least one finding. Nothing on disk changes.

    `kept` says where the office keeps its backups; without it they are beside the workspace. `progress` is told the
    name of each check as it begins. `WorkspaceError` where there is no file to look at.
    """
    pack, kept = policy or packs.load(), kept or Backups()
    for _ in range(_LOOKS):
        before, way = state(path), way_to(path)
        found = list(
            _looked_at(Surroundings(path, moment(), place(path, kept), kept.longest_days), way, today, pack, progress)
        )
        if way.locks or state(path) == before:
            break
    return sorted(found, key=lambda finding: CHECKS.index(finding.check))


def _looked_at(
    surroundings: Surroundings, way: Way, today: date, policy: Policy, progress: Progress
) -> Iterator[Finding]:
    path, around = surroundings.path, (surroundings.now, surroundings.backups, surroundings.longest)
    progress(file.CHECK)
    header, found = file.read(path)
    yield from found
    for name, look in AROUND:
        progress(name)
        yield from look(surroundings)
    if header is None:
        yield from (not_looked_at(check.id) for check in INSIDE)
    else:
        try:
            with opened(path, way) as connection:
                if not found:
                    yield fine(file.CHECK, path=str(path))
                yield from _inside(Subject(path, *around, header, connection, today, policy), progress)
        except (*BROKEN, WorkspaceError) as error:
            yield file.unopenable(path, error)
            yield from (not_looked_at(check.id) for check in INSIDE)


def _inside(subject: Subject, progress: Progress) -> Iterator[Finding]:
    revision = schema.revision(subject.connection)
    for check in INSIDE:
        progress(check.id)
        if check.since is None or schema.is_known(revision, since=check.since):
            yield from _guarded(check, subject)
        else:
            yield not_looked_at(check.id)


def _guarded(check: Check, subject: Subject) -> Iterator[Finding]:
    """What a check finds; that it cannot read is found as well."""
    try:
        yield from check.look(subject)
    except STUMBLED as error:
        yield unreadable(check.id, error)
