"""What is said of a command that was taken back: the months of insurance it was about, other fields by their names."""

from typing import Any

import pytest
from casework import reopened
from desks import Desk
from screens import burst, press, screen_lines, session

PAID: list[dict[str, Any]] = [
    {"from": "2022-07", "to": "2023-06", "base": 12500},
    {"from": "2024-01", "base": 26000},
]
TOLD = {
    "zh": ("已撤销：{}2024-01 至 2024-06 的社保", "已重做：{}2024-01 至 2024-06 的社保"),
    "en": ("Undone: {}insurance 2024-01 to 2024-06", ": {}insurance 2024-01 to 2024-06"),
}


@pytest.fixture
def wang(ana: Desk) -> int:
    return ana.create({"name": "王小明", "insurance": PAID})


@pytest.mark.parametrize("language", TOLD)
async def test_a_range_of_the_grid_taken_back_is_told_by_its_months(ana: Desk, wang: int, language: str) -> None:
    undone, redone = TOLD[language]
    async with reopened(ana, wang, language=language) as case:
        await press(case.pilot, "i", "enter", "ctrl+u")
        await burst(case.pilot, "2024-01..2024-06 base 13000")
        await press(case.pilot, "enter", "u")
        assert screen_lines(case.pilot.app)[-2].strip().endswith(undone.format("王小明 "))  # on the grid
        await press(case.pilot, "U")
        assert screen_lines(case.pilot.app)[-2].strip().endswith(redone.format("王小明 "))
        await press(case.pilot, "escape", "u")
        assert screen_lines(case.pilot.app)[-2].strip().endswith(undone.format(""))  # among the facts


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("2024-03 base 13000", "2024-03 的社保"),
        ("2023-08 base 13000", "2023-08 的社保"),
        ("2023-06..2024-01 none", "2023-06 的社保、2024-01 的社保"),
    ],
)
async def test_months_are_told_one_by_one_and_in_spans(ana: Desk, wang: int, line: str, told: str) -> None:
    async with reopened(ana, wang) as case:
        await press(case.pilot, "i", "enter", "ctrl+u")
        await burst(case.pilot, line)
        await press(case.pilot, "enter", "u")
        assert screen_lines(case.pilot.app)[-2].strip() == f"已撤销：王小明 {told}"


async def test_of_many_spans_the_first_month_and_their_count_are_told(ana: Desk, wang: int) -> None:
    rows = [{"id": f"r{month}", "from": f"2020-{month:02}", "to": f"2020-{month:02}"} for month in (1, 3, 5, 7)]
    ana.change(wang, *((f"applicant.insurance.{row['id']}", None, row) for row in rows))
    async with session(ana.workspace) as pilot:
        await press(pilot, "u")
        assert "已撤销：王小明 2020-01 起 4 段社保" in screen_lines(pilot.app)[-2]


async def test_a_row_without_months_and_other_fields_are_told_by_name(ana: Desk, wang: int) -> None:
    ana.change(wang, ("applicant.insurance.q1", None, {"id": "q1", "base": 9000}), ("status", "lead", "form"))
    async with session(ana.workspace) as pilot:
        await press(pilot, "u")
        assert "已撤销：王小明 社保、状态" in screen_lines(pilot.app)[-2]
