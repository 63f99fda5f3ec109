"""A case as it was after an entry of its journal, what was answered then, and what the rules of today say of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from engine.assessment import Assessment, assess
from engine.document import Invalid, validate
from engine.policy import NoLaw, Policy
from engine.reason import Reason
from models import history
from models.deriving import RULES, Basis, basis
from models.entries import JournalEntry
from models.paths import APPLICANT, NoPlace, Tree
from models.reading import Reader
from models.today import SHANGHAI


class AsItWas(NamedTuple):
    """A case after an entry. `tree` is None where there was none then (its creation taken back), `now` where there is
    none now. `on` is the day it is counted for: the one asked about, else the one the answer was given for.

    `counted` is what the rules of today say of the facts of then on that day, None where there were no rules yet;
    `problem` is why they cannot be asked.
    """

    entry: JournalEntry
    asked: date | None
    tree: Tree | None
    now: Tree | None
    on: date
    counted: Assessment | None
    problem: Reason | None

    @property
    def basis(self) -> Basis | None:
        """By what the answer of then was derived."""
        return basis(self.entry.answered["stamp"]) if self.entry.answered else None

    @property
    def same_day(self) -> bool:
        """Whether the answer of then was given for the day that is counted for."""
        return self.basis is not None and self.basis.day == self.on

    @property
    def other_rules(self) -> bool:
        """Whether the answer of then was given by rules that this program no longer has."""
        return self.basis is not None and self.basis.rules != RULES

    @property
    def differs(self) -> bool:
        """Whether the rules of today say something else of that day than was answered."""
        told, counted = self.entry.answered, self.counted
        if told is None or counted is None or not self.same_day:
            return False
        return (told["score"], told["proven"]) != (counted.total, counted.proven)


def as_it_was(
    reader: Reader, states: history.States, entry: JournalEntry, policy: Policy, asked: date | None = None
) -> AsItWas:
    """The case after an entry, one of its states, for the day of its answer or a day asked about."""
    assert entry.case_id is not None
    stored = reader.case(entry.case_id)
    now = None if stored is None else history.present(stored)
    state = AsItWas(entry, asked, None, now, asked or day_of(entry.at), None, None)
    if asked is None and state.basis is not None:
        state = state._replace(on=state.basis.day)
    try:
        tree = states.after(entry.id)
        state = state._replace(tree=tree)
        return state if tree is None else state._replace(counted=assess(validate(tree[APPLICANT]), policy, state.on))
    except NoPlace:
        return state._replace(problem=Reason("history_broken", {}))
    except Invalid as invalid:
        return state._replace(problem=invalid.problems[0].reason)
    except NoLaw:
        return state


def day_of(at: str) -> date:
    """The day in Shanghai on which a stored moment lies."""
    return datetime.fromisoformat(at).astimezone(SHANGHAI).date()
