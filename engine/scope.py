"""What the rules look at: the applicant as claimed, and the same facts cut down to what is proven."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from engine.facts import (
    Applicant,
    Award,
    Education,
    Employment,
    EvidencedRow,
    Indicator,
    Investment,
    Offence,
    Qualification,
    Service,
    Spouse,
    Talent,
)
from engine.insured import Insured, insured
from engine.kinds import id_birth

R = TypeVar("R", bound=EvidencedRow)


class Scope(NamedTuple):
    """The facts that count, each row with its place in the applicant's list. Rejected rows are not among them.

    `baseless` are the insurance rows whose base is not known, `(row, first month, last month)`.
    """

    born: date | None
    born_from: str
    claims: list[Indicator]
    employment: Employment | None
    insured: Insured
    education: list[tuple[int, Education]]
    qualification: list[tuple[int, Qualification]]
    investment: list[tuple[int, Investment]]
    service: list[tuple[int, Service]]
    talent: list[tuple[int, Talent]]
    award: list[tuple[int, Award]]
    spouse: Spouse | None
    offence: list[tuple[int, Offence]]
    baseless: list[tuple[int, int, int]]


def scopes(a: Applicant) -> tuple[Scope, Scope]:
    """The applicant as claimed, and as proven (convention 16).

    Proven are the rows (spouse included) with verified evidence and the age an ID number carries; employment and
    offences stay as they are.
    """
    months, proven_months, baseless = insured(a.insurance)
    claimed = claimed_scope(a, months, baseless)
    proven = Scope(
        id_birth(a.id_number) if a.id_number else None,
        "id_number",
        claimed.claims,
        a.employment,
        proven_months,
        _verified(claimed.education),
        _verified(claimed.qualification),
        _verified(claimed.investment),
        _verified(claimed.service),
        _verified(claimed.talent),
        _verified(claimed.award),
        a.spouse if a.spouse is not None and a.spouse.evidence == "verified" else None,
        claimed.offence,
        baseless,
    )
    return claimed, proven


def claimed_scope(a: Applicant, months: Insured, baseless: list[tuple[int, int, int]]) -> Scope:
    """The applicant as claimed, whose months of insurance have been looked at already."""
    return Scope(
        a.born,
        "birth_date" if a.birth_date else "id_number" if a.id_number else "birth_year",
        a.claims or [],
        a.employment,
        months,
        _counting(a.education),
        _counting(a.qualification),
        _counting(a.investment),
        _counting(a.service),
        _counting(a.talent),
        _counting(a.award),
        None if a.spouse is None or a.spouse.evidence == "rejected" else a.spouse,
        list(enumerate(a.offence)),
        baseless,
    )


def _counting(rows: Sequence[R]) -> list[tuple[int, R]]:
    return [(n, row) for n, row in enumerate(rows) if row.evidence != "rejected"]


def _verified(rows: list[tuple[int, R]]) -> list[tuple[int, R]]:
    return [(n, row) for n, row in rows if row.evidence == "verified"]
