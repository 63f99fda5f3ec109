"""Many cases changed at once: foreseen before anything is written, done in chunks, stopped with nothing changed.

What is wanted is said of each case as it is (`Ask`), so that every condition holds as for a single one. The chunks are
one batch: one undo takes all of it back. Between them others come to their turn.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from engine import policy as packs
from engine.document import Invalid, validate
from engine.facts import Applicant
from engine.policy import Policy
from engine.reason import Reason
from models import storing
from models.author import Author
from models.change import Change
from models.changing import kept_as, with_changes
from models.contents import Contents, checked
from models.evidence import set_back
from models.history import present
from models.journal import Line, differences, record
from models.paths import Tree, same
from models.reading import Reader
from models.refusals import Conflict, Refused, refused
from models.storing import Kept
from models.today import moment
from models.transaction import transaction
from models.undoing import take_back
from models.workspace import Workspace

CHUNK = 100
"""Cases under one lock: others' edits wait for no more."""

Ask = Callable[[Tree, Applicant], list[Change]]
"""What is wanted of a case; nothing where it is so already. `Refused` where it cannot be done."""


@dataclass(slots=True)
class Outcome:
    """What comes of it: the cases that change, how many are so already, why others cannot be changed."""

    changed: list[int] = field(default_factory=list)
    same: int = 0
    refused: dict[int, Reason] = field(default_factory=dict)
    stopped: bool = False

    @property
    def done(self) -> int:
        """How many cases were looked at."""
        return len(self.changed) + self.same + len(self.refused)


Tell = Callable[[Outcome], None]
GoesOn = Callable[[], bool]


def foresee(
    workspace: Workspace, ids: Sequence[int], ask: Ask, *, goes_on: GoesOn = lambda: True, tell: Tell = lambda _: None
) -> Outcome:
    """What would come of it now; nothing is written. `tell` hears of each chunk, `goes_on` may end it."""
    outcome = Outcome()
    with Reader(workspace) as reader:
        for start in range(0, len(ids), CHUNK):
            for case_id in ids[start : start + CHUNK]:
                stored = reader.case(case_id)
                if stored is None:
                    outcome.refused[case_id] = refused("no_case", id=case_id).reason
                    continue
                tree = present(stored)
                try:
                    changes = ask(tree, validate(stored.document))
                except (Refused, Invalid) as error:
                    outcome.refused[case_id] = _why(error)
                    continue
                if _moves(changes):
                    outcome.changed.append(case_id)
                else:
                    outcome.same += 1
            tell(outcome)
            if not goes_on():
                outcome.stopped = True
                break
    return outcome


def carry_out(
    workspace: Workspace,
    ids: Sequence[int],
    ask: Ask,
    *,
    by: Author,
    today: date,
    command: str,
    policy: Policy | None = None,
    goes_on: GoesOn = lambda: True,
    tell: Tell = lambda _: None,
) -> Outcome:
    """Changes the cases as asked, chunk by chunk. Those that cannot be changed are left out and told.

    Where `goes_on` says no between two chunks, what was done is taken back and the outcome is `stopped`.
    """
    outcome, batch, first = Outcome(), secrets.token_hex(8), None
    author, pack = by.cleaned(), policy or packs.load()
    for start in range(0, len(ids), CHUNK):
        if not goes_on():
            if first is not None:
                take_back(workspace, first, by=by, today=today, policy=policy)
            return Outcome(stopped=True)
        entry = _chunk(workspace, ids[start : start + CHUNK], ask, author, today, pack, command, batch, outcome)
        first = first or entry
        tell(outcome)
    return outcome


def _chunk(
    workspace: Workspace,
    ids: Iterable[int],
    ask: Ask,
    author: Author,
    today: date,
    policy: Policy,
    command: str,
    batch: str,
    outcome: Outcome,
) -> int | None:
    """One transaction; the number of an entry it wrote."""
    with transaction(workspace) as session:
        stored = storing.find(session, ids)
        kept: dict[int, Kept] = {}
        lines: list[Line] = []
        for case_id in ids:
            if case_id not in stored:
                outcome.refused[case_id] = refused("no_case", id=case_id).reason
                continue
            before = stored[case_id].tree
            try:
                wanted = ask(before, checked(before).applicant)
                after, applicant = checked(with_changes(session, case_id, before, wanted))
                after, paths, notices = set_back(before, after, [change.path for change in wanted])
                if notices:
                    after, applicant = checked(after)
            except (Refused, Invalid, Conflict) as error:
                outcome.refused[case_id] = _why(error)
                continue
            made = differences(before, after, paths)
            if not made:
                outcome.same += 1
                continue
            kept[case_id] = kept_as(stored[case_id], Contents(after, applicant), policy, today)
            lines.append(Line(case_id, made, answered=kept[case_id].derived))
        at = moment()
        storing.rewrite(session, kept, stored, at)
        entries = record(session, lines, at=at, by=author, command=command, batch=batch) if lines else []
    outcome.changed.extend(kept)
    return entries[0] if entries else None


def _moves(changes: Iterable[Change]) -> bool:
    return any(not same(change.before, change.after) for change in changes)


def _why(error: Refused | Invalid | Conflict) -> Reason:
    if isinstance(error, Refused):
        return error.reason
    return error.problems[0].reason if isinstance(error, Invalid) else Reason("part_conflict", {})
