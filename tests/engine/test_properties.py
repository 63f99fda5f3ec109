"""What holds for every valid applicant on every day there is a law, whatever the facts."""

import copy
import random
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from assessing import POLICY
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from strategies import Document, documents, earning_documents, law_days

from engine.assessment import Assessment, assess
from engine.document import Invalid, validate
from engine.fields import field
from engine.indicators import INDICATORS
from engine.words import LANGUAGES, say

TODAY = date(2026, 11, 22)
ROWS = ["education", "qualification", "insurance", "investment", "service", "talent", "award", "offence"]
DEDUCTIONS = {"false_materials", "detention", "sentence"}
many = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)

anything = documents() | earning_documents(TODAY)
earning = earning_documents(TODAY)  # the same with fewer facts that are beside the point
near = st.dates(date(2024, 1, 1), date(2028, 12, 31))
days = law_days | near | st.just(TODAY)


def assessed(document: Document, on: date, law_on: date | None = None) -> Assessment:
    return assess(validate(document), POLICY, on, law_on)


def numbers(found: Assessment) -> tuple[Any, ...]:
    """All that is counted, without the places of the facts."""
    lines = [(line.indicator, line.points, line.counted, line.proven, line.provisional) for line in found.lines]
    verdict = (found.reached, sorted(found.ineligible_because), found.vetoes)
    return found.total, found.proven, lines, verdict


def evidenced(document: Document) -> Iterator[tuple[str, int | None]]:
    """Everything that can carry evidence: rows, and the spouse."""
    for section in ROWS:
        for n in range(len(document.get(section, []))):
            yield section, n
    if "spouse" in document:
        yield "spouse", None


def verified(document: Document, section: str, n: int | None) -> Document:
    changed = copy.deepcopy(document)
    (changed[section] if n is None else changed[section][n])["evidence"] = "verified"
    return changed


# It answers


@settings(many, max_examples=150)
@given(documents(), law_days, st.none() | law_days)
def test_no_valid_applicant_makes_it_raise(document: Document, on: date, law_on: date | None) -> None:
    assessed(document, on, law_on)


@many
@given(earning, near)
def test_nor_one_whose_facts_mostly_count(document: Document, on: date) -> None:
    assessed(document, on)


@many
@given(anything, days)
def test_every_line_can_be_said_in_both_languages(document: Document, on: date) -> None:
    for line in assessed(document, on).lines:
        for reason in filter(None, (line.reason, line.lacks)):
            for language in LANGUAGES:
                said = say(reason, language)
                assert said.strip()
                assert not re.search(r"[{}]|\bNone\b|Month\(|Decimal\(", said), said
        assert line.citation.strip()


@many
@given(anything, days)
def test_every_path_leads_to_facts_of_the_applicant(document: Document, on: date) -> None:
    """Facts and assumptions name rows that are there; what is missing or assumed is a field that is not there."""
    found = assessed(document, on)
    for line in found.lines:
        for path in line.facts:
            section, *rest = path.split(".")
            assert section in document, path
            assert not rest or 0 <= int(rest[0]) < len(document[section]), path
    for path in [*found.assumed, *found.missing]:
        if path in {"birth_year", "birth_date"}:
            continue
        section, *row, name = path.split(".")
        assert field(f"{section}.{name}")
        group = document[section][int(row[0])] if row else document[section]
        assert name not in group, path


# Numbers agree with one another


@many
@given(earning, days)
def test_the_total_is_the_sum_of_its_lines(document: Document, on: date) -> None:
    found = assessed(document, on)
    assert found.total == max(0, sum(line.points for line in found.lines if line.counted))
    assert found.proven == max(0, sum(line.proven for line in found.lines))
    assert found.reached is (found.total >= 120 and not found.vetoes)
    assert found.eligible is (not found.ineligible_because)


@many
@given(earning, days)
def test_each_indicator_stands_once_and_in_its_order(document: Document, on: date) -> None:
    names = [line.indicator for line in assessed(document, on).lines]
    assert names == [indicator for indicator in INDICATORS if indicator in names]


@many
@given(earning, days)
def test_of_education_and_title_the_higher_is_counted(document: Document, on: date) -> None:
    lines = {line.indicator: line for line in assessed(document, on).lines}
    assert all(line.counted for name, line in lines.items() if name not in {"education", "title"})
    if {"education", "title"} <= set(lines):
        taken = "title" if lines["title"].points > lines["education"].points else "education"
        assert [name for name in ("education", "title") if lines[name].counted] == [taken]


MOST = {
    "age": 30,
    "education": 110,
    "title": 140,
    "contribution_base": 120,
    "shortage_specialty": 30,
    "investment": 120,
    "talent": 240,
    "suburb": 20,
    "fresh_graduate": 10,
    "award": 110,
    "spouse": 40,
}


@many
@given(earning, days)
def test_no_item_is_worth_more_than_its_cap(document: Document, on: date) -> None:
    for line in assessed(document, on).lines:
        if line.indicator in DEDUCTIONS:
            assert line.points < 0
        else:
            assert 0 <= line.points <= MOST.get(line.indicator, 10_000)


# What is proven


@many
@given(earning, days)
def test_what_is_proven_is_claimed_as_well(document: Document, on: date) -> None:
    """Rows that are spoken of never take points from those that are verified; deductions are proven as they are."""
    found = assessed(document, on)
    assert found.proven <= found.total
    for line in found.lines:
        if line.indicator in DEDUCTIONS:
            assert line.proven == line.points
        else:
            assert 0 <= line.proven <= line.points


@many
@given(earning, days, st.randoms(use_true_random=False))
def test_verifying_what_is_there_never_lowers_what_is_proven(
    document: Document, on: date, chance: random.Random
) -> None:
    """Row after row is verified, in any order, rejected ones too; at the end all that can be is."""
    places = list(evidenced(document))
    chance.shuffle(places)
    before = assessed(document, on)
    for section, n in places:
        changed = verified(document, section, n)
        try:
            after = assessed(changed, on)
        except Invalid:  # a rejected row of a company and year that has another one cannot be verified
            continue
        assert after.proven >= before.proven, (section, n)
        document, before = changed, after


@many
@given(earning, earning, days)
def test_adding_verified_rows_never_lowers_what_is_proven(document: Document, other: Document, on: date) -> None:
    """The rows of another applicant, verified, one after another; offences are no evidence for points."""
    before = assessed(document, on)
    for section in ROWS:
        for row in other.get(section, []) if section != "offence" else []:
            added = {key: value for key, value in row.items() if key != "id"} | {"evidence": "verified"}
            changed = document | {section: [*document.get(section, []), added]}
            try:
                after = assessed(changed, on)
            except Invalid:  # a second row of one company and year
                continue
            assert after.proven >= before.proven, (section, added)
            assert after.total >= before.total, (section, added)
            document, before = changed, after


@many
@given(earning, days)
def test_having_seen_more_months_never_lowers_what_is_proven(document: Document, on: date) -> None:
    """Every row's statement reaches further."""
    further = copy.deepcopy(document)
    for row in further.get("insurance", []):
        if "seen_until" in row or "to" not in row:
            row["seen_until"] = "2150-01"
    assert assessed(further, on).proven >= assessed(document, on).proven


@many
@given(earning, days)
def test_verified_all_over_everything_is_proven_but_what_was_not_seen(document: Document, on: date) -> None:
    """Every row verified, every month seen, an ID number in place of the birth: proven is the total."""
    for section, n in list(evidenced(document)):
        document = verified(document, section, n)
    for row in document.get("insurance", []):
        row.pop("seen_until", None)
        if "to" not in row:
            row["seen_until"] = "2150-01"
    for known in ("birth_date", "birth_year", "sex"):
        document.pop(known, None)
    document["id_number"] = "340104199003074516"
    try:
        found = assessed(document, on)
    except Invalid:
        assume(False)  # rejected rows of one company and year, all verified
        return
    assert found.proven == found.total
    assert all(line.proven == (line.points if line.counted else 0) for line in found.lines)


# What must not matter


@many
@given(earning, days, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(document: Document, on: date, chance: random.Random) -> None:
    shuffled = copy.deepcopy(document)
    for rows in shuffled.values():
        if isinstance(rows, list):
            chance.shuffle(rows)
    one, other = assessed(document, on), assessed(shuffled, on)
    assert numbers(one) == numbers(other)
    assert [line.reason for line in one.lines] == [line.reason for line in other.lines]


@many
@given(earning, days)
def test_a_rejected_row_is_as_if_it_were_not_there(document: Document, on: date) -> None:
    without = copy.deepcopy(document)
    for section in ROWS:
        if section in without and section != "offence":
            without[section] = [row for row in without[section] if row.get("evidence") != "rejected"]
    if without.get("spouse", {}).get("evidence") == "rejected":
        del without["spouse"]
    assert numbers(assessed(document, on)) == numbers(assessed(without, on))


@many
@given(anything, days)
def test_what_earns_nothing_changes_nothing(document: Document, on: date) -> None:
    """Contact, hukou, archive, notice, work, contracts, tax, children: they serve the form and the papers."""
    office = "contact hukou archive notice contract work tax child name ethnic_group claims schooling_complete"
    bare = {key: value for key, value in document.items() if key not in office.split()}
    assert {line.indicator for line in assessed(bare, on).lines} <= {x.indicator for x in assessed(document, on).lines}
    bare_lines = {line.indicator: line.points for line in assessed(bare, on).lines if line.points}
    lines = {line.indicator: line.points for line in assessed(document, on).lines if line.points}
    assert bare_lines == lines
    assert assessed(bare, on).ineligible_because == assessed(document, on).ineligible_because


@many
@given(earning, near, st.integers(1, 11))
def test_where_a_row_of_insurance_is_cut_does_not_matter(document: Document, on: date, at: int) -> None:
    """A row of a year, and the same year in two rows: one case."""
    whole = {"from": "2025-01", "to": "2025-12", "base": 12000, "evidence": "verified"}
    parts = [whole | {"to": f"2025-{at:02d}"}, whole | {"from": f"2025-{at + 1:02d}"}]
    rows = document.get("insurance", [])
    one = assessed(document | {"insurance": [*rows, whole]}, on)
    other = assessed(document | {"insurance": [*rows, *parts]}, on)
    assert numbers(one) == numbers(other)
