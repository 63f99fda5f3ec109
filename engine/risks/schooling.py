"""Risks of schooling: 专本套读, 前置学历, 三地一致, 学习中心, verification (process 4 R01 to R06)."""

from datetime import date
from typing import NamedTuple

from engine.facts import Education
from engine.months import Month, add_months
from engine.risks.found import Case, Looks, Risk, Severity, Unknown, because, remedy

_NOT_FULL_TIME = frozenset({"adult", "self_study", "online", "open"})
_EARNS = ("associate", "bachelor", "master", "doctor")
_BEFORE = frozenset({"high_school", "secondary_vocational", "associate"})
SHANGHAI = "上海"


class _Record(NamedTuple):
    path: str
    row: Education


def look(case: Case) -> Looks:
    """All of schooling, record by record."""
    records = [
        _Record(f"education.{n}", row)
        for n, row in enumerate(case.applicant.education)
        if row.evidence != "rejected" and row.level is not None
    ]
    for record in records:
        if record.row.level in _EARNS:
            yield from _nested(case, record, records)
            yield from _prior(case, record, records)
            yield from _place(case, record)
            yield from _centre(case, record)
            yield from _verified(case, record)


def _counts(case: Case, record: _Record) -> bool:
    """Whether the counted line of education is this record's."""
    best = max(
        (row for row in case.applicant.education if row.evidence != "rejected" and _done(row, case.on)),
        key=lambda row: _EARNS.index(row.level) if row.level in _EARNS else -1,
        default=None,
    )
    return best is record.row and case.counted("education") > 0


def _done(row: Education, on: date) -> bool:
    return row.graduated is not None and row.graduated <= on


def _risk(case: Case, risk: str, record: _Record, severe: Severity, form: str = "", **values: object) -> Risk:
    counts = _counts(case, record)
    severity: Severity = "high" if severe == "block" and not counts else severe
    return Risk(
        risk,
        severity,
        because(risk, form, level_word=f"value.education.level.{record.row.level}", **values),
        remedy(risk),
        (record.path,),
        "education",
        case.counted("education") if counts else 0,
    )


def _nested(case: Case, record: _Record, records: list[_Record]) -> Looks:
    """A bachelor begun before the college was finished (R01), or finished suspiciously soon after it."""
    if record.row.level != "bachelor":
        return
    for college in records:
        finished = college.row.graduated
        if college.row.level != "associate" or finished is None:
            continue
        begun, done = record.row.enrolled, record.row.graduated
        if done is not None and done <= finished:
            continue
        if begun is None:
            yield Unknown("nested_study", (f"{record.path}.enrolled",))
        elif begun < finished:
            found = _risk(case, "nested_study", record, "block", enrolled=begun, graduated=finished)
            yield _with(found, college.path)
        if (
            (begun is None or begun >= finished)
            and done is not None
            and done < add_months(finished, case.thresholds.graduations_months)
        ):
            months = case.thresholds.graduations_months
            found = _risk(case, "nested_study", record, "medium", "close", first=finished, second=done, months=months)
            yield _with(found, college.path)


def _with(found: Risk, path: str) -> Risk:
    return Risk(
        found.risk,
        found.severity,
        found.reason,
        found.remedy,
        (*found.paths, path),
        found.indicator,
        found.points,
        found.day,
    )


def _prior(case: Case, record: _Record, records: list[_Record]) -> Looks:
    """What was not studied full time rests on schooling before it (R02)."""
    if record.row.form not in _NOT_FULL_TIME:
        return
    before = _BEFORE if record.row.level == "bachelor" else _BEFORE - {"associate"}
    if record.row.level in {"master", "doctor"}:
        before = frozenset({"bachelor", "master"})
    if any(other.row.level in before for other in records):
        return
    if case.applicant.schooling_complete is not True:
        yield Unknown("missing_prior_schooling", ("schooling_complete",))
        return
    yield _risk(case, "missing_prior_schooling", record, "block")


def _place(case: Case, record: _Record) -> Looks:
    """Studied neither where the household is registered nor where one worked (R03, R06)."""
    row = record.row
    if row.form not in _NOT_FULL_TIME - {"online"} or row.place == SHANGHAI:
        return
    hukou = case.applicant.hukou.province if case.applicant.hukou is not None else None
    if row.place is None or hukou is None or row.enrolled is None:
        missing = {f"{record.path}.place": row.place, "hukou.province": hukou, f"{record.path}.enrolled": row.enrolled}
        yield Unknown("study_place_mismatch", tuple(path for path, value in missing.items() if value is None))
        return
    until = row.graduated or case.on
    worked = _worked_in(case, row.enrolled, until)
    if row.place in worked:
        return
    if row.place == hukou:
        if worked:  # 户籍地学习, 外地缴保: to be explained
            yield _risk(case, "study_place_mismatch", record, "high", "at_home", place=row.place, worked=sorted(worked))
        return
    if not worked:
        yield Unknown("study_place_mismatch", ("insurance", "work"))
        return
    yield _risk(case, "study_place_mismatch", record, "block", place=row.place, hukou=hukou, worked=sorted(worked))


def _worked_in(case: Case, first: date, last: date) -> set[str]:
    """The provinces in which the applicant was insured or worked on any day of a span."""
    insured = {
        row.province or SHANGHAI
        for row in case.applicant.insurance
        if row.evidence != "rejected"
        and row.from_ is not None
        and row.from_ <= Month.of(last)
        and (row.to is None or row.to >= Month.of(first))
    }
    worked = {
        row.place
        for row in case.applicant.work
        if row.place is not None
        and row.unemployed is not True
        and row.from_ is not None
        and row.from_ <= last
        and (row.to is None or row.to >= first)
    }
    return insured | worked


def _centre(case: Case, record: _Record) -> Looks:
    """网络教育 is taken with a centre in Shanghai only (R04)."""
    if record.row.form != "online":
        return
    if record.row.centre is None:
        yield Unknown("net_college_centre", (f"{record.path}.centre",))
    elif SHANGHAI not in record.row.centre:
        yield _risk(case, "net_college_centre", record, "high", centre=record.row.centre)


def _verified(case: Case, record: _Record) -> Looks:
    """Not to be found in 学信网, not looked for yet, or with a report that has run out (R05)."""
    row = record.row
    if not _done(row, case.on) or row.form == "overseas":
        return
    if row.chsi is None:
        yield Unknown("education_unverified", (f"{record.path}.chsi",))
    elif row.chsi == "not_found":
        yield _risk(case, "education_unverified", record, "high")
    elif row.chsi == "not_checked":
        yield _risk(case, "education_unverified", record, "medium", "unchecked")
    if row.report_valid_until is not None and row.report_valid_until < case.on:
        yield _risk(case, "education_unverified", record, "medium", "report", day=row.report_valid_until)
