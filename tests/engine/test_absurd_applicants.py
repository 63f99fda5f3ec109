"""An applicant at every bound: as many rows as are taken, each over three hundred years. All that is asked about the
applicant is answered, and none of the answers grows in the square of the rows."""

from datetime import date
from functools import cache
from typing import Any

import pytest
from fuzz.limited import within

from engine import bounds
from engine.assessment import assess
from engine.document import validate
from engine.facts import Applicant
from engine.lanes import lanes
from engine.materials import checklist
from engine.planner import plan
from engine.policy import load
from engine.risks import risks
from engine.timeline import timeline

TODAY = date(2026, 11, 22)
HANG = 120.0  # seconds: what takes the square or the cube takes hours


def _days(n: int) -> dict[str, str]:
    return {"from": f"19{n % 90:02d}-01-01", "to": f"2199-01-{1 + n % 9:02d}"}


def _months(n: int, *, long: bool) -> dict[str, str]:
    if long:
        return {"from": f"{1900 + n % 12}-{1 + n % 12:02d}", "to": f"{2199 - n % 9}-{1 + n % 12:02d}"}
    month = f"{1990 + n // 12}-{1 + n % 12:02d}"
    return {"from": month, "to": month}


@cache
def absurd(*, long: bool) -> Applicant:
    """Rows that all overlap, or one a month."""
    many, few = range(bounds.MONTHLY_ROWS), range(bounds.ROWS)
    facts: dict[str, Any] = {
        "name": "王",
        "birth_date": "1980-01-01",
        "insurance": [{**_months(n, long=long), "base": 5000 + n * 50, "employer": f"e{n}"} for n in many],
        "tax": [{**_months(n, long=long), "income": 5000 + n, "payer": f"e{n}"} for n in many],
        "education": [
            {"level": "bachelor", "degree": "bachelor", "graduated": f"20{n % 90:02d}-07-01", "form": "full_time"}
            for n in few
        ],
        "work": [{"unit": f"u{n}", **_days(n)} for n in few],
        "contract": [{"employer": f"u{n}", **_days(n)} for n in few],
        "qualification": [{"kind": "title", "level": "senior", "obtained": f"20{n % 90:02d}-01-01"} for n in few],
        "investment": [{"company": f"c{n}", "year": 2000 + n, "share": 0.3, "tax_paid": 10**6} for n in few],
        "service": [{"kind": "suburb", "from": f"{1900 + n}-01-01", "lives_there": True} for n in few],
        "child": [{"name": f"c{n}", "birth_date": f"20{n % 60:02d}-01-01"} for n in few],
        "offence": [{"kind": "detention", "date": f"20{n % 90:02d}-01-01"} for n in few],
        "employment": {"employer": "e1", "contract_from": "2020-01-01", "hr": [{"name": f"h{n}"} for n in few]},
        "permit": {"kind": "permit", "issued": "2026-01-01", "valid_until": "2027-01-01"},
    }
    return validate(facts)


ASKED = {
    "assessment": lambda a: assess(a, load(), TODAY),
    "timeline": lambda a: timeline(a, load(), TODAY, date(2199, 12, 31)),
    "plan": lambda a: plan(a, load(), TODAY),
    "materials": lambda a: checklist(a, load(), TODAY),
    "lanes": lambda a: lanes(a, TODAY),
}


@pytest.mark.parametrize("what", ASKED)
@pytest.mark.parametrize("long", [True, False], ids=["all at once", "one a month"])
def test_it_is_answered(what: str, long: bool) -> None:
    with within(HANG):
        assert ASKED[what](absurd(long=long))


def test_risks_are_told_in_proportion_to_the_rows() -> None:
    with within(HANG):
        found = risks(absurd(long=True), load(), TODAY)
    assert sum(risk.risk == "overlapping_payers" for risk in found.risks) == bounds.ROWS


def test_spans_stay_in_proportion_to_the_rows() -> None:
    with within(HANG):
        found = lanes(absurd(long=True), TODAY)
    assert sum(len(lane.spans) for lane in found) < 4 * 2 * bounds.MONTHLY_ROWS
