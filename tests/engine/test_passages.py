"""A policy as people look it up: every figure with its days and place, subject by subject, the newest first."""

import tomllib
from copy import deepcopy
from datetime import date
from importlib.resources import files
from itertools import groupby
from typing import Any

import pytest

from engine.passages import Passage, passages
from engine.policy import Policy, load
from engine.policy_pack import figure_rows

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def shanghai() -> dict[str, Any]:
    return tomllib.loads(files("engine").joinpath("policies", "shanghai.toml").read_text(encoding="utf-8"))


@pytest.fixture
def pack(shanghai: dict[str, Any]) -> dict[str, Any]:
    """A pack of one's own, to change."""
    return deepcopy(shanghai)


def of(subject: str, found: list[Passage]) -> list[Passage]:
    return [passage for passage in found if passage.subject == subject]


def test_every_figure_of_the_pack_stands_in_them_with_its_days_and_grade(shanghai: dict[str, Any]) -> None:
    told = {
        (name, value, passage.since, passage.basis.article, passage.basis.grade)
        for passage in passages(load(), DAY)
        for name, value in passage.figures
    }
    for name, _, row, value in figure_rows(shanghai["figures"]):
        basis = shanghai["basis"][row["basis"]]
        assert (name, value, row["from"], basis["article"], basis["grade"]) in told
    for row in shanghai["wages"]["reference"]:
        assert ("reference", row["value"], date.fromisoformat(f"{row['from']}-01")) in {each[:3] for each in told}


def test_figures_of_one_place_and_the_same_days_stand_together() -> None:
    band = of("band_08", passages(load(), DAY))
    assert [len(passage.figures) for passage in band] == [4, 2, 2, 4]


def test_a_subject_stands_in_one_place_what_counts_first_the_newest_before_the_older() -> None:
    found = passages(load(), DAY)
    subjects = [subject for subject, _ in groupby(found, key=lambda passage: passage.subject)]
    assert len(subjects) == len(set(subjects))
    cap = [passage for passage in of("investment", found) if "investment.cap" in dict(passage.figures)]
    assert [(passage.since.year, dict(passage.figures)["investment.cap"]) for passage in cap] == [
        (2018, 120),
        (2015, 120),
        (2013, 100),
    ]
    assert [passage.state(DAY) for passage in cap] == ["counts", "past", "past"]


def test_a_passage_names_the_law_it_stood_in_last() -> None:
    newest, *_, oldest = of("band_1", passages(load(), DAY))
    assert "沪府规〔2022〕21号" in newest.document and "沪府发〔2013〕40号" in oldest.document


def test_what_is_to_come_stands_before_what_counts_until_then(pack: dict[str, Any]) -> None:
    pack["figures"]["spouse"] = [
        {"from": date(2013, 7, 1), "basis": "spouse", "per_year": 4},
        {"from": date(2013, 7, 1), "to": date(2026, 12, 31), "basis": "spouse", "cap": 40},
        {"from": date(2027, 1, 1), "basis": "spouse", "cap": 44},
    ]
    found = of("spouse", passages(Policy.from_pack(pack), DAY))
    assert [(passage.state(DAY), dict(passage.figures)) for passage in found] == [
        ("coming", {"spouse.cap": 44}),
        ("counts", {"spouse.per_year": 4}),
        ("counts", {"spouse.cap": 40}),
    ]
    assert found[2].to == date(2026, 12, 31)


def test_the_latest_wage_goes_on_until_another_is_published(pack: dict[str, Any]) -> None:
    latest, before, *_ = of("reference", passages(load(), DAY))
    assert (latest.goes_on, latest.state(DAY)) == (True, "counts")
    assert (before.goes_on, before.state(DAY)) == (False, "past")
    row = {"from": "2026-07", "to": "2027-06", "value": 12434, "basis": "reference_2024"}
    pack["wages"]["reference"].append(row)
    new, old, *_ = of("reference", passages(Policy.from_pack(pack), DAY))
    assert (new.figures, new.goes_on, new.state(DAY)) == ((("reference", 12434),), False, "counts")
    assert (old.goes_on, old.state(DAY)) == (False, "past")


def test_what_may_be_otherwise_is_open(pack: dict[str, Any]) -> None:
    found = passages(load(), DAY)
    assert of("reference", found)[0].open  # others say so, and no notice was found
    assert of("public_service", found)[0].open  # no source
    assert of("lingang", found)[0].open  # the pack says so
    assert not of("education", found)[0].open
    pack["basis"]["education"]["open"] = True
    assert of("education", passages(Policy.from_pack(pack), DAY))[0].open


def test_before_the_first_law_all_is_to_come() -> None:
    first = passages(load(), date(2010, 1, 1))
    assert {passage.state(date(2010, 1, 1)) for passage in first} == {"coming"}
