"""The papers of a case: what its application owes, how each stands, and what changes with its state.

What is owed follows from the facts (`engine.materials`); a stored row only says what was done about a paper. Moving a
paper moves the evidence of the row of facts it proves in the same command.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from engine.application import Kind, approved
from engine.facts import Applicant
from engine.materials import Checklist, Item, checklist
from engine.materials.pack import Supplier
from engine.paper import State
from engine.paper_states import OWED, evidence_of
from engine.policy import NoLaw, Policy
from engine.workflow import Status
from models.change import Change
from models.paths import APPLICANT, Tree, get, new_id
from models.staging import standing_of

PAPERS = "papers"
_SINGLE: Mapping[str, str] = {"P01": "spouse"}
"""Papers that prove a group of facts that has no rows."""


COLLECTING: frozenset[Status] = frozenset(
    {"engaged", "employer_setup", "account", "form", "hr_review", "submitted", "paper_due", "returned", "renewal_due"}
)
"""Stages in which papers are collected."""

WRITTEN_TO: tuple[Supplier, ...] = ("client", "hr")
"""Who is written to for papers; what the office gets itself is asked of nobody."""


class Owed(NamedTuple):
    """A paper of a case: what the rules say of it, the row that is stored (None: nothing was done yet), its state.

    `of` is the id of the row of facts it is for, `fact` the path of that row or group, None where it proves none.
    """

    item: Item
    row: Mapping[str, Any] | None
    state: State
    of: str | None
    fact: str | None

    @property
    def owed(self) -> bool:
        """Whether somebody still has to bring it."""
        return not self.item.system and self.state in OWED


def kind_of(tree: Mapping[str, Any], applicant: Applicant) -> Kind:
    """The kind of the open application, else of the one that comes next."""
    filing = standing_of(tree, applicant).open
    if filing is not None:
        return filing.kind
    return "new" if applicant.notice is None else "renew"


def papers(tree: Tree, applicant: Applicant, policy: Policy, on: date) -> tuple[Checklist, list[Owed]]:
    """What is put forward, and every paper with its state, in the order in which they are asked for."""
    granted = approved(standing_of(tree, applicant).applications)
    filed = None if granted is None else granted.filed
    found = checklist(applicant, policy, on, kind_of(tree, applicant), filed)
    return found, [_owed(tree, applicant, item) for item in found.items]


def outstanding(tree: Tree, applicant: Applicant, policy: Policy, on: date) -> list[Owed]:
    """What clients and contacts still have to bring."""
    try:
        every = papers(tree, applicant, policy, on)[1]
    except NoLaw:  # before there was one nothing was to be proved
        return []
    return [paper for paper in every if paper.owed and paper.item.supplier in WRITTEN_TO]


def _owed(tree: Tree, applicant: Applicant, item: Item) -> Owed:
    of, fact = None, None
    if item.of is not None:
        section, _, place = item.of.partition(".")
        of = getattr(applicant, section)[int(place)].id
        fact = f"{APPLICANT}.{section}.{of}"
    elif item.code in _SINGLE:
        fact = f"{APPLICANT}.{_SINGLE[item.code]}"
    rows = (row for row in tree.get(PAPERS, ()) if (row["code"], row.get("of")) == (item.code, of))
    row = next(rows, None)
    state: State = row.get("state", "missing") if row is not None else "missing"
    return Owed(item, row, state, of, fact)


def moved(tree: Tree, every: Sequence[Owed], paper: Owed, state: State, on: date, **more: Any) -> list[Change]:
    """Takes a paper to a state on a day, with what else is known of it, and the evidence of what it proves."""
    values = {"state": state, "since": on.isoformat(), **more}
    if state == "requested" and "requested" not in values:
        values["requested"] = on.isoformat()
    changes = _written(paper, values)
    return [*changes, *_evidence(tree, every, paper, state)]


def filled_in(tree: Tree, every: Sequence[Owed], paper: Owed, values: Mapping[str, Any], on: date) -> list[Change]:
    """What a form about a paper changes."""
    state: State = values.get("state") or "missing"
    if state != paper.state:
        more = {key: value for key, value in values.items() if key != "state"}
        return moved(tree, every, paper, state, on, **more)
    return _written(paper, dict(values))


def _written(paper: Owed, values: Mapping[str, Any]) -> list[Change]:
    if paper.row is None:
        known = {key: value for key, value in values.items() if value is not None}
        of = {} if paper.of is None else {"of": paper.of}
        return [Change(f"{PAPERS}.{new_id()}", None, {"code": paper.item.code, **of, **known})]
    path, row = f"{PAPERS}.{paper.row['id']}", paper.row
    return [Change(f"{path}.{key}", row.get(key), value) for key, value in values.items() if row.get(key) != value]


def _evidence(tree: Tree, every: Sequence[Owed], paper: Owed, state: State) -> Iterator[Change]:
    """The evidence of the row that a paper proves, as all its papers then are; shared data counts as there."""
    if paper.fact is None or get(tree, paper.fact) is None:
        return
    states = [
        state if other is paper or _same(other, paper) else other.state
        for other in every
        if other.fact == paper.fact and not other.item.system
    ]
    path = f"{paper.fact}.evidence"
    before, after = get(tree, path), evidence_of(states)
    followed = any(other.row is not None for other in every if other.fact == paper.fact)
    if before == "verified" and after != "rejected" and not followed:
        return  # it was checked before its papers were written down
    if (before or "claimed") != after:
        yield Change(path, before, after)


def _same(one: Owed, other: Owed) -> bool:
    return (one.item.code, one.of) == (other.item.code, other.of)


def asked_on(paper: Owed, day: date) -> bool:
    """Whether it was asked for that day, and not before it alone."""
    return (paper.row or {}).get("last_chased") == day.isoformat()


def chased(asked: Sequence[Owed], on: date) -> list[Change]:
    """Papers that were asked for on a day, once more where they had been before."""
    changes: list[Change] = []
    for paper in asked:
        before = paper.row or {}
        values: dict[str, Any] = {"chased": int(before.get("chased", 0)) + 1, "last_chased": on.isoformat()}
        if paper.state != "requested":
            values |= {"state": "requested", "since": on.isoformat(), "requested": on.isoformat()}
        changes += _written(paper, values)
    return changes
