"""Convention 11: years of public service, and of work in the suburbs or in Lingang."""

from typing import Any

import pytest
from assessing import LAWS, assessed, line, points, proven

BEFORE_2023 = [LAWS["2013"], LAWS["2015"], LAWS["2018"]]


def spell(first: str, last: str | None = None, kind: str = "public", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "from": first} | ({"to": last} if last else {}) | more


def public(*rows: dict[str, Any], on: str, law: str | None = None) -> int:
    return points({"service": list(rows)}, "public_service", on, law)


def suburb(*rows: dict[str, Any], on: str, law: str | None = None) -> int:
    return points({"service": list(rows)}, "suburb", on, law)


# Public service: 4 a year from 5 full years on


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_public_service_counts_from_five_years_on_under_every_law(law: str) -> None:
    """Since 22 November 2021: five years on 22 November 2026, and then the first four count as well: 5 x 4."""
    row = spell("2021-11-22")
    assert public(row, on="2026-11-21", law=law) == 0
    assert public(row, on="2026-11-22", law=law) == 20


def test_each_further_year_is_four_points_more_without_a_cap() -> None:
    """Six years on 22 November 2027; forty years on 1 January 2040."""
    assert public(spell("2021-11-22"), on="2027-11-21") == 20
    assert public(spell("2021-11-22"), on="2027-11-22") == 24
    assert public(spell("2000-01-01"), on="2040-01-01") == 160


def test_the_end_day_is_served_and_the_day_after_is_not() -> None:
    """From 1 January 2020: to 31 December 2024 five years, to 30 December a day less."""
    assert public(spell("2020-01-01", "2024-12-31"), on="2026-11-22") == 20
    assert public(spell("2020-01-01", "2024-12-30"), on="2026-11-22") == 0


def test_an_end_to_come_does_not_lengthen_it() -> None:
    """From 1 January 2022 to the end of 2030: five years on 1 January 2027, not before."""
    row = spell("2022-01-01", "2030-12-31")
    assert public(row, on="2026-12-31") == 0
    assert public(row, on="2027-01-01") == 20


def test_spells_are_laid_end_to_end() -> None:
    """2019-01-01 to 2023-12-30 are 4 years and 364 days; one day in 2025 makes it five years."""
    long = spell("2019-01-01", "2023-12-30")
    assert public(long, on="2026-11-22") == 0
    assert public(long, spell("2025-01-01", "2025-01-01"), on="2026-11-22") == 20
    assert public(spell("2025-01-01", "2025-01-01"), long, on="2026-11-22") == 20


def test_what_overlaps_is_served_once() -> None:
    """2019-01-01 to 2022-06-30 and 2022-01-01 to 2023-12-30 are one spell of 4 years and 364 days."""
    rows = [spell("2019-01-01", "2022-06-30"), spell("2022-01-01", "2023-12-30")]
    assert public(*rows, on="2026-11-22") == 0
    rows[1]["to"] = "2023-12-31"
    assert public(*rows, on="2026-11-22") == 20


def test_a_spell_within_another_adds_nothing() -> None:
    rows = [spell("2019-01-01", "2023-12-30"), spell("2020-01-01", "2020-12-31")]
    assert public(*rows, on="2026-11-22") == 0
    # nor does one after it that lies within the first as well
    assert public(*rows, spell("2022-01-01", "2023-12-30"), on="2026-11-22") == 0


def test_spells_that_touch_are_one() -> None:
    rows = [spell("2019-01-01", "2021-06-30"), spell("2021-07-01", "2023-12-31")]
    assert public(*rows, on="2026-11-22") == 20
    rows[1]["from"] = "2021-07-02"
    assert public(*rows, on="2026-11-22") == 0


def test_the_years_are_calendar_years_from_the_first_spells_beginning() -> None:
    """The days served are laid from the first day of the first spell, and the leap days of that stretch decide.

    Served: 2015-01-01 to 2015-12-31 (365 days) and 2017-01-01 to 2020-12-30 (1460 days): 1825 days in all. Laid from
    2015-01-01 they reach to 2019-12-31, one leap day (2016) in them: 4 years. One day more, 1826, makes five.
    """
    first = spell("2015-01-01", "2015-12-31")
    assert public(first, spell("2017-01-01", "2020-12-30"), on="2026-11-22") == 0
    assert public(first, spell("2017-01-01", "2020-12-31"), on="2026-11-22") == 20


def test_service_begun_on_a_leap_day() -> None:
    """Since 29 February 2016: five years on 1 March 2021, a common year."""
    row = spell("2016-02-29")
    assert public(row, on="2021-02-28") == 0
    assert public(row, on="2021-03-01") == 20


def test_what_begins_after_the_day_is_left_out() -> None:
    assert public(spell("2027-01-01"), on="2026-11-22") == 0
    assert public(spell("2021-11-22"), spell("2027-01-01"), on="2026-11-22") == 20


def test_service_to_come_says_when_it_begins_and_from_then_on_what_it_lacks() -> None:
    """From 1 January 2027: the day before it is named; on it, a line of no years of the five."""
    document = {"service": [spell("2027-01-01"), spell("2027-01-01", kind="suburb")]}
    for indicator in ("public_service", "suburb"):
        before, after = (line(document, indicator, on) for on in ("2026-12-31", "2027-01-01"))
        assert (before.points, before.reason.values) == (0, {"day": "2027-01-01"})
        assert (after.points, after.reason.values["years"], after.reason.values["need"]) == (0, 0, 5)


def test_public_service_does_not_ask_where_one_lives() -> None:
    row = spell("2021-11-22", lives_there=False)
    assert public(row, on="2026-11-22") == 20
    assert line({"service": [spell("2021-11-22")]}, "public_service", "2026-11-22").assumed == []


def test_a_rejected_spell_is_not_there() -> None:
    assert public(spell("2021-11-22", evidence="rejected"), on="2026-11-22") == 0


@pytest.mark.parametrize("left_out", ["from", "kind"])
def test_without_its_beginning_or_kind_it_earns_nothing_and_is_missed(left_out: str) -> None:
    row = {key: value for key, value in spell("2015-01-01").items() if key != left_out}
    document = {"birth_date": "1990-01-01", "service": [row]}
    assert public(row, on="2026-11-22") == 0
    assert assessed(document, "2026-11-22").missing == [f"service.0.{left_out}"]


def test_verified_spells_alone_are_proven() -> None:
    """Five years verified, and one more spoken of: 24 points, 20 proven. The other way round one year is proven.

    Laid from 2015-01-01 the sixth year is 2020 with its leap day, so the spell spoken of has 366 days.
    """
    seen, spoken = spell("2015-01-01", "2019-12-31", evidence="verified"), spell("2021-01-01", "2022-01-01")
    document = {"service": [seen, spoken]}
    assert points(document, "public_service", "2026-11-22") == 24
    assert proven(document, "public_service", "2026-11-22") == 20
    document = {"service": [seen | {"evidence": "received"}, spoken | {"evidence": "verified"}]}
    assert proven(document, "public_service", "2026-11-22") == 0


# Suburb and Lingang: 2 a year, at most 20


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_a_suburb_counts_from_five_years_on_under_every_law(law: str) -> None:
    row = spell("2021-11-22", kind="suburb")
    assert suburb(row, on="2026-11-21", law=law) == 0
    assert suburb(row, on="2026-11-22", law=law) == 10


def test_lingang_counts_from_three_years_on_since_2023() -> None:
    row = spell("2023-11-22", kind="lingang")
    assert suburb(row, on="2026-11-21") == 0
    assert suburb(row, on="2026-11-22") == 6


@pytest.mark.parametrize("law", BEFORE_2023)
def test_before_2023_lingang_counted_from_five_years_on(law: str) -> None:
    row = spell("2021-11-22", kind="lingang")
    assert suburb(row, on="2025-11-22", law=law) == 0
    assert suburb(row, on="2026-11-21", law=law) == 0
    assert suburb(row, on="2026-11-22", law=law) == 10


@pytest.mark.parametrize("kind", ["suburb", "lingang"])
def test_twenty_points_at_most(kind: str) -> None:
    """Nine years are 18, ten 20, eleven 20."""
    row = spell("2015-11-22", kind=kind)
    assert suburb(row, on="2025-11-21") == 18
    assert suburb(row, on="2025-11-22") == 20
    assert suburb(row, on="2026-11-22") == 20


def test_suburb_and_lingang_are_not_added_the_better_counts() -> None:
    """Four years in a suburb and three in Lingang: 6 for the three. Six years in the suburb: 12, the better.

    Four years in a suburb and two in Lingang are not six years: nothing.
    """
    four, six = (spell("2015-01-01", last, kind="suburb") for last in ("2018-12-31", "2020-12-31"))
    two, three = (spell(first, "2024-12-31", kind="lingang") for first in ("2023-01-01", "2022-01-01"))
    assert suburb(four, three, on="2026-11-22") == 6
    assert suburb(six, three, on="2026-11-22") == 12
    assert suburb(four, two, on="2026-11-22") == 0


def test_public_service_is_another_indicator() -> None:
    rows = [spell("2021-11-22"), spell("2021-11-22", kind="suburb")]
    assert (public(*rows, on="2026-11-22"), suburb(*rows, on="2026-11-22")) == (20, 10)


def test_one_works_and_lives_there() -> None:
    assert suburb(spell("2015-01-01", kind="suburb", lives_there=True), on="2026-11-22") == 20
    assert suburb(spell("2015-01-01", kind="suburb", lives_there=False), on="2026-11-22") == 0


def test_a_spell_of_living_elsewhere_is_left_out_beforehand() -> None:
    """Living elsewhere to 2019, there since 22 November 2020: six years, counted from 2020 on."""
    rows = [
        spell("2010-01-01", "2019-12-31", kind="suburb", lives_there=False),
        spell("2020-11-22", kind="suburb", lives_there=True),
    ]
    assert suburb(*rows, on="2026-11-21") == 10
    assert suburb(*rows, on="2026-11-22") == 12


def test_living_there_that_was_assumed_is_named() -> None:
    rows = [spell("2015-01-01", "2018-12-31", kind="suburb", lives_there=True), spell("2019-01-01", kind="suburb")]
    assert line({"service": rows}, "suburb", "2026-11-22").assumed == ["service.1.lives_there"]


def test_verified_years_alone_are_proven() -> None:
    rows = [
        spell("2015-01-01", "2020-12-31", kind="suburb"),
        spell("2022-01-01", "2024-12-31", kind="lingang", evidence="verified"),
    ]
    found = line({"service": rows}, "suburb", "2026-11-22")
    assert (found.points, found.proven) == (12, 6)
