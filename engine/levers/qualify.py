"""Passing a title or a skill's grade: when somebody may, and what is held then."""

from collections.abc import Iterator
from datetime import date

from engine.facts import Applicant, Qualification
from engine.insured import OPEN
from engine.lever_pack import QUALIFICATIONS, SCHOOLS, WORK, Qualify
from engine.months import Month
from engine.reason import Reason


def qualify_from(a: Applicant, lever: Qualify, on: date) -> Month | Reason:
    """Next month, or so late that on the day it is passed what it may follow has lasted long enough."""
    if a.employment is None:
        return Reason("plan.employment", {})
    kind = lever.qualification.partition(".")[0]
    for held in _held(a, kind):
        grade = f"{kind}.{held.level}"
        if grade in QUALIFICATIONS and QUALIFICATIONS.index(grade) >= QUALIFICATIONS.index(lever.qualification):
            return Reason("plan.qualified", {"grade_word": f"grade.{grade}"})
    if lever.schooling is not None and not any(True for _ in _graduations(a, lever.schooling)):
        return Reason("plan.schooling", {"level_word": f"value.education.level.{lever.schooling}"})
    now = int(Month.of(on)) + 1
    allowed = min(_allowed(a, lever, now), default=None)
    if allowed is None:
        return Reason("plan.not_yet", {"after": [_told(what, months) for what, months in lever.after.items()]})
    return Month(max(now, allowed - lever.months))


def qualified(a: Applicant, lever: Qualify, start: Month) -> list[Qualification]:
    """The qualifications with the one passed among them."""
    kind, _, level = lever.qualification.partition(".")
    passed = Qualification(
        kind=kind,
        level=level,
        obtained=Month(start + lever.months).first_day(),
        while_in_shanghai=True,
        matches_post=True,
    )
    return [*a.qualification, passed]


def _held(a: Applicant, kind: str) -> Iterator[Qualification]:
    """Those of a kind that are of use in Shanghai for the post."""
    for held in a.qualification:
        elsewhere = kind == "title" and held.while_in_shanghai is False
        if held.kind == kind and held.evidence != "rejected" and held.matches_post is not False and not elsewhere:
            yield held


def _graduations(a: Applicant, least: str) -> Iterator[date]:
    """Days of graduation from at least a stage of schooling."""
    for record in a.education:
        if record.evidence == "rejected" or record.graduated is None or record.level is None:
            continue
        if SCHOOLS.index(record.level) >= SCHOOLS.index(least):
            yield record.graduated


def _allowed(a: Applicant, lever: Qualify, now: int) -> Iterator[int]:
    """For each thing it may follow that is there: the first month in which that has lasted long enough."""
    for what, months in lever.after.items():
        if what == WORK:
            worked = _worked(a, now, months)
            if worked is not None:
                yield worked
        elif what in SCHOOLS:
            for record in a.education:
                if record.level == what and record.evidence != "rejected" and record.graduated is not None:
                    yield _whole(record.graduated) + months
        else:
            kind, _, level = what.partition(".")
            for held in _held(a, kind):
                if held.level == level and held.obtained is not None:
                    yield _whole(held.obtained) + months


def _whole(day: date) -> int:
    """The first month that begins on the day or after it."""
    return int(Month.of(day)) + (day.day > 1)


def _worked(a: Applicant, now: int, months: int) -> int | None:
    """The first month before which so many have been worked: insured anywhere, told of, or under contract."""
    spans: list[tuple[int, int]] = []
    for paid in a.insurance:
        if paid.from_ is not None and paid.evidence != "rejected":
            spans.append((int(paid.from_), OPEN if paid.to is None else int(paid.to)))
    told = [(work.from_, work.to) for work in a.work if not work.unemployed]
    for begun, ended in told + [(contract.from_, contract.to) for contract in a.contract]:
        if begun is not None and ended is not None:
            spans.append((_whole(begun), int(Month.of(ended))))
    if a.employment is not None:  # and goes on working there
        begun = a.employment.contract_from
        spans.append((min(now, _whole(begun)) if begun else now, OPEN))
    done, upto = 0, 0
    for first, last in sorted(spans):
        first = max(first, upto)
        if last < first:
            continue
        if done + last - first + 1 >= months:
            return first + months - done
        done += last - first + 1
        upto = last + 1
    return None


def _told(what: str, months: int) -> Reason:
    key = "work" if what == WORK else f"value.education.level.{what}" if what in SCHOOLS else f"grade.{what}"
    code = "plan.months_of_work" if what == WORK else "plan.months_since"
    return Reason(code, {"months": months} | ({} if what == WORK else {"what_word": key}))
