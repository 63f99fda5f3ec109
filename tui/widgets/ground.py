"""What lies under widgets: ground of one colour, drawn as one line many times over."""

from __future__ import annotations

from textual.containers import Horizontal
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


def ground(widget: Widget, crop: Region) -> list[Strip]:
    """The lines of a widget that has nothing of its own to draw, for its `render_lines`.

    Textual would draw each of them, though most are covered by other widgets: half of the work of a whole screen.
    """
    line = Strip.blank(crop.width, widget.rich_style.background_style)
    for each in widget.get_line_filters():
        line = line.apply_filter(each, widget.background_colors[1])
    return [line] * crop.height


class Beside(Horizontal):
    """Widgets side by side."""

    def render_lines(self, crop: Region) -> list[Strip]:
        return ground(self, crop)
