"""What lists filter and sort by, derived from a case's facts: one way for commands, imports, a new day, doctor.

Whoever writes a case writes `derive` of it in the same transaction, so that a list never computes.
"""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from engine.assessment import assess
from engine.document import validate
from engine.exam_lint import KINDS
from engine.facts import Applicant, Contact, Employment, Notice, Permit
from engine.last_base import base_days, last_base
from engine.months import add_years
from engine.policy import Policy
from engine.risks import Found, Scored, risks
from engine.risks.turns import turns as risk_turns
from engine.schooling import next_exam
from engine.timeline import timeline
from engine.turning import turning_day
from engine.workflow import Status
from engine.workflow.points import RENEW_DUE_DAYS, Points, effective_status, points
from engine.workflow.since import since
from engine.workflow.waiting import waiting_on
from models.agenda import agenda, asking, snoozed
from models.papers import COLLECTING, Owed, papers
from models.staging import standing_of

# raise it when a rule, anything derived here or a search key changes: rows derived before are then shown as stale
RULES = 4
YEARS_AHEAD = 3  # so far the score is looked at in advance: two, and the one for which columns may be kept


class Derived(NamedTuple):
    """The derived columns of a case, by the names of the table's columns. Scores are points; days are ISO text.

    They hold until `due`, the day on which any of them is another. `next_change` is the day on which the score is,
    `crossings` are the days on which the threshold is reached (true) or lost, two years ahead at least, as JSON, and
    `drops_on` is the first of those on which it is lost. `exams` is what the children come to next, as JSON: the
    year, the place of its kind in `engine.exam_lint.KINDS` and the id of the child's row, in this order. `stage` is the
    status as the days of the points have it, `since` the day of the last step, `deadline` the nearest day that is not
    put off, `deadline_code` what it is of. `owed` are the codes of the papers still to come, as JSON, `chased` the day
    on which one of them was asked for last, the longest ago. `base` is the contribution base of the last month paid in
    yuan, `base_multiple` what it is of the month's 1x reference in hundredths. `risks` are the severity and the id of
    each risk, as JSON, the severest first; `fee_due` the first day on which a fee that was not received is due.
    """

    name: str | None
    called: str | None
    score: int
    proven: int
    reached: bool
    eligible: bool
    provisional: bool
    points: Points
    permit_until: str | None
    points_until: str | None
    renewal: str | None
    employer: str | None
    district: str | None
    stamp: str
    due: str
    next_change: str | None
    crossings: str
    drops_on: str | None
    exams: str | None
    uscc: str | None
    stage: str
    kind: str | None
    waiting_on: str | None
    since: str | None
    deadline: str | None
    deadline_code: str | None
    owed: str | None
    chased: str | None
    base: int | None
    base_multiple: int | None
    risks: str | None
    fee_due: str | None

    def columns(self) -> dict[str, Any]:
        """As the table `cases` has them."""
        return self._asdict()


class Basis(NamedTuple):
    """What a stamp says that something was derived by: the rules by their number, the pack, its version, the day."""

    rules: int
    policy: str
    version: str
    day: date


def stamp(policy: Policy, day: date) -> str:
    """What derived columns were derived by: the rules and figures, the version in force and the day.

    Raises `engine.policy.NoLaw` for a day before the pack's first version.
    """
    return f"{RULES}/{policy.id}@{policy.edition}/{policy.law(day).version}/{day.isoformat()}"


def basis(stamp: str) -> Basis | None:
    """A stamp, read; None for one that an earlier release wrote in another way."""
    rules, _, rest = stamp.partition("/")
    try:
        policy, version, day = rest.split("/")
        return Basis(int(rules), policy.partition("@")[0], version, date.fromisoformat(day))
    except ValueError:
        return None


def is_of_these_rules(stamp: str) -> bool:
    """Whether what carries a stamp was derived by the rules of this program, on whatever day."""
    return stamp.split("/", 1)[0] == str(RULES)


def derive(
    document: Mapping[str, Any], status: str, policy: Policy, day: date, office: Mapping[str, Any] | None = None
) -> Derived:
    """The derived columns of a case on a day; `office` are the rows the office keeps, and its need-by.

    Raises `engine.document.Invalid` for a document that is not
    an applicant, `engine.policy.NoLaw` for a day before the pack's first version.
    """
    return derived_from(validate(document), policy, day, {**(office or {}), "status": status})


def derived_from(applicant: Applicant, policy: Policy, day: date, tree: Mapping[str, Any]) -> Derived:
    """The same of an applicant that is valid, as `engine.document.validate` gives it, in the tree of its case."""
    assessment = assess(applicant, policy, day)
    employment = applicant.employment or Employment()
    permit_until = (applicant.permit or Permit()).valid_until
    points_until = (applicant.notice or Notice()).valid_until
    kept_until = add_years(day, 1)
    ahead = timeline(applicant, policy, day, add_years(day, YEARS_AHEAD))
    crossings = [
        (step.day, step.reached) for before, step in pairwise(ahead.steps) if before.reached is not step.reached
    ]
    law = policy.law(day)
    base = last_base(applicant.insurance, law, day)
    in_force = points(applicant.notice, assessment, day)
    way = _way(tree, applicant, policy, day, in_force)
    turns = [
        turning_day(applicant, policy, day, kept_until),
        *_points_turn(points_until),
        *base_days(applicant.insurance, law, day, kept_until),
        *risk_turns(applicant, policy, day, ahead),  # with them turns what the children come to next
        *snoozed(tree).values(),
    ]
    return Derived(
        name=applicant.name,
        called=(applicant.contact or Contact()).called,
        score=assessment.total,
        proven=assessment.proven,
        reached=assessment.reached,
        eligible=assessment.eligible,
        provisional=any(line.provisional for line in assessment.lines),
        points=in_force,
        permit_until=_iso(permit_until),
        points_until=_iso(points_until),
        renewal=_iso(points_until or permit_until),
        employer=employment.employer,
        district=employment.district,
        stamp=stamp(policy, day),
        due=min(turn for turn in [*turns, kept_until] if turn is not None and turn > day).isoformat(),
        next_change=_iso(next((step.day for a, step in pairwise(ahead.steps) if a.total != step.total), None)),
        crossings=json.dumps([[crossed.isoformat(), reached] for crossed, reached in crossings]),
        drops_on=_iso(next((crossed for crossed, reached in crossings if not reached), None)),
        exams=_exams(applicant, day),
        uscc=employment.uscc,
        stage=way.stage,
        kind=way.kind,
        waiting_on=way.waiting_on,
        since=way.since,
        deadline=way.deadline,
        deadline_code=way.deadline_code,
        owed=way.owed,
        chased=way.chased,
        base=None if base is None else base.yuan,
        base_multiple=None if base is None else base.hundredths,
        risks=_said(risks(applicant, policy, day, scored=Scored(assessment, ahead))),
        fee_due=_fee_due(tree),
    )


def _points_turn(until: date | None) -> list[date]:
    """The days on which points in force fall due for renewal and lapse."""
    return [until - timedelta(days=RENEW_DUE_DAYS), until + timedelta(days=1)] if until else []


class _Way(NamedTuple):
    stage: str
    kind: str | None
    waiting_on: str | None
    since: str | None
    deadline: str | None
    deadline_code: str | None
    owed: str | None
    chased: str | None


def _way(tree: Mapping[str, Any], applicant: Applicant, policy: Policy, day: date, in_force: Points) -> _Way:
    """How far the case is: its stage on the day, the open application's kind, whose move it is, what is due next."""
    standing = standing_of(tree, applicant)
    owed = _owed(tree, applicant, policy, day, standing.status)
    asked = [str(paper.row["last_chased"]) for paper in owed if paper.row and paper.row.get("last_chased")]
    first = next(iter(asking(tree, agenda(tree, applicant, day, policy), day)), None)
    return _Way(
        effective_status(standing.status, in_force),
        None if standing.open is None else standing.open.kind,
        waiting_on(standing, day, policy=policy),
        _iso(since(standing)),
        None if first is None else _iso(first.day),
        None if first is None else first.code,
        json.dumps([paper.item.code for paper in owed]) if owed else None,
        min(asked, default=None),
    )


def _owed(tree: Mapping[str, Any], applicant: Applicant, policy: Policy, day: date, status: Status) -> list[Owed]:
    """The papers that are still to come, while some are collected."""
    return (
        [paper for paper in papers(dict(tree), applicant, policy, day)[1] if paper.owed] if status in COLLECTING else []
    )


def _said(found: Found) -> str | None:
    of_each = dict.fromkeys((risk.severity, risk.risk) for risk in found.risks)
    return json.dumps(list(of_each)) if of_each else None


def _fee_due(tree: Mapping[str, Any]) -> str | None:
    fees = (fee for fee in tree.get("fees", ()) if not fee.get("received"))
    return min((str(fee["due"]) for fee in fees if fee.get("due")), default=None)


def _exams(applicant: Applicant, day: date) -> str | None:
    found = sorted(
        (year, KINDS.index(kind), child.id or "")
        for child in applicant.child
        if child.evidence != "rejected"
        for kind, year in [next_exam(child, day)]
        if kind is not None and year is not None
    )
    return json.dumps(found) if found else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
