"""Education (convention 5), the shortage specialty (8) and the fresh graduate (12)."""

from collections.abc import Iterator
from datetime import date, timedelta

from engine.facts import Education
from engine.moved import Moved
from engine.outcome import Outcome, Where, assumed
from engine.policy import Law
from engine.reason import Reason
from engine.scope import Scope

_DEGREES = {"none": 0, "bachelor": 1, "master": 2, "doctor": 3}
_LEVELS = {"associate": 0, "bachelor": 1, "master": 2, "doctor": 3}


def _figure(record: Education) -> str | None:
    """The figure a record would earn once graduated; None where it earns nothing by itself."""
    level = record.level
    degree = _DEGREES[record.degree or "none"]
    if level == "associate":
        return "education.associate"
    if level == "bachelor":
        return "education.bachelor_degree" if degree else "education.bachelor"
    if level in {"master", "doctor"} and degree >= _LEVELS[level]:
        return f"education.{level}"
    return None


def _earns(record: Education, on: date) -> bool:
    return _figure(record) is not None and record.graduated is not None and record.graduated <= on


def education(scope: Scope, law: Law, on: date) -> Outcome | None:
    """Points of the best record graduated by the day."""
    best: tuple[int, int, int, str] | None = None
    for n, record in scope.education:
        figure = _figure(record)
        if figure and record.graduated and record.graduated <= on:
            candidate = (law.figures[figure], -record.graduated.toordinal(), -n, figure)
            best = candidate if best is None or candidate > best else best
    lacks = _coming(scope, law, on, best[0] if best else 0)
    if best is None:
        return lacks and Outcome(0, lacks[1], (lacks[2],), (Where("education", (lacks[0],)),))
    points, _, place, figure = best
    words = {"schooling_word": f"schooling.{figure.removeprefix('education.')}"}
    reason = Reason("line.education", words)
    return Outcome(points, reason, (figure,), (Where("education", (-place,)),), (), lacks and lacks[1])


def _coming(scope: Scope, law: Law, on: date, above: int) -> tuple[int, Reason, str] | None:
    """The record with the most points among those that do not earn yet, and what it lacks.

    Among equals the one that graduates first, then the sentence, decides: the order of rows does not matter.
    """
    found: list[tuple[int, str, str, str, int, str]] = []
    for n, record in scope.education:
        figure, level = _figure(record), record.level
        if level is None or _earns(record, on):
            continue
        if figure is None:
            degreed = level in {"master", "doctor"}
            name, code = (f"education.{level}", "degree") if degreed else ("education.associate", "below_associate")
            points = law.figures[name] if degreed else 0
        else:
            name, code = figure, "graduates" if record.graduated else "graduated_unknown"
            points = law.figures[name]
        if points > above or not above:
            found.append((-points, str(record.graduated), code, level, n, name))
    if not found:
        return None
    _, day, code, coming, place, name = min(found)
    values = {"level_word": f"value.education.level.{coming}"} | ({"day": day} if code == "graduates" else {})
    return place, Reason(f"lacks.{code}", values), name


def education_days(scope: Scope, law: Law, after: date, until: date) -> Iterator[date]:
    """Graduations."""
    return (record.graduated for _, record in scope.education if record.graduated)


def education_because(moved: Moved) -> Reason:
    """A diploma."""
    return Reason("because.graduates", moved.values("schooling_word"))


def shortage_specialty(scope: Scope, law: Law, on: date) -> Outcome | None:
    """Points where an earning record is in the catalogue of shortage majors and the post matches it."""
    named = [(n, record) for n, record in scope.education if record.shortage_major]
    if not named:
        return None
    figures = ("shortage_specialty.points",)
    earning = [n for n, record in named if _earns(record, on)]
    job = scope.employment
    if not earning:
        return Outcome(0, Reason("lacks.shortage_record", {}), figures, (Where("education", (named[0][0],)),))
    facts = (Where("education", (earning[0],)), Where("employment"))
    if job is None:
        return Outcome(0, Reason("lacks.shortage_employment", {}), figures, facts[:1])
    if job.post_matches_major is False:
        return Outcome(0, Reason("lacks.shortage_post", {}), figures, facts)
    taken = assumed("employment", None, post_matches_major=job.post_matches_major)
    return Outcome(law.figures[figures[0]], Reason("line.shortage_specialty", {}), figures, facts, taken)


def shortage_specialty_because(moved: Moved) -> Reason:
    """The diploma of a shortage major."""
    assert moved.after is not None  # what has earned once goes on
    level = dict(moved.scope.education)[moved.after.row].level
    return Reason("because.shortage_graduates", {"level_word": f"value.education.level.{level}"})


def fresh_graduate(scope: Scope, law: Law, on: date) -> Outcome | None:
    """Points from a full-time graduation to 30 June of the next year."""
    names = ("fresh_graduate.points", "fresh_graduate.until_month", "fresh_graduate.until_day")
    found: tuple[date, int, date] | None = None
    coming: tuple[date, int] | None = None
    for n, record in scope.education:
        if record.form != "full_time" or record.level not in _LEVELS or record.graduated is None:
            continue
        until = _fresh_until(record.graduated, law)
        if record.graduated <= on <= until:
            found = max(found or (until, n, until), (until, n, until))
        elif on < record.graduated:
            coming = min(coming or (record.graduated, n), (record.graduated, n))
    if found:
        reason = Reason("line.fresh_graduate", {"until": str(found[2])})
        return Outcome(law.figures[names[0]], reason, names, (Where("education", (found[1],)),))
    if coming:
        reason = Reason("lacks.fresh_graduate", {"day": str(coming[0])})
        return Outcome(0, reason, names, (Where("education", (coming[1],)),))
    if "fresh_graduate" in scope.claims and scope.education:
        return Outcome(0, Reason("lacks.fresh_graduate_over", {}), names)
    return None


def _fresh_until(graduated: date, law: Law) -> date:
    return date(graduated.year + 1, law.figures["fresh_graduate.until_month"], law.figures["fresh_graduate.until_day"])


def fresh_graduate_days(scope: Scope, law: Law, after: date, until: date) -> Iterator[date]:
    """Graduations, and the day after the June of the next year."""
    for _, record in scope.education:
        if record.graduated is not None:
            yield record.graduated
            yield _fresh_until(record.graduated, law) + timedelta(days=1)


def fresh_graduate_because(moved: Moved) -> Reason:
    """The graduation, or that the June of the next year is over."""
    return Reason(f"because.fresh_graduate_{'begins' if moved.rises else 'ends'}", moved.values("until"))
