"""What leaving a field comes to is worked out while nobody types, so that Enter has little left to do."""

from datetime import date

import pytest
from casework import Case, opened
from desks import DAY, Desk


@pytest.fixture(autouse=True)
def only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is foreseen by itself."""
    monkeypatch.setattr("tui.widgets.facts.FORESEE_AFTER", 600)


async def paused(case: Case) -> None:
    """No key for a moment."""
    await case.screen.facts._foresee()


async def test_enter_counts_nothing_that_was_foreseen(ana: Desk, counted: list[date]) -> None:
    async with opened(ana, {"name": "王小明"}) as case:
        await case.find("民族")
        await case.type("\r汉族")
        await paused(case)
        assert counted == [DAY]
        await case.type("\r")
        assert counted == [DAY] and case.document["ethnic_group"] == "汉族"


async def test_what_is_typed_after_it_is_what_is_kept(ana: Desk, counted: list[date]) -> None:
    async with opened(ana, {"name": "王小明"}) as case:
        await case.find("民族")
        await case.type("\r汉")
        await paused(case)
        await case.type("族\r")
        assert counted == [DAY, DAY] and case.document["ethnic_group"] == "汉族"


async def test_what_another_wrote_meanwhile_is_held_against_it(ana: Desk, bo: Desk, counted: list[date]) -> None:
    async with opened(ana, {"name": "王小明"}) as case:
        await case.find("民族")
        await case.type("\r汉族")
        await paused(case)
        bo.set(case.id, "applicant.ethnic_group", "回族")
        await case.type("\r")
        assert case.document["ethnic_group"] == "回族" and "汉族" in case.told


async def test_nothing_is_foreseen_of_what_cannot_be_taken(ana: Desk, counted: list[date]) -> None:
    async with opened(ana, {"name": "王小明"}) as case:
        await case.find("出生日期")
        await case.type("\r1988-13-40")
        await paused(case)
        assert counted == []
