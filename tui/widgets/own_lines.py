"""Widgets that draw their lines themselves, in their whole width; what comes around them is the same for all lines.

Textual works out borders, padding, outlines and tints anew for each line: half of the time in which a case was drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

Run = tuple[str, Style]  # a stretch of a line in one style
BOLD, DIM = Style(bold=True), Style(dim=True)


class Frame(NamedTuple):
    """What comes to every line of a widget: its two edges, its own style, the filters through which it is drawn."""

    width: int  # cells, with the edges
    room: int  # cells between them
    left: tuple[Segment, ...]
    right: tuple[Segment, ...]
    base: Style
    background: Color
    filters: tuple[LineFilter, ...]

    def line(self, runs: Iterable[Run], base: Style | None = None) -> Strip:
        """A line as it is drawn: what it lacks is blank, what is too much is cut off."""
        segments = [Segment(text, style) for text, style in runs if text]
        missing = self.room - sum(cell_len(text) for text, _, _ in segments)
        if missing > 0:
            segments.append(Segment(" " * missing, base or self.base))
        elif missing < 0:
            segments = Segment.adjust_line_length(segments, self.room)
        segments = [*self.left, *segments, *self.right]
        for each in self.filters:
            segments = each.apply(segments, self.background)
        return Strip(segments, self.width)


class OwnLines(Widget):
    """A widget that draws its own lines. It has neither padding nor border above and below."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self.frame: Frame | None = None
        self.frame_holds = False
        self._styles_cache = _Drawn()

    def own_lines(self, heights: Sequence[int], frame: Frame) -> Iterable[Strip]:
        """The lines at these heights of what is in sight, from its top on."""
        raise NotImplementedError

    def notify_style_update(self) -> None:
        """Another theme, or the focus came or went."""
        super().notify_style_update()
        self.frame_holds = False


class OneLine(OwnLines):
    """A widget of one line."""

    def runs(self, room: int, base: Style) -> Iterable[Run]:
        """What stands in it, in so many cells."""
        raise NotImplementedError

    def own_lines(self, heights: Sequence[int], frame: Frame) -> Iterable[Strip]:
        return [frame.line(self.runs(frame.room, frame.base)) if y == 0 else frame.line(()) for y in heights]


class _Drawn(StylesCache):
    """What has been drawn of a widget."""

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """The lines in sight, of which those are drawn that are new."""
        assert isinstance(widget, OwnLines)
        sizes, filters = (widget.region.width, widget.content_region.width), tuple(widget.get_line_filters())
        frame = widget.frame
        if frame is None or not widget.frame_holds or (*frame[:2], frame.filters) != (*sizes, filters):
            around = self._around(widget, filters)
            if frame != around:
                self.clear()
                frame = widget.frame = around
            widget.frame_holds = True
        drawn = self._cache
        new = [y for y in crop.line_range if y in self._dirty_lines or y not in drawn]
        drawn.update(zip(new, widget.own_lines(new, frame), strict=True))
        self._dirty_lines.difference_update(new)
        lines = [drawn[y] for y in crop.line_range]
        return lines if crop.column_span == (0, frame.width) else [line.crop(*crop.column_span) for line in lines]

    def _around(self, widget: OwnLines, filters: tuple[LineFilter, ...]) -> Frame:
        """What Textual puts around an empty line of the widget."""
        size, content, styles = widget.region.size, widget.content_region.size, widget.styles
        beneath, background = widget.background_colors
        empty = self.render_line(
            styles,
            styles.gutter.top,
            size,
            content,
            styles.padding,
            beneath,
            background,
            lambda y: Strip.blank(content.width),
            None,
            None,
            1.0,
            widget.app.ansi_theme,
            widget.app.native_ansi_color,
        )
        left, right = empty.crop(0, styles.gutter.left), empty.crop(size.width - styles.gutter.right)
        return Frame(size.width, content.width, tuple(left), tuple(right), widget.rich_style, background, filters)
