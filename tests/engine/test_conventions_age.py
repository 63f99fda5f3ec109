"""Convention 1: age in full years. 30 points to 43, from 44 on 5 + 2 x (56 - age), from 56 to 60 5."""

import pytest
from assessing import LAWS, assessed, line, points, proven

# by hand: 5 + 2 x (56 - 44) = 29, two less a year down to 5 + 2 x (56 - 55) = 7, then 5
TABLE = {44: 29, 45: 27, 46: 25, 47: 23, 48: 21, 49: 19, 50: 17, 51: 15, 52: 13, 53: 11, 54: 9, 55: 7}
TABLE |= dict.fromkeys([18, 25, 42, 43], 30) | dict.fromkeys([56, 57, 58, 59, 60], 5)
TABLE |= dict.fromkeys([0, 17, 61, 80], 0)


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
@pytest.mark.parametrize(("age", "worth"), TABLE.items())
def test_points_of_every_age_are_the_same_under_every_law(age: int, worth: int, law: str) -> None:
    """Born on 1 June, asked on 22 November: the birthday of the year has passed."""
    assert points({"birth_date": f"{2026 - age}-06-01"}, "age", "2026-11-22", law) == worth


def test_a_year_is_reached_on_the_birthday() -> None:
    """Born 22 November 1982: 43 until 21 November 2026, 44 on the 22nd."""
    born = {"birth_date": "1982-11-22"}
    assert points(born, "age", "2026-11-21") == 30
    assert points(born, "age", "2026-11-22") == 29


def test_who_is_born_on_a_leap_day_is_a_year_older_on_the_first_of_march() -> None:
    """Born 29 February 1980: in 2026, a common year, still 45 (27 points) on 28 February and 46 (25) on 1 March."""
    born = {"birth_date": "1980-02-29"}
    assert points(born, "age", "2026-02-28") == 27
    assert points(born, "age", "2026-03-01") == 25


def test_and_in_a_leap_year_on_the_day_itself() -> None:
    """In 2024 there is a 29 February: 43 (30 points) on the 28th, 44 (29) on the 29th."""
    born = {"birth_date": "1980-02-29"}
    assert points(born, "age", "2024-02-28") == 30
    assert points(born, "age", "2024-02-29") == 29


def test_under_eighteen_nothing_and_not_eligible() -> None:
    """Born 22 November 2008: 18 on 22 November 2026."""
    born = {"birth_date": "2008-11-22"}
    before, reached = assessed(born, "2026-11-21"), assessed(born, "2026-11-22")
    assert (points(born, "age", "2026-11-21"), "age" in before.ineligible_because) == (0, True)
    assert (points(born, "age", "2026-11-22"), "age" in reached.ineligible_because) == (30, False)


def test_over_sixty_nothing_and_not_eligible() -> None:
    """Born 22 November 1965: 60 until 21 November 2026, 61 on the 22nd."""
    born = {"birth_date": "1965-11-22"}
    still, over = assessed(born, "2026-11-21"), assessed(born, "2026-11-22")
    assert (points(born, "age", "2026-11-21"), "age" in still.ineligible_because) == (5, False)
    assert (points(born, "age", "2026-11-22"), "age" in over.ineligible_because) == (0, True)


def test_who_is_not_yet_born_earns_nothing() -> None:
    assert points({"birth_date": "2027-01-01"}, "age", "2026-11-22") == 0


def test_the_id_number_gives_the_birth() -> None:
    """340104 19820301 ...: 44 on 1 March 2026. The check digit (GB 11643): the weighted sum is 229,
    229 mod 11 = 9, that is 3."""
    known = {"id_number": "340104198203014513"}
    assert points(known, "age", "2026-02-28") == 30
    assert points(known, "age", "2026-03-01") == 29


def test_of_a_birth_year_the_first_of_january_counts_and_is_named() -> None:
    """1982: 43 on 31 December 2025, 44 on 1 January 2026."""
    known = {"birth_year": 1982}
    assert points(known, "age", "2025-12-31") == 30
    assert points(known, "age", "2026-01-01") == 29
    assert line(known, "age", "2026-01-01").assumed == ["birth_year"]
    assert "birth_year" in assessed(known, "2026-01-01").assumed


def test_a_known_day_of_birth_is_no_assumption() -> None:
    assert line({"birth_date": "1982-01-01"}, "age", "2026-01-01").assumed == []


def test_without_a_birth_there_is_no_age_and_it_is_missed() -> None:
    found = assessed({}, "2026-11-22")
    assert [line for line in found.lines if line.indicator == "age"] == []
    assert found.missing == ["birth_date"]
    assert "age" in found.ineligible_because


def test_age_is_proven_by_the_id_number_alone() -> None:
    assert proven({"id_number": "340104198203014513"}, "age", "2026-02-28") == 30
    assert proven({"id_number": "340104198203014513", "birth_date": "1982-03-01"}, "age", "2026-02-28") == 30
    assert proven({"birth_date": "1982-03-01"}, "age", "2026-02-28") == 0
    assert proven({"birth_year": 1982}, "age", "2026-02-28") == 0
