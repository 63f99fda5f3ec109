"""The styles of cells of text, by name: worked out once for the application, and not anew in every widget."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.app import App

NAMES = (
    "title summary label value dim good bad draft reason because hint echo points total change cursor "
    "typing fresh caret option picked number"
)


class Inks(App[None], inherit_bindings=False):
    """Knows the styles `.cells--…` of the theme that is worn."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"cells--{name}" for name in NAMES.split()}

    def ink(self, name: str) -> Style:
        """What a style adds to that of the text around it."""
        found = self.inks.get(name)
        if found is None:
            found = self.inks[name] = self.get_component_styles(f"cells--{name}").partial_rich_style
        return found

    def notify_style_update(self) -> None:
        """Another theme is worn."""
        self.inks: dict[str, Style] = {}
        super().notify_style_update()
