"""What a report says beside the reason: how much is lacking to more points."""

from datetime import date
from pathlib import Path
from typing import Any

from engine.assessment import assess
from engine.document import parse
from engine.policy import load
from engine.report import report


def lines(file: Path) -> dict[str, dict[str, Any]]:
    found = report(assess(parse(file.read_bytes(), "toml"), load(), date(2026, 11, 22)), "zh")
    return {line["indicator"]: line for line in found["lines"]}


def test_it_is_said_with_the_reason_and_stands_beside_it(examples: Path) -> None:
    # 74 months are six years; ten more make the seventh, which is worth three points
    line = lines(examples / "10-months-that-do-not-count.toml")["insurance_years"]
    assert line["because"] == "74 个月，满 6 年；再缴 10 个月加 3 分"
    assert line["reason"] == {"code": "line.insurance_years", "values": {"months": 74, "years": 6}}
    assert line["lacks"] == {"code": "lacks.insurance_months", "values": {"more_months": 10, "more": 3}}


def test_where_nothing_more_is_to_be_had_nothing_is_lacking(examples: Path) -> None:
    line = lines(examples / "01-age-and-degree.toml")["age"]
    assert (line["because"], line["lacks"]) == ("38 岁", None)
