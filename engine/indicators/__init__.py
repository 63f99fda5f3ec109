"""The indicators, each evaluated alone: a scope, the law and a day go in, an outcome comes out.

Beside its outcome each names the days on which that may change, and tells why it did. The order is the order in which
they are shown.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from engine.indicators import company, deductions, honours, insurance, person, service, study
from engine.indicators import title as grades
from engine.indicators.windows import Slack
from engine.moved import Moved
from engine.outcome import Outcome
from engine.policy import Law
from engine.reason import Reason
from engine.scope import Scope


class Rule(NamedTuple):
    """What makes an indicator.

    `outcome` of one day is None where the facts name nothing of the kind. `days` are those in a span (after a day, up
    to and with another, one law in force on all) on which its points may change, or whether they are provisional:
    none is left out, but some may change nothing or lie outside the span. `because` tells the cause where points have
    changed on one of them, the law being the same.
    """

    outcome: Callable[[Scope, Law, date], Outcome | None]
    days: Callable[[Scope, Law, date, date], Iterable[date]]
    because: Callable[[Moved], Reason]


_deduction = (deductions.deduction_days, deductions.deduction_because)

INDICATORS: Mapping[str, Rule] = {
    "age": Rule(person.age, person.age_days, person.age_because),
    "education": Rule(study.education, study.education_days, study.education_because),
    "title": Rule(grades.title, grades.title_days, grades.title_because),
    "insurance_years": Rule(
        insurance.insurance_years, insurance.insurance_years_days, insurance.insurance_years_because
    ),
    "contribution_base": Rule(
        insurance.contribution_base, insurance.contribution_base_days, insurance.contribution_base_because
    ),
    "shortage_specialty": Rule(study.shortage_specialty, study.education_days, study.shortage_specialty_because),
    "investment": Rule(company.investment, company.investment_days, company.investment_because),
    "talent": Rule(honours.talent, honours.talent_days, honours.talent_because),
    "public_service": Rule(service.public_service, service.public_service_days, service.public_service_because),
    "suburb": Rule(service.suburb, service.suburb_days, service.suburb_because),
    "fresh_graduate": Rule(study.fresh_graduate, study.fresh_graduate_days, study.fresh_graduate_because),
    "award": Rule(honours.award, honours.award_days, honours.award_because),
    "spouse": Rule(person.spouse, person.spouse_days, person.spouse_because),
    "false_materials": Rule(deductions.false_materials, *_deduction),
    "detention": Rule(deductions.detention, *_deduction),
    "sentence": Rule(deductions.sentence, *_deduction),
}


SLACK: Mapping[str, Callable[[Outcome, Scope, Law, date], Slack | None]] = {
    "title": grades.title_slack,
    "contribution_base": insurance.contribution_base_slack,
}
"""For the indicators that rest on months of a window: how many of them may be missed before the points are lost."""
