"""The worked examples: `expected.json` was reckoned by hand, and the engine must agree with it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from assessing import POLICY

from engine.assessment import Assessment, assess
from engine.document import parse

EXAMPLES = Path(__file__).parent.parent / "examples"
EXPECTED = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))
CASES = [{"case": name, "on": EXPECTED["on"]} | entry for name, entry in EXPECTED["cases"].items()]
ALL = CASES + EXPECTED["also"]


def told(entry: dict[str, Any]) -> str:
    return " ".join(filter(None, [entry["case"], entry["on"], entry.get("law")]))


def assessed(entry: dict[str, Any]) -> Assessment:
    applicant = parse((EXAMPLES / f"{entry['case']}.toml").read_bytes(), "toml")
    law_on = date.fromisoformat(entry["law"]) if "law" in entry else None
    return assess(applicant, POLICY, date.fromisoformat(entry["on"]), law_on)


def test_every_example_has_an_answer() -> None:
    files = {path.stem for path in EXAMPLES.glob("[0-9]*.toml")}
    assert files == set(EXPECTED["cases"])
    assert (len(CASES), len(EXPECTED["also"])) == (17, 20)


@pytest.mark.parametrize("entry", ALL, ids=told)
def test_counted_lines(entry: dict[str, Any]) -> None:
    lines = assessed(entry).lines
    assert {line.indicator: line.points for line in lines if line.counted and line.points} == entry["lines"]


@pytest.mark.parametrize("entry", ALL, ids=told)
def test_total_proven_and_version(entry: dict[str, Any]) -> None:
    found = assessed(entry)
    expected = tuple(entry[key] for key in ("total", "proven", "reached", "version"))
    assert (found.total, found.proven, found.reached, found.version) == expected


@pytest.mark.parametrize("entry", ALL, ids=told)
def test_who_may_apply_and_why_not(entry: dict[str, Any]) -> None:
    found = assessed(entry)
    assert found.eligible is entry["eligible"]
    assert sorted(found.ineligible_because) == sorted(entry["ineligible_because"])


@pytest.mark.parametrize("entry", CASES, ids=told)
def test_proven_lines(entry: dict[str, Any]) -> None:
    lines = assessed(entry).lines
    assert {line.indicator: line.proven for line in lines if line.proven} == entry["proven_lines"]
