"""The assessment: every indicator of one applicant on one day, the total, what is proven, whether they may apply."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from engine.eligibility import ineligible_because
from engine.facts import Applicant
from engine.indicators import INDICATORS
from engine.indicators.deductions import vetoes
from engine.indicators.insurance import longest_window
from engine.insured import last_month
from engine.missing import missing
from engine.months import Month
from engine.outcome import Outcome
from engine.policy import Law, Policy
from engine.reason import Reason
from engine.scope import Scope, scopes

# one or the other, whichever is higher; equal: the first (办法第十一条)
EITHER = ("education", "title")


class Line(NamedTuple):
    """One indicator: what it is worth, whether it is counted, how much of it is proven, and why.

    `points` are what the item is worth; `counted` is False for the one of education and title that is not taken.
    `lacks` is what is missing to more points. Paths are into the applicant.
    """

    indicator: str
    points: int
    counted: bool
    proven: int
    provisional: bool
    outcome: Outcome
    law: Law

    @property
    def reason(self) -> Reason:
        """Why the points are what they are; for 0 points, what is lacking."""
        return self.outcome.reason

    @property
    def lacks(self) -> Reason | None:
        """What is missing to more points, where the facts come near them."""
        return self.outcome.lacks

    @property
    def citation(self) -> str:
        """The law and article the line rests on."""
        return f"{self.law.document} {self.law.citation(self.figures[0]).article}".strip()

    @property
    def figures(self) -> tuple[str, ...]:
        """Names of the policy's figures it rests on."""
        return self.outcome.figures

    @property
    def facts(self) -> list[str]:
        """Paths of the facts it rests on."""
        return [path for where in self.outcome.facts for path in where.paths()]

    @property
    def assumed(self) -> list[str]:
        """Paths of qualifiers that were left out and taken as true (a birth year: as 1 January)."""
        return [path for where in self.outcome.assumed for path in where.paths()]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules say of one applicant on one day. Points throughout."""

    policy: str
    law: Law
    on: date
    total: int
    proven: int
    threshold: int
    ineligible_because: list[str]
    vetoes: list[str]
    lines: list[Line]
    missing: list[str]
    eligible_assumed: list[str]

    @property
    def version(self) -> str:
        """The version of the law that was applied."""
        return self.law.version

    @property
    def reached(self) -> bool:
        """Whether the threshold is reached without a veto. A veto is not a number: the total stands beside it."""
        return self.total >= self.threshold and not self.vetoes

    @property
    def eligible(self) -> bool:
        """Whether the applicant may apply; total and verdict are two things."""
        return not self.ineligible_because

    @property
    def assumed(self) -> list[str]:
        """Everything assumed, by path, each once."""
        return list(dict.fromkeys([path for line in self.lines for path in line.assumed] + self.eligible_assumed))


def assess(applicant: Applicant, policy: Policy, on: date, law_on: date | None = None) -> Assessment:
    """Assess the applicant on a day, under the law in force on it (or on `law_on`).

    Raises `engine.policy.NoLaw` for a day before the first version.
    """
    law = policy.law(law_on or on)
    claimed, proven = scopes(applicant)
    proven_outcomes = evaluate(proven, law, on)
    proven_out = not_taken(proven_outcomes)
    outcomes = evaluate(claimed, law, on)
    out = not_taken(outcomes)
    expired = law.ended(law_on or on)
    lines = []
    total = proven_total = 0
    for indicator in INDICATORS:
        outcome = outcomes.get(indicator)
        seen = proven_outcomes.get(indicator)
        points_proven = seen.points if seen is not None and indicator != proven_out else 0
        proven_total += points_proven
        if outcome is not None:
            counted = indicator != out
            total += outcome.points if counted else 0
            provisional = expired or outcome.provisional
            lines.append(Line(indicator, outcome.points, counted, points_proven, provisional, outcome, law))
    vetoed = vetoes(applicant.offence, on)
    last = last_month(law, Month.of(on))
    job = applicant.employment
    return Assessment(
        policy.id,
        law,
        on,
        max(0, total),
        max(0, proven_total),
        law.figures["threshold"],
        ineligible_because(applicant, claimed, law, on, bool(vetoed)),
        vetoed,
        lines,
        list(missing(applicant, claimed, last - longest_window(law) + 1, last)),
        ["employment.registered_in_shanghai"] if job is not None and job.registered_in_shanghai is None else [],
    )


def evaluate(scope: Scope, law: Law, on: date) -> dict[str, Outcome]:
    """What every indicator says, by its name; those of which the facts name nothing are not among them."""
    found = {}
    for indicator, rule in INDICATORS.items():
        outcome = rule.outcome(scope, law, on)
        if outcome is not None:
            found[indicator] = outcome
    return found


def not_taken(outcomes: Mapping[str, Outcome]) -> str | None:
    """The one of education and title that is not counted, where both are there."""
    first, second = (outcomes.get(indicator) for indicator in EITHER)
    if first is None or second is None:
        return None
    return EITHER[0] if second.points > first.points else EITHER[1]
