"""When a paper is asked for: a small closed set of conditions on the case, and on a row of its facts (process 2)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Any

from engine.assessment import Assessment, Line
from engine.facts import Applicant, Child, Education, Qualification
from engine.indicators.title import NEED_BASE
from engine.months import full_years
from engine.policy import Policy

SHANGHAI = "上海"
THREE_TIMES = 120  # points of the contribution base at 3x
LONG = timedelta(days=183)  # 超过半年: the proof of unemployment is asked for (A1)
SEARCHABLE = 2002  # diplomas before are not to be found in 学信网 as a rule (M3)
CHILD_AGE = 16
_NOT_FULL_TIME = frozenset({"adult", "self_study", "online", "open"})
_EARNS = ("associate", "bachelor", "master", "doctor")


@dataclass(frozen=True)
class Case:
    """An applicant on a day, the items that are put forward, and the score."""

    applicant: Applicant
    policy: Policy
    on: date
    claims: frozenset[str]
    assessment: Assessment

    def line(self, indicator: str) -> Line | None:
        """The line of an item that counts: of education and title also the lower one, put forward without the other."""
        return next((line for line in self.assessment.lines if line.indicator == indicator and self.taken(line)), None)

    def taken(self, line: Line) -> bool:
        """Whether a line counts with the items that are put forward."""
        other = {"education": "title", "title": "education"}.get(line.indicator)
        alone = line.indicator in self.claims and other is not None and other not in self.claims
        return line.counted or alone

    @cached_property
    def record(self) -> Education | None:
        """The education that earns: the best one that is done (convention 5)."""
        done = [
            row
            for row in self.applicant.education
            if row.evidence != "rejected" and row.level in _EARNS and row.graduated and row.graduated <= self.on
        ]
        return max(done, key=lambda row: _EARNS.index(row.level or ""), default=None)

    @cached_property
    def tax_months(self) -> int:
        """How long a tax list the route asks for (process 2.3): 36 at 3x, 48 with another band, 12 or 6 without."""
        base = self.line("contribution_base") if "contribution_base" in self.claims else None
        if base is not None and base.points:
            return 36 if base.points >= THREE_TIMES else 48
        college = self.record is not None and self.record.level == "associate"
        return 12 if "shortage_specialty" in self.claims and college else 6


def _worked(case: Case) -> bool:
    return any(row.place not in {None, SHANGHAI} and row.unemployed is not True for row in case.applicant.work)


def _unemployed(case: Case) -> bool:
    rows = (row for row in case.applicant.work if row.unemployed is True and row.from_ is not None)
    return any((row.to or case.on) - (row.from_ or case.on) > LONG for row in rows)


def _lingang(case: Case) -> bool:
    base = case.line("contribution_base")
    there = any(row.kind == "lingang" and row.evidence != "rejected" for row in case.applicant.service)
    return there and base is not None and base.points >= 100


def _needs_base(case: Case) -> bool:
    return any(f"{row.kind}.{row.level}" in NEED_BASE for row in _best_titles(case))


OF_CASE: Mapping[str, Callable[[Case], bool]] = MappingProxyType(
    {
        "dispatched": lambda case: (
            case.applicant.employment is not None and case.applicant.employment.dispatched is True
        ),
        "not_dispatched": lambda case: (
            case.applicant.employment is None or case.applicant.employment.dispatched is not True
        ),
        "tax_6": lambda case: case.tax_months == 6,
        "tax_12": lambda case: case.tax_months == 12,
        "tax_36": lambda case: case.tax_months == 36,
        "tax_48": lambda case: case.tax_months == 48,
        "worked_elsewhere": _worked,
        "long_unemployed": _unemployed,
        "lingang_at_2x": _lingang,
        "needs_base": _needs_base,
        "account_missing": lambda case: (
            case.applicant.employment is not None
            and case.applicant.employment.points_account in {"unregistered", "registered"}
        ),
        "agency": lambda case: (
            case.applicant.employment is not None
            and (case.applicant.employment.kind == "agency" or case.applicant.employment.dispatched is True)
        ),
        "branch": lambda case: case.applicant.employment is not None and case.applicant.employment.kind == "branch",
        "married": lambda case: (
            case.applicant.marital_status == "married"
            or (case.applicant.marital_status is None and case.applicant.spouse is not None)
        ),
        "divorced": lambda case: case.applicant.marital_status == "divorced",
    }
)


def _best_titles(case: Case) -> list[Qualification]:
    """The qualifications that the line of the title may rest on: obtained, not rejected, of the points it counts."""
    line = case.line("title")
    if line is None:
        return []
    points = case.policy.law(case.on).figures
    return [
        row
        for row in case.applicant.qualification
        if row.evidence != "rejected"
        and row.kind is not None
        and row.level is not None
        and row.obtained is not None
        and row.obtained <= case.on
        and points[f"{row.kind}.{row.level}"] == line.points
        and row.matches_post is not False
        and not (row.kind == "title" and row.while_in_shanghai is False)
    ]


def _elsewhere(case: Case, row: Education) -> bool:
    hukou = case.applicant.hukou.province if case.applicant.hukou is not None else None
    return row.place not in {None, SHANGHAI, hukou}


def _after_college(case: Case, row: Education) -> bool:
    before = any(other.level == "associate" and other is not row for other in case.applicant.education)
    return row.level == "bachelor" and (before or row.form in _NOT_FULL_TIME)


def _not_searchable(case: Case, row: Education) -> bool:
    early = row.graduated is not None and row.graduated.year < SEARCHABLE
    return row.chsi == "not_found" or (row.chsi != "found" and early)


def _of_16(case: Case, row: Child) -> bool:
    return row.born is not None and full_years(row.born, case.on) >= CHILD_AGE


OF_ROW: Mapping[str, Callable[[Case, Any], bool]] = MappingProxyType(
    {
        "of_claimed_education": lambda case, row: row is case.record,
        "overseas": lambda case, row: row.form == "overseas",
        "not_overseas": lambda case, row: row.form != "overseas",
        "not_searchable": _not_searchable,
        "not_full_time": lambda case, row: row.form in _NOT_FULL_TIME,
        "after_college": _after_college,
        "studied_elsewhere": _elsewhere,
        "title_by_exam": lambda case, row: row in _best_titles(case) and row.kind == "title" and row.by != "review",
        "title_by_review": lambda case, row: row in _best_titles(case) and row.kind == "title" and row.by == "review",
        "skill": lambda case, row: row in _best_titles(case) and row.kind == "skill",
        "child_benefits": lambda case, row: row.benefits is not False,
        "child_16": _of_16,
    }
)


def holds(case: Case, conditions: Iterable[str], row: Any = None) -> bool:
    """Whether all conditions hold of the case, and of the row."""
    return all(OF_CASE[name](case) if name in OF_CASE else OF_ROW[name](case, row) for name in conditions)
