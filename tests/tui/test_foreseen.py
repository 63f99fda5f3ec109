"""What leaving a field comes to is worked out while nobody types, so that Enter has little left to do."""

from datetime import date

import pytest
from casework import Case, opened
from desks import DAY, Desk

from models import working_out


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


@pytest.mark.parametrize(("code", "foreseen"), [("91310115MA1K3BXX0C", 0), (None, 1)])
async def test_what_belongs_to_an_employer_is_not_foreseen(
    ana: Desk, monkeypatch: pytest.MonkeyPatch, code: str | None, foreseen: int
) -> None:
    asked = []
    foresee = working_out.foresee
    monkeypatch.setattr(working_out, "foresee", lambda *given: asked.append(given) or foresee(*given))
    async with opened(ana, {"name": "王小明", "employment": {"uscc": code} if code else {}}) as case:
        await case.find("单位名称")
        await case.type("\r上海甲有限公司")
        await paused(case)
        assert len(asked) == foreseen
        await case.type("\r")
        assert case.document["employment"]["employer"] == "上海甲有限公司"


async def test_nothing_is_foreseen_of_what_cannot_be_taken(ana: Desk, counted: list[date]) -> None:
    async with opened(ana, {"name": "王小明"}) as case:
        await case.find("出生日期")
        await case.type("\r1988-13-40")
        await paused(case)
        assert counted == []
