"""Applicants that are valid, for hypothesis: every section and every field of the applicant file may be there.

`documents()` gives plain data as an applicant file has it, `applicants()` the model. Values lie close to one another
(the same few companies, bases about the references, days of the years the rules look at): rules meet their edges.
"""

import string
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from engine.document import validate
from engine.facts import Applicant
from engine.fields import Field, Section, sections
from engine.months import Month

Document = dict[str, Any]

BASES = [0, 7460, 8000, 9116, 9117, 10338, 11396, 12000, 22791, 22792, 34187, 34188, 37302]
PROVINCES = ["上海", "江苏", "安徽", "河南"]
COMPANIES = ["上海甲科技有限公司", "上海乙实业有限公司", "上海丙贸易有限公司"]

days = st.dates(date(1995, 1, 1), date(2034, 12, 31)) | st.dates(date(1950, 1, 1), date(2105, 12, 31))
"""Days of the facts; mostly of the years the rules look at."""

months = st.integers(Month.parse("2009-01"), Month.parse("2032-12")).map(lambda m: str(Month(m)))
law_days = st.dates(date(2013, 7, 1), date(2100, 12, 31))
"""Every day on which there is a law."""

texts = st.sampled_from([*COMPANIES, "王小明", "Müller-Łukasz", "[b]x[/b]", "{name}"]) | st.text(
    string.ascii_letters + "甲乙丙丁·", min_size=1, max_size=12
)


@st.composite
def id_numbers(draw: st.DrawFn, born: date | None = None) -> str:
    """ID numbers with a right check digit, of a person born on a day."""
    day = born or draw(st.dates(date(1940, 1, 1), date(2026, 11, 22)))
    region = draw(st.sampled_from(["340104", "320102", "410105"]))
    number = f"{region}{day:%Y%m%d}{draw(st.integers(1, 999)):03d}"
    return number + ric.calc_check_digit(number + "0")


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    """Credit codes of Shanghai companies with a right check digit."""
    code = "91310115MA" + draw(st.text(string.digits, min_size=7, max_size=7))
    return code + uscc.calc_check_digit(code)


def _values(described: Field) -> st.SearchStrategy[Any]:
    name = described.path.rpartition(".")[2]
    if name == "id_number":
        return id_numbers()
    if name == "uscc":
        return credit_codes()
    if name == "province":
        return st.sampled_from(PROVINCES)
    if name == "company":
        return st.sampled_from(COMPANIES)
    if name == "year":
        return st.integers(2010, 2030)
    match described.kind:
        case "text":
            return texts
        case "date":
            return days.map(date.isoformat)
        case "month":
            return months
        case "money":
            return st.sampled_from(BASES) | st.integers(0, 2_000_000)
        case "integer":
            return st.integers(1950, 2040)
        case "decimal":
            return st.integers(0, 100).map(lambda hundredths: hundredths / 100)
        case "boolean":
            return st.booleans()
        case "choice":
            return st.sampled_from(described.choices)
        case "choices":
            return st.lists(st.sampled_from(described.choices), max_size=4, unique=True)
        case "texts":
            return st.lists(texts, max_size=3)


def _group(section: Section) -> st.SearchStrategy[Document]:
    optional = {member.path.rpartition(".")[2]: _member(member) for member in section.fields}
    return st.fixed_dictionaries({}, optional=optional)


def _member(member: Field | Section) -> st.SearchStrategy[Any]:
    if isinstance(member, Field):
        return _values(member)
    return st.lists(_group(member), max_size=4) if member.repeats else _group(member)


_SECTIONS = {section.path: section for section in sections()}
_WHOLE = st.fixed_dictionaries({}, optional={path: _member(s) for path, s in _SECTIONS.items() if path})
_PERSON = _group(_SECTIONS[""])
_SPANS = {
    "contract": ("from", "to"),
    "work": ("from", "to"),
    "education": ("enrolled", "graduated"),
    "insurance": ("from", "to"),
    "tax": ("from", "to"),
    "service": ("from", "to"),
    "talent": ("from", "to"),
}
_TERMS = {
    "permit": ("issued", "valid_until"),
    "employment": ("contract_from", "contract_until"),
    "notice": ("issued", "valid_until"),
}
_TITLES = ("junior", "intermediate", "senior")


def _in_order(group: Document, first: str, last: str) -> None:
    if first in group and last in group and group[last] < group[first]:
        group[first], group[last] = group[last], group[first]


def _agree(document: Document) -> None:
    """Takes out of a document what cannot be true together, as the applicant file's rules say it."""
    if "id_number" in document:
        for known in ("birth_date", "birth_year", "sex"):
            document.pop(known, None)
    elif "birth_date" in document:
        document.pop("birth_year", None)
    if document.get("marital_status", "married") != "married":
        document.pop("spouse", None)
    for section, ends in _SPANS.items():
        for row in document.get(section, []):
            _in_order(row, *ends)
    for section, ends in _TERMS.items():
        _in_order(document.get(section, {}), *ends)
    for held in document.get("qualification", []):
        if "level" in held:
            held["kind"] = "title" if held["level"] in _TITLES else "skill"
    for child in document.get("child", []):
        if "id_number" in child:
            child.pop("birth_date", None)
    taken = set()
    for row in document.get("investment", []):
        company_and_year = (row.get("company"), row.get("year"))
        if None not in company_and_year and company_and_year in taken:
            row["evidence"] = "rejected"
        taken.add(company_and_year)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Applicant files as plain data, each valid."""
    document: Document = draw(_PERSON) | draw(_WHOLE)
    for offence in document.get("offence", []):
        offence.setdefault("kind", draw(st.sampled_from(["false_materials", "detention", "serious_crime"])))
        offence.setdefault("date", draw(days).isoformat())
    _agree(document)
    return document


def applicants() -> st.SearchStrategy[Applicant]:
    """Applicants, each valid."""
    return documents().map(validate)


@st.composite
def earning_documents(draw: st.DrawFn, on: date) -> Document:
    """Applicant files whose facts mostly count on a day: born, schooled, insured and served in the years before it.

    Beside `documents()`, whose facts are anything valid, these reach the points more often.
    """
    document = draw(documents())
    document |= {"birth_date": (on - timedelta(days=draw(st.integers(17 * 365, 62 * 366)))).isoformat()}
    for known in ("id_number", "birth_year", "sex"):
        document.pop(known, None)
    for key in ("education", "insurance", "service", "investment"):
        document[key] = draw(st.lists(_group(_SECTIONS[key]), min_size=1, max_size=4))
    now = Month.of(on)
    for row in document["insurance"]:
        start = now - draw(st.integers(0, 60))
        row |= {"from": str(Month(start)), "base": draw(st.sampled_from(BASES))}
        if "to" in row:
            row["to"] = str(Month(start + draw(st.integers(0, 60))))
    for row in document["service"]:
        row["from"] = (on - timedelta(days=draw(st.integers(-10, 8 * 366)))).isoformat()
        if "to" in row:
            row["to"] = (date.fromisoformat(row["from"]) + timedelta(days=draw(st.integers(0, 3000)))).isoformat()
    for row in document["education"]:
        row["graduated"] = (on - timedelta(days=draw(st.integers(-10, 3000)))).isoformat()
    for row in document["investment"]:
        row |= {"company": COMPANIES[0], "year": on.year - draw(st.integers(1, 3))}
    _agree(document)
    return document
