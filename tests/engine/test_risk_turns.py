"""Between two of the days that are named, no risk comes, goes or weighs differently: so lists may keep them."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import documents

from engine.document import validate
from engine.facts import Applicant
from engine.months import add_years
from engine.policy import load
from engine.risks import risks
from engine.risks.turns import turns
from engine.timeline import timeline

POLICY = load()


def said(applicant: Applicant, on: date) -> list[tuple[str, str]]:
    """The risks of a day, each with its severity."""
    return sorted((risk.severity, risk.risk) for risk in risks(applicant, POLICY, on).risks)


def named(applicant: Applicant, on: date) -> list[date]:
    """The days that are named, in order."""
    return sorted(set(turns(applicant, POLICY, on, timeline(applicant, POLICY, on, add_years(on, 3)))))


def untold(applicant: Applicant, on: date, days: int, step: int) -> list[date]:
    """Days that were not named and on which something has changed since the last one that was."""
    ahead, now, wrong = [*named(applicant, on), date.max], said(applicant, on), []
    for n in range(1, days, step):
        day = on + timedelta(days=n)
        if ahead[0] <= day:
            while ahead[0] <= day:
                ahead.pop(0)
            now = said(applicant, day)
        elif said(applicant, day) != now:
            wrong.append(day)
    return wrong


@settings(deadline=None, max_examples=25)
@given(documents(), st.dates(date(2025, 1, 1), date(2027, 6, 1)))
def test_of_any_applicant(document: dict[str, Any], on: date) -> None:
    assert untold(validate(document), on, 360, 5) == []
