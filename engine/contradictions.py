"""Facts that are each possible and cannot be true together (the applicant file's rules, `docs/applicant-file.md`)."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.kinds import id_birth, id_sex
from engine.reason import Reason

if TYPE_CHECKING:
    from engine.facts import Applicant

ROWS = [
    "contract",
    "work",
    "education",
    "qualification",
    "insurance",
    "tax",
    "investment",
    "service",
    "talent",
    "award",
    "child",
    "offence",
]
_SPANS = ("contract", "work", "insurance", "tax", "service", "talent")
_TITLES = ("junior", "intermediate", "senior")


class Contradiction(NamedTuple):
    """The key that cannot stand, the value it has, and why."""

    key: str
    value: Any
    reason: Reason


def contradictions(applicant: "Applicant") -> Iterator[Contradiction]:
    """Every contradiction in the facts, each at the key a person would look at."""
    yield from _person(applicant)
    yield from _terms(applicant)
    yield from _rows(applicant)
    yield from _investments(applicant)
    yield from _row_ids(applicant)


def _against_id(key: str, other: str, number: str | None, birth: date | None) -> Iterator[Contradiction]:
    if number and birth and id_birth(number) != birth:
        yield Contradiction(
            key,
            birth,
            Reason("fact.birth_against_id", {"other": other, "there": str(id_birth(number)), "here": str(birth)}),
        )


def _person(a: "Applicant") -> Iterator[Contradiction]:
    yield from _against_id("birth_date", "id_number", a.id_number, a.birth_date)
    if a.id_number and a.sex and id_sex(a.id_number) != a.sex:
        yield Contradiction(
            "sex",
            a.sex,
            Reason(
                "fact.sex_against_id",
                {
                    "other": "id_number",
                    "there_word": f"value.sex.{id_sex(a.id_number)}",
                    "here_word": f"value.sex.{a.sex}",
                },
            ),
        )
    if a.birth_year is not None and (a.birth_date or a.id_number):
        other = "birth_date" if a.birth_date else "id_number"
        yield Contradiction("birth_year", a.birth_year, Reason("fact.birth_year_beside", {"other": other}))
    if a.spouse is not None and a.marital_status not in {None, "married"}:
        yield Contradiction(
            "spouse",
            a.marital_status,
            Reason("fact.spouse_unmarried", {"status_word": f"value.marital_status.{a.marital_status}"}),
        )


def _ordered(key: str, start_key: str, start: Any, end: Any) -> Iterator[Contradiction]:
    if start is not None and end is not None and end < start:
        yield Contradiction(key, end, Reason("fact.before", {"other": start_key, "start": str(start), "end": str(end)}))


def _terms(a: "Applicant") -> Iterator[Contradiction]:
    if a.permit:
        yield from _ordered("permit.valid_until", "issued", a.permit.issued, a.permit.valid_until)
    if a.employment:
        e = a.employment
        yield from _ordered("employment.contract_until", "contract_from", e.contract_from, e.contract_until)
    if a.notice:
        yield from _ordered("notice.valid_until", "issued", a.notice.issued, a.notice.valid_until)


def _rows(a: "Applicant") -> Iterator[Contradiction]:
    for section in _SPANS:
        for n, row in enumerate(getattr(a, section)):
            yield from _ordered(f"{section}.{n}.to", "from", row.from_, row.to)
    for n, record in enumerate(a.education):
        yield from _ordered(f"education.{n}.graduated", "enrolled", record.enrolled, record.graduated)
    for n, held in enumerate(a.qualification):
        if held.kind and held.level and (held.kind == "title") != (held.level in _TITLES):
            code = "fact.title_level" if held.kind == "title" else "fact.skill_level"
            yield Contradiction(f"qualification.{n}.level", held.level, Reason(code, {"level": held.level}))
    for n, child in enumerate(a.child):
        yield from _against_id(f"child.{n}.birth_date", "id_number", child.id_number, child.birth_date)


def _investments(a: "Applicant") -> Iterator[Contradiction]:
    seen: set[tuple[str, int]] = set()
    for n, row in enumerate(a.investment):
        if row.evidence == "rejected" or row.company is None or row.year is None:
            continue
        if (row.company, row.year) in seen:
            values = {"company": row.company, "year": row.year}
            yield Contradiction(f"investment.{n}.year", row.year, Reason("fact.investment_twice", values))
        seen.add((row.company, row.year))


def _row_ids(a: "Applicant") -> Iterator[Contradiction]:
    lists = [(section, getattr(a, section)) for section in ROWS]
    if a.employment:
        lists.append(("employment.hr", a.employment.hr))
    for section, rows in lists:
        seen: set[str] = set()
        for n, row in enumerate(rows):
            if row.id is not None and row.id in seen:
                yield Contradiction(f"{section}.{n}.id", row.id, Reason("fact.row_id_twice", {"id": row.id}))
            seen.add(row.id or "")
