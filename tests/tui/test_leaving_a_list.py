"""Escape in every list under a filter: it clears the filter, leads to the list, and from there back."""

import pytest
from desks import Desk
from screens import burst, press, session

from tui import actions
from tui.screens.cases import CasesScreen
from tui.screens.filtered import Filtered


@pytest.mark.parametrize("where", ["today", "calendar", "exams", "employers", "policy"])
async def test_escape_clears_the_filter_then_leads_to_the_list_then_back(ana: Desk, where: str) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, actions.BY_ID[f"app.{where}"].keys[0])
        screen = pilot.app.screen
        assert isinstance(screen, Filtered) and not isinstance(screen, CasesScreen)
        await press(pilot, "slash")
        await burst(pilot, "zs")
        await press(pilot, "escape")
        assert screen.field.value == "" and screen.focused is screen.field
        await press(pilot, "escape")
        assert pilot.app.screen is screen and screen.focused is not screen.field
        await burst(pilot, "/zs\r")
        await press(pilot, "escape")
        assert pilot.app.screen is screen and screen.field.value == ""
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CasesScreen)
