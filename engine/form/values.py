"""What is worked out for the form, and when a field has something to be filled in: small closed sets, by name."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from engine.facts import Applicant
from engine.kinds import id_birth, id_sex
from engine.policy import Policy
from engine.schooling import entered_primary, school_year
from engine.words import word
from engine.workflow.renewal import insurance_months

FORM = "zh"  # the form is filled in in Chinese, whatever the language of the screen


class Asked(NamedTuple):
    """Whose form it is, on which day, and what is put forward; in a section of rows the row."""

    applicant: Applicant
    policy: Policy
    on: date
    claims: tuple[str, ...]
    row: Any = None


def _sex(asked: Asked) -> str | None:
    known = asked.applicant
    sex = known.sex or (id_sex(known.id_number) if known.id_number else None)
    return None if sex is None else word(f"value.sex.{sex}", FORM)


def _born(asked: Asked) -> str | None:
    known = asked.applicant
    born = known.birth_date or (id_birth(known.id_number) if known.id_number else None)
    return None if born is None else born.isoformat()


def _contract_until(asked: Asked) -> str | None:
    work = asked.applicant.employment
    if work is None:
        return None
    if work.contract_until is not None:
        return work.contract_until.isoformat()
    return word("form_value.open_ended", FORM) if work.open_ended else None


def _hr(name: str) -> Callable[[Asked], str | None]:
    def value(asked: Asked) -> str | None:
        people = asked.applicant.employment.hr if asked.applicant.employment is not None else []
        return getattr(people[0], name) if people else None

    return value


def _work_to(asked: Asked) -> str | None:
    if asked.row.from_ is None and asked.row.to is None:
        return None
    return asked.row.to.isoformat() if asked.row.to is not None else word("form_value.till_now", FORM)


def _work_unit(asked: Asked) -> str | None:
    unit = asked.row.unit
    return word("form_value.unemployed", FORM) if asked.row.unemployed else None if unit is None else str(unit)


def _insurance_months(asked: Asked) -> str | None:
    if not asked.applicant.insurance:
        return None
    months = insurance_months(asked.applicant, asked.policy, asked.on)
    return None if months is None else str(months)


def _child_born(asked: Asked) -> str | None:
    return None if asked.row.born is None else asked.row.born.isoformat()


def _years_at_school(asked: Asked) -> int | None:
    entered = entered_primary(asked.row, asked.on)
    return None if entered is None else max(school_year(asked.on) - entered + 1, 0)


def _grade(asked: Asked) -> str | None:
    years = _years_at_school(asked)
    if years is None:
        return None
    return word(f"school_grade.{years}", FORM) if years <= 12 else word("form_value.left_school", FORM)


def _claims(asked: Asked) -> str | None:
    return "、".join(word(f"value.claims.{name}", FORM) for name in asked.claims) or None


VALUES: Mapping[str, Callable[[Asked], str | None]] = MappingProxyType(
    {
        "sex": _sex,
        "born": _born,
        "contract_until": _contract_until,
        "hr_name": _hr("name"),
        "hr_phone": _hr("phone"),
        "work_to": _work_to,
        "work_unit": _work_unit,
        "insurance_months": _insurance_months,
        "child_born": _child_born,
        "grade": _grade,
        "claims": _claims,
        "nowhere": lambda _: None,  # the form asks for it, and nothing keeps it
    }
)


def _married(asked: Asked) -> bool:
    known = asked.applicant
    return known.marital_status == "married" or (known.marital_status is None and known.spouse is not None)


CONDITIONS: Mapping[str, Callable[[Asked], bool]] = MappingProxyType(
    {
        "married": _married,
        "online": lambda asked: asked.row.form == "online",
        "after_high_school": lambda asked: asked.row.level != "high_school",
        "has_degree": lambda asked: asked.row.degree not in {None, "none"},
        "qualified": lambda asked: asked.row.kind is not None or asked.row.level is not None,
        "is_title": lambda asked: asked.row.kind == "title",
        "in_school": lambda asked: (_years_at_school(asked) or 1) in range(1, 13),
    }
)
