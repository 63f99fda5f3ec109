"""The report of an assessment: plain data, worded in either language."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.assessment import assess
from engine.document import parse
from engine.policy import load
from engine.report import report

DAY = date(2026, 11, 22)


def reported(file: Path, language: str) -> dict[str, Any]:
    return report(assess(parse(file.read_bytes(), "toml"), load(), DAY), language)


def lines(file: Path, language: str) -> dict[str, dict[str, Any]]:
    return {line["indicator"]: line for line in reported(file, language)["lines"]}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_example_becomes_json_and_every_sentence_is_filled(examples: Path, language: str) -> None:
    for file in examples.glob("[01]*.toml"):
        found = json.loads(json.dumps(reported(file, language)))
        assert found["lines"]
        for line in found["lines"]:
            assert line["because"]
            assert not set("{}") & set(line["because"])


def test_what_is_lacking_to_more_points_is_said_with_the_reason_and_stands_beside_it(examples: Path) -> None:
    # 74 months are six years; ten more make the seventh, which is worth three points
    line = lines(examples / "10-months-that-do-not-count.toml", "zh")["insurance_years"]
    assert line["because"] == "74 个月，满 6 年；再缴 10 个月加 3 分"
    assert line["reason"] == {"code": "line.insurance_years", "values": {"months": 74, "years": 6}}
    assert line["lacks"] == {"code": "lacks.insurance_months", "values": {"more_months": 10, "more": 3}}


def test_where_nothing_more_is_to_be_had_nothing_is_lacking(examples: Path) -> None:
    line = lines(examples / "01-age-and-degree.toml", "zh")["age"]
    assert (line["because"], line["lacks"]) == ("38 岁", None)
