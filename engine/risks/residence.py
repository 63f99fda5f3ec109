"""Risks of permit, lease, household, points and notice (process 1.4 regions A and D, 4 R18, R22, R26, R31)."""

from engine.risks.found import Case, Looks, Risk, Unknown, because, remedy


def look(case: Case) -> Looks:
    """Permit, lease, household, points in force."""
    yield from _permit(case)
    yield from _lease(case)
    yield from _hukou(case)
    yield from _points(case)
    yield from _renewal(case)
    yield from _notice(case)


def _permit(case: Case) -> Looks:
    permit, days = case.applicant.permit, case.thresholds.permit_days
    if permit is None:
        yield Unknown("permit_expiring", ("permit",))
        return
    if permit.kind in {"temporary", "registration_only"}:
        reason = because("permit_type", kind_word=f"value.permit.kind.{permit.kind}")
        yield Risk("permit_type", "block", reason, remedy("permit_type"), ("permit.kind",))
    until, path = permit.valid_until, ("permit.valid_until",)
    if until is None:
        yield Unknown("permit_expiring", path)
    elif until < case.on:
        reason = because("permit_expiring", "over", day=until, days=-case.left(until))
        yield Risk("permit_expiring", "block", reason, remedy("permit_expiring"), path, day=until)
    elif case.soon(until, days):
        reason = because("permit_expiring", day=until, left=case.left(until))
        yield Risk("permit_expiring", "high", reason, remedy("permit_expiring"), path, day=until)


def _lease(case: Case) -> Looks:
    """Without a registered lease the permit is not signed by itself."""
    permit, days = case.applicant.permit, case.thresholds.lease_days
    if permit is None or permit.housing != "lease":
        return
    until, path = permit.lease_registered_until, ("permit.lease_registered_until",)
    if until is None:
        yield Unknown("lease_ending", path)
    elif case.soon(until, days):
        over = until < case.on
        reason = because("lease_ending", "over" if over else "", day=until, left=case.left(until))
        yield Risk("lease_ending", "high" if over else "medium", reason, remedy("lease_ending"), path, day=until)


def _hukou(case: Case) -> Looks:
    hukou = case.applicant.hukou
    if hukou is None or hukou.same_as_id_card is None:
        yield Unknown("hukou_address_mismatch", ("hukou.same_as_id_card",))
    elif hukou.same_as_id_card is False:
        reason = because("hukou_address_mismatch")
        yield Risk("hukou_address_mismatch", "medium", reason, remedy("hukou_address_mismatch"), ("hukou.address",))


def _points(case: Case) -> Looks:
    """The points do not go on by themselves when the permit does (process 0.1, 5.4)."""
    notice = case.applicant.notice
    if notice is None:
        return
    until, path = notice.valid_until, ("notice.valid_until",)
    if until is None:
        yield Unknown("points_expiring", path)
    elif case.soon(until, case.thresholds.points_days):
        over = until < case.on
        reason = because("points_expiring", "over" if over else "", day=until, left=abs(case.left(until)))
        yield Risk("points_expiring", "high", reason, remedy("points_expiring"), path, day=until)


def _renewal(case: Case) -> Looks:
    """Enough today, and no longer on the day the points have to be renewed (R31)."""
    renewed = case.ahead.renewal
    if not case.assessment.reached or renewed is None or renewed.reached:
        return
    total, path = case.assessment.total, "permit.valid_until" if case.applicant.notice is None else "notice.valid_until"
    reason = because("below_at_renewal", day=renewed.day, total=renewed.total, threshold=case.assessment.threshold)
    yield Risk(
        "below_at_renewal",
        "high",
        reason,
        remedy("below_at_renewal"),
        (path,),
        None,
        total - renewed.total,
        renewed.day,
    )


def _notice(case: Case) -> Looks:
    """The notice still names the employer before (R26)."""
    notice, job = case.applicant.notice, case.applicant.employment
    if notice is None or job is None:
        return
    if notice.employer is None or job.employer is None:
        missing = {"notice.employer": notice.employer, "employment.employer": job.employer}
        yield Unknown("notice_employer_outdated", tuple(path for path, value in missing.items() if value is None))
    elif notice.employer != job.employer:
        reason = because("notice_employer_outdated", notice=notice.employer, employer=job.employer)
        paths = ("notice.employer", "employment.employer")
        yield Risk("notice_employer_outdated", "medium", reason, remedy("notice_employer_outdated"), paths)
