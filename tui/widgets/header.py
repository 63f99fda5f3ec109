"""The top line: where one is, how much is shown, who and when."""

from tui.widgets.line import Line


class Header(Line):
    """The header line of a screen."""
