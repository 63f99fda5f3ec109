"""What a command makes of a case that is there: its tree with the changes made, and what is written of it then."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from engine.document import Invalid, Problem
from engine.policy import Policy
from engine.reason import Reason
from models import storing
from models.change import Change
from models.contents import Contents
from models.deriving import derived_from, stamp
from models.journal import last_writer
from models.paths import APPLICANT, NoPlace, Tree, copied, get, put, row_of, same
from models.refusals import Clash, Conflict
from models.storing import Kept, Stored


def with_changes(session: Session, case_id: int, before: Tree, changes: Sequence[Change]) -> Tree:
    """The tree with the changes made; `Conflict` with every field that somebody else changed meanwhile."""
    tree: Tree = copied(before)
    clashes = []
    for c in changes:
        now = get(tree, c.path)
        row = row_of(c.path)
        row_gone = row is not None and row != c.path and get(tree, row) is None
        if row_gone or not (same(now, c.before) or same(now, c.after)):
            who, at = last_writer(session, case_id, c.path) or (None, None)
            clashes.append(Clash(c.path, c.before, now, who, at))
            continue
        try:
            put(tree, c.path, c.after, c.position)
        except NoPlace:
            key = c.path.removeprefix(APPLICANT + ".")
            raise Invalid([Problem(key, c.after, Reason("write.no_place", {"path": c.path}))]) from None
    if clashes:
        raise Conflict(clashes)
    return tree


def kept_as(stored: Stored, contents: Contents, policy: Policy, today: date) -> Kept:
    """What is written of a case that is there."""
    tree, applicant = contents
    derived = storing.still_derived(stored, tree, stamp(policy, today))
    return Kept(tree, derived or derived_from(applicant, policy, today, tree), storing.new_keys(stored, tree))
