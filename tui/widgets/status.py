"""The line above the footer, in which the program answers."""

from tui.widgets.line import Line


class Status(Line):
    """What was done, or why not."""

    def show(self, left: str, middle: str = "", right: str = "", *, warning: bool = False) -> None:
        """Say something; a warning is marked in front as well, for a screen without colour."""
        self.set_class(warning, "-warning")
        super().show(f"! {left}" if warning else left, middle, right)

    def clear(self) -> None:
        """Say nothing any more."""
        self.show("")
