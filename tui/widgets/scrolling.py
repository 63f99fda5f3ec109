"""Widgets that draw their own lines and scroll, with the bar beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from rich.style import Style
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

from tui.widgets.own_lines import Frame, OwnLines


class Bar(ScrollBar, OwnLines):
    """An upright bar. Of its signs there are four at most: of each one line is made, not of every height."""

    def own_lines(self, heights: Sequence[int], frame: Frame) -> Iterable[Strip]:
        shown = cast(ScrollBarRender, self.render())
        style = cast(Style, shown.style)
        assert style.bgcolor is not None and style.color is not None
        signs = shown.render_bar(
            self.size.height,
            shown.virtual_size,
            shown.window_size,
            shown.position,
            shown.thickness,
            back_color=style.bgcolor,
            bar_color=style.color,
        ).segments
        lines = {sign: frame.line([(sign.text, sign.style or style)]) for sign in set(signs)}
        return [lines[signs[y]] for y in heights]


class Scrolling(ScrollView, OwnLines):
    """A view of lines that scrolls up and down."""

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = bar = Bar(name="vertical", thickness=self.scrollbar_size_vertical)
            bar.display = False
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar
