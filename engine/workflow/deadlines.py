"""The days that matter in a case, each with its reason and whose move it is; the nearest first.

A deadline is a day of its own: it is the same whichever day it is asked on, and goes away once it is done.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from engine.backward import backward_plan
from engine.exams import ExamCalendar
from engine.exams import load as load_exams
from engine.needs import needs
from engine.paper import Paper
from engine.policy import Policy
from engine.reason import Reason
from engine.workflow.permit_clock import Signing
from engine.workflow.points_clock import soft_end
from engine.workflow.since import usual_until
from engine.workflow.situation import Situation
from engine.workflow.standing import Standing
from engine.workflow.waiting import next_step, waiting_on

__all__ = ["Deadline", "deadlines", "exam_deadlines", "next_step", "own_deadlines", "waiting_on"]

_HELD = frozenset({"received_copy", "original_seen", "verified"})
_OWED = frozenset({"missing", "requested", "rejected", "expired"})


class Deadline(NamedTuple):
    """A day by which something must be done.

    `hard`: it cannot be made up. `waiting_on` is whose move it is (client hr us counter archive). `indicator` is the
    item whose points are at stake, where it is one; `path` the row or fact it is of.
    """

    code: str
    day: date
    hard: bool
    reason: Reason
    waiting_on: str | None
    indicator: str | None = None
    path: str | None = None


def deadlines(
    standing: Standing,
    on: date,
    need_by: date | None = None,
    *,
    policy: Policy | None = None,
    exams: ExamCalendar | None = None,
) -> list[Deadline]:
    """All deadlines of a case as seen on a day, the nearest first; those of examinations among them."""
    found = [*own_deadlines(standing, on, policy=policy), *exam_deadlines(standing, on, need_by, exams=exams)]
    return sorted(found, key=lambda deadline: deadline.day)


def own_deadlines(standing: Standing, on: date, *, policy: Policy | None = None) -> list[Deadline]:
    """Those that follow from the facts and rows alone, the nearest first; quick enough for a list of cases."""
    if standing.status == "closed":
        return []
    situation = Situation(standing, on, policy)
    found = [
        *_permit(standing),
        *_points(standing),
        *_contract(standing),
        *_children(standing),
        *_papers(standing),
        *_stage(situation),
    ]
    return sorted(found, key=lambda deadline: deadline.day)


def exam_deadlines(
    standing: Standing, on: date, need_by: date | None = None, *, exams: ExamCalendar | None = None
) -> list[Deadline]:
    """The last safe day to hand in for each need-by span, at worst; none once the papers are in, or nothing is to file.

    It counts back through working days (`engine.backward`), which costs more than all the others.
    """
    if standing.status == "closed" or standing.handed_in or standing.status in {"approved", "notice"}:
        return []
    found = []
    for need in needs(standing.applicant, exams or load_exams(), on, need_by):
        child = need.coming.child if need.coming is not None else None
        plan = backward_plan(standing.applicant, need.span, on, child)
        for step in plan.steps:
            if step.code == "hand_in":
                values = {"first": need.span.first.isoformat(), "last": need.span.last.isoformat()}
                code, path, hard = "need_by", None, True
                if need.coming is not None and need.coming.exam is not None:
                    code, path, hard = "exam", need.coming.path, need.coming.exam.hard
                    values |= {"exam_word": f"exam.{need.coming.kind}", "year": str(need.coming.year)}
                reason = Reason(f"workflow.deadline.{code}", values)
                found.append(Deadline("exam_hand_in", step.pessimistic.day, hard, reason, "hr", None, path))
    return sorted(found, key=lambda deadline: deadline.day)


def _said(code: str, **values: object) -> Reason:
    return Reason(f"workflow.deadline.{code}", values)


def _permit(standing: Standing) -> Iterator[Deadline]:
    permit = standing.applicant.permit
    if permit is None or permit.kind not in {None, "permit"}:
        return
    if permit.valid_until is not None:
        days = Signing(permit.valid_until)
        signing = _said("permit_signing", opens=str(days.opens), until=str(days.until))
        yield Deadline("permit_signing", days.until, False, signing, "client", path="permit.valid_until")
        lapse = _said("permit_lapse", until=str(days.until), lapses=str(days.lapses))
        yield Deadline("permit_lapse", days.lapses, True, lapse, "client", path="permit.valid_until")
    if permit.housing in {None, "lease"} and permit.lease_registered_until is not None:
        until = permit.lease_registered_until
        yield Deadline(
            "lease", until, False, _said("lease", until=str(until)), "client", path="permit.lease_registered_until"
        )


def _points(standing: Standing) -> Iterator[Deadline]:
    notice = standing.applicant.notice
    if notice is None or notice.valid_until is None:
        return
    until, soft = notice.valid_until, soft_end(notice.valid_until)
    reason = _said("points_renewal", until=str(until))
    yield Deadline("points_renewal", until, False, reason, "hr", path="notice.valid_until")
    reason = _said("points_soft_end", until=str(until), soft=str(soft))
    yield Deadline("points_soft_end", soft, False, reason, "hr", path="notice.valid_until")


def _contract(standing: Standing) -> Iterator[Deadline]:
    job = standing.applicant.employment
    if job is not None and job.contract_until is not None and not job.open_ended:
        reason = _said("contract_end", until=str(job.contract_until))
        yield Deadline("contract_end", job.contract_until, False, reason, "hr", path="employment.contract_until")


def _children(standing: Standing) -> Iterator[Deadline]:
    for number, child in enumerate(standing.applicant.child):
        if child.evidence == "rejected":
            continue
        row = f"child.{child.id or number}"
        if (until := child.permit_valid_until) is not None:
            reason = _named("child_permit", child.name, until)
            yield Deadline("child_permit", until, False, reason, "client", path=f"{row}.permit_valid_until")
        if (until := child.study_proof_until) is not None:
            reason = _named("study_proof", child.name, until)
            yield Deadline("study_proof", until, False, reason, "client", path=f"{row}.study_proof_until")


def _named(code: str, name: str | None, until: date) -> Reason:
    return _said(code if name else f"{code}_unnamed", **({"name": name} if name else {}), until=str(until))


def _papers(standing: Standing) -> Iterator[Deadline]:
    for paper in standing.papers:
        row = f"papers.{paper.id}"
        if paper.promised is not None and paper.state in _OWED:
            yield Deadline("paper_promised", paper.promised, False, _paper("paper_promised", paper), "client", path=row)
        if paper.valid_until is not None and paper.state in _HELD:
            yield Deadline("paper_expiry", paper.valid_until, False, _paper("paper_expiry", paper), "client", path=row)


def _paper(code: str, paper: Paper) -> Reason:
    day = paper.promised if code == "paper_promised" else paper.valid_until
    return _said(code, paper=paper.code, day=str(day))


def _stage(situation: Situation) -> Iterator[Deadline]:
    """What the stage itself asks for: an answer, the papers, a result; else that somebody asks once it takes long."""
    standing, status = situation.standing, situation.status
    who = waiting_on(standing, situation.day, policy=situation.policy)
    filing = standing.open
    if filing is not None and filing.returns:
        last = filing.returns[-1]
        if status == "returned" and last.answer_by is not None and last.answered is None:
            reason = _said("return_answer", day=str(last.answer_by), where_word=f"return_where.{last.where}")
            yield Deadline("return_answer", last.answer_by, True, reason, who, path=f"applications.{filing.id}")
            return
    expected = usual_until(standing._replace(status=status))
    if expected is None:
        return
    code = {"paper_due": "hand_in", "net_sign": "net_sign_result"}.get(status, "chase")
    begun, usual = str(expected.since), str(expected.usual)
    if code == "chase":
        reason = _said("chase", status_word=f"status.{status}", since=begun, usual=usual)
        yield Deadline("chase", expected.usual + timedelta(days=1), False, reason, who)
    else:
        yield Deadline(code, expected.usual, False, _said(code, since=begun, usual=usual), who)
    if expected.legal is not None:
        reason = _said("legal_end", since=begun, legal=str(expected.legal))
        yield Deadline("legal_end", expected.legal, False, reason, "counter")
