"""The first line of a case: whatever name, status, language and window, no day is lost that would do harm."""

from datetime import timedelta

import pytest
from casework import opened
from desks import DAY, Desk
from rich.cells import cell_len

from engine.words import catalogue, word
from tui.case_head import CaseHead
from tui.screens.case_columns import NAME, status_name
from tui.text import LANGUAGES

WINDOWS = (80, 100, 120)
NAMES = ("李梅", "欧阳慧敏", "阿卜杜热合曼·买买提吐尔逊", "Alexandra Konstantinopoulou-Featherstonehaugh")
STATUSES = [key.removeprefix("status.") for key in catalogue("zh") if key.startswith("status.")]
SOON, LATER = DAY + timedelta(24), DAY + timedelta(400)


def head(name: str, status: str, language: str, **other: object) -> CaseHead:
    known = CaseHead(name, status, 38, 138, 90, False, SOON, LATER, DAY, language)
    return known._replace(**other)  # type: ignore[arg-type]


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_name_status_score_and_both_dates_stand_in_every_window(language: str, name: str, window: int) -> None:
    for status in STATUSES:
        left, right = head(name, status, language).fitted(window - 2)
        assert cell_len(f"{left} {right}") <= window - 2
        assert left.startswith(name) or cell_len(left.partition("…")[0]) >= NAME - 2
        assert any(said in left for said in (word(f"status.{status}", language), status_name(status, language)))
        assert "138" in left
        assert f"{SOON:%y-%m-%d}!" in right and f"{LATER:%y-%m-%d}" in right


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", range(58, 160))
def test_the_score_and_the_date_that_ends_first_stand_in_any_width(width: int, language: str) -> None:
    for permit, points in ((LATER, LATER + timedelta(1)), (LATER, SOON), (SOON, LATER), (None, LATER), (LATER, None)):
        case = head(NAMES[-1], "employer_setup", language, permit_until=permit, points_until=points)
        left, right = case.fitted(width)
        assert "138" in left and left.startswith("Alexandra")
        assert f"{min(day for day in (permit, points) if day):%y-%m-%d}" in right


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_dates_that_are_near_both_stay(language: str) -> None:
    soon = (SOON, SOON + timedelta(3))
    left, right = head("李梅", "employer_setup", language, permit_until=soon[0], points_until=soon[1]).fitted(58)
    assert all(f"{day:%y-%m-%d}!" in right for day in soon) and left.startswith("李梅") and "138" in left


def test_what_gives_way_and_in_which_order() -> None:
    name, first, second = "Alexandra Featherstonehaugh", "2026-12-16!", "2027-12-27"
    case = head(name, "employer_setup", "en")
    seen = [f"{left} | {right}" for left, right in map(case.fitted, range(150, 57, -1))]
    assert list(dict.fromkeys(line for line in seen if "…" not in line)) == [
        f"{name}  age 38  Employer registration  138 points, 90 proven | permit {first}  points {second}",
        f"{name}  Employer registration  138 points, 90 proven | permit {first}  points {second}",
        f"{name}  Employer setup  138 points, 90 proven | permit {first}  points {second}",
        f"{name}  Employer setup  138 points | permit {first}  points {second}",
        f"{name}  Employer setup  138 points | permit {first[2:]}  points {second[2:]}",
        f"{name}  Employer setup  138 points | permit {first[2:]}",
    ]
    assert "Alexandra F…  Employer setup  138 points | permit 26-12-16!  points 27-12-27" in seen


async def test_on_the_screen_a_long_name_leaves_a_permit_that_ends_soon(ana: Desk) -> None:
    applicant = {"name": NAMES[-1], "birth_year": 1988, "permit": {"valid_until": SOON.isoformat()}}
    async with opened(ana, applicant, size=(80, 24), status="employer_setup") as case:
        assert f"居住证至 {SOON:%y-%m-%d}!" in case.text.splitlines()[0]
        assert case.text.splitlines()[0].startswith(" Alexandra")
