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
PROVINCES = ["上海", "上海市", "上海", "上海", "江苏", "安徽"]
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


def values(described: Field) -> st.SearchStrategy[Any]:
    """Values of a fact, each valid by itself."""
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


def _group(section: Section, only: str | None = None, *, whole: bool = False) -> st.SearchStrategy[Document]:
    """A group with any of its fields (or of those named), or with all of them."""
    members = {member.path.rpartition(".")[2]: member for member in section.fields}
    drawn = {name: _member(members[name]) for name in (members if only is None else only.split())}
    return st.fixed_dictionaries(drawn) if whole else st.fixed_dictionaries({}, optional=drawn)


def _member(member: Field | Section) -> st.SearchStrategy[Any]:
    if isinstance(member, Field):
        return values(member)
    return st.lists(_group(member), max_size=4) if member.repeats else _group(member)


_SECTIONS = {section.path: section for section in sections()}
_WHOLE = st.fixed_dictionaries({}, optional={path: _member(s) for path, s in _SECTIONS.items() if path})
_PERSON = _group(_SECTIONS[""])
# The facts that points rest on, first those without which a group earns nothing: fewer to draw, more that count
_EARNING = {
    "permit": ("valid_until", "kind issued"),
    "employment": ("", "kind registered_in_shanghai points_account post_matches_major"),
    "education": ("level graduated", "degree form shortage_major evidence"),
    "qualification": ("level obtained", "while_in_shanghai matches_post evidence"),
    "insurance": ("from base", "to province pay_kind seen_until payer_matches_contract tax_matches evidence"),
    "investment": ("company year tax_paid", "share local_staff evidence"),
    "service": ("kind from", "to lives_there evidence"),
    "talent": ("kind from", "to evidence"),
    "award": ("level granted", "while_in_shanghai evidence"),
    "spouse": ("married", "shanghai_hukou evidence"),
    "offence": ("kind date", "evidence"),
}


def _earner(path: str) -> st.SearchStrategy[Any]:
    section = _SECTIONS[path]
    needed, beside = _EARNING[path]
    group = st.builds(lambda first, then: first | then, _group(section, needed, whole=True), _group(section, beside))
    return st.lists(group, min_size=1, max_size=3) if section.repeats else group


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
        offence.setdefault("kind", "detention")
        offence.setdefault("date", "2022-04-01")
    _agree(document)
    return document


def applicants() -> st.SearchStrategy[Applicant]:
    """Applicants, each valid."""
    return documents().map(validate)


_EARNERS = st.fixed_dictionaries(
    {path: _earner(path) for path in _EARNING if path != "offence"}, optional={"offence": _earner("offence")}
)


@st.composite
def earning_documents(draw: st.DrawFn, on: date) -> Document:
    """Applicant files with facts that count, most of them on a day: insured, served, invested in the years before it.

    Beside `documents()`, whose facts are anything valid, these reach the points more often.
    """
    document: Document = draw(_EARNERS)
    if draw(st.booleans()):
        document["birth_date"] = (on - timedelta(days=draw(st.integers(17 * 365, 62 * 366)))).isoformat()
    else:
        document["id_number"] = draw(id_numbers(date(1985, 3, 7)))
    now = Month.of(on)
    for row in document.get("insurance", []):
        start = now - draw(st.integers(-1, 120))
        row["from"] = str(Month(start))
        if "to" in row:
            row["to"] = str(Month(start + draw(st.integers(0, 60))))
    for row in document.get("service", []):
        start_day = on - timedelta(days=draw(st.integers(-10, 8 * 366)))
        row["from"] = start_day.isoformat()
        if "to" in row:
            row["to"] = (start_day + timedelta(days=draw(st.integers(0, 3000)))).isoformat()
    if document.get("investment"):
        span = draw(st.integers(1, 3))
        document["investment"] = [
            row | {"company": COMPANIES[n // span % len(COMPANIES)], "year": on.year - 1 - n % span}
            for n, row in enumerate(document["investment"] * 2)
        ]
    _agree(document)
    return document
