"""The next day on which anything that is said of an applicant turns: total, proven, reached, eligible, provisional.

Until then an answer may be kept and shown as it is; lists do (`models.deriving`).
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from engine.eligibility import eligibility_days, ineligible_because
from engine.facts import Applicant
from engine.indicators.deductions import vetoes
from engine.policy import Policy
from engine.scope import Scope, scopes
from engine.timeline import Standing, named_days

_DAY = timedelta(days=1)


class Said(NamedTuple):
    """What a list shows of an assessment."""

    total: int
    reached: bool
    provisional: bool


def turning_day(applicant: Applicant, policy: Policy, on: date, until: date) -> date | None:
    """The first day after `on`, up to and with `until`, on which something turns; None where nothing does.

    Raises `engine.policy.NoLaw` for a day before the first version.
    """
    claimed, proven = scopes(applicant)
    turns = [
        _score_turns(claimed, policy, on, until),
        _score_turns(proven, policy, on, until),
        _eligibility_turns(applicant, claimed, policy, on, until),
    ]
    return min((day for day in turns if day is not None), default=None)


def _score_turns(scope: Scope, policy: Policy, on: date, until: date) -> date | None:
    standing = Standing.on(scope, policy, on)
    now = _said(standing)
    for day, moving in _with_the_ends_of_laws(named_days(scope, policy, on, until), policy, on, until):
        standing = standing.then(policy.law(day), day, moving)
        if _said(standing) != now:
            return day
    return None


def _with_the_ends_of_laws(
    days: Iterable[tuple[date, set[str]]], policy: Policy, on: date, until: date
) -> Iterator[tuple[date, set[str]]]:
    """The days on which indicators may change, and those on which the text of a law has ended, in order."""
    found = dict(days)
    for law in policy.laws:
        if law.provisional_after is not None and on < law.provisional_after + _DAY <= until:
            found.setdefault(law.provisional_after + _DAY, set())
    yield from sorted(found.items())


def _said(standing: Standing) -> Said:
    return Said(standing.total, standing.reached, any(map(standing.provisional, standing.outcomes)))


def _eligibility_turns(applicant: Applicant, scope: Scope, policy: Policy, on: date, until: date) -> date | None:
    def is_eligible(day: date) -> bool:
        return not ineligible_because(applicant, scope, policy.law(day), day, bool(vetoes(applicant.offence, day)))

    now = is_eligible(on)
    days = eligibility_days(applicant, scope, policy, on, until)
    return next((day for day in sorted(set(days)) if on < day <= until and is_eligible(day) != now), None)
