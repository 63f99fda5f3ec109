"""What the law leaves open: each question's answer in the pack, and what the other answer would change."""

import copy
import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
from assessing import POLICY, paid

from engine.assessment import assess
from engine.document import validate
from engine.policy import Policy

PACK = tomllib.loads(files("engine").joinpath("policies", "shanghai.toml").read_text(encoding="utf-8"))


def answering(parameter: str, answer: str) -> Policy:
    """The pack with one question answered otherwise."""
    pack = copy.deepcopy(PACK)
    pack["parameters"][parameter]["value"] = answer
    return Policy.from_pack(pack)


def worth(policy: Policy, document: dict[str, Any], on: str) -> dict[str, int]:
    lines = assess(validate(document), policy, date.fromisoformat(on)).lines
    return {line.indicator: line.points for line in lines if line.points}


@pytest.mark.parametrize(
    ("parameter", "answer"),
    [
        ("window.ends", "month_before"),
        ("band.higher_counts", "yes"),
        ("band.compare_with", "own_month"),
        ("service.counts_back", "yes"),
    ],
)
def test_the_answers_of_the_pack(parameter: str, answer: str) -> None:
    assert POLICY.law(date(2026, 11, 22)).parameters[parameter] == answer


def test_whether_the_month_of_the_day_is_counted() -> None:
    """Paid from July 2023 at 1x, asked on 15 June 2026: 35 months to May. With June 36: three years, and the band."""
    document = {"insurance": [paid("2023-07", None, 11396)]}
    assert worth(POLICY, document, "2026-06-15") == {"insurance_years": 6}
    same_month = answering("window.ends", "same_month")
    assert worth(same_month, document, "2026-06-15") == {"insurance_years": 9, "contribution_base": 50}


def test_whether_months_above_a_band_count_towards_it() -> None:
    """18 months at 2x and 18 at 1x: 36 at 1x or more, 18 at just 1x. Months at 3x are above 2x and in the top band."""
    mixed = {"insurance": [paid("2023-06", "2024-11", 22792), paid("2024-12", None, 11396)]}
    top = {"insurance": [paid("2023-06", None, 40000)]}
    to_the_letter = answering("band.higher_counts", "no")
    assert worth(POLICY, mixed, "2026-06-15") == {"insurance_years": 9, "contribution_base": 50}
    assert worth(to_the_letter, mixed, "2026-06-15") == {"insurance_years": 9}
    assert worth(to_the_letter, top, "2026-06-15") == {"insurance_years": 9, "contribution_base": 120}


def test_which_reference_a_month_is_compared_with() -> None:
    """36 months to June 2021, each at the 1x of its own month: 7132, 7832, 8211 and 9339.

    Against the last month's 9339 only the last 12 are at 1x, and the first 9, 7132, are not even at 0.8x (7471.2).
    """
    rows = [
        paid("2018-07", "2019-03", 7132),
        paid("2019-04", "2019-10", 7832),
        paid("2019-11", "2020-06", 8211),
        paid("2020-07", "2021-06", 9339),
    ]
    latest = answering("band.compare_with", "latest_month")
    assert worth(POLICY, {"insurance": rows}, "2021-07-15") == {"insurance_years": 9, "contribution_base": 50}
    assert worth(latest, {"insurance": rows}, "2021-07-15") == {"insurance_years": 9}


def test_whether_the_years_before_counting_starts_count() -> None:
    """Five years of public service: 5 x 4, or the fifth alone; seven years in a suburb: 7 x 2, or the last three."""
    rows = [{"kind": "public", "from": "2021-11-22"}, {"kind": "suburb", "from": "2019-11-22"}]
    from_then_on = answering("service.counts_back", "no")
    assert worth(POLICY, {"service": rows}, "2026-11-22") == {"public_service": 20, "suburb": 14}
    assert worth(from_then_on, {"service": rows}, "2026-11-22") == {"public_service": 4, "suburb": 6}
