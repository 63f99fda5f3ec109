"""Convention 10: 120 points for each kind of talent while the day lies in its dates; not in the 2013 version."""

from typing import Any

import pytest
from assessing import LAWS, assessed, points, proven

ROW = {"kind": "entrepreneur", "from": "2025-01-01", "to": "2026-12-31"}
KINDS = ["entrepreneur", "intermediary"]


def talent(*rows: dict[str, Any], on: str = "2026-11-22", law: str | None = None) -> int:
    return points({"talent": list(rows)}, "talent", on, law)


@pytest.mark.parametrize("kind", KINDS)
def test_there_was_no_talent_in_2013(kind: str) -> None:
    row = ROW | {"kind": kind}
    assert {version: talent(row, law=law) for version, law in LAWS.items()} == {
        "2013": 0,
        "2015": 120,
        "2018": 120,
        "2023": 120,
    }


def test_from_its_first_day_to_its_last() -> None:
    assert talent(ROW, on="2024-12-31") == 0
    assert talent(ROW, on="2025-01-01") == 120
    assert talent(ROW, on="2026-12-31") == 120
    assert talent(ROW, on="2027-01-01") == 0


def test_without_an_end_it_goes_on() -> None:
    assert talent({"kind": "intermediary", "from": "2025-01-01"}, on="2040-01-01") == 120


def test_the_two_kinds_add_up() -> None:
    assert talent(*(ROW | {"kind": kind} for kind in KINDS)) == 240


def test_one_kind_counts_once() -> None:
    assert talent(ROW, ROW) == 120


def test_a_rejected_row_counts_for_nothing() -> None:
    assert talent(ROW | {"evidence": "rejected"}) == 0


@pytest.mark.parametrize("left_out", ["from", "kind"])
def test_without_its_first_day_or_kind_it_earns_nothing_and_is_missed(left_out: str) -> None:
    row = {key: value for key, value in ROW.items() if key != left_out}
    document = {"birth_date": "1990-01-01", "talent": [row]}
    assert points(document, "talent", "2026-11-22") == 0
    assert assessed(document, "2026-11-22").missing == [f"talent.0.{left_out}"]


def test_each_kind_is_proven_by_itself() -> None:
    rows = [ROW | {"evidence": "verified"}, ROW | {"kind": "intermediary"}]
    assert talent(*rows) == 240
    assert proven({"talent": rows}, "talent", "2026-11-22") == 120
