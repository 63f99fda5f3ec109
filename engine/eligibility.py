"""Whether the applicant may apply on a day, and what stands against it (convention 17)."""

from collections.abc import Iterator
from datetime import date, timedelta

from engine.facts import Applicant
from engine.months import Month, add_years, full_years
from engine.policy import Law, Policy
from engine.scope import Scope


def ineligible_because(applicant: Applicant, scope: Scope, law: Law, on: date, vetoed: bool) -> list[str]:
    """Each condition that fails: permit, paying_now, six_of_twelve, employer, age, veto."""
    month = int(Month.of(on))
    permit, job, figures = applicant.permit, applicant.employment, law.figures
    fails = []
    if (
        permit is None
        or permit.kind not in {None, "permit"}
        or permit.valid_until is None
        or permit.valid_until < on
        or (permit.issued is not None and permit.issued > on)
    ):
        fails.append("permit")
    if not scope.insured.pays(month):
        fails.append("paying_now")
    if scope.insured.months(month - figures["eligible.window"], month - 1) < figures["eligible.months"]:
        fails.append("six_of_twelve")
    if (
        job is None
        or job.registered_in_shanghai is False
        or job.kind == "liaison_office"
        or job.points_account == "not_eligible"
    ):
        fails.append("employer")
    if scope.born is None or not figures["age.youngest"] <= full_years(scope.born, on) <= figures["age.oldest"]:
        fails.append("age")
    if vetoed:
        fails.append("veto")
    return fails


def eligibility_days(applicant: Applicant, scope: Scope, policy: Policy, after: date, until: date) -> Iterator[date]:
    """The days of a span on which whether the applicant may apply can change; some change nothing or lie outside."""
    if (permit := applicant.permit) is not None:
        if permit.valid_until is not None:
            yield permit.valid_until + timedelta(days=1)
        if permit.issued is not None:
            yield permit.issued
    if scope.insured.named:
        yield from (Month(month).first_day() for month in range(Month.of(after) + 1, Month.of(until) + 1))
    for law in policy.laws:
        yield law.from_
        if scope.born is not None:
            yield add_years(scope.born, law.figures["age.youngest"])
            yield add_years(scope.born, law.figures["age.oldest"] + 1)
    yield from (offence.date for _, offence in scope.offence)
