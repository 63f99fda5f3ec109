"""退件风险: what stands against an application, or will, cross-checked from the facts (process 4).

What cannot be judged for want of facts is silent, and told as unknown.
"""

from datetime import date

from engine.facts import Applicant
from engine.policy import Policy
from engine.risks import employer, family, insurance, person, residence, schooling, title
from engine.risks.found import SEVERITIES, Case, Found, Risk, Scored, Severity, Unknown
from engine.risks.thresholds import Thresholds, load

__all__ = ["RISKS", "SEVERITIES", "Found", "Risk", "Scored", "Severity", "Thresholds", "Unknown", "risks"]

RISKS = (
    "nested_study",
    "missing_prior_schooling",
    "study_place_mismatch",
    "education_unverified",
    "net_college_centre",
    "payer_mismatch",
    "insurance_gap",
    "back_paid",
    "tax_mismatch",
    "base_dropped",
    "base_out_of_limits",
    "below_at_renewal",
    "overlapping_payers",
    "dispatched",
    "nominal_employment",
    "employer_unfit",
    "wrong_district",
    "title_base_short",
    "title_mismatch",
    "archive_at_risk",
    "cv_gap",
    "hukou_address_mismatch",
    "permit_expiring",
    "permit_type",
    "lease_ending",
    "contract_expiring",
    "points_expiring",
    "child_not_on_notice",
    "child_permit",
    "study_proof_missing",
    "notice_employer_outdated",
    "hr_is_applicant",
    "offence",
)
_LOOKS = (schooling.look, insurance.look, employer.look, title.look, person.look, residence.look, family.look)


def risks(
    applicant: Applicant,
    policy: Policy,
    on: date,
    thresholds: Thresholds | None = None,
    scored: Scored | None = None,
) -> Found:
    """All risks of an applicant as seen on a day, the severest first and of these the one that takes effect first.

    `scored` saves counting anew what the caller has counted of this applicant on this day.
    Raises `engine.policy.NoLaw` for a day before the first version of the law.
    """
    case = Case(applicant, policy, on, thresholds or load(), scored)
    found = [told for look in _LOOKS for told in look(case)]
    known = [one for one in found if isinstance(one, Risk)]
    unknown: dict[str, dict[str, None]] = {}
    for one in found:
        if isinstance(one, Unknown):
            unknown.setdefault(one.risk, {}).update(dict.fromkeys(one.paths))
    known.sort(key=_rank)
    return Found(tuple(known), tuple(Unknown(risk, tuple(paths)) for risk, paths in unknown.items()))


def _rank(risk: Risk) -> tuple[int, date, int, int]:
    return SEVERITIES.index(risk.severity), risk.day or date.max, -risk.points, RISKS.index(risk.risk)
