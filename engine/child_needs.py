"""What each child still lacks for the school or examination it comes to next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.application_steps import has_permit, on_notice
from engine.durations import Durations
from engine.durations import load as load_durations
from engine.exams import Exam, ExamCalendar, Span
from engine.facts import Applicant, Child
from engine.months import add_months, add_years
from engine.needs import Coming, coming
from engine.policy import Policy
from engine.reason import Reason
from engine.timeline import Timeline, timeline


@dataclass(frozen=True, slots=True)
class ChildNeed:
    """One child (`path` into the applicant), what it comes to next (`kind`, `year`), and what is not in order for it.

    Kind and year are None where the facts do not say, `exam` also where no calendar reaches that year. `over`: its days
    lie behind. `totals` are the points on the first and the last day that is left of its span. `lacks` says what stands
    against it, `unknown` what nobody knows yet, by path; where both are empty nothing is left to do.
    """

    path: str
    name: str | None
    kind: str | None
    year: int | None
    exam: Exam | None
    over: bool
    totals: tuple[int, int] | None
    lacks: tuple[Reason, ...]
    unknown: tuple[str, ...]


def child_needs(
    applicant: Applicant, policy: Policy, exams: ExamCalendar, on: date, durations: Durations | None = None
) -> list[ChildNeed]:
    """The needs of all children as seen on a day, by exam year; those beyond school and rejected rows have none.

    Raises `engine.policy.NoLaw` for a day before the first version of the law.
    """
    case = _Case(applicant, policy, on, durations or load_durations())
    found = [case.need(each) for each in coming(applicant, exams, on)]
    return sorted(found, key=lambda need: (need.year is None, need.year or 0))


@dataclass(frozen=True, slots=True)
class _Case:
    applicant: Applicant
    policy: Policy
    on: date
    durations: Durations

    def need(self, coming: Coming) -> ChildNeed:
        path, child, kind, year, exam = coming
        over = exam is not None and exam.span.last < self.on
        totals, lacks = None, list[Reason]()
        unknown = [f"{path}.birth_date"] if year is None else []
        if exam is not None and not over:
            left = Span(max(exam.span.first, self.on), exam.span.last)
            score = timeline(self.applicant, self.policy, left.first, left.last)
            totals = score.steps[0].total, score.steps[-1].total
            lacks = [
                *_score(score),
                *self._notice(child, left),
                *self._permit(left),
                *self._child(child, left),
                *(self._gaokao(exam.span) if exam.kind == "gaokao" else ()),
            ]
            unknown += self._unknown(child, path, exam)
        return ChildNeed(path, child.name, kind, year, exam, over, totals, tuple(lacks), tuple(unknown))

    def _notice(self, child: Child, left: Span) -> Iterator[Reason]:
        notice = self.applicant.notice
        if notice is None:
            yield Reason("backward.no_notice", {})
            return
        if child.name is not None and not on_notice(self.applicant, child):
            yield Reason("backward.not_on_notice", {})
        if notice.valid_until is not None and notice.valid_until < left.last:
            yield _ends("notice_ends", notice.valid_until, left)

    def _permit(self, left: Span) -> Iterator[Reason]:
        permit = self.applicant.permit
        if permit is None or not has_permit(self.applicant):
            yield Reason("backward.no_permit", {})
        elif permit.valid_until is not None and permit.valid_until < left.last:
            yield _ends("permit_ends", permit.valid_until, left)
        elif permit.valid_until is not None:
            months = self.durations.limits["left_at_hand_in_months"]
            if permit.valid_until < add_months(left.last, months):
                yield Reason("backward.permit_little_left", {"end": permit.valid_until.isoformat(), "months": months})

    def _child(self, child: Child, left: Span) -> Iterator[Reason]:
        if child.lives_together is False:
            yield Reason("backward.not_together", {})
        if child.benefits is False:
            yield Reason("backward.no_benefits", {})
        if child.permit_valid_until is not None and child.permit_valid_until < left.last:
            yield _ends("child_permit_ends", child.permit_valid_until, left)

    def _gaokao(self, span: Span) -> Iterator[Reason]:
        """Beside the points: an examination 中考 in Shanghai, which no fact tells, or some years of permit."""
        permit, years = self.applicant.permit, self.durations.limits["gaokao_permit_years"]
        if (
            permit is not None
            and permit.first_issued is not None
            and add_years(permit.first_issued, years) > span.first
        ):
            yield Reason("backward.gaokao_years", {"issued": permit.first_issued.isoformat(), "years": years})

    def _unknown(self, child: Child, path: str, exam: Exam) -> Iterator[str]:
        permit, notice = self.applicant.permit, self.applicant.notice
        if notice is not None and child.name is None:
            yield f"{path}.name"
        if child.permit_valid_until is None:
            yield f"{path}.permit_valid_until"
        if notice is not None and notice.valid_until is None:
            yield "notice.valid_until"
        if permit is not None and has_permit(self.applicant):
            if permit.valid_until is None:
                yield "permit.valid_until"
            if exam.kind == "gaokao" and permit.first_issued is None:
                yield "permit.first_issued"


def _ends(code: str, end: date, left: Span) -> Reason:
    return Reason(f"backward.{code}", {"end": end.isoformat(), "last": left.last.isoformat()})


def _score(found: Timeline) -> Iterator[Reason]:
    """The first day of the span on which the score is not reached, and how low it goes."""
    short = [step for step in found.steps if not step.reached]
    if not short:
        return
    first, lowest = short[0], min(short, key=lambda step: step.total)
    if first.vetoed:
        yield Reason("backward.veto", {"day": first.day.isoformat()})
        return
    yield Reason(
        "backward.score",
        {
            "day": first.day.isoformat(),
            "total": first.total,
            "threshold": found.threshold,
            "least": lowest.total,
            "least_on": lowest.day.isoformat(),
        },
    )
