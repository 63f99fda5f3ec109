"""Writing of an input method, and a paste, that reaches a list starts the filter of it: in every list that has one."""

import pytest
from desks import Desk
from screens import burst, press, session, settled
from textual import events

from tui.widgets.filter import FilterInput

LISTS = {"today": "1", "cases": "2", "calendar": "3", "employers": "4", "policy": "5", "exams": "6"}


@pytest.mark.parametrize("key", LISTS.values(), ids=LISTS)
async def test_writing_starts_the_filter(ana: Desk, key: str) -> None:
    ana.create({"name": "李梅"})
    async with session(ana.workspace) as pilot:
        await press(pilot, key)
        await burst(pilot, "李梅")
        field = pilot.app.screen.query_one(FilterInput)
        assert (field.value, field.has_focus) == ("李梅", True)


@pytest.mark.parametrize("key", LISTS.values(), ids=LISTS)
async def test_a_paste_starts_the_filter(ana: Desk, key: str) -> None:
    ana.create({"name": "李梅"})
    async with session(ana.workspace) as pilot:
        await press(pilot, key)
        pilot.app.post_message(events.Paste("13800001234\n"))
        await settled(pilot)
        field = pilot.app.screen.query_one(FilterInput)
        assert (field.value.strip(), field.has_focus) == ("13800001234", True)
