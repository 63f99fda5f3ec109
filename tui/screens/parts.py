"""The parts of a case, by their names in the registry: all that an open case may show."""

from collections.abc import Callable

from tui.screens.case import CaseScreen
from tui.screens.history import HistoryScreen
from tui.screens.materials import MaterialsScreen
from tui.screens.notes import NotesScreen
from tui.screens.official_form import OfficialFormScreen
from tui.screens.part import Part
from tui.screens.plan import PlanScreen
from tui.screens.progress import ProgressScreen
from tui.screens.risks import RisksScreen
from tui.screens.time import TimeScreen
from tui.screens.what_if import WhatIfScreen

SCREENS: dict[str, Callable[[int], Part]] = {
    "facts": CaseScreen,
    "time": TimeScreen,
    "plan": PlanScreen,
    "what_if": WhatIfScreen,
    "materials": MaterialsScreen,
    "form": OfficialFormScreen,
    "progress": ProgressScreen,
    "risks": RisksScreen,
    "notes": NotesScreen,
    "history": HistoryScreen,
}
