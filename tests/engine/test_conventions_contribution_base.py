"""Convention 4: the bands of the contribution base.

Asked on 15 June 2026 the months end with May 2026: the last 36 begin with June 2023, the last 48 with June 2022.
The 1x references of these months are 10338 to June 2023 and 11396 from July 2023 on, so that

    0.8x  8270.4  then  9116.8        2x  20676  then  22792        3x  31014  then  34188
"""

from typing import Any

import pytest
from assessing import LAWS, assessed, line, paid, points, proven

JUNE = "2026-06-15"
JULY = "2026-07-15"  # one month later: the windows begin with July 2023 and July 2022
AUGUST = "2026-08-15"  # July 2026 is among the months, and no reference is published for it

FROM_2015 = [LAWS["2015"], LAWS["2018"], LAWS["2023"]]


def base(*rows: dict[str, Any], on: str = JUNE, law: str | None = None) -> int:
    return points({"insurance": list(rows)}, "contribution_base", on, law)


# The months needed, and the window they lie in


@pytest.mark.parametrize("law", FROM_2015)
@pytest.mark.parametrize(("multiple", "yuan", "worth"), [("0.8", 9117, 25), ("1", 11396, 50), ("2", 22792, 100)])
def test_thirty_six_months_and_thirty_five(multiple: str, yuan: int, worth: int, law: str) -> None:
    """June 2023 to May 2026 are 36 months, July 2023 to May 2026 are 35 and reach no band."""
    assert base(paid("2023-06", None, yuan), law=law) == worth
    assert base(paid("2023-07", None, yuan), law=law) == 0


@pytest.mark.parametrize("law", FROM_2015)
def test_any_thirty_six_of_the_last_forty_eight(law: str) -> None:
    """June 2022 to May 2025, then nothing: 36 months of the window; in July June 2022 has left it and 35 remain."""
    old = paid("2022-06", "2025-05", 11396)
    assert base(old, on=JUNE, law=law) == 50
    assert base(old, on=JULY, law=law) == 0


def test_the_months_need_not_be_consecutive() -> None:
    """June 2022 to November 2023 (18) and December 2024 to May 2026 (18)."""
    rows = [paid("2022-06", "2023-11", 11396), paid("2024-12", "2026-05", 11396)]
    assert base(*rows) == 50


@pytest.mark.parametrize("law", FROM_2015)
def test_three_times_needs_twenty_four_months(law: str) -> None:
    """June 2024 to May 2026 are 24 months, July 2024 to May 2026 23 (and too few for any other band)."""
    assert base(paid("2024-06", None, 34188), law=law) == 120
    assert base(paid("2024-07", None, 34188), law=law) == 0


@pytest.mark.parametrize("law", FROM_2015)
def test_three_times_looks_at_thirty_six_months(law: str) -> None:
    """June 2023 to May 2025 are the first 24 months of the 36; in July June 2023 has left and 23 remain."""
    old = paid("2023-06", "2025-05", 34188)
    assert base(old, on=JUNE, law=law) == 120
    assert base(old, on=JULY, law=law) == 0


def test_twenty_three_months_at_three_times_fall_to_the_band_below() -> None:
    """23 months at 3x after 13 at 1x: 36 at 1x or more, 23 at 2x or more: 50."""
    assert base(paid("2023-06", "2024-06", 11396), paid("2024-07", None, 34188)) == 50


# One yuan


@pytest.mark.parametrize(
    ("short", "worth"),
    [(9116, 0), (9117, 25), (11395, 25), (11396, 50), (22791, 50), (22792, 100), (34187, 100), (34188, 120)],
)
def test_one_yuan_decides(short: int, worth: int) -> None:
    """36 months, each at the base; 0.8 x 11396 = 9116.8 is compared exactly, so 9116 falls short."""
    assert base(paid("2023-06", None, short)) == worth


def test_one_month_a_yuan_short_is_a_month_lost() -> None:
    """35 months at 11396 and one, June 2024, at 11395: 1x has 35, 0.8x has 36."""
    rows = [paid("2023-06", "2024-05", 11396), paid("2024-06", "2024-06", 11395), paid("2024-07", None, 11396)]
    assert base(*rows) == 25


def test_a_band_has_no_upper_end() -> None:
    """Far above 3x is 3x; the points reference times three lies below the contribution ceiling."""
    assert base(paid("2024-06", None, 37302)) == 120


def test_months_above_a_band_count_towards_it() -> None:
    """18 months at 2x and 18 at 1x are 36 at 1x."""
    assert base(paid("2023-06", "2024-11", 22792), paid("2024-12", None, 11396)) == 50


def test_the_best_band_only() -> None:
    """36 months at 3x are in all four bands: 120, nothing more."""
    assert base(paid("2023-06", None, 34188)) == 120


def test_it_stands_beside_the_years() -> None:
    """36 months: 3 years are 9 points of their own."""
    document = {"insurance": [paid("2023-06", None, 11396)]}
    assert (points(document, "contribution_base", JUNE), points(document, "insurance_years", JUNE)) == (50, 9)


# Each month has its own reference, of the series for points


def test_a_month_is_compared_with_the_reference_of_its_own_month() -> None:
    """July 2020 to June 2023, asked in July 2023: 9339 for the first twelve months, 10338 for the other 24.

    10338 reaches all 36. 10337 reaches the first twelve alone, and 0.8x (7471.2, then 8270.4) in all.
    """
    assert base(paid("2020-07", "2023-06", 10338), on="2023-07-15") == 50
    assert base(paid("2020-07", "2023-06", 10337), on="2023-07-15") == 25


def test_the_series_for_points_is_not_the_contribution_average() -> None:
    """May to October 2019: 7832 for points where the contribution average was already 8211; November 2019: 8211.

    November 2016 to October 2019 at 7832 are 36 months at 1x. December 2016 to November 2019 are 35.
    """
    assert base(paid("2016-11", "2019-10", 7832), on="2019-11-15") == 50
    assert base(paid("2016-12", "2019-11", 7832), on="2019-12-15") == 25
    assert base(paid("2016-12", "2019-11", 8211), on="2019-12-15") == 50


def test_from_july_2022_the_reference_stayed() -> None:
    """July 2022 to June 2023: 10338, though the contribution average rose to 11396. 36 months from July 2020."""
    rows = [paid("2020-07", "2022-06", 10338), paid("2022-07", "2023-06", 10338)]
    assert base(*rows, on="2023-07-15") == 50


# Which months are good here


def test_tax_that_does_not_match_spoils_a_month_here() -> None:
    """The last 35 months match; the first one must too."""
    rest = paid("2023-07", None, 11396)
    assert base(paid("2023-06", "2023-06", 11396, tax_matches=True), rest) == 50
    assert base(paid("2023-06", "2023-06", 11396, tax_matches=False), rest) == 0


@pytest.mark.parametrize(
    "spoilt",
    [{"payer_matches_contract": False}, {"pay_kind": "back_paid"}, {"province": "江苏"}, {"evidence": "rejected"}],
)
def test_months_that_are_not_good_for_the_years_are_not_good_here(spoilt: dict[str, Any]) -> None:
    rest = paid("2023-07", None, 11396)
    assert base(paid("2023-06", "2023-06", 11396), rest) == 50
    assert base(paid("2023-06", "2023-06", 11396, **spoilt), rest) == 0


def test_a_month_without_a_base_is_no_month_here_and_is_missed() -> None:
    document = {"birth_date": "1990-01-01", "insurance": [paid("2023-07", None, 11396), paid("2023-06", "2023-06")]}
    assert points(document, "contribution_base", JUNE) == 0
    assert points(document, "insurance_years", JUNE) == 9
    assert assessed(document, JUNE).missing == ["insurance.1.base"]


def test_where_rows_overlap_the_highest_good_base_counts() -> None:
    low, high = paid("2023-06", None, 9117), paid("2023-06", None, 22792)
    assert base(low, high) == base(high, low) == 100


def test_bases_of_one_month_are_not_added_up() -> None:
    """Twice 6000 is not 12000: both are below 0.8x."""
    assert base(paid("2023-06", None, 6000), paid("2023-06", None, 6000)) == 0


def test_a_higher_base_in_a_row_that_is_not_good_does_not_count() -> None:
    low, high = paid("2023-06", None, 11396), paid("2023-06", None, 40000, tax_matches=False)
    assert base(low, high) == base(high, low) == 50


def test_a_month_named_twice_is_one_month() -> None:
    """The same 18 months in two rows are 18."""
    assert base(paid("2024-12", None, 11396), paid("2024-12", None, 11396)) == 0


# The 2013 version: each of the last 36 months, 2x the top band


def test_2013_each_of_the_last_thirty_six_months() -> None:
    """Asked on 15 May 2014: May 2011 to April 2014, references 3896, 4331, 4692 and for April 2014 5036.

    The window of 48 begins with May 2010. A hole in January 2012 leaves 35 of 36, but 47 of 48.
    """
    whole = [paid("2010-05", None, 5036)]
    holed = [paid("2010-05", "2011-12", 5036), paid("2012-02", None, 5036)]
    for rows, under_2013, later in ((whole, 50, 50), (holed, 0, 50)):
        assert base(*rows, on="2014-05-15") == under_2013
        assert [base(*rows, on="2014-05-15", law=law) for law in FROM_2015] == [later] * 3


def test_2013_the_thirty_sixth_month_decides() -> None:
    assert base(paid("2011-05", None, 5036), on="2014-05-15") == 50
    assert base(paid("2011-06", None, 5036), on="2014-05-15") == 0


@pytest.mark.parametrize(
    ("yuan", "worth"), [(4028, 0), (4029, 25), (5035, 25), (5036, 50), (10071, 50), (10072, 100), (15108, 100)]
)
def test_2013_the_bands_and_the_top_one(yuan: int, worth: int) -> None:
    """April 2014, at 5036, is the dearest of the 36 months: 0.8x 4028.8, 2x 10072. 3x, 15108, is no band yet."""
    assert base(paid("2011-05", None, yuan), on="2014-05-15") == worth


def test_three_times_came_in_2015() -> None:
    """The same facts, 3x in all 36 months: 100 under the 2013 version, 120 under the later ones."""
    rows = [paid("2023-06", None, 34188)]
    assert base(*rows, law=LAWS["2013"]) == 100
    assert [base(*rows, law=law) for law in FROM_2015] == [120] * 3


# Months for which no reference is published


def test_a_month_after_the_last_published_takes_the_latest_and_makes_the_line_provisional() -> None:
    """In July 2026 the months end with June 2026, the last published; in August July 2026 is among the 36."""
    july = line({"insurance": [paid("2023-07", None, 11396)]}, "contribution_base", JULY)
    august = line({"insurance": [paid("2023-08", None, 11396)]}, "contribution_base", AUGUST)
    assert (july.points, july.provisional) == (50, False)
    assert (august.points, august.provisional) == (50, True)
    assert base(paid("2023-08", None, 11395), on=AUGUST) == 25


def test_an_unpublished_month_that_is_not_counted_leaves_the_line_as_it_is() -> None:
    """July 2023 to June 2026 are 36 months at 1x; July 2026 at 5000 is not one of them."""
    rows = [paid("2023-07", "2026-06", 11396), paid("2026-07", None, 5000)]
    found = line({"insurance": rows}, "contribution_base", AUGUST)
    assert (found.points, found.provisional) == (50, False)


def test_a_month_that_is_provisional_for_one_band_is_not_for_a_higher_one() -> None:
    """36 months at 2x to June 2026, July 2026 at 1x: the line is the 2x band's, and its months are published."""
    rows = [paid("2023-07", "2026-06", 22792), paid("2026-07", None, 11396)]
    found = line({"insurance": rows}, "contribution_base", AUGUST)
    assert (found.points, found.provisional) == (100, False)


def test_a_doubtful_entry_is_published() -> None:
    """July 2025 to June 2026 stand in the table as doubtful."""
    found = line({"insurance": [paid("2023-07", None, 11396)]}, "contribution_base", JULY)
    assert not found.provisional


def test_a_month_before_the_first_published_takes_the_first() -> None:
    """April 2011, 3896, is the first. 36 months to March 2014 begin with it, 36 to February 2014 one month before."""
    from_march = [paid("2011-03", None, 4692)]
    february = line({"insurance": from_march}, "contribution_base", "2014-03-15")
    march = line({"insurance": from_march}, "contribution_base", "2014-04-15")
    assert (february.points, february.provisional) == (50, True)
    assert (march.points, march.provisional) == (50, False)
    short = [paid("2011-03", "2011-03", 3895), paid("2011-04", None, 4692)]
    assert base(*short, on="2014-03-15") == 25


# What the line tells


def test_a_line_that_falls_short_says_by_how_much() -> None:
    """23 of the 24 months at 3x."""
    found = line({"insurance": [paid("2024-07", None, 34188)]}, "contribution_base", JUNE)
    assert found.points == 0
    assert (found.reason.values["have"], found.reason.values["need"]) == (23, 24)


def test_assumed_qualifiers_of_the_months_that_count_are_named() -> None:
    rows = [
        paid("2023-06", "2024-05", 11396, tax_matches=True),
        paid("2024-06", "2026-05", 11396, payer_matches_contract=True),
        paid("2022-06", "2023-05", 5000),
    ]
    assert sorted(line({"insurance": rows}, "contribution_base", JUNE).assumed) == [
        "insurance.0.payer_matches_contract",
        "insurance.1.tax_matches",
    ]


def test_a_row_with_the_first_month_of_the_window_alone_is_among_them() -> None:
    """June 2022 is the first of the 48 months, May 2022 lies before them; July 2023 to May 2026 are the other 35."""
    for month, named in (("2022-06", True), ("2022-05", False)):
        rows = [paid(month, month, 11396), paid("2023-07", "2026-05", 11396, payer_matches_contract=True)]
        rows[1]["tax_matches"] = True
        found = line({"insurance": rows}, "contribution_base", JUNE)
        assert (found.points, "insurance.0.tax_matches" in found.assumed) == (50 if named else 0, named)


# Convention 16: what of it is proven


def test_a_band_is_proven_by_verified_months_alone() -> None:
    """36 months at 1x, of which the last one is not verified: 50 claimed, none proven."""
    verified = [paid("2023-06", "2026-05", 11396, evidence="verified")]
    most = [paid("2023-06", "2026-04", 11396, evidence="verified"), paid("2026-05", None, 11396)]
    assert proven({"insurance": verified}, "contribution_base", JUNE) == 50
    assert proven({"insurance": most}, "contribution_base", JUNE) == 0
    assert base(*most) == 50


def test_an_open_row_proves_a_band_to_the_last_month_seen() -> None:
    row = paid("2023-06", None, 11396, evidence="verified")
    assert proven({"insurance": [row | {"seen_until": "2026-05"}]}, "contribution_base", JUNE) == 50
    assert proven({"insurance": [row | {"seen_until": "2026-04"}]}, "contribution_base", JUNE) == 0


def test_a_lower_band_may_be_proven_than_is_claimed() -> None:
    """2x in rows that are spoken of, 1x in rows that are verified, over the same months: 100, proven 50."""
    rows = [paid("2023-06", "2026-05", 11396, evidence="verified"), paid("2023-06", None, 22792)]
    found = line({"insurance": rows}, "contribution_base", JUNE)
    assert (found.points, found.proven) == (100, 50)
