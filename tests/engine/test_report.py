"""The report of an assessment: the keys other programs rely on, and a sentence for every line."""

import json
from datetime import date

import pytest
from assessing import assessed, paid
from hypothesis import HealthCheck, given, settings
from strategies import Document, documents, earning_documents, law_days

from engine.report import report
from engine.words import LANGUAGES

KEYS = "policy version on total proven threshold reached eligible ineligible_because assumed lines missing vetoes"
LINE_KEYS = "indicator points counted proven because citation assumed provisional reason"

DOCUMENT: Document = {
    "birth_date": "1990-03-07",
    "education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01", "evidence": "verified"}],
    "qualification": [{"kind": "title", "level": "senior", "obtained": "2020-01-01"}],
    "insurance": [paid("2024-12", None, 34188)],
    "award": [{"level": "provincial"}],
}


def test_it_has_the_keys_other_programs_rely_on() -> None:
    told = report(assessed(DOCUMENT, "2026-06-15"), "zh")
    assert set(KEYS.split()) <= set(told)
    assert all(set(LINE_KEYS.split()) <= set(line) for line in told["lines"])
    assert all(set(line["reason"]) == {"code", "values"} for line in told["lines"])


def test_it_says_what_the_assessment_says() -> None:
    """Age 30; a senior title's 140 against the degree's 90; 18 months insured, 3; 18 of 24 months at 3x, nothing."""
    told = report(assessed(DOCUMENT, "2026-06-15"), "zh")
    lines = {line["indicator"]: (line["points"], line["counted"], line["proven"]) for line in told["lines"]}
    assert lines == {
        "age": (30, True, 0),
        "education": (90, False, 90),
        "title": (140, True, 0),
        "insurance_years": (3, True, 0),
        "contribution_base": (0, True, 0),
        "award": (0, True, 0),
    }
    assert (told["version"], told["on"], told["threshold"]) == ("2023", "2026-06-15", 120)
    assert (told["total"], told["proven"], told["reached"]) == (173, 90, True)
    assert (told["eligible"], told["missing"], told["vetoes"]) == (False, ["award.0.granted"], [])
    assert sorted(told["ineligible_because"]) == ["employer", "permit"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_that_falls_short_says_by_how_much(language: str) -> None:
    told = report(assessed(DOCUMENT, "2026-06-15"), language)
    (base,) = [line for line in told["lines"] if line["indicator"] == "contribution_base"]
    assert "18/24" in base["because"].replace(" ", "")


def test_sentences_are_of_the_language_asked_for() -> None:
    zh, en = (report(assessed(DOCUMENT, "2026-06-15"), language)["lines"] for language in ("zh", "en"))
    assert [line["reason"] for line in zh] == [line["reason"] for line in en]
    assert all(line["because"].isascii() for line in en)
    assert not any(line["because"].isascii() for line in zh)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents() | earning_documents(date(2026, 11, 22)), law_days)
def test_whatever_the_facts_it_is_plain_json(document: Document, on: date) -> None:
    told = report(assessed(document, on.isoformat()), "zh")
    assert json.loads(json.dumps(told, ensure_ascii=False, allow_nan=False)) == told
