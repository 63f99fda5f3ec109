"""Risks of the employer, the contract and who files (process 4 R12 to R14, R23, R27, R28; 1.4 region B)."""

from engine.facts import Employment
from engine.months import Month, add_years
from engine.risks.found import YEAR, Case, Looks, Risk, Severity, Unknown, because, remedy
from engine.risks.thresholds import districts


def look(case: Case) -> Looks:
    """All of the employment."""
    job = case.applicant.employment
    if job is None:
        yield Unknown("employer_unfit", ("employment",))
        return
    yield from _unfit(job)
    yield from _district(job)
    yield from _contract(case, job)
    yield from _dispatched(job)
    yield from _nominal(case, job)
    yield from _contact(case, job)


def _risk(risk: str, severity: Severity, form: str, *paths: str, **values: object) -> Risk:
    return Risk(risk, severity, because(risk, form, **values), remedy(risk), paths)


def _unfit(job: Employment) -> Looks:
    if job.registered_in_shanghai is False:
        yield _risk("employer_unfit", "block", "elsewhere", "employment.registered_in_shanghai")
    if job.kind == "liaison_office":
        yield _risk("employer_unfit", "block", "kind", "employment.kind", kind_word=f"value.employment.kind.{job.kind}")
    if job.kind == "sole_trader":
        yield _risk("employer_unfit", "high", "kind", "employment.kind", kind_word=f"value.employment.kind.{job.kind}")
    if job.points_account == "not_eligible":
        yield _risk("employer_unfit", "block", "account", "employment.points_account")
    if job.points_account == "locked":
        yield _risk("employer_unfit", "high", "locked", "employment.points_account")
    if job.points_account in {None, "unknown"}:
        yield Unknown("employer_unfit", ("employment.points_account",))


def _district(job: Employment) -> Looks:
    """An application is filed in the district in which the employer is registered; the credit code names it."""
    if job.district is None or job.uscc is None:
        missing = {"employment.district": job.district, "employment.uscc": job.uscc}
        yield Unknown("wrong_district", tuple(path for path, value in missing.items() if value is None))
        return
    registered = districts().get(job.uscc[2:8])
    if registered is not None and registered != job.district and registered.removesuffix("区") != job.district:
        values = {"district": job.district, "registered": registered}
        yield _risk("wrong_district", "high", "", "employment.district", "employment.uscc", **values)


def _contract(case: Case, job: Employment) -> Looks:
    """At least a year in all, and two months left at the hand-in (M4, P3, U6)."""
    if job.open_ended is True:
        return
    first, last, days = job.contract_from, job.contract_until, case.thresholds.contract_days
    if last is None:
        yield Unknown("contract_expiring", ("employment.contract_until",))
        return
    path = "employment.contract_until"
    if last < case.on:
        reason = because("contract_expiring", "over", day=last)
        yield Risk("contract_expiring", "block", reason, remedy("contract_expiring"), (path,), day=last)
    elif case.soon(last, days):
        reason = because("contract_expiring", day=last, left=case.left(last), least=days)
        yield Risk("contract_expiring", "high", reason, remedy("contract_expiring"), (path,), day=last)
    years = case.thresholds.contract_years
    if first is not None and (last.toordinal() + 1) < add_years(first, years).toordinal():
        reason = because("contract_expiring", "short", first=first, last=last, years=years)
        yield Risk("contract_expiring", "high", reason, remedy("contract_expiring"), ("employment.contract_from", path))


def _dispatched(job: Employment) -> Looks:
    if job.dispatched is True:
        yield _risk("dispatched", "high", "", "employment.dispatched")


def _nominal(case: Case, job: Employment) -> Looks:
    """挂靠, 代缴: nobody works where the insurance is paid. Certain where an agency pays and no income is declared."""
    zero = sorted(
        {
            month
            for row in case.applicant.tax
            if row.evidence != "rejected" and row.from_ is not None and (row.filed == "zero" or row.income == 0)
            for month in range(max(row.from_, case.month - YEAR), min(row.to or case.month, case.month) + 1)
            if case.scope.insured.pays(month)
        }
    )
    many = len(zero) >= case.thresholds.zero_filed_months
    agency = job.kind == "agency" and job.dispatched is not True
    if agency and many:
        values = {"months": len(zero), "first": Month(zero[0]), "last": Month(zero[-1])}
        yield _risk("nominal_employment", "block", "both", "employment.kind", "tax", **values)
    elif agency:
        yield _risk("nominal_employment", "high", "agency", "employment.kind")
    elif many:
        values = {"months": len(zero), "first": Month(zero[0]), "last": Month(zero[-1])}
        yield _risk("nominal_employment", "high", "zero", "tax", **values)


def _contact(case: Case, job: Employment) -> Looks:
    """A registered contact may not hand in their own case (U1, P10)."""
    own = case.applicant.id_number
    for n, person in enumerate(job.hr):
        same = own is not None and person.id_number == own
        named = person.id_number is None and person.name is not None and person.name == case.applicant.name
        if same or named:
            yield _risk("hr_is_applicant", "medium", "", f"employment.hr.{n}", name=person.name or "")
