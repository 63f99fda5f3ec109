"""Risks of the children: on the notice, with a permit and a proof of study of their own (process 2.4, 4 R24)."""

from engine.exams import load as load_exams
from engine.facts import Child
from engine.months import add_years, full_years
from engine.needs import coming
from engine.risks.found import Case, Looks, Risk, Severity, Unknown, because, remedy


def look(case: Case) -> Looks:
    """Each child that still goes to school, or may."""
    at_school = {each.path: each for each in coming(case.applicant, load_exams(), case.on)}
    for path, each in at_school.items():
        near = each.exam is not None and each.exam.span.first <= add_years(case.on, 1)
        yield from _on_notice(case, each.child, path, near=near)
        yield from _permit(case, each.child, path)
        yield from _study_proof(case, each.child, path)


def _on_notice(case: Case, child: Child, path: str, *, near: bool) -> Looks:
    notice = case.applicant.notice
    if notice is None or child.benefits is False:
        return
    if child.name is None:
        yield Unknown("child_not_on_notice", (f"{path}.name",))
    elif child.name not in notice.members:
        severity: Severity = "high" if near else "medium"
        reason = because("child_not_on_notice", name=child.name)
        paths = (f"{path}.name", "notice.members")
        yield Risk("child_not_on_notice", severity, reason, remedy("child_not_on_notice"), paths)


def _permit(case: Case, child: Child, path: str) -> Looks:
    until, paths = child.permit_valid_until, (f"{path}.permit_valid_until",)
    if until is None:
        yield Unknown("child_permit", paths)
    elif case.soon(until, case.thresholds.child_permit_days):
        over = until < case.on
        values = {"name": child.name or "", "day": until, "left": case.left(until)}
        reason = because("child_permit", "over" if over else "", **values)
        yield Risk("child_permit", "high" if over else "medium", reason, remedy("child_permit"), paths, day=until)


def _study_proof(case: Case, child: Child, path: str) -> Looks:
    """From 16 on the counter asks for the proof of study, at each renewal too (F05)."""
    age, paths = case.thresholds.study_proof_age, (f"{path}.study_proof_until",)
    if child.born is None:
        yield Unknown("study_proof_missing", (f"{path}.birth_date",))
        return
    if full_years(child.born, case.on) < age:
        return
    until, name = child.study_proof_until, child.name or ""
    if until is None:
        reason = because("study_proof_missing", name=name, age=age)
        yield Risk("study_proof_missing", "high", reason, remedy("study_proof_missing"), paths)
    elif case.soon(until, case.thresholds.study_proof_days):
        over = until < case.on
        reason = because("study_proof_missing", "over" if over else "ending", name=name, day=until)
        severity: Severity = "high" if over else "medium"
        yield Risk("study_proof_missing", severity, reason, remedy("study_proof_missing"), paths, day=until)
