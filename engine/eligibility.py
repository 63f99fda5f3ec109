"""Whether the applicant may apply on a day, and what stands against it (convention 17)."""

from datetime import date

from engine.facts import Applicant
from engine.months import Month, full_years
from engine.policy import Law
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
