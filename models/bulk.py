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
from models.paths import APPLICANT, Tree, copied, put, same
from models.reading import Reader
from models.refusals import Conflict, Refused, refused
from models.storing import Kept
from models.today import moment
from models.transaction import transaction
from models.undoing import turn_batch
from models.workspace import Workspace, WorkspaceError

CHUNK = 100
"""Cases under one lock: others' edits wait for no more."""

Ask = Callable[[Tree, Applicant], list[Change]]
"""What is wanted of a case; nothing where it is so already. `Refused` where it cannot be done."""


@dataclass(slots=True)
class Outcome:
    """What comes of it: the cases that change, how many are so already, why others cannot be changed.

    `stopped`: on the way, and what was done is taken back but for the cases that are `left` changed, as somebody else
    has changed them since; until that is done, `changed` are those that still are. `failed` is why it could not go on;
    what is `changed` then stays so.
    """

    changed: list[int] = field(default_factory=list)
    same: int = 0
    refused: dict[int, Reason] = field(default_factory=dict)
    stopped: bool = False
    left: list[int] = field(default_factory=list)
    failed: Reason | None = None

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
                    after: Tree = copied(tree)
                    for each in changes:
                        put(after, each.path, each.after, each.position)
                    checked(after)
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

    Where `goes_on` says no after a chunk, what was done is taken back, chunk by chunk as well, and the outcome is
    `stopped`.
    """
    outcome, batch = Outcome(), secrets.token_hex(8)
    author, pack = by.cleaned(), policy or packs.load()
    try:
        for start in range(0, len(ids), CHUNK):
            _chunk(workspace, ids[start : start + CHUNK], ask, author, today, pack, command, batch, outcome)
            tell(outcome)
            if not goes_on():
                return _taken_back(workspace, batch, outcome, by, today, pack, tell)
    except (WorkspaceError, Refused) as error:
        # the disk is full, others keep the lock, whoever asked may not any longer: those before are changed, and told
        outcome.failed = error.reason
    return outcome


def _taken_back(
    workspace: Workspace, batch: str, outcome: Outcome, by: Author, today: date, policy: Policy, tell: Tell
) -> Outcome:
    """Takes back what was done; `outcome` is what is left of it after each chunk."""
    left: list[int] = []
    for ids in turn_batch(workspace, batch, left, by=by, today=today, policy=policy, chunk=CHUNK):
        del outcome.changed[-len(ids) :]  # the newest come first
        tell(outcome)
    return Outcome(stopped=True, left=left)


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
) -> None:
    """One transaction."""
    refusals: dict[int, Reason] = {}
    alike = 0
    with transaction(workspace) as session:
        stored = storing.find(session, ids)
        kept: dict[int, Kept] = {}
        lines: list[Line] = []
        for case_id in ids:
            if case_id not in stored:
                refusals[case_id] = refused("no_case", id=case_id).reason
                continue
            before = stored[case_id].tree
            try:
                wanted = ask(before, validate(before[APPLICANT]))
                after, applicant = checked(with_changes(session, case_id, before, wanted))
                after, paths, notices = set_back(before, after, [change.path for change in wanted])
                if notices:
                    after, applicant = checked(after)
            except (Refused, Invalid, Conflict) as error:
                refusals[case_id] = _why(error)
                continue
            made = differences(before, after, paths)
            if not made:
                alike += 1
                continue
            kept[case_id] = kept_as(stored[case_id], Contents(after, applicant), policy, today)
            lines.append(Line(case_id, made, answered=kept[case_id].derived))
        at = moment()
        storing.rewrite(session, kept, stored, at)
        if lines:
            record(session, lines, at=at, by=author, command=command, batch=batch)
    # nothing of a chunk counts before all of it is kept
    outcome.changed.extend(kept)
    outcome.same += alike
    outcome.refused |= refusals


def _moves(changes: Iterable[Change]) -> bool:
    return any(not same(change.before, change.after) for change in changes)


def _why(error: Refused | Invalid | Conflict) -> Reason:
    if isinstance(error, Refused):
        return error.reason
    return error.problems[0].reason if isinstance(error, Invalid) else Reason("part_conflict", {})
