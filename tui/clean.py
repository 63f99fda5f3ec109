"""The last door before the terminal: no control sequence in anybody's text reaches it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.unsafe import HIDDEN, TOO_MANY_MARKS

_UNSAFE = re.compile(f"[{HIDDEN}\t\n]")


class NoControls(LineFilter):
    """Leaves out what would steer the terminal instead of being read; each line stays as wide as it was measured."""

    def apply(self, segments: Sequence[Segment], background: Color) -> list[Segment]:
        return [
            segment if segment.control or (segment.text.isascii() and segment.text.isprintable()) else _clean(segment)
            for segment in segments
        ]


def _clean(segment: Segment) -> Segment:
    text = TOO_MANY_MARKS.sub(r"\1", _UNSAFE.sub(_stand_in, segment.text))
    if text == segment.text:
        return segment
    return Segment(set_cell_size(text, cell_len(segment.text)), segment.style)


def _stand_in(found: re.Match[str]) -> str:
    return "·" * cell_len(found[0])
