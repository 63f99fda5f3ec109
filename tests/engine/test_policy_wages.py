"""The two wage series of the Shanghai pack: the 1x reference for points, and the average behind the limits."""

from datetime import date

import pytest

from engine.months import Month
from engine.policy import load
from engine.wages import Wages

# From which month: contribution average, upper and lower limit; 1x for points.
WAGES = {
    "2011-04": (3896, 11688, 2338, 3896),
    "2012-04": (4331, 12993, 2599, 4331),
    "2013-04": (4692, 14076, 2815, 4692),
    "2014-04": (5036, 15108, 3022, 5036),
    "2015-04": (5451, 16353, 3271, 5451),
    "2016-04": (5939, 17817, 3563, 5939),
    "2017-04": (6504, 19512, 3902, 6504),
    "2018-04": (7132, 21396, 4279, 7132),
    "2019-04": (7832, 23496, 4699, 7832),
    "2019-05": (8211, 24633, 4927, 7832),
    "2019-11": (8211, 24633, 4927, 8211),
    "2020-07": (9339, 28017, 4927, 9339),
    "2021-07": (10338, 31014, 5975, 10338),
    "2022-07": (11396, 34188, 6520, 10338),
    "2023-07": (12183, 36549, 7310, 11396),
    "2024-07": (12307, 36921, 7384, 11396),
    "2025-07": (12434, 37302, 7460, 11396),
}
LAST_PUBLISHED = "2026-06"


@pytest.fixture
def wages() -> Wages:
    """The series are the same under every law."""
    return load().law(date(2026, 11, 22)).wages


def month(text: str) -> Month:
    return Month.parse(text)


@pytest.mark.parametrize("first", WAGES)
def test_both_series_from_the_first_month_of_a_period_to_its_last(wages: Wages, first: str) -> None:
    average, upper, lower, reference = WAGES[first]
    later = [month(text) for text in WAGES if text > first]
    last = Month(later[0] - 1) if later else month(LAST_PUBLISHED)
    for at in (month(first), last):
        assert wages.reference(at) == (reference, True)
        assert wages.contribution(at) == (average, upper, lower)


def test_the_reference_for_points_stayed_behind_the_average_in_2019(wages: Wages) -> None:
    for text in ("2019-05", "2019-06", "2019-07", "2019-08", "2019-09", "2019-10"):
        assert wages.reference(month(text)) == (7832, True)
        assert (wages.contribution(month(text)) or ())[0] == 8211


def test_the_reference_of_august_2024_is_not_the_average(wages: Wages) -> None:
    assert wages.reference(month("2024-08")) == (11396, True)
    assert wages.contribution(month("2024-08")) == (12307, 36921, 7384)


def test_a_month_after_the_last_takes_the_latest_and_is_not_published(wages: Wages) -> None:
    assert wages.reference(month("2026-07")) == (11396, False)
    assert wages.contribution(month("2026-07")) is None
    assert wages.citation(month("2026-07")) is None


def test_a_month_before_the_first_takes_the_first_and_is_not_published(wages: Wages) -> None:
    assert wages.reference(month("2010-01")) == (3896, False)
    assert wages.reference(month("2011-03")) == (3896, False)
    assert wages.contribution(month("2011-03")) is None


def test_a_doubtful_entry_is_published(wages: Wages) -> None:
    assert wages.reference(month("2025-07")) == (11396, True)
    assert wages.doubtful(month("2025-07"))
    assert wages.doubtful(month("2026-06"))


@pytest.mark.parametrize("text", ["2010-01", "2025-06", "2026-07"])
def test_other_months_are_not_doubtful(wages: Wages, text: str) -> None:
    assert not wages.doubtful(month(text))


def test_a_reference_names_its_notice(wages: Wages) -> None:
    cited = wages.citation(month("2022-12"))
    assert cited is not None
    assert (cited.article, cited.grade, cited.value) == ("沪人社力〔2022〕103号", "OC", 10338)
    assert cited.since == date(2022, 7, 1)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2010-01", "2010-06"),  # all before the first published month
        ("2011-01", "2011-06"),  # across it
        ("2018-04", "2020-03"),  # inside, over the parting of the two series
        ("2026-01", "2026-12"),  # across the last one
        ("2026-07", "2027-06"),  # all after it
        ("2010-01", "2027-12"),
        ("2026-06", "2026-06"),
    ],
)
def test_the_references_of_a_window_are_those_of_its_months(wages: Wages, first: str, last: str) -> None:
    months = range(month(first), month(last) + 1)
    yuan, published = wages.references(month(first), month(last))
    assert list(zip(yuan, published, strict=True)) == [wages.reference(Month(at)) for at in months]
