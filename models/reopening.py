"""A return (退回补正) reopens the papers it concerns: asked for again, they prove nothing until they are there."""

import difflib
from collections.abc import Mapping
from datetime import date
from typing import Any

from engine import policy as packs
from engine.facts import Applicant
from engine.materials.pack import load
from engine.policy import Policy
from engine.words import word
from models.change import Change
from models.papers import moved, papers
from models.paths import Tree
from models.refusals import refused

WORDS = "zh"  # what a return says is written down as the authority says it


def reopened(
    tree: Tree, applicant: Applicant, told: Mapping[str, Any], on: date, policy: Policy | None = None
) -> list[Change]:
    """The papers that were brought and are named in a return, or are of one of its reasons, as asked for again.

    `told` is what was told with the stage `returned`. `Refused` where it names a paper that is none.
    """
    reasons, named = frozenset(told.get("reasons") or ()), frozenset(told.get("papers") or ())
    known = {paper.code: paper for paper in load()}
    for code in sorted(named.difference(known)):
        near = difflib.get_close_matches(code.upper(), known, n=1)
        raise refused("no_paper_near" if near else "no_paper", paper=code, near=near[0] if near else "")
    because = told.get("text") or "、".join(word(f"return_reason.{code}", WORDS) for code in told.get("reasons") or ())
    _, every = papers(tree, applicant, policy or packs.load(), on)
    changes: dict[str, Change] = {}
    for paper in tuple(every):
        concerned = paper.item.code in named or reasons.intersection(known[paper.item.code].returned)
        if concerned and not paper.owed and not paper.item.system:
            again = moved(tree, every, paper, "requested", on, rejected_because=because)
            changes |= {change.path: change for change in again}  # the evidence of a row is as its last paper leaves it
            every = [other._replace(state="requested") if other is paper else other for other in every]
    return list(changes.values())
