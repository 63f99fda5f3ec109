"""The line above the footer, in which the program answers."""

from collections.abc import Iterable

from rich.style import Style

from tui.widgets.line import Line
from tui.widgets.own_lines import DIM, Run


class Status(Line):
    """What was done, or why not; at the right, quietly, what stands beside it until it is something else."""

    aside = ""

    def show(self, left: str, middle: str = "", right: str = "", *, warning: bool = False) -> None:
        """Say something; a warning is marked in front as well, for a screen without colour."""
        self.set_class(warning, "-warning")
        super().show(f"! {left}" if warning else left, middle, right or self.aside)

    def also(self, left: str) -> None:
        """Say something that nobody asked for: a warning that stands there stays, before it."""
        if self.has_class("-warning"):
            super().show(f"{self.left}  {left}", self.middle, self.right)
        else:
            self.show(left)

    def beside(self, aside: str) -> None:
        """Have something stand at the right from now on; what is said takes its room where it needs it."""
        self.aside = aside
        super().show(self.left, self.middle, aside)

    def clear(self) -> None:
        """Say nothing any more."""
        self.show("")

    def right_runs(self, right: str, base: Style) -> Iterable[Run]:
        quiet = len(self.aside) if right.endswith(self.aside) else 0
        yield right[: len(right) - quiet], base
        yield right[len(right) - quiet :], base + DIM
