"""Schooling beside work: a course begun after the stage before it, or one under way brought to its end."""

from collections.abc import Iterator
from datetime import date

from engine.facts import Applicant, Education
from engine.lever_pack import SCHOOLS, Study
from engine.months import Month
from engine.reason import Reason

_FORM = "adult"  # beside work nobody studies full time
_COLLEGE = SCHOOLS.index("associate")


def study_from(a: Applicant, lever: Study, on: date) -> Month | Reason:
    """The first month in which the course begins, once a stage it may follow is finished: nothing overlaps (套读)."""
    now = Month(Month.of(on) + 1)
    there = next((row for _, row in _rows(a) if _has(row, lever)), None)
    if there is not None:
        return Reason("plan.studied", {"level_word": f"value.education.level.{there.level}"})
    at_it = under_way(a, lever, now)
    for n, record in _colleges(a):
        unclear = record.enrolled is None if n == at_it else True
        if record.graduated is None and unclear:
            return Reason("plan.study_unclear", {"level_word": f"value.education.level.{record.level}"})
    if at_it is not None:
        begun = a.education[at_it].enrolled
        if any(begun and row.graduated and begun < row.graduated for n, row in _colleges(a) if n != at_it):
            return Reason("plan.study_nested", {"level_word": f"value.education.level.{lever.level}"})
        return now
    ways = []
    for after, months in _stages(a, lever):
        begins = _opens(max(now, after), lever)
        ways.append((begins + months, begins))
    if not ways:
        levels = [f"value.education.level.{stage}" for stage in lever.months]
        return Reason("plan.study_before", {"levels_word": levels})
    return Month(min(ways)[1])


def studied(a: Applicant, lever: Study, start: Month) -> list[Education]:
    """The records with the course among them, or with the one under way finished."""
    ends = study_done(a, lever, start)
    at_it = under_way(a, lever, start)
    if at_it is None:
        course = Education.model_validate(
            {
                "level": lever.level,
                "degree": lever.degree,
                "form": _FORM,
                "place": "上海",
                "enrolled": start.first_day(),
                "graduated": ends,
            }
        )
        return [*a.education, course]
    finished = {"graduated": ends, "degree": a.education[at_it].degree if lever.degree == "none" else lever.degree}
    return [row.model_copy(update=finished) if n == at_it else row for n, row in enumerate(a.education)]


def study_done(a: Applicant, lever: Study, start: Month) -> date:
    """The day of graduation."""
    at_it = under_way(a, lever, start)
    if at_it is None:
        months = [months for after, months in _stages(a, lever) if after <= start]
        return Month(start + min(months, default=max(lever.months.values()))).first_day()
    record = a.education[at_it]
    if record.graduated is not None:
        return record.graduated
    begun = Month.of(record.enrolled) if record.enrolled else start
    return Month(max(begun + min(lever.months.values()), start + 1)).first_day()


def _rows(a: Applicant) -> Iterator[tuple[int, Education]]:
    return ((n, row) for n, row in enumerate(a.education) if row.evidence != "rejected" and row.level is not None)


def _rank(level: str | None) -> int:
    return SCHOOLS.index(level) if level in SCHOOLS else -1


def _has(record: Education, lever: Study) -> bool:
    """Whether the record is what the lever leads to, or more; a course that is not finished is not yet."""
    if _rank(record.level) > _rank(lever.level):
        return True
    if record.level != lever.level:
        return False
    if lever.degree != "none":
        return record.degree not in (None, "none")
    return record.graduated is not None


def under_way(a: Applicant, lever: Study, start: Month) -> int | None:
    """The place of a record of the level that has begun and whose graduation is still to come, or not known."""
    day = start.first_day()
    for n, record in _rows(a):
        begun = record.enrolled is None or record.enrolled < day
        if record.level == lever.level and begun and (record.graduated is None or record.graduated > day):
            return n
    return None


def _stages(a: Applicant, lever: Study) -> Iterator[tuple[int, int]]:
    """For each stage the course may follow: the month from which it may begin, and how many months it takes then.

    Whatever it follows, it begins after every college course there is: those that overlap are not recognised (套读).
    """
    free = max((Month.of(record.graduated) + 1 for _, record in _colleges(a) if record.graduated), default=0)
    for _, record in _rows(a):
        months = lever.months.get(record.level or "")
        if months is not None and (record.graduated is not None or _rank(record.level) < _COLLEGE):
            yield max(free, Month.of(record.graduated) + 1 if record.graduated else 0), months


def _colleges(a: Applicant) -> Iterator[tuple[int, Education]]:
    return ((n, record) for n, record in _rows(a) if _rank(record.level) >= _COLLEGE)


def _opens(month: int, lever: Study) -> int:
    """The first month from this one on in which the course begins."""
    return next(m for m in range(month, month + 12) if m % 12 + 1 in lever.starts)
