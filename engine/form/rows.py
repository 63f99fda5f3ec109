"""The rows of facts that the form wants, one block each: in the order of time, the school before the first job among
those of work, an empty one where everybody must have one."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from engine.facts import Applicant, Education, Work
from engine.form.pack import SectionKind
from engine.form.values import CONDITIONS, Asked

_OF_SCHOOL = MappingProxyType({"from": "enrolled", "to": "graduated", "unit": "school", "place": "place"})
_EMPTY: Mapping[str, Any] = MappingProxyType({"education": Education(), "work": Work()})


class FormRow(NamedTuple):
    """A row of facts: `at` is its path, by its id or place; `names` what its facts are called there."""

    at: str
    row: Any
    names: Mapping[str, str] = MappingProxyType({})

    def path(self, fact: str) -> str:
        """Where one of its facts stands."""
        return f"{self.at}.{self.names.get(fact, fact)}"


def rows(section: SectionKind, asked: Asked) -> Iterator[FormRow]:
    """The rows of a section. Rejected ones are left out: nothing is put forward that counts for nothing."""
    assert section.rows is not None
    every = enumerate(getattr(asked.applicant, section.rows))
    found = [FormRow(f"{section.rows}.{row.id or place}", row) for place, row in every if _stands(row)]
    if section.when is not None:
        found = [each for each in found if CONDITIONS[section.when](asked._replace(row=each.row))]
    if section.rows == "education":
        found.sort(key=lambda each: each.row.enrolled or each.row.graduated or date.max)
    elif section.rows == "work":
        found.sort(key=lambda each: each.row.from_ or date.max)
        yield from _school_before(asked.applicant, found)
    if not found and section.needed:
        found = [FormRow(f"{section.rows}.0", _EMPTY[section.rows])]
    yield from found


def _stands(row: Any) -> bool:
    return getattr(row, "evidence", None) != "rejected"


def _school_before(applicant: Applicant, work: list[FormRow]) -> Iterator[FormRow]:
    """The school before the first job: the first line of what is asked of one's work (process 6.2)."""
    began = work[0].row.from_ if work else None
    if began is None:
        return
    done = [
        (row.graduated, f"education.{row.id or place}", row)
        for place, row in enumerate(applicant.education)
        if row.graduated is not None and row.graduated <= began and _stands(row)
    ]
    if done:
        _, at, school = max(done, key=lambda each: each[0])
        facts = {"unit": school.school, "place": school.place, "from": school.enrolled, "to": school.graduated}
        yield FormRow(at, Work.model_validate(facts), _OF_SCHOOL)
