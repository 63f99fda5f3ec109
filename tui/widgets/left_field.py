"""A field that shows the beginning of what is in it once it is left: so it is read."""

from __future__ import annotations

from textual.widgets import Input


class LeftField(Input):
    """Where one comes back to it, the cursor stands where it stood."""

    stood = 0

    def on_blur(self) -> None:
        """The beginning of a long text is shown again."""
        self.stood, self.cursor_position = self.cursor_position, 0

    def on_focus(self) -> None:
        """The cursor goes back to its place."""
        if self.stood:
            self.cursor_position, self.stood = self.stood, 0
