"""The indicators, each evaluated alone: a scope, the law and a day go in, an outcome comes out.

None means that the facts name nothing of the kind. The order is the order in which they are shown.
"""

from collections.abc import Callable, Mapping
from datetime import date

from engine.indicators.company import investment
from engine.indicators.deductions import detention, false_materials, sentence
from engine.indicators.honours import award, talent
from engine.indicators.insurance import contribution_base, insurance_years
from engine.indicators.person import age, spouse
from engine.indicators.service import public_service, suburb
from engine.indicators.study import education, fresh_graduate, shortage_specialty
from engine.indicators.title import title
from engine.outcome import Outcome
from engine.policy import Law
from engine.scope import Scope

Indicate = Callable[[Scope, Law, date], Outcome | None]

INDICATORS: Mapping[str, Indicate] = {
    "age": age,
    "education": education,
    "title": title,
    "insurance_years": insurance_years,
    "contribution_base": contribution_base,
    "shortage_specialty": shortage_specialty,
    "investment": investment,
    "talent": talent,
    "public_service": public_service,
    "suburb": suburb,
    "fresh_graduate": fresh_graduate,
    "award": award,
    "spouse": spouse,
    "false_materials": false_materials,
    "detention": detention,
    "sentence": sentence,
}
