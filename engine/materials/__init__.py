"""材料清单: the papers an application needs for the items that are put forward, and which items ask for the fewest.

Only what is needed to reach the threshold has to be proved (process finding 6).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from engine.application import Kind
from engine.assessment import assess
from engine.document import dump
from engine.facts import Applicant
from engine.materials.conditions import Case, holds
from engine.materials.pack import CHANGED, PaperKind, Supplier, load
from engine.policy import Policy
from engine.reason import Reason

__all__ = ["Checklist", "Item", "Way", "checklist", "items"]

MOST_WAYS = 5
CHANGES = frozenset({"renew", "change_item", "change_employer"})
"""Kinds of application at which what is not as it was filed is proved anew."""


@dataclass(frozen=True, slots=True)
class Item:
    """A paper that is needed; `of` is the path of the row of facts it is for, where there is one for each.

    `needed_for` are the items put forward that it proves, `points` what these count now; none where it says who the
    person, the family and the employer are. `months` are those of a tax list; `must` says what it must be like to do.
    `shared`: one for all cases of the employer; `system`: shared data, nobody owes it.
    """

    code: str
    of: str | None
    supplier: Supplier
    needed_for: tuple[str, ...]
    why: Reason
    original: bool
    copies: int
    where: str
    points: int
    months: int = 0
    must: str | None = None
    shared: bool = False

    @property
    def system(self) -> bool:
        """Whether the authority has it already."""
        return self.supplier == "system"


class Way(NamedTuple):
    """Items that reach the threshold together, and what they ask for; `proven` is how many points of them are."""

    claims: tuple[str, ...]
    total: int
    papers: int
    tax_months: int
    proven: int
    reached: bool


class Checklist(NamedTuple):
    """What is put forward, the other ways to do so, the papers."""

    way: Way
    alternatives: tuple[Way, ...]
    items: tuple[Item, ...]


def checklist(
    applicant: Applicant, policy: Policy, on: date, kind: Kind = "new", filed: Mapping[str, Any] | None = None
) -> Checklist:
    """The papers for an application of a kind; at a renewal those whose facts are not as `filed` besides.

    Put forward are the applicant's `claims`, else the items that reach the threshold with the fewest papers (of those
    the better proven, with fewer months of tax lists, with more points). Raises `engine.policy.NoLaw`.
    """
    every = Case(applicant, policy, on, frozenset(), assess(applicant, policy, on))
    ways = _ways(every, kind, filed)
    claims = applicant.claims
    chosen = ways[0] if claims is None else _way(replace(every, claims=frozenset(claims)), kind, filed)
    others = tuple(way for way in ways if way.claims != chosen.claims)[:MOST_WAYS]
    return Checklist(chosen, others, tuple(_items(replace(every, claims=frozenset(chosen.claims)), kind, filed)))


def items(
    applicant: Applicant,
    policy: Policy,
    on: date,
    claims: frozenset[str],
    kind: Kind = "new",
    filed: Mapping[str, Any] | None = None,
) -> Iterator[Item]:
    """The papers for items that are put forward, in the order in which they are asked for."""
    return _items(Case(applicant, policy, on, claims, assess(applicant, policy, on)), kind, filed)


def _items(case: Case, kind: Kind, filed: Mapping[str, Any] | None) -> Iterator[Item]:
    changed = _changed(case.applicant, filed) if kind in CHANGES and filed is not None else frozenset()
    for paper in load():
        if not _asked(paper, kind, changed) or (paper.proves and not case.claims.intersection(paper.proves)):
            continue
        if not paper.each:
            if holds(case, paper.when):
                yield _item(case, paper, None)
            continue
        for n, row in enumerate(getattr(case.applicant, paper.section or "")):
            if getattr(row, "evidence", None) != "rejected" and holds(case, paper.when, row):
                yield _item(case, paper, f"{paper.section}.{n}")


def _asked(paper: PaperKind, kind: Kind, changed: frozenset[str]) -> bool:
    return kind in paper.kinds or (CHANGED in paper.kinds and paper.section in changed)


def _changed(applicant: Applicant, filed: Mapping[str, Any]) -> frozenset[str]:
    """The groups of facts that are not as they were filed; what papers say of them aside."""
    now, then = (_bare(document) for document in (dump(applicant), dict(filed)))
    return frozenset(name for name in {*now, *then} if now.get(name) != then.get(name))


def _bare(value: Any) -> Any:
    if isinstance(value, Mapping):
        apart = {"id", "evidence", "seen_until", "chsi", "report_valid_until"}
        return {name: _bare(inner) for name, inner in value.items() if name not in apart}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value


def _item(case: Case, paper: PaperKind, of: str | None) -> Item:
    served = tuple(name for name in paper.proves if name in case.claims)
    points = sum(line.points for name in served if (line := case.line(name)) is not None)
    if served:
        why = Reason("materials.proves", {"items_word": [f"indicator.{name}" for name in served]})
    else:
        group = {"F": "family", "B": "everyone"}.get(paper.code[0], "everyone")
        why = Reason(f"materials.{group}", {})
    if paper.months:
        why = Reason("materials.months", {"months": paper.months, "why": why})
    return Item(
        paper.code,
        of,
        paper.supplier,
        served,
        why,
        paper.original,
        paper.copies,
        paper.where,
        points,
        paper.months,
        paper.must,
        paper.shared,
    )


def _ways(every: Case, kind: Kind, filed: Mapping[str, Any] | None) -> list[Way]:
    """Sets of counted items that reach the threshold, best first; all of them where none does.

    The smallest sets; those with the fewest papers also with whatever asks for no further paper.
    """
    found = every.assessment
    earning = [line.indicator for line in found.lines if line.counted and line.points > 0]
    reaching: list[Case] = []
    for size in range(len(earning) + 1):
        for some in combinations(earning, size):
            case = replace(every, claims=frozenset(some))
            if any(smaller.claims <= case.claims for smaller in reaching):
                continue  # one item less reaches it too
            if _total(case) >= found.threshold:
                reaching.append(case)
    ways = [(case, _way(case, kind, filed)) for case in reaching or [replace(every, claims=frozenset(earning))]]
    fewest = min(way.papers for _, way in ways)
    best = (_fuller(case, earning, fewest, kind, filed) for case, way in ways if way.papers == fewest)
    return sorted({way for _, way in ways}.union(*best), key=_rank)


def _rank(way: Way) -> tuple[int, int, int, int, tuple[str, ...]]:
    return way.papers, -way.proven, way.tax_months, -way.total, way.claims


def _fuller(case: Case, more: Sequence[str], papers: int, kind: Kind, filed: Mapping[str, Any] | None) -> Iterator[Way]:
    """The items of a case and whichever others leave it at so many papers: an item never asks for fewer."""
    for place, item in enumerate(more):
        if item in case.claims:
            continue
        fuller = replace(case, claims=case.claims | {item})
        way = _way(fuller, kind, filed)
        if way.papers <= papers:
            yield way
            yield from _fuller(fuller, more[place + 1 :], papers, kind, filed)


def _total(case: Case) -> int:
    """The points of the items that are put forward, and what is deducted in any case."""
    taken = (line for line in case.assessment.lines if case.taken(line))
    return max(0, sum(line.points for line in taken if line.points < 0 or line.indicator in case.claims))


def _way(case: Case, kind: Kind, filed: Mapping[str, Any] | None) -> Way:
    found, total, claims = case.assessment, _total(case), case.claims
    needed = [item for item in _items(case, kind, filed) if not item.system]
    proven = sum(line.proven for line in found.lines if line.indicator in claims and case.taken(line))
    order = [line.indicator for line in found.lines if line.indicator in claims]
    claimed = (*order, *sorted(claims.difference(order)))
    months = max((item.months for item in needed), default=0)
    return Way(claimed, total, len(needed), months, proven, total >= found.threshold and not found.vetoes)
