"""What lies under widgets: ground of one colour, drawn as one line many times over."""

from __future__ import annotations

from rich.style import Style
from textual.containers import Horizontal
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


def ground(widget: Widget, crop: Region) -> list[Strip]:
    """The lines of a widget that has nothing of its own to draw, for its `render_lines`.

    Textual would draw each of them, though most are covered by other widgets: half of the work of a whole screen.
    """
    below, own = widget.background_colors
    line = Strip.blank(crop.width, Style(bgcolor=(below + own).rich_color))
    for each in widget.get_line_filters():
        line = line.apply_filter(each, own)
    return [line] * crop.height


class Beside(Horizontal):
    """Widgets side by side."""

    def render_lines(self, crop: Region) -> list[Strip]:
        return ground(self, crop)
